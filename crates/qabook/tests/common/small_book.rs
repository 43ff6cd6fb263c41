//! A small book in a temporary folder.
#![allow(dead_code)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) const CHAPTER: &str = "+++\nnumber = 1\nquestion = \"一加一？\"\nsummary = \"等于二。\"\nlevel = \"basic\"\n\
                           tags = [\"算术\"]\nverified = 2026-11-23\n+++\n\n# 一加一\n\n正文。\n\n\
                           ```python,snippet=sum\nprint(1 + 1)\n```\n";

/// Most tables are there for tests to add to: a book needs none.
const CONFIG: &str = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n\n[preprocessor.snippets]\n\n\
                      [preprocessor.questions]\n\n[output.html]\nsite-url = \"https://books.test/small/\"\n";

/// Every file of the book, as (path, text).
const FILES: [(&str, &str); 7] = [
    ("book.toml", CONFIG),
    ("src/SUMMARY.md", "# 目录\n\n[前言](README.md)\n\n# 算术\n\n- [一加一](maths/sum.md)\n- [草稿]()\n"),
    ("src/README.md", "# 前言\n"),
    ("src/maths/sum.md", CHAPTER),
    ("snippets/Cargo.toml", "[dependencies]\n"),
    ("snippets/examples/sum/main.rs", "//! 求和\nfn main() {\n    println!(\"{}\", 1 + 1);\n}\n"),
    ("snippets/examples/sum/output.txt", "2\n"),
];

/// A book that is removed when dropped.
pub(crate) struct SmallBook(TempDir);

impl SmallBook {
    /// A book of one question.
    pub(crate) fn new() -> Self {
        Self::of(&FILES)
    }

    /// A book whose only chapter is `text`, src/a.md.
    pub(crate) fn plain(text: &str) -> Self {
        let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n";
        Self::of(&[("book.toml", config), ("src/SUMMARY.md", "# 目录\n\n- [甲](a.md)\n"), ("src/a.md", text)])
    }

    /// A book of `files`, each with its path and text.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let book = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            book.write(path, text);
        }
        book
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{from:?} is not in {path}");
        self.write(path, text.replacen(from, to, 1));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// `qabook ARGUMENTS`, run in the book's folder.
    pub(crate) fn qabook(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qabook"));
        command.args(arguments).current_dir(self.root());
        command
    }

    pub(crate) fn build(&self) -> Output {
        self.qabook(&["build"]).output().unwrap()
    }
}

/// A picture that says that it is `edge` pixels wide and high, and holds none.
pub(crate) fn png(edge: u32) -> Vec<u8> {
    let size = [edge.to_be_bytes(), edge.to_be_bytes()].concat();
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &size[..], b"\x08\x06\0\0\0....", b"\0\0\0\0IEND\xaeB`\x82"].concat()
}

/// A built book whose files were changed by `change`.
pub(crate) fn built(change: impl FnOnce(&SmallBook)) -> SmallBook {
    let book = SmallBook::new();
    change(&book);
    let output = book.build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    book
}
