//! What becomes of a chapter, and how its places are named.

use qabook_support::Diagnostic;

/// A chapter as Typst code.
#[derive(Debug)]
pub(crate) struct ChapterCode {
    /// Its place in Typst's world.
    pub(crate) path: String,
    /// The chapter's file as its author knows it.
    pub(crate) file: std::path::PathBuf,
    /// The code.
    pub(crate) code: String,
    /// Byte offsets in `code` where something of a line of the chapter begins: sorted.
    pub(crate) lines: Vec<(usize, usize)>,
    /// Images: path in Typst's world, content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// What can be shown, but not well.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl ChapterCode {
    /// The chapter's line that the code at byte `offset` comes from.
    pub(crate) fn line_at(&self, offset: usize) -> Option<usize> {
        let after = self.lines.partition_point(|&(start, _)| start <= offset);
        after.checked_sub(1).map(|index| self.lines[index].1)
    }
}

/// A chapter's place in the book.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The outline level of its title.
    pub(crate) level: usize,
    /// Whether it goes on below the title of its part, instead of beginning on a new page.
    pub(crate) continued: bool,
}

/// The Typst file of the `index`th chapter.
pub(crate) fn file_of(index: usize) -> String {
    format!("/chapters/{index}.typ")
}

/// The name of a place of the book: `network/arp.md`, or `network/arp.md#what`.
pub(crate) fn label_of(path: &str, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("{path}#{id}"),
        None => path.to_string(),
    }
}
