//! 问锈, the book in the root of the repository, as this tool makes it: what only holds for that book.
//!
//! Its pages are tested in a browser by the target `browser`, whose `wenxiu.rs` names those that it visits; its PDF by
//! `cargo test -p qabook-pdf --test wenxiu`, its programs by `cargo test -p snippets`.

mod alone;
#[path = "../common/archive.rs"]
mod archive;
mod document;
mod epub;
#[path = "../common/epubcheck.rs"]
mod epubcheck;
mod practice;
mod structured_data;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

/// The book's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The built site: that of `QABOOK_SITE`, or one that is built once.
fn site() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wenxiu");
        let mut build = Command::new(env!("CARGO_BIN_EXE_qabook"));
        build.args(["build", "--quiet", "--root"]).arg(root()).env("MDBOOK_BUILD__BUILD_DIR", &site);
        assert!(build.status().unwrap().success());
        site
    };
    std::env::var_os("QABOOK_SITE").map_or_else(|| BUILT.get_or_init(build).clone(), PathBuf::from)
}

fn main() -> ExitCode {
    let tests = [alone::TESTS, document::TESTS, epub::TESTS, practice::TESTS, structured_data::TESTS].concat();
    let chapter = root().join("src/network/tcp-handshake.md");
    qabook_support::testing::run_of_book(&tests, &chapter, &["structured_data::"])
}
