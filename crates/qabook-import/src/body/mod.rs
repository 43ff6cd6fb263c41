//! The body of a chapter, made of a stretch of a list.
//!
//! It is dedented, cleaned of what isn't the author's answer, and rewritten by spans: all other bytes stay.

mod blocks;
mod clean;
mod fences;
mod headings;
mod html;
mod images;
mod links;
mod maths;
mod prose;
mod tag;
mod text;

use std::collections::HashMap;
use std::ops::Range;

use crate::lined::Lined;
use crate::told::{Notes, Told};

pub(crate) use links::{Resolve, Target};

/// What can tell whether a formula or a diagram can be drawn.
pub trait Drawing {
    /// Whether KaTeX draws the formula `tex`, displayed or within a line.
    fn formula(&self, tex: &str, display: bool) -> bool;
    /// Whether the mermaid diagram `source` can be drawn.
    fn diagram(&self, source: &str) -> bool;
}

/// A stretch of a list.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    /// Its first line in the list.
    pub(crate) line: usize,
    /// How far an item around it is indented.
    pub(crate) indent: usize,
    /// How many bytes of it are inside that item.
    pub(crate) inside: usize,
}

/// Where a body comes from and goes to.
pub(crate) struct Context<'a> {
    /// The chapter's title as plain text, for diagrams and pictures that have none.
    pub(crate) title: &'a str,
    /// How many levels of headings are above the body.
    pub(crate) above: usize,
    /// Whether the chapter is in the home page's place: tables of contents and badges are left out.
    pub(crate) is_outside: bool,
    /// Reference definitions of the whole list.
    pub(crate) definitions: &'a HashMap<String, String>,
    /// Footnotes of the whole list, with their text.
    pub(crate) footnotes: &'a HashMap<String, String>,
    pub(crate) resolve: &'a dyn Resolve,
    pub(crate) drawing: &'a dyn Drawing,
}

/// A finished body.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    /// How many Python examples wait for a program.
    pub(crate) waiting: usize,
    /// The words that were left out by rule, for the test that no others are.
    pub(crate) left_out: Vec<String>,
}

/// What passes share.
pub(crate) struct Pass<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) notes: &'a mut Notes,
    pub(crate) left_out: &'a mut Vec<String>,
}

impl Pass<'_> {
    /// Notes that `what` was left out of `text` at `span`.
    fn leave_out(&mut self, what: Told, text: &Lined, span: Range<usize>) {
        self.notes.add(what, text.line(span.start), excerpt(&text.text[span.clone()]));
        self.left_out.push(text.text[span].to_string());
    }
}

/// Makes the body of `stretch`.
pub(crate) fn body(stretch: &Stretch, context: &Context<'_>, notes: &mut Notes) -> Body {
    let mut left_out = Vec::new();
    let mut pass = Pass { context, notes, left_out: &mut left_out };
    let text = blocks::dedented(stretch, &mut pass);
    let text = links::with_footnotes(&text, &mut pass);
    let text = clean::clean(&text, &mut pass);
    let (text, waiting) = fences::rewrite(&text, &mut pass);
    let text = html::rewrite(&text, &mut pass);
    let text = links::rewrite(&text, &mut pass);
    let text = headings::rewrite(&text, &mut pass);
    let text = maths::escape(&text, &mut pass);
    let text = text::escape(&text, &mut pass);
    Body { text: blocks::trimmed(&text), waiting, left_out }
}

/// The beginning of `text`, on one line.
fn excerpt(text: &str) -> String {
    let line = crate::plain::collapse(text);
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
