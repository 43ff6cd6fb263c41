//! What docs/ says about the options, and what of the repository the fonts can show.

use clap::CommandFactory;
use qabook_pdf::Fonts;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Options of every command, which are explained once.
const SHARED: [&str; 4] = ["root", "quiet", "help", "version"];

/// What stands between backticks in the first column of the table in the section `id` of a chapter.
fn names(chapter: &str, id: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src").join(chapter);
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once(&format!("{{#{id}}}\n")).expect("the section");
    let lines = rest.lines().take_while(|line| !line.starts_with('#'));
    let cells = lines.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(Into::into).collect()
}

/// The long options of the command.
fn options() -> BTreeSet<String> {
    let cli = qabook_pdf::cli::Cli::command();
    let long = cli.get_arguments().filter_map(|argument| argument.get_long());
    long.filter(|long| !SHARED.contains(long)).map(Into::into).collect()
}

#[test]
fn every_option_is_explained() {
    let names = names("reference/commands.md", "pdf");
    let long = names.iter().filter_map(|name| name.strip_prefix("--")?.split(' ').next());
    assert_eq!(long.map(Into::into).collect::<BTreeSet<String>>(), options());
}

#[test]
fn every_key_of_the_renderer_is_explained() {
    let keys = options().into_iter().filter(|option| !["out", "from-mdbook"].contains(&option.as_str()));
    assert_eq!(names("reference/settings.md", "pdf").into_iter().collect::<BTreeSet<_>>(), keys.collect());
}

/// A new book is one that the PDF can be made of.
#[test]
fn the_fonts_have_what_new_books_and_the_docs_say() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["crates/qabook/src/scaffold/files", "docs/src", "docs/snippets/examples"] {
        collect(&repository.join(folder), &mut files);
    }
    assert!(files.len() > 30, "{files:?}");
    for file in files {
        let missing = Fonts::linked().missing(&fs::read_to_string(&file).unwrap());
        assert!(missing.is_empty(), "{}: {missing:?}", file.display());
    }
}

/// The files below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
