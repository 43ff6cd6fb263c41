//! The table of contents that is shown in a frame when scripts are off.

use regex::Regex;
use std::sync::LazyLock;

use super::model::Model;
use super::prepare::Prepared;
use super::rewriting::{Place, Rewriting};
use super::{katex, numbers};

/// Its file.
pub(super) const FILE: &str = "toc.html";

/// mdBook's contents have parts and separators as items directly inside of items, which HTML doesn't allow.
static PART_IN_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("<li class=\"chapter-item[^\"]*\">(<li class=\"(?:part-title|spacer)\">[^<]*</li>)</li>")
        .expect("a valid pattern")
});

/// The file `html` as HTML allows it, with the numbers of its questions.
pub(super) fn mended(model: &Model, html: &str) -> String {
    numbers::named(model, &PART_IN_ITEM.replace_all(html, "$1"))
}

/// Gives it a title, and what it loads.
pub(super) fn finish(model: &Model, prepared: &Prepared, rewriting: &mut Rewriting<'_>) {
    let title = model.words.text("site.contents").replace('&', "&amp;").replace('<', "&lt;");
    rewriting.insert("head", Place::End, format!("<title>{title}</title>\n"));
    prepared.joined.link(FILE, false, rewriting);
    if let Some(style_sheet) = &prepared.katex {
        katex::drop_unused_style_sheet("", style_sheet, None, rewriting);
    }
}
