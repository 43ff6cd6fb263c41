//! docs/, the book about the tool: what it says is compared with the tool, and it is built and checked.

mod book;
mod commands;
mod rules;
mod settings;
mod theme;

use std::fs;
use std::path::{Path, PathBuf};

/// The repository's folder.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A chapter of the book.
fn chapter(path: &str) -> String {
    fs::read_to_string(repository().join("docs/src").join(path)).unwrap()
}

/// The lines of the section of `chapter` whose heading has the id `id`, without the sections below it.
fn section<'a>(chapter: &'a str, id: &str) -> Vec<&'a str> {
    let mut lines = chapter.lines();
    let id = format!("{{#{id}}}");
    lines.find(|line| line.starts_with('#') && line.ends_with(&id)).unwrap_or_else(|| panic!("no section has {id}"));
    lines.take_while(|line| !line.starts_with('#')).collect()
}

/// The cells of the tables in `lines`, without their heads.
fn rows<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let cells = |line: &&'a str| Some(line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect::<Vec<_>>());
    let bodies =
        lines.split(|line| line.is_empty()).filter(|table| table.get(1).is_some_and(|line| line.starts_with("|-")));
    bodies.flat_map(|table| &table[2..]).filter_map(cells).collect()
}

/// What stands between backticks in `text`.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
