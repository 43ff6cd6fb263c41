//! Where lines may break: `<wbr>` between the words of headings in languages that write them solid, and after the signs in
//! inline code. What is copied, searched and linked stays the same.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use mdbook_chinese::is_written_solid;

use super::rewriting::{Occurs, Rewriting};

/// Shorter code fits wherever it stands.
const LONG: usize = 12;
/// After these a path, a name or a command may break.
const SIGNS: [char; 9] = ['/', '.', '_', ':', '-', ',', '=', '\\', '|'];

/// Adds the breaks to a page in `language`.
pub(super) fn finish(language: &str, rewriting: &mut Rewriting<'_>) {
    let is_solid = ["zh", "ja"].iter().any(|solid| language.to_lowercase().starts_with(solid));
    if is_solid {
        for selector in ["main h1", "main h2", "main h3", "main h4"] {
            rewriting.text(selector, Occurs::Freely, |text| Ok(between_words(text)));
        }
    }
    // Headings have their code in a link to themselves.
    rewriting.text("main :not(pre):not(.header) > code", Occurs::Freely, |text| Ok(after_signs(text)));
}

/// `text`, a text of HTML, with a place to break between words that are written without spaces. Characters that stand alone
/// next to each other are a word that the dictionary doesn't have, as 死锁: they stay together.
fn between_words(text: &str) -> String {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    let words: Vec<&str> = ends.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    let is_solid = |word: &str| word.chars().all(|c| is_written_solid(c) && c.is_alphanumeric());
    let is_alone = |word: &str| word.chars().nth(1).is_none();
    let mut out = String::with_capacity(text.len() * 2);
    for (at, word) in words.iter().enumerate() {
        out.push_str(word);
        let Some(next) = words.get(at + 1) else { continue };
        if is_solid(word) && is_solid(next) && !(is_alone(word) && is_alone(next)) {
            out.push_str("<wbr>");
        }
    }
    out
}

/// `code`, a text of HTML, with a place to break after each run of signs between its letters.
fn after_signs(code: &str) -> String {
    if code.chars().count() < LONG {
        return code.into();
    }
    let mut out = String::with_capacity(code.len() * 2);
    let mut letters = 0;
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        letters += usize::from(!SIGNS.contains(&c));
        let is_end = SIGNS.contains(&c) && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if is_end && letters > 1 {
            out.push_str("<wbr>");
            letters = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_break_between_words() {
        assert_eq!(between_words("死锁如何产生"), "死锁<wbr>如何<wbr>产生");
        assert_eq!(
            between_words("TCP 的三次握手，&lt;b&gt; 与 Rust"),
            between_words("TCP 的三次握手，&lt;b&gt; 与 Rust").replace("&<wbr>", "&")
        );
        assert!(!between_words("What is a TCP socket?").contains("<wbr>"));
    }

    #[test]
    fn code_breaks_after_signs_and_nowhere_else() {
        for (code, broken) in [
            ("/proc/net/tcp6", "/proc/<wbr>net/<wbr>tcp6"),
            ("std::net::TcpStream", "std::<wbr>net::<wbr>TcpStream"),
            ("a.b", "a.b"),
            ("net.ipv4.tcp_tw_reuse", "net.<wbr>ipv4.<wbr>tcp_<wbr>tw_<wbr>reuse"),
            ("--release&amp;&amp;x", "--release&amp;&amp;x"),
            ("averyveryverylongname", "averyveryverylongname"),
        ] {
            assert_eq!(after_signs(code), broken);
            assert_eq!(broken.replace("<wbr>", ""), code);
        }
    }

    #[test]
    fn blocks_of_code_stay_and_text_stays() {
        let page = "<main><h2 id=\"a\"><a class=\"header\" href=\"#a\">死锁如何产生 <code>/proc/net/tcp/x</code></a></h2>\
            <p><code>/proc/net/tcp/x</code></p><pre><code>/proc/net/tcp/x</code></pre></main>";
        let mut rewriting = Rewriting::default();
        finish("zh-CN", &mut rewriting);
        let done = rewriting.run(page).unwrap();
        assert_eq!(done.replace("<wbr>", ""), page);
        assert!(done.contains("死锁<wbr>如何<wbr>产生"), "{done}");
        assert!(done.contains("<p><code>/proc/<wbr>net/"), "{done}");
        assert!(done.contains("<pre><code>/proc/net/tcp/x</code></pre>"), "{done}");
    }
}
