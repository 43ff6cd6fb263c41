//! The code of one chapter while it is written: what the modules of blocks, inlines and so on write to.

use qabook_document::{Block, BlockKind, Chapter, DOCUMENT, DOUBTFUL, Heading, Section, Site, Words};
use qabook_support::{Diagnostic, Diagnostics};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::code::{ChapterCode, Place, file_of, label_of};
use super::sources::External;
use crate::fonts::{FOLDER, Fonts};
use crate::layout::Layout;
use crate::literal::literal;

/// A word longer than this may break between any two letters, in prose.
pub(super) const LONGEST_WORD: usize = 30;

/// What holds for all chapters.
pub(crate) struct Emitter<'a> {
    pub(super) site: Option<Site>,
    pub(super) layout: Layout,
    pub(super) fonts: Arc<Fonts>,
    /// The book's.
    pub(super) words: &'a Words,
    pub(super) external: External<'a>,
}

/// The code of one chapter while it is written.
pub(super) struct Writer<'a> {
    pub(super) emitter: &'a Emitter<'a>,
    pub(super) chapter: &'a Chapter,
    pub(super) index: usize,
    pub(super) place: Place,
    /// The level of the last heading: an outline must not skip one.
    pub(super) last_level: usize,
    pub(super) section: Option<Section>,
    pub(super) snippets: usize,
    /// A word of more letters may break anywhere: narrow columns need it sooner.
    pub(super) longest_word: usize,
    /// The line of the block that is being written.
    pub(super) line: Option<usize>,
    /// Footnotes that are already on a page.
    pub(super) noted: HashSet<usize>,
    pub(super) out: String,
    pub(super) lines: Vec<(usize, usize)>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) problems: Diagnostics,
    pub(super) warnings: Vec<Diagnostic>,
    /// Characters without a glyph, by the line where they first are.
    pub(super) missing: BTreeSet<(Option<usize>, char)>,
}

impl<'a> Writer<'a> {
    /// A writer of `chapter`, the `index`th of the book.
    pub(super) fn new(emitter: &'a Emitter<'a>, chapter: &'a Chapter, index: usize, place: Place) -> Self {
        Self {
            emitter,
            chapter,
            index,
            place,
            last_level: place.level,
            section: None,
            snippets: 0,
            longest_word: LONGEST_WORD,
            line: None,
            noted: HashSet::new(),
            out: String::new(),
            lines: Vec::new(),
            files: Vec::new(),
            problems: Diagnostics::default(),
            warnings: Vec::new(),
            missing: BTreeSet::new(),
        }
    }
}

impl Writer<'_> {
    pub(super) fn whole_chapter(&mut self) {
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
    pub(super) fn label(&self, id: &str) -> String {
        literal(&label_of(&self.chapter.path, Some(id)))
    }

    /// Notes that what follows comes from `line`.
    pub(super) fn mark(&mut self, line: Option<usize>) {
        if let Some(line) = line {
            self.line = Some(line);
            self.lines.push((self.out.len(), line));
        }
    }

    /// Notes what can be shown, but not well, at the current line.
    pub(super) fn warning(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.warnings.push(DOUBTFUL.broken(message, hint).in_file(&self.chapter.file).on_line(self.line));
    }

    /// Notes a problem at the current line.
    pub(super) fn problem(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(DOCUMENT.broken(message, hint).in_file(&self.chapter.file).on_line(self.line));
    }

    pub(super) fn finish(mut self) -> Result<ChapterCode, Diagnostics> {
        let mut by_line: HashMap<Option<usize>, Vec<char>> = HashMap::new();
        for (line, c) in std::mem::take(&mut self.missing) {
            by_line.entry(line).or_default().push(c);
        }
        for (line, characters) in by_line {
            let named: Vec<_> = characters.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
            let message = format!("no font of the PDF has {}", named.join(", "));
            let hint = format!("write it in words, or put a font that has it (TTF or OTF) into {FOLDER}");
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
