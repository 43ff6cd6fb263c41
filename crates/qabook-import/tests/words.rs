//! No word of a list is lost, whatever the list is.

mod common;

use common::{Trusting, lost, words};
use proptest::prelude::*;
use qabook_import::{Format, Lists, Options, Source, plan};

/// Pieces of lists that pull against each other.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# list\n\n", "## 1. what\n\n", "## 2. why\n\n", "### part three\n\n", "1.  ### item heading\n\n", "    body of it\n\n", "**3. bold**\n\n",
    "- item one?\n", "- item two?\n\n", "  nested\n\n", "<details><summary>fold</summary>\n\n", "</details>\n\n", "x <b>", "x </p>", "x <T>", "<br>",
    "some words ", "price $5 and $6 ", "$a^2$ ", "$$\nx\n$$\n\n", "**open ", "~~", "`code` ", "```python\n汉字说明\nx = 1\nprint(x)\n", "```\n", "~~~\n",
    "{{#include a.md}} ", "+++\n\n", "[link](#what) ", "[gone](gone.md) ", "[ref][r] ", "\n\n[r]: https://a.cn\n\n", "note[^1] ", "\n\n[^1]: foot\n\n",
    "![alt](https://a.cn/x.png) ", "![](none.png) ", "https://a.cn/b ", "| a | b |\n|---|---|\n| c | d |\n\n", "---\n\n", "\n", "\t", "    ", "> quote\n\n",
    "**[back to top](#top)**\n\n", "## Contents\n\n", "1、一个问题\n\n", "汉字", "==\n", "<!-- comment -->\n", "&amp; ", "\\",
];

fn lists(text: &str) -> Lists {
    let source = Source {
        path: "/nowhere/list.md".into(),
        shown: "list.md".into(),
        folder: "".into(),
        text: text.into(),
        format: Format::Markdown,
        front_matter: None,
    };
    Lists { sources: vec![source], ..Lists::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let lists = lists(&format!("## 0. first\n\n{}", pieces.concat()));
        if let Ok(plan) = plan(&lists, &Options::default(), &Trusting) {
            let empty: Vec<String> = Vec::new();
            prop_assert_eq!(lost(&lists, &plan), empty, "{:?}", lists.sources[0].text);
        }
    }

    #[test]
    fn arbitrary_text_does_no_harm(text in any::<String>(), pieces in prop::collection::vec(prop::sample::select(PIECES), 0..6)) {
        let lists = lists(&(text + &pieces.concat()));
        let _ = plan(&lists, &Options::default(), &Trusting);
    }
}

#[test]
fn code_behind_a_footnote_stays_code() {
    let lists = lists("## 0. first\n\n[^1]: foot\n\n**[back to top](#top)**\n\n\t![alt](https://a.test/x.png)\n");
    let plan = plan(&lists, &Options::default(), &Trusting).unwrap();
    assert!(plan.chapters[0].text.contains("```\n![alt](https://a.test/x.png)\n```"), "{}", plan.chapters[0].text);
}

#[test]
fn code_behind_what_is_left_out_stays_code() {
    for (text, code) in [
        (
            "1.  ### item\n\n**[back to top](#top)**\n\n\t<details><summary>fold</summary>\n",
            "```\n<details><summary>fold",
        ),
        ("1.  ### item\n\n\t```\n```\n<details><summary>fold</summary>\n", "\n```\n<details><summary>fold"),
    ] {
        let plan = plan(&lists(&format!("## 0. first\n\n{text}")), &Options::default(), &Trusting).unwrap();
        assert!(plan.chapters[0].text.contains(code), "{}", plan.chapters[0].text);
    }
}

#[test]
fn words_are_what_readers_see() {
    let found = words(["# A *b*\n\n[c](d) <i>e</i> `f` 汉字\n"]);
    let found: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(found, ["A", "b", "c", "e", "f", "字", "汉"]);
}

#[test]
fn code_behind_an_item_that_ends_in_html_stays_code() {
    let lists = lists("- one?\n<br>\n```python\n汉字说明\nx = 1\n```\n- two?\n");
    let plan = plan(&lists, &Options::default(), &Trusting).unwrap();
    assert!(plan.chapters[0].text.contains("<br>\n\n"), "{}", plan.chapters[0].text);
}
