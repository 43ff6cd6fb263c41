//! The files of a new book, as they are embedded: path, text.
//!
//! A file named `Cargo.toml` would make a package of its folder, which `cargo package` leaves out, as it does what a
//! `.gitignore` names: both have other names here.

use super::language::Language;

/// A file: its path in the book, with slashes, and its text with gaps such as `@TITLE@`.
pub(super) type File = (&'static str, &'static str);

/// What every book has.
pub(super) fn bare(language: Language) -> [File; 4] {
    let pages = (".github/workflows/pages.yml", include_str!("files/any/pages.yml"));
    let ignored = (".gitignore", include_str!("files/any/gitignore"));
    match language {
        Language::English => [
            ("book.toml", include_str!("files/en/book.toml")),
            ("README.md", include_str!("files/en/README.md")),
            ignored,
            pages,
        ],
        Language::Chinese => [
            ("book.toml", include_str!("files/zh-CN/book.toml")),
            ("README.md", include_str!("files/zh-CN/README.md")),
            ignored,
            pages,
        ],
    }
}

/// A package without programs, below its own folder.
pub(super) const PACKAGE: [File; 2] = [
    ("Cargo.toml", include_str!("files/any/snippets/Cargo.toml.in")),
    ("src/lib.rs", include_str!("files/any/snippets/lib.rs")),
];

/// Three questions and their programs, in one language.
macro_rules! sample {
    ($folder:literal) => {
        sample!(
            $folder,
            "src/SUMMARY.md",
            "src/README.md",
            "src/algorithms/binary-search.md",
            "src/systems/deadlock.md",
            "src/systems/idempotent-methods.md",
            "snippets/examples/binary-search/main.rs",
            "snippets/examples/binary-search/output.txt",
            "snippets/examples/binary-search/python.txt",
            "snippets/examples/lock-order/main.rs",
            "snippets/examples/lock-order/output.txt"
        )
    };
    ($folder:literal, $($path:literal),+) => {
        [
            ("snippets/recorded.toml", include_str!("files/any/snippets/recorded.toml")),
            $(($path, include_str!(concat!("files/", $folder, "/", $path)))),+
        ]
    };
}

/// Three questions and their programs; the package is [`PACKAGE`].
pub(super) fn sample(language: Language) -> [File; 11] {
    match language {
        Language::English => sample!("en"),
        Language::Chinese => sample!("zh-CN"),
    }
}
