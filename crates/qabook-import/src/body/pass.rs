//! What the passes over a body share.

use std::collections::HashMap;
use std::ops::Range;

use super::target::Resolve;
use crate::lined::Lined;
use crate::told::{Notes, Told};

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
    /// Where in it the item really ends: lines behind that belong to it by their place, not by their indentation.
    pub(crate) item_end: Option<usize>,
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

/// What passes share.
pub(crate) struct Pass<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) notes: &'a mut Notes,
    pub(crate) left_out: &'a mut Vec<String>,
}

impl Pass<'_> {
    /// Notes that `what` was left out of `text` at `span`.
    pub(super) fn leave_out(&mut self, what: Told, text: &Lined, span: Range<usize>) {
        self.notes.add(what, text.line(span.start), excerpt(&text.text[span.clone()]));
        self.left_out.push(text.text[span].to_string());
    }
}

/// The beginning of `text`, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let line = crate::plain::collapse(text);
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
