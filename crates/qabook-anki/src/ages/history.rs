//! The versions of files, by git.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A text and the commit that brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// When it was committed, in seconds since 1970.
    pub(super) seconds: i64,
    pub(super) text: String,
}

/// What git knows about the files below a folder.
#[derive(Debug, Default)]
pub(super) struct History {
    /// By the path in the folder, the moments of the commits that changed the file, the newest first, and the file's hash.
    commits: HashMap<String, Vec<(i64, String)>>,
    texts: HashMap<String, String>,
}

impl History {
    /// The history of the files below `folder`; `None` when it isn't known: no git, no repository, a clone without it.
    pub(super) fn below(folder: &Path) -> Option<Self> {
        if git(folder, &["rev-parse", "--is-shallow-repository"])?.trim() != "false" {
            return None;
        }
        let log =
            git(folder, &["log", "--no-renames", "--relative", "--raw", "--no-abbrev", "--format=@%ct", "--", "."])?;
        let mut history = Self::default();
        let mut seconds = None;
        for line in log.lines() {
            if let Some(moment) = line.strip_prefix('@') {
                seconds = moment.parse().ok();
            } else if let (Some(seconds), Some((path, hash))) = (seconds, changed(line)) {
                history.commits.entry(path.to_string()).or_default().push((seconds, hash.to_string()));
            }
        }
        for path in uncommitted(folder)? {
            history.commits.entry(path).or_default().insert(0, (i64::MAX, String::new()));
        }
        history.texts = texts(folder, &history.hashes())?;
        Some(history)
    }

    fn hashes(&self) -> Vec<&str> {
        let chapters =
            self.commits.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "md"));
        let hashes = chapters.flat_map(|(_, commits)| commits).map(|(_, hash)| hash.as_str());
        hashes.filter(|hash| hash.contains(|digit| digit != '0')).collect()
    }

    /// The committed versions of the Markdown file at `path`, the newest first, up to its last absence.
    pub(super) fn versions(&self, path: &str) -> Vec<Version> {
        let commits = self.commits.get(path).map_or(&[][..], Vec::as_slice);
        let committed = commits.iter().filter(|(seconds, _)| *seconds != i64::MAX);
        let version =
            |(seconds, hash): &(i64, String)| Some(Version { seconds: *seconds, text: self.texts.get(hash)?.clone() });
        committed.map_while(version).collect()
    }

    /// When the file at `path` was last changed; `None` when that isn't committed.
    pub(super) fn newest(&self, path: &str) -> Option<i64> {
        let (seconds, _) = self.commits.get(path)?.first()?;
        (*seconds != i64::MAX).then_some(*seconds)
    }
}

/// What git prints.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=false"]).args(arguments);
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The path and the new hash of a line `:100644 100644 OLD NEW M<tab>PATH`.
fn changed(line: &str) -> Option<(&str, &str)> {
    let (about, path) = line.strip_prefix(':')?.split_once('\t')?;
    Some((path, about.split(' ').nth(3)?))
}

/// The files below `folder` that aren't as they were committed.
fn uncommitted(folder: &Path) -> Option<Vec<String>> {
    let changed = git(folder, &["diff", "--name-only", "--relative", "HEAD", "--", "."])?;
    let new = git(folder, &["ls-files", "--others", "--exclude-standard", "--", "."])?;
    Some(changed.lines().chain(new.lines()).map(Into::into).collect())
}

/// The texts of the files with the `hashes`; one that isn't text is left out.
fn texts(folder: &Path, hashes: &[&str]) -> Option<HashMap<String, String>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let request = hashes.iter().map(|hash| format!("{hash}\n")).collect::<String>();
    // Both pipes are of a limited size, so one is written while the other is read.
    let writer = std::thread::spawn(move || input.write_all(request.as_bytes()));
    let mut output = BufReader::new(child.stdout.take()?);
    let mut texts = HashMap::new();
    let mut head = String::new();
    while output.read_line(&mut head).ok()? > 0 {
        // `HASH blob SIZE`, the file, a line break.
        let mut words = head.split_whitespace();
        let (hash, size) = (words.next()?.to_string(), words.nth(1)?.parse::<usize>().ok()?);
        let mut bytes = vec![0; size + 1];
        output.read_exact(&mut bytes).ok()?;
        bytes.pop();
        texts.extend(String::from_utf8(bytes).ok().map(|text| (hash, text)));
        head.clear();
    }
    writer.join().ok()?.ok()?;
    child.wait().ok()?.success().then_some(texts)
}
