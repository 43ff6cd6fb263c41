//! A question on a cheat-sheet.

use qabook_document::{Chapter, Question};
use qabook_support::Diagnostics;

use super::code::{ChapterCode, Place};
use super::writer::{Emitter, Writer};
use crate::literal::literal;

/// A question and where it stands on a cheat-sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) chapter: &'a Chapter,
    pub(crate) question: &'a Question,
    /// The line of its front matter, when that is known.
    pub(crate) line: Option<usize>,
    /// The outline level of its heading.
    pub(crate) level: usize,
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
        let Entry { chapter, question, line, level } = entry;
        self.out.push_str("#import \"/look.typ\": breakable\n#import \"/sheet.typ\": question\n");
        self.mark(line);
        let number = self.text(&question.label());
        let mark = self.text(question.level.label());
        let site = self.emitter.site.as_ref();
        let url = site.map_or_else(|| "none".into(), |site| literal(&site.page(&chapter.path, None)));
        let asked = self.words(&question.question);
        let summary = question.summary.trim();
        let answer = match (answered, summary) {
            (false, _) => "none".into(),
            (true, "") => {
                self.warning(
                    "the question has no summary: the sheet has a line to write one",
                    "write `summary` in its front matter",
                );
                "none".into()
            }
            (true, summary) => format!("[{}]", self.words(summary)),
        };
        self.out.push_str(&format!("#question({level}, {number}, {mark}, {url}, [{asked}], {answer})\n"));
    }
}
