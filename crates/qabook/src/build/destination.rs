//! Where the site goes: a folder that a build may replace without losing anything of the author's.
//!
//! A site that was built here lists its own files in [`MARKER`]. Whatever else is in the folder (a `CNAME`, a `.git`, a PDF
//! made next to it) is the author's and is carried over to the next site.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Rule, SettingsText, shown};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// The file in a built site that lists the files that the build made, one a line.
const MARKER: &str = ".qabook-site";

const HEADER: &str =
    "# The files that qabook made in this folder. The next build replaces them and keeps all others.\n";

const BUILD_DIR: Rule = Rule::error("build-dir");

/// A folder that may be replaced.
#[derive(Debug)]
pub(super) struct Destination {
    folder: PathBuf,
    /// The files and links in it that no build made, relative to it.
    foreign: BTreeSet<PathBuf>,
}

impl Destination {
    /// The destination `folder` of the book in `root`, links resolved.
    /// Errors: A folder that is, holds or is in one of the author's own, or that holds what no build made.
    pub(super) fn new(root: &Path, config: &Config, folder: &Path) -> Result<Self> {
        let folder = resolved(folder)?;
        if let Some(problem) = clash(root, config, &folder) {
            return Err(problem.into());
        }
        let foreign = foreign_files(&folder)?;
        Ok(Self { folder, foreign })
    }

    /// The folder itself, where a link led to it.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The place of `file` below the folder; `None` when it is elsewhere.
    pub(super) fn below(&self, file: &Path) -> Option<PathBuf> {
        real(file).strip_prefix(&self.folder).map(Path::to_path_buf).ok()
    }

    /// Marks `site`, which is to take this folder's place, as made by a build, and puts the author's files into it.
    /// Errors: A file of the author's whose name the new site needs, or one that can't be carried over.
    pub(super) fn complete(&self, site: &Path) -> Result<()> {
        let made: String = files_below(site)?.iter().map(|file| format!("{}\n", slashed(file))).collect();
        for file in &self.foreign {
            let to = site.join(file);
            if to.symlink_metadata().is_ok() {
                // A download that the build itself kept.
                if same_content(&self.folder.join(file), &to) {
                    continue;
                }
                let message =
                    format!("`{}` is not the build's, and the new site has a file of that name", slashed(file));
                let hint = "move it away, or rename the chapter or file of the book that has its name";
                return Err(BUILD_DIR.broken(message, hint).in_file(shown(&self.folder.join(file))).into());
            }
            carry(&self.folder.join(file), &to)
                .with_context(|| format!("{} can't be kept", shown(&self.folder.join(file)).display()))?;
        }
        fs::write(site.join(MARKER), format!("{HEADER}{made}")).context("the new site can't be marked as built")
    }
}

/// What is wrong with `folder` as the destination of the book in `root`: that it is, holds or is in one of the author's own,
/// which need not exist yet.
pub(crate) fn clash(root: &Path, config: &Config, folder: &Path) -> Option<Diagnostic> {
    own_folders(root, config).into_iter().find(|own| own.clashes(folder)).map(|own| own.problem(root, folder))
}

/// A folder of the author's that a site may not touch.
struct Own {
    what: &'static str,
    folder: PathBuf,
    /// Whether a site may be inside it: in the root it is at home.
    may_hold: bool,
}

impl Own {
    fn clashes(&self, site: &Path) -> bool {
        is_in(&self.folder, site) || !self.may_hold && is_in(site, &self.folder)
    }

    fn problem(&self, root: &Path, site: &Path) -> Diagnostic {
        let settings = root.join("book.toml");
        let text = fs::read_to_string(&settings).unwrap_or_default();
        let line = SettingsText::new(&text).line(&["build", "build-dir"]);
        let message = format!(
            "the site would be built into `{}`, which would replace or be inside {}",
            shown(site).display(),
            self.what
        );
        let problem = BUILD_DIR.broken(message, "choose a folder of its own, such as `build-dir = \"book\"`");
        problem.in_file(shown(&settings)).on_line(line)
    }
}

/// The root first: a folder that holds it holds all the others.
fn own_folders(root: &Path, config: &Config) -> Vec<Own> {
    let src = root.join(&config.book.src);
    let theme = config.html_config().unwrap_or_default().theme_dir(root);
    let snippets = root.join(mdbook_snippets::Config::from_book(config).unwrap_or_default().package);
    let src_is_root = is_in(root, &src);
    let own = |what, folder, may_hold| Own { what, folder, may_hold };
    [
        own("the book's folder", root.to_path_buf(), true),
        own("the sources (`src`)", src, src_is_root),
        own("the theme", theme, false),
        own("the programs", snippets, false),
        own("the git repository", root.join(".git"), false),
    ]
    .into()
}

/// Whether `inner` is `outer` or below it. Folders that exist are compared by identity, so that neither links nor another
/// spelling on a file system that ignores case deceives it.
fn is_in(inner: &Path, outer: &Path) -> bool {
    let is_outer =
        |ancestor: &Path| same_file::is_same_file(ancestor, outer).unwrap_or_else(|_| ancestor == real(outer));
    real(inner).ancestors().any(is_outer)
}

/// `path` whole, with the links and `..` of what exists of it resolved.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    whole.components().fold(PathBuf::new(), |mut real, component| {
        match component {
            Component::ParentDir => drop(real.pop()),
            component => real.push(component),
        }
        real.canonicalize().unwrap_or(real)
    })
}

/// `folder` with links resolved; it need not exist.
fn resolved(folder: &Path) -> Result<PathBuf> {
    let problem = |message: String, hint: &str| Err(BUILD_DIR.broken(message, hint).in_file(shown(folder)).into());
    match folder.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(real(folder)),
        Err(error) => Err(error).with_context(|| format!("{} can't be read", shown(folder).display())),
        Ok(metadata) if metadata.is_dir() => Ok(folder.canonicalize()?),
        Ok(metadata) if metadata.is_symlink() => match folder.canonicalize() {
            Ok(real) if real.is_dir() => Ok(real),
            _ => problem(
                "the site's place is a link that leads to no folder".into(),
                "remove the link, or make the folder",
            ),
        },
        Ok(_) => {
            problem("the site's place is taken by a file".into(), "move the file away, or set another `build-dir`")
        }
    }
}

/// What a folder holds that no build made.
fn foreign_files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let all = files_below(folder)?;
    let Ok(marker) = fs::read_to_string(folder.join(MARKER)) else {
        // Before the first build `qabook epub`, `qabook-pdf` and `qabook-anki` leave nothing else there.
        let Some(other) = all.iter().find(|file| !is_download(file)) else { return Ok(all) };
        let message = format!("the folder holds what qabook did not make, such as `{}`", slashed(other));
        let hint = "move it away, or delete the folder if it is an old site, or set another `build-dir` in book.toml";
        return Err(BUILD_DIR.broken(message, hint).in_file(shown(folder)).into());
    };
    let made: BTreeSet<&str> = marker.lines().collect();
    Ok(all.into_iter().filter(|file| file != Path::new(MARKER) && !made.contains(slashed(file).as_str())).collect())
}

fn is_download(file: &Path) -> bool {
    let is_one = |ending: &OsStr| ["pdf", "epub", "apkg"].iter().any(|known| ending == *known);
    file.components().count() == 1 && file.extension().is_some_and(is_one)
}

/// Every file and link below `folder`, relative to it; none when it doesn't exist. Links are not followed.
fn files_below(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    if !folder.exists() {
        return Ok(BTreeSet::new());
    }
    let mut files = BTreeSet::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.with_context(|| format!("{} can't be read", shown(folder).display()))?;
        if !entry.file_type().is_dir() {
            files.extend(entry.path().strip_prefix(folder).map(Path::to_path_buf));
        }
    }
    Ok(files)
}

/// Puts the file or link `from` at `to`, too. The original stays where it is until the whole site is swapped.
pub(super) fn carry(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    // A hard link costs nothing, keeps links as they are, and is refused by some file systems.
    if fs::hard_link(from, to).is_err() {
        fs::copy(from, to)?;
    }
    Ok(())
}

/// Whether two files hold the same bytes.
pub(super) fn same_content(a: &Path, b: &Path) -> bool {
    matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
}
