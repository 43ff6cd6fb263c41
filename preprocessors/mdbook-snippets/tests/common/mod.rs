//! The snippet package of the tests.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;
use walkdir::WalkDir;

/// A folder with tests/package in it, as a package: there its manifest is `manifest.toml`, because Cargo leaves a folder with
/// a `Cargo.toml` out of the crate that is published.
static ROOT: LazyLock<TempDir> = LazyLock::new(|| {
    let root = tempfile::tempdir().expect("a temporary folder");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in WalkDir::new(tests.join("package")) {
        let entry = entry.expect("an entry of tests/package");
        let to = root.path().join(entry.path().strip_prefix(&tests).expect("a path in tests"));
        if entry.file_type().is_dir() {
            fs::create_dir(to).expect("a folder");
        } else if entry.file_name() == "manifest.toml" {
            fs::copy(entry.path(), to.with_file_name("Cargo.toml")).expect("the manifest");
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
    root
});

/// The folder of a book, for its `package = "package"`.
pub(crate) fn root() -> &'static Path {
    ROOT.path()
}
