//! Arbitrary chapters: nothing panics, code, HTML and link targets stay, and a second run changes nothing.
//!
//! `cargo +nightly fuzz run --sanitizer none rewrite -- -runs=1000000 -max_len=256`

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_chinese::{ChinesePreprocessor, Features, rewrite};
use pulldown_cmark::{Event, Tag, TagEnd};
use support::testing::{TestBook, contents};

fuzz_target!(|text: &str| {
    let features = Features::default();
    let Ok(once) = rewrite(text, features) else { return };
    assert_eq!(untouchable(&once), untouchable(text), "{once:?}");
    assert_eq!(once.matches('\n').count(), text.matches('\n').count(), "{once:?}");
    assert_eq!(rewrite(&once, features), Ok(once.clone()));
    // Loading templates takes far longer than a chapter of this size.
    if text.contains("[!") {
        let html = with_alerts(text);
        assert_eq!(with_alerts(&html), html);
    }
});

/// Code, HTML and the targets of links, in order.
fn untouchable(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (event, _) in support::markdown::parse(text) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                in_block = true;
                found.push(String::new());
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_block = false,
            // Line endings may split it otherwise.
            Event::Text(text) | Event::Html(text) if in_block => {
                found.last_mut().into_iter().for_each(|block| block.push_str(&text));
            }
            Event::Code(text) | Event::InlineHtml(text) => found.push(text.to_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => found.push(dest_url.to_string()),
            _ => {}
        }
    }
    found
}

/// What the preprocessor makes of a chapter for HTML.
fn with_alerts(text: &str) -> String {
    let book = TestBook::new("nowhere", "[output.html]\nsmart-punctuation = false\n").chapter("a.md", text);
    let book = book.run(&ChinesePreprocessor).expect("no mistake is found the second time");
    contents(&book)[0].1.clone()
}
