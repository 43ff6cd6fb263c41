//! When the sources were last changed.

use jiff::Timestamp;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The moment that reproducible builds take for now: `SOURCE_DATE_EPOCH`, seconds since 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
#[must_use]
pub fn from_environment() -> Option<Timestamp> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| moment(&seconds))
}

fn moment(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.trim().parse().ok()?).ok()
}

/// When a file was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commits {
    /// The first time.
    pub(super) first: Timestamp,
    /// The last time.
    pub(super) last: Timestamp,
}

/// When each file below `folder` of the repository around `root` was committed, by path relative to `folder`.
///
/// Empty when this can't be known: no git, no repository, or a clone without its history, where every file would seem as
/// new as the newest commit.
pub(super) fn of_commits(root: &Path, folder: &Path) -> HashMap<PathBuf, Commits> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(root.join(folder)).args(["-c", "core.quotePath=false"]).args(arguments);
        command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        command
    };
    let shallow = git(&["rev-parse", "--is-shallow-repository"]).output();
    if !shallow.is_ok_and(|output| output.stdout.starts_with(b"false")) {
        return HashMap::new();
    }
    let log = ["log", "--no-renames", "--relative", "--name-only", "--format=:%ct", "--", "."];
    let Ok(mut log) = git(&log).spawn() else { return HashMap::new() };
    let mut dates: HashMap<PathBuf, Commits> = HashMap::new();
    let mut date = None;
    for line in log.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok)) {
        if let Some(seconds) = line.strip_prefix(':') {
            date = moment(seconds);
        } else if let (false, Some(date)) = (line.is_empty(), date) {
            // The newest commit of a file comes first.
            dates.entry(line.into()).or_insert(Commits { first: date, last: date }).first = date;
        }
    }
    match log.wait() {
        Ok(status) if status.success() => dates,
        _ => HashMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_date() {
        assert_eq!(moment("1709251200").unwrap().to_string(), "2024-03-01T00:00:00Z");
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn outside_of_a_repository_nothing_is_known() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(of_commits(folder.path(), Path::new(".")), HashMap::new());
    }
}
