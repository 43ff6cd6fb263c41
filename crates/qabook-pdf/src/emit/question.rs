//! A question on a cheat-sheet.

use qabook_document::{BlockKind, Chapter, Inline, Item, Question, plain_text};
use qabook_support::Diagnostics;

use super::code::{ChapterCode, Place};
use super::writer::{Emitter, Writer};
use crate::literal::literal;

/// Options of up to so many letters stand next to each other.
const SHORT_OPTION: usize = 12;

/// A question and where it stands on a cheat-sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    chapter: &'a Chapter,
    question: &'a Question,
    /// The line of its front matter, when that is known.
    line: Option<usize>,
    /// What one chooses from, as the chapter shows it.
    options: &'a [Item],
    /// The outline level of its heading.
    level: usize,
}

impl<'a> Entry<'a> {
    /// The question that `chapter` answers; `level` is the outline level of its heading.
    pub(crate) fn of(chapter: &'a Chapter, level: usize) -> Option<Self> {
        chapter.blocks.iter().enumerate().find_map(|(at, block)| {
            let BlockKind::QuestionHeader(question) = &block.kind else { return None };
            let options = match at.checked_sub(1).map(|before| &chapter.blocks[before].kind) {
                Some(BlockKind::List(list)) if list.items.len() == question.options.len() => &list.items[..],
                _ => &[],
            };
            Some(Self { chapter, question, line: block.line, options, level })
        })
    }
}

impl<'a> Emitter<'a> {
    /// The code of `entry`, the `index`th of the sheet, with its answer or with room for one.
    ///
    /// # Errors
    /// Characters that no font has.
    pub(crate) fn entry(&'a self, entry: Entry<'a>, index: usize, answered: bool) -> Result<ChapterCode, Diagnostics> {
        let place = Place { level: entry.level, continued: false };
        let mut writer = Writer::new(self, entry.chapter, index, place);
        writer.entry(entry, answered);
        writer.finish()
    }
}

impl Writer<'_> {
    fn entry(&mut self, entry: Entry<'_>, answered: bool) {
        let Entry { chapter, question, line, level, .. } = entry;
        self.out.push_str("#import \"/look.typ\": *\n#import \"/blocks.typ\": *\n#import \"/sheet.typ\": question\n");
        self.mark(line);
        let number = self.text(&question.label());
        let mark = question.level.map_or("", |level| level.label(self.emitter.words));
        let mark = self.text(mark);
        let site = self.emitter.site.as_ref();
        let url = site.map_or_else(|| "none".into(), |site| literal(&site.page(&chapter.path, None)));
        let asked = self.words(&question.question);
        let answer = match (answered, question.summary.trim()) {
            (false, _) => "none".into(),
            (true, "") => {
                let message = "the question has no summary: the sheet has a line to write one";
                self.warning(message, "write `summary` in its front matter");
                "none".into()
            }
            (true, summary) => format!("[{}]", self.words(summary)),
        };
        let options = self.options(entry, answered);
        self.out.push_str(&format!("#question({level}, {number}, {mark}, {url}, [{asked}], {answer}{options})\n"));
    }

    /// The arguments for what one chooses from; with the answer, what is right is strong.
    fn options(&mut self, entry: Entry<'_>, answered: bool) -> String {
        let mut options = String::new();
        let mut short = true;
        for (item, option) in entry.options.iter().zip(&entry.question.options) {
            let Some(BlockKind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) else { continue };
            short &= plain_text(text).chars().count() <= SHORT_OPTION;
            let code = self.inlines_code(&unlinked(text));
            let strong = if answered && option.right { "strong" } else { "" };
            options.push_str(&format!("{strong}[{code}], "));
        }
        if options.is_empty() { options } else { format!(", options: ({options}), short: {short}") }
    }
}

/// `inlines` without what leads to places that a sheet hasn't got: other chapters, footnotes.
fn unlinked(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Link(link) => kept.extend(unlinked(&link.text)),
            Inline::Styled(style, inner) => kept.push(Inline::Styled(*style, unlinked(inner))),
            Inline::FootnoteReference(_) | Inline::Anchor(_) => {}
            other => kept.push(other.clone()),
        }
    }
    kept
}
