//! Rebuilding when a source changes.

use anyhow::{Context, Result, bail};
use mdbook_driver::config::Config;
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{Debouncer, new_debouncer};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, SystemTime};
use tokio::sync::watch::Sender;
use walkdir::{DirEntry, WalkDir};

use super::status::Status;
use crate::build::{self, Options};

/// Long enough for an editor that writes a file in several steps, too short to be noticed.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// Network drives, containers and virtual machines often report no change at all: so the files are also looked at this often.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Rebuilds the book in `root` whenever `sources` are no longer what they were, and tells `status`. Ends when the returned
/// watcher is dropped.
pub(super) fn rebuild_on_change(
    root: &Path,
    sources: Sources,
    options: Options,
    status: Sender<Status>,
) -> Result<Debouncer<RecommendedWatcher>> {
    let (sender, changes) = mpsc::channel();
    let mut debouncer = new_debouncer(DEBOUNCE, sender).context("files can't be watched for changes")?;
    for folder in sources.paths.iter().filter(|source| source.is_dir()) {
        let watched = debouncer.watcher().watch(folder, RecursiveMode::Recursive);
        watched.with_context(|| format!("{} can't be watched for changes", folder.display()))?;
    }
    // The folder of book.toml without what lies below: a watched file is lost when an editor replaces it.
    debouncer.watcher().watch(root, RecursiveMode::NonRecursive)?;

    let root = root.to_path_buf();
    let Sources { paths, mut fingerprint } = sources;
    thread::spawn(move || {
        while !matches!(changes.recv_timeout(LOOK_AGAIN), Err(RecvTimeoutError::Disconnected)) {
            // Reading a file is an event, too, on some systems, and so is writing the site into `root`.
            let now = Fingerprint::of(&paths);
            if now != fingerprint {
                fingerprint = now;
                rebuild(|| build::build(&root, &options), &status);
            }
        }
    });
    Ok(debouncer)
}

/// The files and folders that a build reads, as they are now.
pub(super) struct Sources {
    paths: Vec<PathBuf>,
    fingerprint: Fingerprint,
}

impl Sources {
    /// To be called before the first build: what changes while it runs is then built again.
    pub(super) fn of(root: &Path, config: &Config) -> Self {
        let html = config.html_config().unwrap_or_default();
        let snippets = mdbook_snippets::Config::from_book(config).unwrap_or_default().package;
        let paths =
            vec![root.join("book.toml"), root.join(&config.book.src), html.theme_dir(root), root.join(snippets)];
        let fingerprint = Fingerprint::of(&paths);
        Self { paths, fingerprint }
    }
}

/// Size and time of change of every file.
#[derive(PartialEq)]
struct Fingerprint(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Fingerprint {
    fn of(sources: &[PathBuf]) -> Self {
        // A file that vanishes while it is looked at is one that has changed.
        let walk = |source| WalkDir::new(source).follow_links(true).into_iter().filter_entry(is_source);
        let entries = sources.iter().flat_map(walk).flatten();
        let files = entries.filter(|entry| !entry.file_type().is_dir());
        let states = files.filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
        });
        Self(states.collect())
    }
}

/// Whether a build may read it: not what cargo writes when a program of a package with its own target folder is run, for
/// the page that shows the run would be loaded again.
fn is_source(entry: &DirEntry) -> bool {
    let cache = entry.file_type().is_dir() && entry.path().join("CACHEDIR.TAG").is_file();
    !cache && entry.file_name() != "Cargo.lock"
}

fn rebuild(build: impl FnOnce() -> Result<()>, status: &Sender<Status>) {
    match without_panic(build) {
        Ok(()) => status.send_modify(|status| {
            status.generation += 1;
            status.error = None;
        }),
        Err(error) => {
            let error = format!("{error:#}");
            eprintln!("error: {error}");
            status.send_modify(|status| status.error = Some(error));
        }
    }
}

/// Runs `build`; a panic in it, which has been printed, is an error like another: the next change is still to be seen.
fn without_panic(build: impl FnOnce() -> Result<()>) -> Result<()> {
    catch_unwind(AssertUnwindSafe(build)).unwrap_or_else(|panic| {
        let reason = panic.downcast_ref::<&str>().copied().map(str::to_string);
        let reason = reason.or_else(|| panic.downcast_ref::<String>().cloned());
        bail!(
            "the build panicked: {}\n    hint: undo the last change; this is a fault of qabook or mdBook, not of the book: \
             please report it",
            reason.as_deref().unwrap_or("no reason is given")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Verbosity;
    use std::time::Instant;

    #[test]
    fn a_panic_is_shown_and_watching_goes_on() {
        let (sender, status) = tokio::sync::watch::channel(Status::default());
        rebuild(|| panic!("at the {}", "worst"), &sender);
        let error = status.borrow().error.clone().unwrap();
        assert!(error.starts_with("the build panicked: at the worst\n    hint: undo the last change"), "{error}");
        rebuild(|| Ok(()), &sender);
        assert_eq!(*status.borrow(), Status { generation: 1, error: None });
    }

    #[test]
    fn what_cargo_writes_is_no_change() {
        let package = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = package.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        let fingerprint = || Fingerprint::of(&[package.path().to_path_buf()]);
        write("examples/a/main.rs", "");
        let before = fingerprint();
        write("Cargo.lock", "");
        write("target/CACHEDIR.TAG", "");
        write("target/debug/a", "");
        assert!(fingerprint() == before);
        write("examples/a/main.rs", "fn main() {}");
        assert!(fingerprint() != before);
    }

    #[test]
    fn what_changed_before_watching_began_is_built_without_an_event() {
        let book = tempfile::tempdir().unwrap();
        let toml = book.path().join("book.toml");
        std::fs::write(&toml, "").unwrap();
        let sources = Sources::of(book.path(), &Config::default());
        std::fs::write(&toml, "[book]").unwrap();

        let (sender, status) = tokio::sync::watch::channel(Status::default());
        let options = Options { verbosity: Verbosity::Quiet, ..Options::default() };
        let _watcher = rebuild_on_change(book.path(), sources, options, sender).unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        while !status.has_changed().unwrap() {
            assert!(Instant::now() < deadline, "the change is not seen");
            thread::sleep(Duration::from_millis(50));
        }
    }
}
