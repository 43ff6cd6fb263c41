//! What style sheets refer to: `url(…)` and `@import`.

use regex::Regex;
use std::sync::LazyLock;

use super::reference::{Reference, Use};

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)/\*.*?\*/|url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"#)
        .expect("a valid pattern")
});

/// What is between two sources of a font, of which the browser takes the first whose format it knows (CSS Fonts 4
/// §4.3): `url(a.woff2) format("woff2"), url(a.ttf)`.
static BETWEEN_SOURCES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\A\s*(?:(?:format|tech)\([^)]*\)\s*)+,\s*\z").expect("a valid pattern"));

/// The references of the style sheet `text`, whose first line is `first_line` of its file.
pub(super) fn references(text: &str, first_line: usize) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut end = 0;
    for found in PATTERN.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let is_alternative = BETWEEN_SOURCES.is_match(&text[end..whole.start()]);
        let purpose = if is_alternative { Use::Alternative } else { Use::Fetch };
        end = whole.end();
        // A fragment alone names something in the same file.
        let url = found.iter().skip(1).flatten().next().map(|url| url.as_str());
        if let Some(url) = url.filter(|url| !url.is_empty() && !url.starts_with('#')) {
            let line = first_line + text[..whole.start()].matches('\n').count();
            references.push(Reference { url: url.to_string(), purpose, line });
        }
    }
    references
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_outside_of_comments() {
        let text = "/* url(no) */ @import \"a.css\";\nb { src: url( 'c.woff2' ) format(\"woff2\"), url(d.woff2) }\n\
                    @IMPORT url(//e/f.css); g { filter: url(#h) }";
        let found: Vec<_> = references(text, 10).into_iter().map(|found| (found.url, found.line)).collect();
        let expected = [("a.css", 10), ("c.woff2", 11), ("d.woff2", 11), ("//e/f.css", 12)];
        assert_eq!(found, expected.map(|(url, line)| (url.to_string(), line)));
    }

    #[test]
    fn sources_of_a_font_are_alternatives_but_backgrounds_are_not() {
        let purposes = |text| references(text, 1).into_iter().map(|found| found.purpose).collect::<Vec<_>>();
        let font = "src: url(a.woff2) format(\"woff2\"), url(a.woff) format(\"woff\"),url(a.ttf)";
        assert_eq!(purposes(font), [Use::Fetch, Use::Alternative, Use::Alternative]);
        assert_eq!(purposes("background: url(a.png), url(b.png)"), [Use::Fetch, Use::Fetch]);
    }
}
