//! Rebuilding when a source changes.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{Debouncer, new_debouncer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};
use tokio::sync::watch::Sender;

use super::Status;
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
                rebuild(&root, &options, &status);
            }
        }
    });
    Ok(debouncer)
}

fn rebuild(root: &Path, options: &Options, status: &Sender<Status>) {
    match build::build(root, options) {
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

/// The files and folders that a build reads.
fn sources(root: &Path, config: &Config) -> Vec<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    let snippets = mdbook_snippets::Config::from_book(config).unwrap_or_default().package;
    vec![root.join("book.toml"), root.join(&config.book.src), html.theme_dir(root), root.join(snippets)]
}

/// Size and time of change of every file below `sources`.
fn fingerprint(sources: &[PathBuf]) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
    let mut files = BTreeMap::new();
    for source in sources {
        note(source, &mut files);
    }
    files
}

/// A file that vanishes while it is looked at is one that has changed.
fn note(path: &Path, files: &mut BTreeMap<PathBuf, (u64, Option<SystemTime>)>) {
    let Ok(metadata) = path.metadata() else { return };
    if metadata.is_dir() {
        for entry in path.read_dir().into_iter().flatten().flatten() {
            note(&entry.path(), files);
        }
    } else {
        files.insert(path.to_path_buf(), (metadata.len(), metadata.modified().ok()));
    }
}
