//! A page as the checks need it.

use std::collections::HashMap;

use super::reference::Reference;

/// What all pages of the book are printed on: its text is that of the chapters.
const PRINT_PAGE: &str = "print.html";

/// What a page says and refers to.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its path in the site.
    pub(super) path: String,
    /// Whether it has a `<main>`, as every page for readers has; redirects and mdBook's `toc.html` have none.
    pub(super) has_main: bool,
    /// Whether it sends the reader to another page.
    pub(super) is_redirect: bool,
    /// The `href` of `<base>`.
    pub(super) base: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Every id with the line where it is first.
    pub(super) ids: HashMap<String, usize>,
    /// Ids that are there once more, with that line.
    pub(super) duplicate_ids: Vec<(String, usize)>,
    /// Lines with an empty id, and the text after it.
    pub(super) empty_ids: Vec<(usize, String)>,
    /// Ids that readers link to: of headings and terms. Those of programs and diagrams are counted through and move.
    pub(super) anchors: Vec<String>,
    pub(super) references: Vec<Reference>,
    /// The text of `<main>`.
    pub(super) blocks: Vec<Block>,
    /// Its letters and digits, those of code and of descriptions of pictures, too.
    pub(super) letters: String,
}

/// Text that is read as one: of a paragraph, heading, table cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) line: usize,
    /// The text with [`STAND_IN`] in the place of code and formulas.
    pub(super) text: String,
    /// Whether it is the title of an alert.
    pub(super) is_alert_title: bool,
}

/// Takes the place of what isn't prose: code, formulas, forced line breaks.
pub(super) const STAND_IN: char = '\u{fffc}';

impl Page {
    /// Whether it is the page on which mdBook repeats all chapters for printing.
    pub(super) fn is_print(&self) -> bool {
        self.path == PRINT_PAGE
    }

    /// Whether its language is Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.lang.as_deref().is_some_and(|lang| lang.starts_with("zh"))
    }
}
