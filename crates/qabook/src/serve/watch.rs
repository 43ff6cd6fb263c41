//! Rebuilding when a source changes.

use anyhow::{Context, Result, bail};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::watch::Sender;

use super::changes::{changes_within, only_chapter, reporting, wait_for_more};
use super::sources::Sources;
use super::status::{Site, Status};
use crate::build::Inputs;

/// Network drives, containers and virtual machines often report no change at all: so the files are also looked at this often.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Looking takes at most one part of so many of the time.
const SHARE: u32 = 20;

/// What makes the site of a book.
pub(super) trait Make: Send + 'static {
    /// Makes all of it.
    fn build(&mut self) -> Result<Site>;

    /// The files of the chapters whose pages can be made by themselves.
    fn chapters(&self) -> Vec<PathBuf>;

    /// Makes the page of the chapter in the file `source` in the site that was built last.
    /// Errors: Only a build can make it.
    fn make_page(&mut self, source: &Path) -> Result<()>;
}

/// Rebuilds whenever `sources` are no longer what they were, and tells `status`; the page of a single chapter that was changed is
/// made first. Ends when the returned value is dropped.
pub(super) fn rebuild_on_change(
    mut sources: Sources,
    mut maker: impl Make,
    status: Sender<Status>,
) -> Result<Arc<Mutex<Watches>>> {
    let (reporter, changes) = mpsc::channel();
    let system = notify::recommended_watcher(reporting(reporter)).context("files can't be watched for changes")?;
    let mut watches = Watches { system, watched: BTreeMap::new() };
    watches.follow(&sources.inputs);
    let watches = Arc::new(Mutex::new(watches));
    let followed = Arc::downgrade(&watches);
    thread::spawn(move || {
        let mut pause = LOOK_AGAIN;
        while let Some(changed) = changes_within(&changes, pause) {
            make_page(&changed, &mut maker, &sources, &status);
            let more = wait_for_more(&changes, &changed);
            make_page(&more, &mut maker, &sources, &status);
            // Writing the site into the root is an event, too.
            let started = Instant::now();
            let have_changed = sources.have_changed();
            let is_gone = status.borrow().is_site_gone();
            pause = LOOK_AGAIN.max(started.elapsed() * SHARE);
            if is_gone {
                eprintln!("note: the site was deleted: it is built again");
            }
            if have_changed || is_gone {
                let Some(watches) = followed.upgrade() else { return };
                watches.lock().unwrap_or_else(PoisonError::into_inner).follow(&sources.inputs);
                drop(watches);
                rebuild(|| maker.build(), &status);
            }
        }
    });
    Ok(watches)
}

/// Makes the page of the chapter that alone was `changed`, where there is one, and lets what is open look at its page.
fn make_page(changed: &BTreeSet<PathBuf>, maker: &mut impl Make, sources: &Sources, status: &Sender<Status>) {
    let chapter = only_chapter(changed, &maker.chapters(), &sources.inputs).filter(|chapter| sources.hold(chapter));
    if let Some(chapter) = chapter
        && without_panic(|| maker.make_page(&chapter)).is_ok()
    {
        status.send_modify(|_| ());
    }
}

/// What the system is asked to report changes of.
pub(super) struct Watches {
    system: RecommendedWatcher,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watches {
    /// Watches what a build reads now, and nothing else.
    fn follow(&mut self, inputs: &Inputs) {
        let wanted = places(inputs);
        let watcher = &mut self.system;
        let gone = self.watched.iter().filter(|(place, mode)| wanted.get(*place) != Some(*mode));
        for place in gone.map(|(place, _)| place) {
            // A folder that was deleted is watched no longer.
            let _ = watcher.unwatch(place);
        }
        for (place, mode) in wanted.iter().filter(|(place, mode)| self.watched.get(*place) != Some(*mode)) {
            if let Err(error) = watcher.watch(place, *mode) {
                let place = place.display();
                eprintln!("note: {place} can't be watched ({error}): it is looked at every few seconds");
            }
        }
        self.watched = wanted;
    }
}

/// Folders to watch: those that are read, with all below, and those of files without what lies below, since a watched file
/// is lost when an editor replaces it.
fn places(inputs: &Inputs) -> BTreeMap<PathBuf, RecursiveMode> {
    let mut places = BTreeMap::new();
    for path in &inputs.paths {
        if path.is_dir() {
            // The site is written below, and so is the cache of programs: what is reported of them is no change.
            places.insert(path.clone(), RecursiveMode::Recursive);
        } else if let Some(folder) = path.parent().filter(|folder| folder.is_dir() || folder.as_os_str().is_empty()) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            places.entry(folder.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
        }
    }
    places
}

/// Builds, and tells `status` that it does and what came of it.
fn rebuild(build: impl FnOnce() -> Result<Site>, status: &Sender<Status>) {
    status.send_modify(|status| status.building = true);
    match without_panic(build) {
        Ok(site) => status.send_modify(|status| status.succeed(site)),
        Err(error) => {
            let error = format!("{error:#}");
            eprintln!("error: {error}");
            status.send_modify(|status| status.fail(error));
        }
    }
}

/// Runs `build`; a panic in it, which has been printed, is an error like another: the next change is still to be seen.
fn without_panic<T>(build: impl FnOnce() -> Result<T>) -> Result<T> {
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
    use qabook_words::Words;
    use std::sync::mpsc::RecvTimeoutError;

    #[allow(clippy::unnecessary_wraps)] // What a build returns.
    fn site() -> Result<Site> {
        Ok(Site { folder: PathBuf::new(), downloads: Vec::new(), words: Words::of_language("en") })
    }

    /// Makes nothing.
    struct Idle;

    impl Make for Idle {
        fn build(&mut self) -> Result<Site> {
            site()
        }

        fn chapters(&self) -> Vec<PathBuf> {
            Vec::new()
        }

        fn make_page(&mut self, _: &Path) -> Result<()> {
            unreachable!("there are no chapters")
        }
    }

    #[test]
    fn a_panic_is_shown_and_watching_goes_on() {
        let (sender, status) = tokio::sync::watch::channel(Status::default());
        rebuild(|| panic!("at the {}", "worst"), &sender);
        let error = status.borrow().error.clone().unwrap();
        assert!(error.starts_with("the build panicked: at the worst\n    hint: undo the last change"), "{error}");
        assert!(!status.borrow().building);
        rebuild(site, &sender);
        let status = status.borrow();
        assert_eq!((status.generation, status.building, status.error.is_none()), (Some(0), false, true));
    }

    #[test]
    fn looking_at_the_files_calls_for_no_other_look() {
        let book = tempfile::tempdir().unwrap();
        std::fs::create_dir(book.path().join("src")).unwrap();
        let text = book.path().join("src/a.md");
        std::fs::write(&text, "1").unwrap();
        let (reporter, changes) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(reporting(reporter)).unwrap();
        watcher.watch(book.path(), RecursiveMode::Recursive).unwrap();
        let mut sources = Sources::of(book.path());
        assert!(!sources.have_changed());
        assert_eq!(std::fs::read_to_string(&text).unwrap(), "1");
        assert_eq!(changes.recv_timeout(Duration::from_millis(500)), Err(RecvTimeoutError::Timeout));
        std::fs::write(&text, "2").unwrap();
        assert_eq!(changes.recv_timeout(Duration::from_mins(1)).unwrap().len(), 1);
    }

    #[test]
    fn what_changed_before_watching_began_is_built_without_an_event() {
        let book = tempfile::tempdir().unwrap();
        let toml = book.path().join("book.toml");
        std::fs::write(&toml, "").unwrap();
        let sources = Sources::of(book.path());
        std::fs::write(&toml, "[book]").unwrap();

        let (sender, status) = tokio::sync::watch::channel(Status::default());
        let _watches = rebuild_on_change(sources, Idle, sender).unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        while !status.has_changed().unwrap() {
            assert!(Instant::now() < deadline, "the change is not seen");
            thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn folders_of_single_files_are_watched_without_what_lies_below() {
        let book = tempfile::tempdir().unwrap();
        let root = book.path().to_path_buf();
        std::fs::create_dir(root.join("src")).unwrap();
        let mut inputs = Inputs::settings_of(&root);
        inputs.paths.push(root.join("gone/a.rs"));
        let expected = [(root.clone(), RecursiveMode::NonRecursive), (root.join("src"), RecursiveMode::Recursive)];
        assert_eq!(places(&inputs), BTreeMap::from(expected));
    }
}
