//! Style sheets without what browsers don't read, and pages without icons that nothing shows.

use anyhow::{Context, Result};
use regex::Regex;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::files::files_below;
use super::rewriting::{Occurs, Rewriting};

/// Takes comments and needless spaces out of every style sheet; one that the minifier doesn't understand stays as it is.
///
/// Scripts stay as they were written, see [`super::scripts`].
/// Errors: A file that can't be read or written.
pub(super) fn shorten_sheets(site: &Path) -> Result<()> {
    use rayon::prelude::*;
    files_below(site, "css")?.into_par_iter().try_for_each(|file| {
        let name = || file.strip_prefix(site).unwrap_or(&file).display().to_string();
        // What isn't UTF-8 is no sheet of ours, and none that the minifier reads.
        let Ok(text) = String::from_utf8(fs::read(&file).with_context(name)?) else { return Ok(()) };
        match shortened(&text) {
            Some(smaller) if smaller.len() < text.len() => fs::write(&file, smaller).with_context(name),
            _ => Ok(()),
        }
    })
}

/// `sheet` without comments and needless spaces; `None` where the minifier doesn't understand it.
fn shortened(sheet: &str) -> Option<String> {
    // It makes a space of a comment, which in `a/**/.b` is none.
    static COMMENT_IN_WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)[^\s{};,>/]/\*.*?\*/[^\s{};,>/]").expect("a valid pattern"));
    if COMMENT_IN_WORD.is_match(sheet) {
        return None;
    }
    let shortened = minifier::css::minify(sheet).ok()?.to_string();
    let [before, after] = [sheet, &shortened].map(plain);
    // Of `calc` it knows that + and - stand between spaces, of `min` and others not. And in rules within two others it takes
    // the space of `.a :hover`.
    (sums(&before) == sums(&after) && descents(&before) == descents(&after)).then_some(shortened)
}

/// `sheet` without its comments, and with a letter for each string.
fn plain(sheet: &str) -> String {
    static SKIPPED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?s)/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"#).expect("a valid pattern"));
    let letter = |skipped: &regex::Captures<'_>| if skipped[0].starts_with('/') { "" } else { "x" };
    SKIPPED.replace_all(sheet, letter).into_owned()
}

/// How many selectors of the plain sheet `text` are `.a :hover` or `.a *`, where the space means a descendant.
fn descents(text: &str) -> usize {
    static DESCENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[^\s{};,>+~(*/-]\s+(?::[a-z:]|\*\s*[{,:.\[])").expect("a valid pattern"));
    DESCENT.find_iter(text).count()
}

/// How many + and - stand between spaces within parentheses of the plain sheet `text`.
fn sums(text: &str) -> usize {
    let (mut depth, mut found) = (0_usize, 0);
    let mut before = [' ', ' '];
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let [space, sign] = before;
        found += usize::from(depth > 0 && space.is_whitespace() && matches!(sign, '+' | '-') && c.is_whitespace());
        before = [sign, c];
    }
    found
}

/// Takes out of a page the icons of buttons that mdBook's script makes for hidden lines and runnable blocks, when it has
/// neither.
pub(super) fn drop_unused_icons(page: &str, rewriting: &mut Rewriting<'_>) {
    if page.contains("class=\"boring\"") || page.contains("class=\"playground") {
        return;
    }
    for icon in ["eye", "eye-slash", "copy", "play", "clock-rotate-left"] {
        rewriting.element(format!("template#fa-{icon}"), Occurs::Once, |template| {
            template.remove();
            Ok(())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_means_the_same_when_it_is_shortened() {
        for (sheet, expected) in [
            (".a :hover { b: c }", Some(".a :hover{b:c}")),
            ("a { b: calc(1px + 2px) } /* x */ d { e: \"f  g\" }", Some("a{b:calc(1px + 2px)}d{e:\"f  g\"}")),
            (
                "@container x (min-width: 1px) { a { & .b { c: d } } }",
                Some("@container x (min-width:1px){a{& .b{c:d}}}"),
            ),
            ("div/* x */.a { b: c }", None),
            ("@media print { .a :hover { b: c } }", Some("@media print{.a :hover{b:c}}")),
            ("@media print { @container (width > 1px) { .a :is(b, *) { c: d } } }", None),
            ("@media print { @container (width > 1px) { .a * { c: d } } }", None),
            ("a { b: min(100% + 1px, 2px) }", None),
            (
                "a { b: min(calc(100% - 1px), 2px) /* (a + b) */; c: \"(d + e)\" }",
                Some("a{b:min(calc(100% - 1px),2px) ;c:\"(d + e)\"}"),
            ),
        ] {
            assert_eq!(
                shortened(sheet).as_deref().map(|sheet| sheet.replace(";}", "}")).as_deref(),
                expected,
                "{sheet}"
            );
        }
    }
}
