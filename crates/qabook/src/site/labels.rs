//! Chinese words in the place of the English ones of mdBook's page.
//!
//! Each rule carries the English words as of mdBook 0.5.4: when an upgrade changes them the build says so. Labels that
//! mdBook's script adds in the browser are translated there, by the theme's `stock.js`.

use super::rewriting::{Occurs, Rewriting};

/// Attributes: selector, attribute, stock words, Chinese words.
type Label = (&'static str, &'static str, &'static str, &'static str);

/// On every page.
const MENU_BAR: [Label; 5] = [
    ("nav#mdbook-sidebar", "aria-label", "Table of contents", "目录"),
    ("#mdbook-sidebar-toggle", "title", "Toggle Table of Contents", "目录"),
    ("#mdbook-theme-toggle", "title", "Change theme", "换主题"),
    ("#mdbook-theme-toggle", "aria-label", "Change theme", "换主题"),
    ("#mdbook-theme-list", "aria-label", "Themes", "主题"),
];

/// Where the book has a search box.
const SEARCH: [Label; 3] = [
    ("#mdbook-search-toggle", "title", "Search (`/`)", "搜索（/）"),
    ("#mdbook-search-toggle", "aria-label", "Toggle Searchbar", "搜索"),
    ("#mdbook-searchbar", "placeholder", "Search this book ...", "搜索本书……"),
];

/// Where book.toml asks for them, or where a page has a neighbour.
const LINKS: [Label; 12] = [
    (".right-buttons a[href$=\"print.html\"]", "title", "Print this book", "打印全书"),
    (".right-buttons a[href$=\"print.html\"]", "aria-label", "Print this book", "打印全书"),
    (".right-buttons a[title=\"Git repository\"]", "aria-label", "Git repository", "源码仓库"),
    (".right-buttons a[title=\"Git repository\"]", "title", "Git repository", "源码仓库"),
    (".right-buttons a[rel=\"edit\"]", "aria-label", "Suggest an edit", "建议修改"),
    (".right-buttons a[rel=\"edit\"]", "title", "Suggest an edit", "建议修改"),
    ("a.previous", "title", "Previous chapter", "上一页"),
    ("a.previous", "aria-label", "Previous chapter", "上一页"),
    ("a.next", "title", "Next chapter", "下一页"),
    ("a.next", "aria-label", "Next chapter", "下一页"),
    ("nav.nav-wrapper", "aria-label", "Page navigation", "前后页"),
    ("nav.nav-wide-wrapper", "aria-label", "Page navigation", "前后页"),
];

/// Texts of the list of themes.
const THEMES: [(&str, &str); 6] =
    [("Auto", "跟随系统"), ("Light", "浅色"), ("Rust", "铁锈"), ("Coal", "炭黑"), ("Navy", "藏青"), ("Ayu", "暗夜")];

/// Texts of the dialog that `?` opens; keys stay as they are.
const HELP: [(&str, &str); 13] = [
    ("Keyboard shortcuts", "快捷键"),
    ("Press", "按"),
    ("or", "或"),
    ("to navigate between chapters", "翻到上一页、下一页"),
    ("to search in the book", "搜索本书"),
    ("to show this help", "打开这份说明"),
    ("to hide this help", "关闭这份说明"),
    ("←", "←"),
    ("→", "→"),
    ("S", "S"),
    ("/", "/"),
    ("?", "?"),
    ("Esc", "Esc"),
];

/// Translates the labels of a page made from mdBook's `index.hbs`.
pub(super) fn translate(page: &str, rewriting: &mut Rewriting<'_>) {
    let has_search = page.contains("id=\"mdbook-search-wrapper\"");
    let search = if has_search { Occurs::Once } else { Occurs::Freely };
    for (labels, occurs) in [(&MENU_BAR[..], Occurs::Once), (&SEARCH[..], search), (&LINKS[..], Occurs::Freely)] {
        for (selector, attribute, stock, chinese) in labels {
            rewriting.translate_attribute(selector, occurs, attribute, (stock, chinese));
        }
    }
    rewriting.translate_text("#mdbook-theme-list", Occurs::Once, &THEMES);
    rewriting.translate_text("#mdbook-help-popup", Occurs::Once, &HELP);
    if page.contains("<title>Page not found") {
        rewriting.text("title", Occurs::Once, |title| Ok(title.replacen("Page not found", "没有这一页", 1)));
    }
    // What is in a <noscript> is text to a parser that takes scripts for granted.
    rewriting.text("#mdbook-sidebar noscript", Occurs::Once, |text| match text.split_once("<iframe ") {
        Some((before, after)) => Ok(format!("{before}<iframe title=\"目录\" {after}")),
        None => Err("no <iframe> is in it"),
    });
}
