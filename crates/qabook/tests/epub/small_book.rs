//! A book in a temporary folder.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) struct SmallBook(TempDir);

impl SmallBook {
    /// A book whose only chapter is `chapter`, src/a.md.
    pub(crate) fn new(chapter: &str) -> Self {
        let book = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(book.path("src")).expect("a folder");
        book.write("book.toml", "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n");
        book.write("src/SUMMARY.md", "# 目录\n\n- [甲](a.md)\n");
        book.write("src/a.md", chapter);
        book
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a written file");
    }

    /// Runs `qabook epub` in the book's folder.
    pub(crate) fn make(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_qabook"))
            .args(["epub", "--out", "a.epub"])
            .current_dir(self.0.path())
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .output()
            .expect("qabook runs")
    }

    /// What it prints to stderr, and whether it succeeds.
    pub(crate) fn messages(&self) -> (bool, String) {
        let output = self.make();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
