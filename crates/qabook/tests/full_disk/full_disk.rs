//! A disk that is full: the build says so, and the last good site stays.

use crate::small_book::SmallBook;
use qabook_support::testing::Test;
#[cfg(target_os = "linux")]
use qabook_support::testing::Tool;
use qabook_support::tests;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

pub(crate) const TESTS: &[Test] = tests![
    pages_that_do_not_fit_leave_the_last_good_site,
    an_archive_that_does_not_fit_leaves_the_last_one_and_its_site,
    an_import_that_does_not_fit_changes_nothing,
    #[cfg(target_os = "linux")]
    a_small_disk_is_full_before_the_site_is_whole: MOUNT,
];

/// `qabook ARGUMENTS` in a process that may write no file larger than `bytes`, which every user may ask for.
///
/// The system's answer is that of a full disk but for its words, since the signal that would end the process is ignored.
fn with_files_of_at_most(bytes: u64, book: &SmallBook, arguments: &[&str]) -> Output {
    // POSIX counts in blocks of 512 bytes.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", bytes / 512);
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_qabook")]).args(arguments).current_dir(book.root());
    command.output().unwrap()
}

/// Every file of the site, with its bytes.
fn site(book: &SmallBook) -> Vec<(String, Vec<u8>)> {
    let folder = book.root().join("book");
    let mut files: Vec<_> = qabook::site::files(&folder)
        .unwrap()
        .into_iter()
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Checks that the build failed with `message`, and that nothing unfinished is in `folder`.
fn assert_told(output: &Output, message: &str, folder: &Path) {
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains(message) && !printed.contains("panicked"), "{printed}");
    let unfinished = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let unfinished: Vec<_> = unfinished.filter(|name| name.starts_with('.')).collect();
    assert_eq!(unfinished, [""; 0], "nothing is left behind");
}

fn pages_that_do_not_fit_leave_the_last_good_site() {
    let book = SmallBook::new();
    assert!(book.build().status.success());
    let before = site(&book);
    book.replace("src/maths/sum.md", "正文。", "新的正文。");
    let output = with_files_of_at_most(4096, &book, &["build"]);
    assert_told(&output, "File too large", book.root());
    assert!(site(&book) == before, "the last good site stays");
}

fn an_archive_that_does_not_fit_leaves_the_last_one_and_its_site() {
    let book = SmallBook::new();
    assert!(book.qabook(&["build", "--zip", "small.zip"]).output().unwrap().status.success());
    let archive = || fs::read(book.root().join("small.zip")).unwrap();
    let before = (site(&book), archive());
    // Room for every file of the site, before it is made smaller, too; none for all of them in one.
    let largest = before.0.iter().map(|(_, bytes)| bytes.len() as u64).max().unwrap();
    let room = before.1.len() as u64 - 4096;
    assert!(largest < room, "the archive is larger than each of its files");
    book.replace("src/maths/sum.md", "正文。", "新的正文。");
    let output = with_files_of_at_most(room, &book, &["build", "--zip", "small.zip"]);
    assert_told(&output, "error: small.zip can't be written: File too large (os error 27)\n", book.root());
    assert!((site(&book), archive()) == before, "the last good site and archive stay");
}

fn an_import_that_does_not_fit_changes_nothing() {
    let book = SmallBook::of(&[("list.md", "# L\n\n## 1. A?\n\na\n\n## 2. B?\n\nb\n")]);
    assert!(book.qabook(&["import", "list.md", "--into", "b"]).output().unwrap().status.success());
    let chapters = || ["b/src/SUMMARY.md", "b/src/questions/a.md", "b/src/questions/b.md"].map(|path| book.read(path));
    let before = chapters();
    book.write("list.md", format!("# L\n\n## 1. A?\n\nnew\n\n## 2. B?\n\n{}\n\n## 3. C?\n", "long ".repeat(2000)));
    let output = with_files_of_at_most(4096, &book, &["import", "list.md", "--into", "b"]);
    assert_told(&output, "the book can't be written: File too large", &book.root().join("b/src"));
    assert!(chapters() == before, "the chapters stay");
}

/// A file system of 64 KiB; `None` where none can be made.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

/// Only root may mount a file system.
#[cfg(target_os = "linux")]
const MOUNT: Tool =
    Tool { name: "mount", is_here: || SmallDisk::mount().is_some(), required_by: "QABOOK_REQUIRE_SMALL_DISK" };

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let mut command = std::process::Command::new("mount");
        command.args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(folder.path());
        let mounted = command.output().is_ok_and(|output| output.status.success());
        mounted.then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
fn a_small_disk_is_full_before_the_site_is_whole() {
    let disk = SmallDisk::mount().unwrap();
    let book = SmallBook::new();
    let site = disk.0.path().join("book");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("index.html"), "the last good site").unwrap();
    fs::write(site.join(".qabook-site"), "index.html\n").unwrap();
    let output = book.qabook(&["build"]).env("MDBOOK_BUILD__BUILD_DIR", &site).output().unwrap();
    assert_told(&output, "No space left on device", disk.0.path());
    assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "the last good site");
}
