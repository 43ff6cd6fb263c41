//! The body of a chapter, made of a stretch of a list.
//!
//! It is dedented, cleaned of what isn't the author's answer, and rewritten by spans: all other bytes stay.

mod addresses;
mod blocks;
mod clean;
mod fences;
mod footnotes;
mod headings;
mod html;
mod images;
mod links;
mod maths;
mod pass;
mod prose;
mod tag;
mod target;
mod text;

use crate::told::Notes;
use pass::{Pass, excerpt};

pub(crate) use html::tags_as_text;
pub use pass::Drawing;
pub(crate) use pass::{Context, Stretch};
pub(crate) use target::{Resolve, Target};

/// A finished body.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    /// How many Python examples wait for a program.
    pub(crate) waiting: usize,
    /// The words that were left out by rule, for the test that no others are.
    pub(crate) left_out: Vec<String>,
}

/// Makes the body of `stretch`.
pub(crate) fn body(stretch: &Stretch, context: &Context<'_>, notes: &mut Notes) -> Body {
    let mut left_out = Vec::new();
    let mut pass = Pass { context, notes, left_out: &mut left_out };
    let text = blocks::dedented(stretch, &mut pass);
    // Without what stood between them, indented code would go on a list or a footnote.
    let text = fences::unindented(&text, &mut pass);
    let text = footnotes::rewrite(&text, &mut pass);
    let text = clean::clean(&text, &mut pass);
    // Where a tag is gone, what it hid from Markdown may be a fence.
    let text = html::rewrite(&text, &mut pass);
    let (text, waiting) = fences::rewrite(&text, &mut pass);
    let text = links::rewrite(&text, &mut pass);
    let text = headings::rewrite(&text, &mut pass);
    let text = maths::escape(&text, &mut pass);
    let text = text::escape(&text, &mut pass);
    Body { text: blocks::trimmed(&text), waiting, left_out }
}
