//! The book's words in the place of the English ones of mdBook's page.
//!
//! Each rule carries the English words as of mdBook 0.5.4: when an upgrade changes them the build says so. Labels that
//! mdBook's script adds in the browser are translated there, by the theme's `stock.js`.

use qabook_words::Words;

use super::rewriting::{Occurs, Rewriting};

/// Attributes: selector, attribute, stock words, and the key of the book's words in `[site]`.
type Label = (&'static str, &'static str, &'static str, &'static str);

/// On every page.
const MENU_BAR: [Label; 5] = [
    ("nav#mdbook-sidebar", "aria-label", "Table of contents", "contents"),
    ("#mdbook-sidebar-toggle", "title", "Toggle Table of Contents", "contents-toggle"),
    ("#mdbook-theme-toggle", "title", "Change theme", "theme"),
    ("#mdbook-theme-toggle", "aria-label", "Change theme", "theme"),
    ("#mdbook-theme-list", "aria-label", "Themes", "themes"),
];

/// Where the book has a search box.
const SEARCH: [Label; 3] = [
    ("#mdbook-search-toggle", "title", "Search (`/`)", "search-toggle"),
    ("#mdbook-search-toggle", "aria-label", "Toggle Searchbar", "search"),
    ("#mdbook-searchbar", "placeholder", "Search this book ...", "search-placeholder"),
];

/// Where book.toml asks for them, or where a page has a neighbour.
const LINKS: [Label; 12] = [
    (".right-buttons a[href$=\"print.html\"]", "title", "Print this book", "print"),
    (".right-buttons a[href$=\"print.html\"]", "aria-label", "Print this book", "print"),
    (".right-buttons a[title=\"Git repository\"]", "aria-label", "Git repository", "repository"),
    (".right-buttons a[title=\"Git repository\"]", "title", "Git repository", "repository"),
    (".right-buttons a[rel=\"edit\"]", "aria-label", "Suggest an edit", "edit"),
    (".right-buttons a[rel=\"edit\"]", "title", "Suggest an edit", "edit"),
    ("a.previous", "title", "Previous chapter", "previous"),
    ("a.previous", "aria-label", "Previous chapter", "previous"),
    ("a.next", "title", "Next chapter", "next"),
    ("a.next", "aria-label", "Next chapter", "next"),
    ("nav.nav-wrapper", "aria-label", "Page navigation", "pages"),
    ("nav.nav-wide-wrapper", "aria-label", "Page navigation", "pages"),
];

/// Texts: stock words, and the key of the book's.
type Text = (&'static str, &'static str);

/// Those of the list of themes.
const THEMES: [Text; 6] = [
    ("Auto", "theme-auto"),
    ("Light", "theme-light"),
    ("Rust", "theme-rust"),
    ("Coal", "theme-coal"),
    ("Navy", "theme-navy"),
    ("Ayu", "theme-ayu"),
];

/// Those of the dialog that `?` opens.
const HELP: [Text; 7] = [
    ("Keyboard shortcuts", "keys"),
    ("Press", "keys-press"),
    ("or", "keys-or"),
    ("to navigate between chapters", "keys-chapters"),
    ("to search in the book", "keys-search"),
    ("to show this help", "keys-show"),
    ("to hide this help", "keys-hide"),
];

/// The keys that it names, in every language.
const KEYS: [&str; 6] = ["←", "→", "S", "/", "?", "Esc"];

/// The title of the page for addresses that don't exist.
const NOT_FOUND: Text = ("Page not found", "not-found");

/// Puts `words` on a page made from mdBook's `index.hbs`.
pub(super) fn translate<'h>(page: &str, words: &'h Words, rewriting: &mut Rewriting<'h>) {
    let has_search = page.contains("id=\"mdbook-search-wrapper\"");
    let search = if has_search { Occurs::Once } else { Occurs::Freely };
    for (labels, occurs) in [(&MENU_BAR[..], Occurs::Once), (&SEARCH[..], search), (&LINKS[..], Occurs::Freely)] {
        for (selector, attribute, stock, key) in labels {
            rewriting.translate_attribute(selector, occurs, attribute, (stock, said(words, key)));
        }
    }
    let texts = |texts: &[Text], kept: &[&'static str]| {
        let translated = texts.iter().map(|(stock, key)| (*stock, html(said(words, key))));
        translated.chain(kept.iter().map(|kept| (*kept, (*kept).to_string()))).collect()
    };
    rewriting.translate_text("#mdbook-theme-list", Occurs::Once, texts(&THEMES, &[]));
    rewriting.translate_text("#mdbook-help-popup", Occurs::Once, texts(&HELP, &KEYS));
    let (stock, key) = NOT_FOUND;
    if page.contains(&format!("<title>{stock}")) {
        rewriting.text("title", Occurs::Once, move |title| Ok(title.replacen(stock, &html(said(words, key)), 1)));
    }
    // What is in a <noscript> is text to a parser that takes scripts for granted.
    rewriting.text("#mdbook-sidebar noscript", Occurs::Once, move |text| match text.split_once("<iframe ") {
        Some((before, after)) => {
            let title = html(said(words, "contents")).replace('"', "&quot;");
            Ok(format!("{before}<iframe title=\"{title}\" {after}"))
        }
        None => Err("no <iframe> is in it"),
    });
}

fn said<'h>(words: &'h Words, key: &str) -> &'h str {
    words.text(&format!("site.{key}"))
}

/// `text` as the text of an element.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_page_stays_as_mdbook_writes_it() {
        let words = Words::of_language("en");
        let labels = [&MENU_BAR[..], &SEARCH, &LINKS].concat();
        let labels = labels.iter().map(|(_, _, stock, key)| (*stock, *key));
        for (stock, key) in labels.chain(THEMES).chain(HELP).chain([NOT_FOUND]) {
            assert_eq!(said(&words, key), stock, "{key}");
        }
    }
}
