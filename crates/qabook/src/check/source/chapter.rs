//! A chapter as its author wrote it.

use qabook_support::maths::{Dollars, without_formulas};
use qabook_support::{Diagnostic, Rule};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::build::text::read_text;
use crate::check::order::slashed;

/// A chapter's file.
#[derive(Debug, Clone)]
pub(in crate::check) struct Chapter {
    /// Its path in the book, such as `network/arp.md`.
    pub(in crate::check) path: PathBuf,
    /// Where it is on disk.
    pub(in crate::check) on_disk: PathBuf,
    /// Its name in reports, such as `src/network/arp.md`.
    pub(in crate::check) file: String,
    /// Its text, without a byte order mark.
    pub(in crate::check) text: String,
    /// Whether the file begins with one; it stays.
    pub(in crate::check) has_byte_order_mark: bool,
    /// Whether it is `SUMMARY.md`, which lists chapters and is none.
    pub(in crate::check) is_summary: bool,
}

impl Chapter {
    pub(in crate::check) fn read(src: &Path, path: &Path) -> Option<Self> {
        let on_disk = src.join(path);
        let text = read_text(&on_disk).ok()?;
        let has_byte_order_mark = text.starts_with('\u{feff}');
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_string();
        let is_summary = path == Path::new("SUMMARY.md");
        Some(Self { path: path.into(), file: slashed(&on_disk), on_disk, text, has_byte_order_mark, is_summary })
    }

    /// Writes `text` in the place of the chapter's.
    /// Errors: What the file system reports.
    pub(in crate::check) fn rewrite(&self, text: &str) -> std::io::Result<()> {
        let mark = if self.has_byte_order_mark { "\u{feff}" } else { "" };
        std::fs::write(&self.on_disk, format!("{mark}{text}"))
    }

    /// The text with front matter, mdBook's directives and formulas, as far as `dollars` mean these, blotted out, byte for byte.
    pub(in crate::check) fn prose(&self, dollars: Dollars) -> String {
        let start = mdbook_questions::body_start(&self.text);
        let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' };
        let front: Vec<u8> = self.text.as_bytes()[..start].iter().copied().map(blank).collect();
        let body = &self.text[start..];
        let body = without_formulas(body, dollars);
        // Line endings and spaces only.
        let mut prose = String::from_utf8(front).unwrap_or_default();
        prose.push_str(&without_directives(&body));
        prose
    }

    /// A finding at byte `offset` of the text.
    pub(in crate::check) fn finding(
        &self,
        rule: Rule,
        offset: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Diagnostic {
        rule.broken(message, hint).in_file(&self.file).at(&self.text, offset)
    }
}

/// `text` with `{{#include …}}` and its kin blotted out by dollars, as formulas are.
pub(in crate::check) fn without_directives(text: &str) -> Cow<'_, str> {
    let mut bytes = Cow::Borrowed(text.as_bytes());
    let mut at = 0;
    while let Some(open) = text[at..].find("{{#").map(|found| at + found) {
        let Some(close) = text[open..].find("}}").map(|found| open + found + 2) else { break };
        if !text[open..close].contains('\n') {
            bytes.to_mut()[open..close].fill(b'$');
        }
        at = close;
    }
    // Whole characters were replaced.
    match bytes {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| text.into())),
    }
}

#[cfg(test)]
pub(in crate::check) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of Markdown that pull against each other.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "汉", "，", "# ", "### ", "\n===\n", "\n", "\n\n", "\r\n", "![", "](a)", "[", "<img ", ">", "<!-- ", "-->", "TODO", "https://a.cn/汉",
        "www.", "`", "```\n", "$", "$$", "{{#include ", "}}", "+++\n", "\u{feff}", "    ", "> ", "- ", "|", "\\", "&amp;", "\0",
    ];

    /// A chapter in memory.
    pub(in crate::check) fn chapter(text: &str) -> Chapter {
        let path = PathBuf::from("a.md");
        let (on_disk, file) = (path.clone(), "src/a.md".into());
        Chapter { path, on_disk, file, text: text.into(), has_byte_order_mark: false, is_summary: false }
    }

    /// Findings as `line:column rule message`.
    pub(in crate::check) fn shown(findings: Vec<Diagnostic>) -> Vec<String> {
        let number = |number: Option<usize>| number.map_or("-".to_string(), |number| number.to_string());
        let show = |finding: Diagnostic| {
            let Diagnostic { place, rule, message, .. } = finding;
            format!("{}:{} {} {message}", number(place.line), number(place.column), rule.id)
        };
        findings.into_iter().map(show).collect()
    }

    proptest! {
        #[test]
        fn arbitrary_chapters_do_no_harm(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), text in any::<String>()) {
            let chapter = chapter(&(pieces.concat() + text.as_str()));
            let prose = chapter.prose(Dollars::All);
            prop_assert_eq!(prose.len(), chapter.text.len());
            super::super::prose::check(&chapter, &prose);
            super::super::headings::check(&chapter, &prose);
        }
    }

    #[test]
    fn what_is_no_prose_is_blotted_out_byte_for_byte() {
        let text = "+++\na = \"汉\"\n+++\n甲 $x$ {{#include 乙.md}} {{丙}}\n";
        let prose = chapter(text).prose(Dollars::All);
        assert_eq!(prose.len(), text.len());
        assert_eq!(prose, "   \n         \n   \n甲 $$$ $$$$$$$$$$$$$$$$$$$ {{丙}}\n");
        assert!(chapter(text).prose(Dollars::Text).contains("$x$"));
    }
}
