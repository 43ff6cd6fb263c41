//! Spacing and punctuation by the rules of `autocorrect`, for the prose of a chapter only.
//!
//! The crate formats strings. What it gets here is each paragraph's text as the reader sees it, with short stand-ins for
//! code and formulas; what it changes is carried back to the bytes of the chapter. So code, formulas, link targets and HTML
//! can't change, and a chapter is only changed when it still says the same: see [`verify`].
//!
//! It brings 26 grammars for other languages and over a minute of compiling, hence the cargo feature `prose`.

mod changes;
mod runs;
mod verify;

use qabook_support::Diagnostic;
use qabook_support::splice::{self, Splice};
use std::path::Path;
use std::{fs, io};

use super::chapter::Chapter;
use crate::check::rules;
use changes::{Change, changes};
use runs::runs;

/// The tool's own settings file, in the book's root; editors read it, too.
const SETTINGS: &str = ".autocorrectrc";

/// Merges the book's settings over the crate's defaults, for the whole process.
/// Errors: A file that can't be read or isn't valid.
pub(in crate::check) fn configure(root: &Path) -> Result<(), Diagnostic> {
    let path = root.join(SETTINGS);
    let fail = |message: String| {
        let hint = "see https://huacnlee.github.io/autocorrect/config";
        Err(rules::SOURCE.broken(message, hint).in_file(&path))
    };
    match fs::read_to_string(&path) {
        Ok(text) => match autocorrect::config::load(&text) {
            Ok(_) => Ok(()),
            Err(error) => fail(format!("it is not a valid configuration: {error}")),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => fail(format!("it can't be read: {error}")),
    }
}

/// The places whose spacing or punctuation is wrong. `prose` is the chapter's text with what is no prose blotted out.
pub(in crate::check) fn check(chapter: &Chapter, prose: &str) -> Vec<Diagnostic> {
    let finding = |change: &Change| {
        let message = format!("“{}” is written “{}”", change.before, change.after);
        let hint = "`qabook check --fix` does it; or switch the rule off in .autocorrectrc";
        let finding = chapter.finding(rules::SPACING, change.start(), message, hint);
        Diagnostic { fixable: true, ..finding }
    };
    safe_changes(chapter, prose).iter().map(finding).collect()
}

/// The chapter with these places fixed; `None` when there are none.
pub(in crate::check) fn fixed(chapter: &Chapter, prose: &str) -> Option<String> {
    let changes = safe_changes(chapter, prose);
    (!changes.is_empty()).then(|| splice::apply(&chapter.text, splices(&changes)))
}

/// The changes that leave everything but spaces and punctuation as it is.
fn safe_changes(chapter: &Chapter, prose: &str) -> Vec<Change> {
    let changes: Vec<Change> = runs(&chapter.text, prose).iter().flat_map(changes).collect();
    let text = &chapter.text;
    if changes.is_empty() || verify::same(text, &splice::apply(text, splices(&changes))) {
        return changes;
    }
    let harmless = |change: &Change| verify::same(text, &splice::apply(text, change.splices.clone()));
    let changes: Vec<Change> = changes.into_iter().filter(harmless).collect();
    if verify::same(text, &splice::apply(text, splices(&changes))) { changes } else { Vec::new() }
}

fn splices(changes: &[Change]) -> Vec<Splice> {
    changes.iter().flat_map(|change| change.splices.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::chapter::tests::{chapter, shown};
    use super::*;
    use proptest::prelude::*;
    use qabook_support::maths::Dollars;

    fn fix(text: &str) -> String {
        let chapter = chapter(text);
        fixed(&chapter, &chapter.prose(Dollars::All)).unwrap_or_else(|| text.into())
    }

    #[test]
    fn prose_is_spaced() {
        for (text, expected) in [
            ("用Rust写的", "用 Rust 写的"),
            ("用`code`写的`a`和[Rust](b.md)程序", "用 `code` 写的 `a` 和 [Rust](b.md) 程序"),
            ("**甲**TCP*乙*UDP", "**甲** TCP *乙* UDP"),
            ("你好,世界。见 `x`,再见", "你好，世界。见 `x`，再见"),
            ("甲 ，乙", "甲，乙"),
            ("| 甲a | b乙 |\n|---|---|\n| 丙c | d |", "| 甲 a | b 乙 |\n|---|---|\n| 丙 c | d |"),
            ("- 甲a\n  乙b", "- 甲 a\n  乙 b"),
            ("# 甲a {#id}", "# 甲 a {#id}"),
            ("１２个", "12 个"),
        ] {
            assert_eq!(fix(text), expected);
            assert_eq!(fix(expected), expected, "a second run changes nothing");
        }
    }

    #[test]
    fn what_is_no_prose_stays() {
        for text in [
            "`用Rust写的`",
            "```text\n用Rust写的,\n```",
            "    用Rust写的",
            "<p title=\"用Rust\">\n用Rust写的\n</p>",
            "[甲](用Rust.md \"用Rust\")",
            "<https://a.cn/用Rust>",
            "设 $用Rust$ 为\n\n$$\n用Rust\n$$",
            "+++\na = \"用Rust\"\n+++",
            "{{#include 用Rust.md}}",
            "![用Rust](a.png)",
            "plain English, only.",
            // Without the space, CommonMark would turn the emphasis inside out.
            "**甲？** 乙**丙**",
        ] {
            assert_eq!(fix(text), text);
        }
    }

    #[test]
    fn findings_show_the_words_and_their_column() {
        let chapter = chapter("第一行\n这里用Rust写的程序，与此处无关的文字在后面，又有 A和B\n");
        let found = check(&chapter, &chapter.prose(Dollars::All));
        assert!(found.iter().all(|finding| finding.fixable));
        assert_eq!(
            shown(found),
            [
                "2:4 spacing “这里用Rust写的程序，与” is written “这里用 Rust 写的程序，与”",
                "2:29 spacing “面，又有 A和B” is written “面，又有 A 和 B”"
            ]
        );
    }

    /// Pieces of Markdown that pull against each other.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "汉字", "，", ",", ".", "!", "“", "”", "（", "(", ")", "Rust", "1", " ", "\n", "\n\n", "\r\n", "*", "**", "~~", "_",
        "`", "```\n", "$", "$x$", "\\", "<b>", "</b>", "<!--", "-->", "[", "](a.md)", "]", "[汉字a]: /汉\n", "![", "> ", "- ",
        "1. ", "    ", "# ", "{#a}", "| a | b |\n|---|---|\n", "|", "[^1]", "&#20057;", "&amp;", "１", "　", "-", "+++\n", "：",
    ];

    proptest! {
        #[test]
        fn only_prose_changes_and_only_once(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
            let text = pieces.concat();
            let once = fix(&text);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && c.is_ascii()).count();
            prop_assert!(letters(&once) >= letters(&text));
            prop_assert_eq!(qabook_support::markdown::fixed_parts(&once), qabook_support::markdown::fixed_parts(&text));
            prop_assert_eq!(fix(&once), once);
        }

        #[test]
        fn arbitrary_text_does_no_harm(text in any::<String>()) {
            let once = fix(&text);
            prop_assert_eq!(fix(&once), once);
        }
    }
}
