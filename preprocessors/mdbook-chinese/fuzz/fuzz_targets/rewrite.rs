//! Arbitrary chapters: nothing panics, code, HTML and link targets stay, and a second run changes nothing.
//!
//! `cargo +nightly fuzz run --sanitizer none rewrite -- -runs=1000000 -max_len=256`

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_chinese::{ChinesePreprocessor, Features, rewrite};
use qabook_support::markdown::fixed_parts;
use qabook_support::testing::{TestBook, contents};

fuzz_target!(|text: &str| {
    let features = Features::default();
    let Ok(once) = rewrite(text, features) else { return };
    assert_eq!(fixed_parts(&once), fixed_parts(text), "{once:?}");
    assert_eq!(once.matches('\n').count(), text.matches('\n').count(), "{once:?}");
    assert_eq!(rewrite(&once, features), Ok(once.clone()));
    // Loading templates takes far longer than a chapter of this size.
    if text.contains("[!") {
        let html = with_alerts(text);
        assert_eq!(with_alerts(&html), html);
    }
});

/// What the preprocessor makes of a chapter for HTML.
fn with_alerts(text: &str) -> String {
    let book = TestBook::new("nowhere", "[output.html]\nsmart-punctuation = false\n").chapter("a.md", text);
    let book = book.run(&ChinesePreprocessor).expect("no mistake is found the second time");
    contents(&book)[0].1.clone()
}
