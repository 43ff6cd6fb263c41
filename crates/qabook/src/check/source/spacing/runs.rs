//! A chapter's prose, run by run, as the reader sees it.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qabook_support::markdown;
use std::ops::Range;

/// A character as the reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) shown: char,
    /// Where it is in the chapter; `None` for a stand-in and for what may not change, such as `&amp;`.
    pub(super) source: Option<Range<usize>>,
    /// Where a space in front of it is written: outside the emphasis or link that begins or ends there.
    pub(super) space_at: usize,
}

/// The inline text of one block.
pub(super) type Run = Vec<Cell>;

/// How code, formulas and addresses look to `autocorrect`: it sets inline code off by spaces.
const STAND_IN: &str = "`x`";

/// What ends a sentence without being text, such as an image.
const BARRIER: char = '\n';

/// The runs of the chapter `text`; `prose` is the same text with what is no prose blotted out.
pub(super) fn runs(text: &str, prose: &str) -> Vec<Run> {
    let mut scan = Scan { text, prose, done: Vec::new(), run: Vec::new(), after_end: None };
    // Depth inside code blocks, images and autolinks, whose text isn't looked at.
    let mut closed: Option<TagEnd> = None;
    for (event, span) in markdown::parse(prose) {
        if let Some(end) = &closed {
            if matches!(event, Event::End(tag) if tag == *end) {
                scan.after_end = Some(span.end);
                closed = None;
            }
            continue;
        }
        match event {
            Event::Text(_) => scan.text(&event, span),
            Event::Code(_) => scan.stand_in(STAND_IN, span.start),
            Event::SoftBreak | Event::HardBreak => scan.stand_in("\n", span.start),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                scan.stand_in(STAND_IN, span.start);
                closed = Some(TagEnd::Link);
            }
            Event::Start(tag @ Tag::Image { .. }) => {
                scan.stand_in("\n", span.start);
                closed = Some(tag.to_end());
            }
            Event::End(TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                scan.after_end = Some(span.end);
            }
            Event::InlineHtml(html) if html.starts_with("</") => scan.after_end = Some(span.end),
            Event::InlineHtml(html) if html.starts_with("<br") => scan.stand_in("\n", span.start),
            Event::Start(Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::FootnoteReference(_)
            | Event::InlineHtml(_) => {}
            Event::Start(tag @ (Tag::CodeBlock(_) | Tag::HtmlBlock)) => {
                scan.flush();
                closed = Some(tag.to_end());
            }
            _ => scan.flush(),
        }
    }
    scan.flush();
    scan.done
}

struct Scan<'a> {
    text: &'a str,
    prose: &'a str,
    done: Vec<Run>,
    run: Run,
    /// Where the last emphasis, link or tag ended, if nothing was shown since.
    after_end: Option<usize>,
}

impl Scan<'_> {
    fn flush(&mut self) {
        self.after_end = None;
        if !self.run.is_empty() {
            self.done.push(std::mem::take(&mut self.run));
        }
    }

    fn push(&mut self, shown: char, source: Option<Range<usize>>, start: usize) {
        let behind_last = self.run.last().and_then(|cell| cell.source.as_ref()).map(|source| source.end);
        let space_at = self.after_end.take().or(behind_last).unwrap_or(start);
        self.run.push(Cell { shown, source, space_at });
    }

    fn stand_in(&mut self, text: &str, start: usize) {
        for c in text.chars() {
            self.push(c, None, start);
        }
    }

    fn text(&mut self, event: &Event<'_>, span: Range<usize>) {
        let Event::Text(shown) = event else { return };
        if self.prose.get(span.clone()) != Some(shown) {
            // A character reference.
            self.stand_in(shown, span.start);
            return;
        }
        let mut at = span.start;
        while let Some(c) = self.prose[at..span.end].chars().next() {
            let blotted = self.prose[at..span.end].len() - self.prose[at..span.end].trim_start_matches('$').len();
            if blotted > 1 {
                let inline = !self.text[at..].starts_with("$$") && !self.text[at..].starts_with("{{");
                self.stand_in(if inline { "$x$" } else { "\n" }, at);
                at += blotted;
                continue;
            }
            match c {
                // Emphasis that CommonMark refuses is text, but mdbook-chinese makes it emphasis.
                '*' | '~' => self.after_end = None,
                c => self.push(c, Some(at..at + c.len_utf8()), at),
            }
            at += c.len_utf8();
        }
    }
}

/// Whether nothing may be changed at or across `cell`.
pub(super) fn is_barrier(cell: &Cell) -> bool {
    cell.shown == BARRIER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        runs(text, text).iter().map(|run| run.iter().map(|cell| cell.shown).collect()).collect()
    }

    #[test]
    fn a_run_is_what_the_reader_sees() {
        assert_eq!(
            shown("# 甲 {#a}\n\n乙**丙**`d`[戊](f)\n己 <https://g> ![h](i)&amp;\n\n- 一\n- 二\n"),
            ["甲", "乙丙`x`戊\n己 `x` \n&", "一", "二"]
        );
    }

    #[test]
    fn a_space_is_written_outside_of_emphasis() {
        let text = "甲**b**丙";
        let [run] = &runs(text, text)[..] else { panic!("one run") };
        let places: Vec<_> = run.iter().map(|cell| &text[..cell.space_at]).collect();
        assert_eq!(places, ["", "甲", "甲**b**"]);
    }
}
