//! Keeps the cache small: what no build has used for long goes, and then the oldest.

use std::fs::{self, DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::entry;

/// Its time is when the cache was last pruned.
const STAMP: &str = "pruned";

const DAY: Duration = Duration::from_hours(24);
/// How long an entry stays that nobody uses.
const LONGEST: Duration = Duration::from_hours(30 * 24);
/// How many bytes of entries stay: some forty books of the size of this repository's, or as many versions of one.
const LARGEST: u64 = 256 << 20;

/// Prunes the cache in `folder` once a day.
pub(super) fn when_due(folder: &Path, now: SystemTime) {
    let stamp = folder.join(STAMP);
    let pruned = fs::metadata(&stamp).and_then(|file| file.modified());
    if pruned.is_ok_and(|pruned| now.duration_since(pruned).is_ok_and(|since| since < DAY)) {
        return;
    }
    if folder.is_dir() && fs::write(&stamp, "").is_ok() {
        prune(folder, now, LARGEST);
    }
}

struct Found {
    path: PathBuf,
    unused: Duration,
    size: u64,
}

/// Removes entries in `folder` that are too old, and the oldest beyond `largest` bytes; nothing else.
fn prune(folder: &Path, now: SystemTime, largest: u64) {
    let (old, mut young): (Vec<_>, Vec<_>) = entries(folder, now).into_iter().partition(|found| found.unused > LONGEST);
    young.sort_by_key(|found| found.unused);
    let mut size = 0;
    let too_many = young.into_iter().filter(|found| {
        size += found.size;
        size > largest
    });
    for Found { path, .. } in old.into_iter().chain(too_many) {
        let _ = fs::remove_file(path);
    }
}

/// The entries in `folder`, and files of killed builds, which are as old as can be.
fn entries(folder: &Path, now: SystemTime) -> Vec<Found> {
    let list = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let is_shelf = |entry: &DirEntry| {
        let name = entry.file_name();
        name.len() == 2 && entry.file_type().is_ok_and(|kind| kind.is_dir())
    };
    let files = list(folder).filter(is_shelf).flat_map(|shelf| list(&shelf.path()));
    files.filter_map(|file| found(&file, &file.metadata().ok()?, now)).collect()
}

fn found(file: &DirEntry, metadata: &Metadata, now: SystemTime) -> Option<Found> {
    let name = file.file_name();
    let name = name.to_str().filter(|_| metadata.is_file())?;
    let mut unused = now.duration_since(metadata.modified().ok()?).unwrap_or_default();
    if name.starts_with(entry::UNFINISHED) && unused > DAY {
        unused = Duration::MAX;
    } else if !entry::is_name(name) {
        return None;
    }
    Some(Found { path: file.path(), unused, size: metadata.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    const NOW: Duration = Duration::from_hours(1_000_000);

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW
    }

    /// A file of ten bytes that was last used `days` ago.
    fn file(folder: &Path, name: &str, days: u32) -> PathBuf {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "0123456789").unwrap();
        File::options().append(true).open(&path).unwrap().set_modified(now() - DAY * days).unwrap();
        path
    }

    fn entry(c: char) -> String {
        format!("{c}{c}/{}", c.to_string().repeat(64))
    }

    #[test]
    fn what_is_old_goes_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, days| file(folder.path(), name, days);
        let gone = [file(&entry('a'), 31), file("bb/.unfinished-1", 2)];
        let kept = [
            file(&entry('c'), 29),
            file("dd/.unfinished-2", 0),
            file("ee/notes.txt", 400),
            file("README", 400),
            file(&format!("work/{}", "a".repeat(64)), 400),
        ];
        prune(folder.path(), now(), u64::MAX);
        assert_eq!(gone.map(|path| path.exists()), [false; 2]);
        assert_eq!(kept.map(|path| path.exists()), [true; 5]);
    }

    #[test]
    fn the_oldest_go_where_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let files = [('a', 3), ('b', 1), ('c', 2)].map(|(c, days)| file(folder.path(), &entry(c), days));
        prune(folder.path(), now(), 25);
        assert_eq!(files.map(|path| path.exists()), [false, true, true]);
    }

    #[test]
    fn it_is_pruned_once_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let old = || file(folder.path(), &entry('a'), 31);
        let stamp = |days: u32| file(folder.path(), STAMP, days);
        stamp(0);
        let path = old();
        when_due(folder.path(), now());
        assert!(path.exists());
        stamp(2);
        when_due(folder.path(), now());
        assert!(!path.exists());
        let missing = folder.path().join("missing");
        when_due(&missing, now());
        assert!(!missing.exists(), "a cache begins with its first entry");
    }
}
