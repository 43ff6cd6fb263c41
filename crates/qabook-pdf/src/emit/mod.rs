//! Chapters to Typst code.
//!
//! Every text of a chapter is a string literal ([`crate::literal()`]), so only this module and its children decide what is
//! markup. Each chapter becomes a Typst file of its own, in which the lines of the Markdown file are noted: what Typst
//! reports about the code names the author's line.

mod blocks;
mod cards;
mod figures;
mod inlines;
mod links;
mod tables;
mod text;

use qabook_document::{Block, BlockKind, Chapter, DOCUMENT, DOUBTFUL, Document, Heading, Section};
use qabook_support::{Diagnostic, Diagnostics};
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::layout::Layout;
use crate::literal::literal;
use crate::settings::Settings;
use crate::site::Site;
pub(crate) use links::External;

/// A chapter as Typst code.
#[derive(Debug)]
pub(crate) struct ChapterCode {
    /// Where it stands in Typst's world.
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

/// Where a chapter stands in the book.
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

/// What holds for all chapters.
pub(crate) struct Emitter<'a> {
    site: Option<Site>,
    layout: Layout,
    external: External<'a>,
}

/// The code of one chapter while it is written.
struct Writer<'a> {
    emitter: &'a Emitter<'a>,
    chapter: &'a Chapter,
    index: usize,
    place: Place,
    /// The level of the last heading: an outline must not skip one.
    last_level: usize,
    section: Option<Section>,
    snippets: usize,
    /// A word of more letters may break anywhere: narrow columns need it sooner.
    longest_word: usize,
    /// The line of the block that is being written.
    line: Option<usize>,
    /// Footnotes that already stand on a page.
    noted: HashSet<usize>,
    out: String,
    lines: Vec<(usize, usize)>,
    files: Vec<(String, Vec<u8>)>,
    problems: Diagnostics,
    warnings: Vec<Diagnostic>,
    /// Characters without a glyph, by the line where they first stand.
    missing: BTreeSet<(Option<usize>, char)>,
}

impl<'a> Emitter<'a> {
    /// An emitter for `document`.
    pub(crate) fn new(document: &'a Document, settings: &Settings) -> Self {
        Self { site: settings.site.clone(), layout: settings.layout, external: External::of(document) }
    }

    /// The code of `chapter`, the `index`th of the book.
    ///
    /// # Errors
    /// Characters that no font has, images that can't be read.
    pub(crate) fn chapter(
        &'a self,
        chapter: &'a Chapter,
        index: usize,
        place: Place,
    ) -> Result<ChapterCode, Diagnostics> {
        let mut writer = Writer {
            emitter: self,
            chapter,
            index,
            place,
            last_level: place.level,
            section: None,
            snippets: 0,
            longest_word: text::LONGEST_WORD,
            line: None,
            noted: HashSet::new(),
            out: String::new(),
            lines: Vec::new(),
            files: Vec::new(),
            problems: Diagnostics::default(),
            warnings: Vec::new(),
            missing: BTreeSet::new(),
        };
        writer.whole_chapter();
        writer.finish()
    }
}

impl Writer<'_> {
    fn whole_chapter(&mut self) {
        self.out.push_str("#import \"/look.typ\": *\n#import \"/blocks.typ\": *\n#import \"/matter.typ\": chapter\n\n");
        let (title, rest) = match self.chapter.blocks.split_first() {
            Some((Block { line, kind: BlockKind::Heading(heading) }, rest)) if heading.level == 1 => {
                (Some((*line, heading)), rest)
            }
            _ => (None, &self.chapter.blocks[..]),
        };
        self.title(title);
        self.blocks(rest);
    }

    /// The chapter's title: its H1, or what SUMMARY.md calls it.
    fn title(&mut self, heading: Option<(Option<usize>, &Heading)>) {
        let number = match &self.chapter.number {
            Some(number) => self.text(number),
            None => "none".into(),
        };
        let shown = match heading {
            Some((line, heading)) => {
                self.mark(line);
                self.inlines_code(&heading.text)
            }
            None => self.words(&self.chapter.title),
        };
        let path = literal(&self.chapter.path);
        let Place { level, continued } = self.place;
        let call = format!("#chapter({level}, {number}, {path}, continued: {continued})[{shown}]\n");
        self.out.push_str(&call);
        if let Some((_, heading)) = heading {
            self.out.push_str(&format!("#anchor({})\n", self.label(&heading.id)));
        }
        self.out.push('\n');
    }

    /// The Typst label of a place in this chapter, as a string literal.
    fn label(&self, id: &str) -> String {
        literal(&label_of(&self.chapter.path, Some(id)))
    }

    /// Notes that what follows comes from `line`.
    fn mark(&mut self, line: Option<usize>) {
        if let Some(line) = line {
            self.line = Some(line);
            self.lines.push((self.out.len(), line));
        }
    }

    /// Notes what can be shown, but not well, at the current line.
    fn warning(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.warnings.push(DOUBTFUL.broken(message, hint).in_file(&self.chapter.file).on_line(self.line));
    }

    /// Notes a problem at the current line.
    fn problem(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(DOCUMENT.broken(message, hint).in_file(&self.chapter.file).on_line(self.line));
    }

    fn finish(mut self) -> Result<ChapterCode, Diagnostics> {
        let mut by_line: HashMap<Option<usize>, Vec<char>> = HashMap::new();
        for (line, c) in std::mem::take(&mut self.missing) {
            by_line.entry(line).or_default().push(c);
        }
        for (line, characters) in by_line {
            let named: Vec<_> = characters.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
            let message = format!("no font of the PDF has {}", named.join(", "));
            let hint =
                "write it in words, or add it to fonts/characters.txt and run fonts/subset in the folder of qabook-pdf";
            self.problems.push(DOCUMENT.broken(message, hint).in_file(&self.chapter.file).on_line(line));
        }
        let code = ChapterCode {
            path: file_of(self.index),
            file: self.chapter.file.clone(),
            code: self.out,
            lines: self.lines,
            files: self.files,
            warnings: self.warnings,
        };
        self.problems.into_result(code)
    }
}

/// The name of a place of the book: `network/arp.md`, or `network/arp.md#what`.
pub(crate) fn label_of(path: &str, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("{path}#{id}"),
        None => path.to_string(),
    }
}
