//! What an open page was made of, so that it can tell what has changed.

use regex::{Captures, Regex};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

static SHEET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<link\b[^>]*\brel="stylesheet"[^>]*>"#).expect("a valid pattern"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\bhref="([^"]*)""#).expect("a valid pattern"));
/// Which search index is the page's own.
static INDEX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(<script data-zh-search data-index=")([^"]*)"#).expect("a valid pattern"));

/// A page as it is in the site. What changes of the sheets or of the index alone, an open page takes over as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PageState {
    /// Stands for everything else.
    text: String,
    /// The addresses of its style sheets, in their order.
    sheets: Vec<String>,
    /// The name of its search index; empty when it has none.
    index: String,
}

impl PageState {
    /// That of the page `html`.
    pub(super) fn of(html: &str) -> Self {
        let mut sheets = Vec::new();
        let without_sheets = SHEET.replace_all(html, |sheet: &Captures<'_>| {
            let address = ADDRESS.captures(&sheet[0]).map_or_else(String::new, |address| address[1].to_string());
            let rest = ADDRESS.replace(&sheet[0], "").into_owned();
            sheets.push(address);
            rest
        });
        let index = INDEX.captures(html).map_or_else(String::new, |index| index[2].to_string());
        let mut hasher = DefaultHasher::new();
        INDEX.replace(&without_sheets, "$1").hash(&mut hasher);
        Self { text: format!("{:016x}", hasher.finish()), sheets, index }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"stylesheet\" href=\"a-1.css\"><link id=\"x\" rel=\"stylesheet\" href=\"b.css\">\
                        <script data-zh-search data-index=\"zh-search-1\" defer src=\"c.js\"></script><main>文</main>";

    #[test]
    fn sheets_and_index_are_told_apart_from_the_rest() {
        let page = PageState::of(PAGE);
        assert_eq!((page.sheets.join(" "), page.index.as_str()), ("a-1.css b.css".into(), "zh-search-1"));
        let with = |old: &str, new: &str| PageState::of(&PAGE.replace(old, new));
        let restyled = with("a-1.css", "a-2.css");
        assert_eq!((restyled.text == page.text, restyled.sheets[0].as_str()), (true, "a-2.css"));
        let indexed = with("zh-search-1", "zh-search-2");
        assert_eq!((indexed.text == page.text, indexed.index.as_str()), (true, "zh-search-2"));
        for (old, new) in [("文", "字"), ("c.js", "d.js"), ("id=\"x\"", "id=\"y\"")] {
            assert_ne!(with(old, new).text, page.text, "{old}");
        }
    }

    #[test]
    fn a_page_of_another_form_has_only_its_text() {
        let page = PageState::of("文");
        assert!(page.sheets.is_empty() && page.index.is_empty() && page.text.len() == 16);
    }
}
