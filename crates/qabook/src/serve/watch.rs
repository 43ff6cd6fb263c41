//! Rebuilding when a source changes.

use anyhow::{Context, Result, bail};
use mdbook_driver::config::Config;
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{Debouncer, new_debouncer};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};
use tokio::sync::watch::Sender;
use walkdir::WalkDir;

use super::status::Status;
use crate::build::{self, Options};

/// Long enough for an editor that writes a file in several steps, too short to be noticed.
const DEBOUNCE: Duration = Duration::from_millis(200);

/// Rebuilds the book in `root` whenever a source changes, and tells `status`. Ends when the returned watcher is dropped.
pub(super) fn rebuild_on_change(
    root: &Path,
    config: &Config,
    options: Options,
    status: Sender<Status>,
) -> Result<Debouncer<RecommendedWatcher>> {
    let (sender, changes) = mpsc::channel();
    let mut debouncer = new_debouncer(DEBOUNCE, sender).context("files can't be watched for changes")?;
    let sources = sources(root, config);
    for folder in sources.iter().filter(|source| source.is_dir()) {
        let watched = debouncer.watcher().watch(folder, RecursiveMode::Recursive);
        watched.with_context(|| format!("{} can't be watched for changes", folder.display()))?;
    }
    // The folder of book.toml without what lies below: a watched file is lost when an editor replaces it.
    debouncer.watcher().watch(root, RecursiveMode::NonRecursive)?;

    let root = root.to_path_buf();
    thread::spawn(move || {
        let mut before = fingerprint(&sources);
        while changes.recv().is_ok() {
            // Reading a file is an event, too, on some systems, and so is writing the site into `root`.
            let now = fingerprint(&sources);
            if now != before {
                before = now;
                rebuild(|| build::build(&root, &options), &status);
            }
        }
    });
    Ok(debouncer)
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

/// The files and folders that a build reads.
fn sources(root: &Path, config: &Config) -> Vec<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    let snippets = mdbook_snippets::Config::from_book(config).unwrap_or_default().package;
    vec![root.join("book.toml"), root.join(&config.book.src), html.theme_dir(root), root.join(snippets)]
}

/// Size and time of change of every file below `sources`.
fn fingerprint(sources: &[PathBuf]) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
    // A file that vanishes while it is looked at is one that has changed.
    let entries = sources.iter().flat_map(|source| WalkDir::new(source).follow_links(true)).flatten();
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    files
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_shown_and_watching_goes_on() {
        let (sender, status) = tokio::sync::watch::channel(Status::default());
        rebuild(|| panic!("at the {}", "worst"), &sender);
        let error = status.borrow().error.clone().unwrap();
        assert!(error.starts_with("the build panicked: at the worst\n    hint: undo the last change"), "{error}");
        rebuild(|| Ok(()), &sender);
        assert_eq!(*status.borrow(), Status { generation: 1, error: None });
    }
}
