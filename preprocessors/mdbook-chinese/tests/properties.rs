//! Properties: nothing panics, a second run changes nothing, and what isn't prose stays byte-identical.

use mdbook_chinese::{ChinesePreprocessor, Features, rewrite};
use mdbook_katex::preprocess::{ExtraOpts, Render, get_render_tasks};
use mdbook_katex::scan::Delimiter;
use proptest::prelude::*;
use qabook_support::markdown::fixed_parts;
use qabook_support::maths::{Dollars, Masked};
use qabook_support::testing::{TestBook, contents};

/// Pieces of Markdown that pull against each other.
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "汉字", "，", "。", "“", "”", "（", "Rust", "1", " ", "\n", "\n\n", "\r\n", "\t", "\u{feff}", "*", "**", "***",
    "~~", "~", "_", "`", "```\n", "~~~\n", "$", "$$", "$x$", "\\", "<b>", "</b>", "<!--", "-->", "<div>\n", "[",
    "](a.md)", "]", "[汉字]: /汉\n", "![", "> ", "> > ", "- ", "1. ", "    ", "  ", "# ", "## 汉字\n", "汉字\n===\n",
    "{#a}", "{.b}", "| a | b |\n|---|---|\n", "|", "> [!NOTE]\n", "[^1]", "[^1]: ", "\n: ", "&#20057;", "汉\n字",
    "**甲。**乙", "한국", "- [ ] ",
];

/// Chapters made of such pieces.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(FIXED).prop_map(str::to_string),
        1 => "[ -~\u{4e00}-\u{4e20}\u{1f600}\u{0}\n]{0,6}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The formulas that mdbook-katex finds.
fn formulas(text: &str) -> Vec<String> {
    let options = ExtraOpts {
        include_src: false,
        block_delimiter: Delimiter::same("$$".into()),
        inline_delimiter: Delimiter::same("$".into()),
    };
    let tasks = get_render_tasks(text, "", &options).into_iter();
    tasks
        .filter_map(|task| match task {
            Render::InlineTask(formula) | Render::DisplayTask(formula) => Some(formula.to_string()),
            Render::Text(_) => None,
        })
        .collect()
}

/// What the properties below and the fuzzer found wrong in earlier versions.
#[test]
fn texts_that_once_failed() {
    for text in ["~\n!", "*“\n汉字\n\n后", "_```\n“\r\n&#20057;", "{#a}## 汉字\nA😀$\n\n<b>$"] {
        check(text);
    }
    for text in [
        "~~\n: 汉字\n===\n\n汉字| a | b |\n|---|---|\n汉字\n===\n",
        "😀\n: 汉\n字\n\n汉字| a | b |\n|---|---|\n汉字\n===\n",
    ] {
        check_alerts(text);
    }
}

/// Only prose changes, only once, and no line is lost.
fn check(text: &str) {
    // mdbook-katex draws what is between two dollars though one of them is code, which every book is to be told of.
    if !Masked::new(text, Dollars::All).refused.is_empty() {
        return;
    }
    let Ok(once) = rewrite(text, Features::default()) else { return };
    assert_eq!(formulas(&once), formulas(text));
    assert_eq!(fixed_parts(&once), fixed_parts(text), "{once:?}");
    assert_eq!(once.matches('\n').count(), text.matches('\n').count(), "{once:?}");
    assert_eq!(rewrite(&once, Features::default()), Ok(once));
}

/// A second run finds nothing to do for HTML, either.
fn check_alerts(text: &str) {
    let run = |text: &str| {
        let book = TestBook::new("nowhere", "[output.html]\nsmart-punctuation = false\n").chapter("a.md", text);
        book.run(&ChinesePreprocessor).map(|book| contents(&book)[0].1.clone()).map_err(|error| error.to_string())
    };
    let Ok(once) = run(text) else { return };
    let Ok(twice) = run(&once) else { panic!("what the first run makes is refused: {once:?}") };
    assert_eq!(without_anchors(&twice), without_anchors(&once));
}

/// `text` with blank lines in the place of anchors: lines that the first run joins in a heading change the id that mdBook gives
/// it, so that the second run takes that one for its author's.
fn without_anchors(text: &str) -> String {
    text.lines().map(|line| if line.starts_with("<!-- --><div id=") { "" } else { line }).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_prose_changes_and_only_once(text in markdown()) {
        check(&text);
    }

    #[test]
    fn alerts_are_replaced_only_once(text in markdown()) {
        check_alerts(&text);
    }

    #[test]
    fn arbitrary_text_too(text in any::<String>()) {
        check(&text);
    }
}
