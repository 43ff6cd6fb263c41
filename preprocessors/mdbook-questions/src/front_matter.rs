//! The block at the start of a chapter that says what the chapter is.

use qabook_support::{ChapterFile, Diagnostic, Rule};
use std::ops::Range;

/// Front matter that is missing, malformed, incomplete or out of range.
pub const FRONT_MATTER: Rule = Rule::error("front-matter");

/// How to write it.
pub(crate) const FORM: &str = "begin the chapter with a line `+++`, then lines `key = value`, then a line `+++`; the keys are number, variant, \
     question, summary, level, tags, aliases, asked, related, verified and [[options]]";

/// What a block is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Between lines `+++`.
    Toml,
    /// Between lines `---`, as other tools have it.
    Yaml,
}

/// The block at the start of a chapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FrontMatter<'a> {
    /// What it is written in.
    pub(crate) format: Format,
    /// The text between its first and its last line.
    pub(crate) text: &'a str,
    /// Bytes of the chapter up to the end of the closing line, its line break included.
    pub(crate) end: usize,
}

/// Where the text of the chapter `content` begins: after its front matter, or at 0 when that is missing or never closed.
#[must_use]
pub fn body_start(content: &str) -> usize {
    find(content).ok().flatten().map_or(0, |front_matter| front_matter.end)
}

/// Why a block can't be read: the line (from 1) and what is wrong.
enum Broken {
    Unclosed(&'static str),
    NotFirst(usize),
}

/// The block at the start of `content`; `None` when it has none.
fn find(content: &str) -> Result<Option<FrontMatter<'_>>, Broken> {
    let Some(first) = content.split_inclusive('\n').next() else { return Ok(None) };
    let (format, fence) = match first.trim_end() {
        "+++" => (Format::Toml, "+++"),
        "---" if is_yaml(&content[first.len()..]) => (Format::Yaml, "---"),
        _ => {
            let blank = content.lines().take_while(|line| line.trim().is_empty()).count();
            let is_late = blank > 0 && content.lines().nth(blank).is_some_and(|line| line.trim_end() == "+++");
            return if is_late { Err(Broken::NotFirst(blank + 1)) } else { Ok(None) };
        }
    };
    let mut end = first.len();
    for line in content[first.len()..].split_inclusive('\n') {
        if line.trim_end() == fence || format == Format::Yaml && line.trim_end() == "..." {
            return Ok(Some(FrontMatter { format, text: &content[first.len()..end], end: end + line.len() }));
        }
        end += line.len();
    }
    Err(Broken::Unclosed(fence))
}

/// Whether what is below a line `---` is front matter: a line of three hyphens is a thematic break, too.
fn is_yaml(below: &str) -> bool {
    let first = below.lines().map(str::trim_end).find(|line| !line.starts_with('#'));
    first.is_some_and(|line| {
        let key = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
        key.is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        })
    })
}

impl<'a> FrontMatter<'a> {
    /// Finds the block at the start of `content`, the chapter in `file`; `None` when it has none.
    ///
    /// # Errors
    /// A block that is never closed, or one with blank lines above it.
    pub(crate) fn find(content: &'a str, file: &ChapterFile) -> Result<Option<Self>, Diagnostic> {
        find(content).map_err(|broken| match broken {
            Broken::Unclosed(fence) => {
                let hint = format!("end it with a line `{fence}`");
                file.on_line(1, FRONT_MATTER.broken("the front matter is never closed", hint))
            }
            Broken::NotFirst(line) => {
                let hint = "delete the blank lines above it";
                file.on_line(line, FRONT_MATTER.broken("the front matter is not on the first line", hint))
            }
        })
    }

    /// The line of the chapter's file (from 1) for a span of the block's text.
    pub(crate) fn line_at(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        2 + before.matches('\n').count()
    }

    /// The line on which `key` is set, or the first line.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        let mark = if self.format == Format::Toml { '=' } else { ':' };
        let is_table = |line: &str| line.trim().trim_matches(['[', ']']) == key;
        let is_key = |line: &str| is_table(line) || line.split_once(mark).is_some_and(|(name, _)| name.trim() == key);
        self.text.lines().position(is_key).map_or(1, |index| index + 2)
    }

    /// The line on which the list that `key` is set to holds `word`, or that of `key`.
    pub(crate) fn line_of_word(&self, key: &str, word: &str) -> usize {
        let first = self.line_of(key);
        let below = self.text.lines().enumerate().skip(first.saturating_sub(2));
        let found = below.into_iter().find(|(_, line)| line.contains(word));
        found.map_or(first, |(index, _)| index + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_begins_after_the_front_matter() {
        for (content, body) in [
            ("+++\na = 1\n+++\n# 题\n", "# 题\n"),
            ("# 题\n", "# 题\n"),
            ("+++\n# 题\n", "+++\n# 题\n"),
            ("---\ntitle: a\n---\n# 题\n", "# 题\n"),
            ("---\r\n# note\r\ntags:\r\n- a\r\n...\r\n# 题\n", "# 题\n"),
        ] {
            assert_eq!(&content[body_start(content)..], body);
        }
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        for content in ["---\n\nText: more\n---\n", "---\nhttps://example.org\n---\n", "---\n", "---\n---\n# a\n"] {
            assert!(matches!(find(content), Ok(None)), "{content:?}");
        }
    }
}
