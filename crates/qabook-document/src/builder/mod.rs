//! A chapter's Markdown to blocks.

mod anchors;
mod cards;
mod elements;
mod events;
mod frame;
mod implied;
mod media;
mod settle;
mod tables;

use mdbook_preprocessor::book::Chapter as BookChapter;
use mdbook_questions::{Errata, FollowUps, PageKind};
use qabook_support::maths::Masked;
use qabook_support::{ChapterFile, Diagnostic};
use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::html::Element;
use crate::lines::LineMap;
use crate::{Block, DOCUMENT, DOUBTFUL, Footnote, Formulas, Inline, Options};
use frame::{Frame, Kind};

/// A chapter whose links are not yet resolved: every target is [`crate::Target::External`] with the address as written.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) blocks: Vec<Block>,
    pub(crate) footnotes: Vec<Footnote>,
    /// The ids that links can lead to.
    pub(crate) ids: HashSet<String>,
    pub(crate) kind: PageKind,
    pub(crate) errata: Errata,
    pub(crate) follow_ups: FollowUps,
    /// Errors and warnings.
    pub(crate) problems: Vec<Diagnostic>,
}

/// What book.toml says about a chapter's formulas and code.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) formulas: Formulas,
    /// By language what hidden lines of its code begin with.
    pub(crate) hidden_lines: HashMap<String, String>,
}

/// Builds the blocks of `chapter`, whose path in the book is `path`; images are looked for in the folder `src`.
pub(crate) fn build(
    chapter: &BookChapter,
    path: &str,
    file: &ChapterFile,
    src: &Path,
    options: &Options,
    settings: &Settings,
) -> Built {
    let mut masked = Masked::new(&chapter.content, settings.formulas.dollars());
    let parsed = std::mem::take(&mut masked.events);
    // Only a chapter that its author wrote has lines.
    let source = chapter.source_path.as_ref().and_then(|_| file.source());
    let mut builder = Builder {
        path,
        file,
        src,
        options,
        settings,
        lines: LineMap::new(&chapter.content, source),
        masked: &masked,
        frames: vec![Frame::new(Kind::Chapter, None, None)],
        html: None,
        ids: HashSet::new(),
        diagrams: 0,
        references: Vec::new(),
        footnotes: HashMap::new(),
        kind: PageKind::default(),
        errata: Errata::default(),
        follow_ups: FollowUps::default(),
        problems: Vec::new(),
    };
    builder.read(parsed);
    builder.finish()
}

struct Builder<'a> {
    path: &'a str,
    file: &'a ChapterFile,
    src: &'a Path,
    options: &'a Options,
    settings: &'a Settings,
    lines: LineMap,
    masked: &'a Masked<'a>,
    /// From the chapter to what is innermost; never empty.
    frames: Vec<Frame>,
    /// The HTML block that is being read: the offset of each of its lines, and its text.
    html: Option<(Vec<usize>, String)>,
    ids: HashSet<String>,
    diagrams: usize,
    /// The footnotes' labels in the order of their first references, with the number of references.
    references: Vec<(String, usize)>,
    footnotes: HashMap<String, (Option<usize>, Vec<Block>)>,
    kind: PageKind,
    errata: Errata,
    follow_ups: FollowUps,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn top(&mut self) -> &mut Frame {
        // The frame of the chapter is never closed: see `pop`.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, kind: Kind, line: Option<usize>) {
        self.frames.push(Frame::new(kind, None, line));
    }

    fn open_element(&mut self, kind: Kind, element: &Element, line: Option<usize>) {
        self.frames.push(Frame::new(kind, Some(element.name.clone()), line));
    }

    /// Closes the innermost frame of Markdown and, with a warning, HTML elements left open in it.
    fn close(&mut self) {
        while let Some(tag) = self.top().tag.clone() {
            self.unclosed(&tag);
        }
        self.pop();
    }

    fn unclosed(&mut self, tag: &str) {
        if Self::may_stay_open(tag) {
            self.pop();
            return;
        }
        let line = self.top().line;
        let hint = format!("write </{tag}> in the same paragraph, list item or quotation");
        self.warn(line, format!("<{tag}> is not closed where it was opened"), hint);
        self.pop();
    }

    fn pop(&mut self) {
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            self.settle(frame);
        }
    }

    fn push_inline(&mut self, inline: Inline, line: Option<usize>) {
        let top = self.top();
        if !matches!(top.kind, Kind::Hidden) {
            top.push_inline(inline, line);
        }
    }

    fn push_block(&mut self, block: Block) {
        let top = self.top();
        if !matches!(top.kind, Kind::Hidden) {
            top.push_block(block);
        }
    }

    fn warn(&mut self, line: Option<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(self.file.on_line(line, DOUBTFUL.broken(message, hint)));
    }

    fn error(&mut self, line: Option<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(self.file.on_line(line, DOCUMENT.broken(message, hint)));
    }

    fn finish(mut self) -> Built {
        while self.frames.len() > 1 {
            match self.top().tag.clone() {
                Some(tag) => self.unclosed(&tag),
                None => self.pop(),
            }
        }
        let blocks = self.frames.pop().map(Frame::into_blocks).unwrap_or_default();
        let mut footnotes = Vec::new();
        for (index, (label, references)) in std::mem::take(&mut self.references).into_iter().enumerate() {
            let blocks = self.footnotes.remove(&label).map(|(_, blocks)| blocks).unwrap_or_default();
            footnotes.push(Footnote { number: index + 1, label, references, blocks });
        }
        let mut unused: Vec<_> = self.footnotes.drain().map(|(label, (line, _))| (line, label)).collect();
        unused.sort();
        for (line, label) in unused {
            let hint = format!("refer to it by [^{label}], or delete it");
            self.warn(line, format!("nothing refers to the footnote `{label}`: it is left out"), hint);
        }
        let Self { ids, kind, errata, follow_ups, problems, .. } = self;
        Built { blocks, footnotes, ids, kind, errata, follow_ups, problems }
    }
}
