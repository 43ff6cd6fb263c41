//! `{{#questions}}`, `{{#random-question}}`, `{{#practice}}` and `{{#downloads}}`: what a page can ask for about the book.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::{Diagnostics, Rule};
use std::ops::Range;

use crate::chapter::ParsedChapter;

/// A `{{#questions}}` or the like that is misspelt or misplaced.
pub const DIRECTIVE: Rule = Rule::error("directive");

/// What a page can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Directive {
    /// All questions, by part.
    Questions,
    /// A link to some question.
    RandomQuestion,
    /// Links to the whole book in other forms.
    Downloads,
    /// The ways into the book: to practise, or to read.
    Practice,
}

/// Where a directive is: the byte span of its paragraph, without the line break.
pub(crate) type Place = (Range<usize>, Directive);

const OPEN: &str = "{{#";
const FORM: &str = "write {{#questions}}, {{#random-question}}, {{#practice}} or {{#downloads}} alone in a paragraph, with a blank line before and after; \
                    to show it as text, write it as code";

/// The directives of `chapter`, in order. What code or HTML shows is left alone.
///
/// # Errors
/// Each one that is misspelt, has arguments or is inside other text.
pub(crate) fn find(chapter: &ParsedChapter<'_>) -> Result<Vec<Place>, Diagnostics> {
    let text = chapter.body.text();
    let mut problems = Diagnostics::default();
    let mut found = Vec::new();
    if !text.contains(OPEN) {
        return Ok(found);
    }
    let Blocks { paragraphs, verbatim } = blocks(chapter.body);
    for (at, _) in text.match_indices(OPEN) {
        let name: String = text[at + OPEN.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        // Other names belong to mdBook and other preprocessors.
        let ours = ["question", "random", "download", "practice"].iter().any(|start| name.starts_with(start));
        if !ours || text[..at].ends_with('\\') || verbatim.iter().any(|span| span.contains(&at)) {
            continue;
        }
        let whole = paragraphs.iter().find(|span| span.start == at).map_or("", |span| text[span.clone()].trim_end());
        let directive = match whole {
            "{{#questions}}" => Directive::Questions,
            "{{#random-question}}" => Directive::RandomQuestion,
            "{{#downloads}}" => Directive::Downloads,
            "{{#practice}}" => Directive::Practice,
            _ => {
                let message = format!("this use of {{{{#{name}}}}} is not known");
                problems.push(chapter.locate(at, DIRECTIVE.broken(message, FORM)));
                continue;
            }
        };
        found.push((at..at + whole.len(), directive));
    }
    problems.into_result(found)
}

struct Blocks {
    paragraphs: Vec<Range<usize>>,
    /// Code and HTML.
    verbatim: Vec<Range<usize>>,
}

fn blocks(chapter: &Parsed<'_>) -> Blocks {
    let mut blocks = Blocks { paragraphs: Vec::new(), verbatim: Vec::new() };
    for (event, span) in chapter.events() {
        match event {
            Event::Start(Tag::Paragraph) => blocks.paragraphs.push(span.clone()),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) | Event::InlineHtml(_) => {
                blocks.verbatim.push(span.clone());
            }
            _ => {}
        }
    }
    blocks
}
