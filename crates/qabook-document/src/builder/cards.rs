//! What the preprocessors of this book write, as typed blocks.
//!
//! | container | written by | becomes |
//! |---|---|---|
//! | `<figure class="snippet" data-…>` | snippets | [`Snippet`] |
//! | `<header class="question-header" data-…>` | questions | [`QuestionHeader`] |
//! | `<nav class="question-related">` | questions | [`RelatedQuestion`]s |
//!
//! Attributes carry what the Markdown inside doesn't say unmistakably. A container that lacks what it must have is shown
//! as the Markdown in it.

use super::Builder;
use super::frame::Frame;
use crate::html::Element;
use crate::visit::{for_each_block, for_each_inline};
use crate::{BlockKind, Inline, QuestionHeader, Recording, RelatedQuestion, Snippet, plain_text};

impl Builder<'_> {
    /// Whether what is read now is part of a snippet's card.
    pub(super) fn in_snippet(&self) -> bool {
        self.frames.iter().any(|frame| matches!(&frame.kind, super::Kind::Element(element) if is_snippet(element)))
    }

    /// The card that `element` with the content of `frame` is, or `None`.
    pub(super) fn card(&mut self, element: &Element, frame: &Frame) -> Option<BlockKind> {
        let (name, card) = if is_snippet(element) {
            ("snippet", snippet(element, frame).map(|card| BlockKind::Snippet(Box::new(card))))
        } else if element.has_class("question-header") {
            ("question-header", header(element).map(|card| BlockKind::QuestionHeader(Box::new(card))))
        } else if element.has_class("question-related") {
            ("question-related", Some(BlockKind::Related(related(frame))))
        } else {
            return None;
        };
        if card.is_none() {
            let hint = "leave writing such elements to the preprocessors";
            self.warn(frame.line, format!("an element of class `{name}` that lacks what it needs"), hint);
        }
        card
    }
}

fn is_snippet(element: &Element) -> bool {
    element.name == "figure" && element.has_class("snippet")
}

/// The first fence in Rust is the program, that in Python its twin, and that of plain text what was recorded.
fn snippet(element: &Element, frame: &Frame) -> Option<Snippet> {
    let code = |language: &str| {
        frame.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Code(code) if code.language.as_deref() == Some(language) => Some(code.text.clone()),
            _ => None,
        })
    };
    let mut playground = None;
    for_each_inline(&frame.blocks, &mut |inline| {
        if let Inline::Link(link) = inline
            && let crate::Target::External(address) = &link.target
        {
            playground = Some(address.clone());
        }
    });
    let recording = element.filled("data-rustc").zip(element.filled("data-date"));
    Some(Snippet {
        name: element.filled("data-snippet")?,
        caption: element.filled("data-caption")?,
        runs: element.attribute("data-runs") == Some("true"),
        code: code("rust")?,
        highlighted: ranges(element.attribute("data-highlight").unwrap_or("")),
        recorded: code("text"),
        recording: recording.map(|(rustc, date)| Recording { rustc, date }),
        python: code("python"),
        playground,
    })
}

/// `3-5,9-9` as pairs.
fn ranges(text: &str) -> Vec<(usize, usize)> {
    let range = |range: &str| {
        let (first, last) = range.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    text.split(',').filter_map(range).collect()
}

fn header(element: &Element) -> Option<QuestionHeader> {
    let attribute = |name: &str| element.filled(&format!("data-{name}"));
    Some(QuestionHeader {
        number: attribute("number")?,
        question: attribute("question")?,
        summary: attribute("summary")?,
        level: attribute("level")?,
        tags: attribute("tags").unwrap_or_default().split('\n').map(Into::into).collect(),
        verified: attribute("verified")?,
    })
}

fn related(frame: &Frame) -> Vec<RelatedQuestion> {
    let mut found = Vec::new();
    for_each_block(&frame.blocks, &mut |block| {
        let BlockKind::Paragraph(text) = &block.kind else { return };
        found.extend(text.iter().filter_map(|inline| match inline {
            Inline::Link(link) => Some(RelatedQuestion { text: plain_text(&link.text), target: link.target.clone() }),
            _ => None,
        }));
    });
    found
}
