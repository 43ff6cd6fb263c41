//! What the system reports of changed files.

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::build::{Inputs, is_hidden};

/// Long enough for the steps in which an editor replaces one file: then the page of a chapter is made.
const SETTLE: Duration = Duration::from_millis(10);
/// Long enough after that for a program that writes several files: then the book is built.
const DEBOUNCE: Duration = Duration::from_millis(90);

/// What an event is about.
pub(super) type Paths = Vec<PathBuf>;

/// Tells `reporter` of every event but that something is read: looking at the files would call for the next look.
pub(super) fn reporting(reporter: Sender<Paths>) -> impl Fn(notify::Result<Event>) {
    move |event| {
        let is_reading =
            |kind| matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write));
        if event.as_ref().map_or(true, |event| !is_reading(event.kind)) {
            // Nobody listens any more when the server ends.
            let _ = reporter.send(event.map(|event| event.paths).unwrap_or_default());
        }
    }
}

/// Waits for an event and what comes with it, or for `pause`, after which nothing is known to have changed; `None` when there
/// will be no more.
pub(super) fn changes_within(changes: &Receiver<Paths>, pause: Duration) -> Option<BTreeSet<PathBuf>> {
    match changes.recv_timeout(pause) {
        Ok(first) => {
            thread::sleep(SETTLE);
            Some(first.into_iter().chain(changes.try_iter().flatten()).collect())
        }
        Err(error) => (error == RecvTimeoutError::Timeout).then(BTreeSet::new),
    }
}

/// Waits until a program that has written what was `seen` may have written all, and returns what it has written meanwhile.
pub(super) fn wait_for_more(changes: &Receiver<Paths>, seen: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    if seen.is_empty() {
        return BTreeSet::new();
    }
    thread::sleep(DEBOUNCE);
    changes.try_iter().flatten().collect()
}

/// The one of `chapters` that was `changed`, when no other source was.
pub(super) fn only_chapter(changed: &BTreeSet<PathBuf>, chapters: &[PathBuf], inputs: &Inputs) -> Option<PathBuf> {
    let real = |path: &Path| path.canonicalize().ok();
    let (destination, inputs) = (real(&inputs.destination), inputs.paths.iter().filter_map(|path| real(path)));
    let inputs: Vec<PathBuf> = inputs.collect();
    let is_source = |path: &PathBuf| {
        let is_made = destination.as_ref().is_some_and(|destination| path.starts_with(destination));
        !is_made && inputs.iter().any(|input| path.starts_with(input))
    };
    let named = changed.iter().filter(|path| !path.file_name().is_some_and(is_hidden));
    // Editors write files that are gone a moment later, and some systems report the folder, too.
    let found: BTreeSet<PathBuf> = named.filter(|path| path.is_file()).filter_map(|path| real(path)).collect();
    let mut sources = found.into_iter().filter(is_source);
    let (only, None) = (sources.next()?, sources.next()) else { return None };
    let mut namesakes = chapters.iter().filter(|chapter| chapter.file_name() == only.file_name());
    namesakes.find(|chapter| real(chapter).as_ref() == Some(&only)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_that_alone_was_changed_is_told_from_other_changes() {
        let book = tempfile::tempdir().unwrap();
        let root = book.path().canonicalize().unwrap();
        for file in ["src/a.md", "src/b.md", "src/a.md.swp", "src/x.png", "book/a.html", "book.toml"] {
            let file = root.join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let inputs = Inputs::settings_of(&root);
        let chapters = [root.join("src/a.md"), root.join("src/b.md")];
        let only = |changed: &[&str]| {
            let changed = changed.iter().map(|file| root.join(file)).collect();
            Some(only_chapter(&changed, &chapters, &inputs)?.strip_prefix(&root).unwrap().display().to_string())
        };
        assert_eq!(only(&["src/a.md"]).as_deref(), Some("src/a.md"));
        assert_eq!(
            only(&["src/a.md", "src/a.md.swp", "src/sedAb1", "src", "book/a.html"]).as_deref(),
            Some("src/a.md")
        );
        for others in [&["src/a.md", "src/b.md"][..], &["src/a.md", "book.toml"], &["src/x.png"], &["src/gone.md"], &[]]
        {
            assert_eq!(only(others), None, "{others:?}");
        }
    }
}
