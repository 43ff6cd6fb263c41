//! Checks of the book's sources: `SUMMARY.md`, the chapters, and the snippet package.

mod chinese;
mod headings;
mod prose;
mod questions;
mod snippets;
pub(super) mod spacing;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::BookItem;
use qabook_document::{Failures, Opened};
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::finding::{Finding, Rule, slashed};
use crate::build::sources;

/// A chapter's file.
#[derive(Debug, Clone)]
pub(super) struct Chapter {
    /// Its path in the book, such as `network/arp.md`.
    pub(super) path: PathBuf,
    /// Where it is on disk.
    pub(super) on_disk: PathBuf,
    /// Its name in reports, such as `src/network/arp.md`.
    pub(super) file: String,
    /// Its text, without a byte order mark.
    pub(super) text: String,
    /// Whether the file begins with one; it stays.
    pub(super) has_byte_order_mark: bool,
    /// Whether it is `SUMMARY.md`, which lists chapters and is none.
    pub(super) is_summary: bool,
}

/// The sources of a book, as far as they can be read.
pub(super) struct Sources {
    /// The chapters in the order of the book, and `SUMMARY.md`.
    pub(super) chapters: Vec<Chapter>,
    /// What can't be read, and why.
    pub(super) findings: Vec<Finding>,
    /// The book, without the chapters that can't be read; `None` when there is no summary.
    pub(super) book: Option<MDBook>,
}

/// Loads the book, as far as it can be read.
pub(super) fn load(opened: &Opened) -> Sources {
    let Opened { root, config } = opened;
    let mut sources = Sources { chapters: Vec::new(), findings: Vec::new(), book: None };
    if let Err(problems) = sources::check(root, config) {
        let finding = |problem| Finding::of_diagnostic(Rule::Source, problem);
        sources.findings.extend(problems.into_iter().map(finding));
    }
    let Some(summary) = sources::readable_summary(root, config) else { return sources };
    let src = root.join(&config.book.src);
    sources.chapters.extend(Chapter::read(&src, Path::new("SUMMARY.md")));
    match opened.load_listed(summary) {
        Ok(book) => {
            let paths = book.iter().filter_map(|item| match item {
                BookItem::Chapter(chapter) => chapter.source_path.as_deref(),
                _ => None,
            });
            sources.chapters.extend(paths.filter_map(|path| Chapter::read(&src, path)));
            let not_found = config.html_config().unwrap_or_default().input_404.unwrap_or_else(|| "404.md".into());
            sources.chapters.extend(Chapter::read(&src, Path::new(&not_found)));
            sources.book = Some(book);
        }
        Err(error) => sources.findings.push(of_settings(root, &error)),
    }
    sources
}

/// A problem of the book as a whole.
pub(super) fn of_settings(root: &Path, error: &anyhow::Error) -> Finding {
    let file = slashed(&root.join("book.toml"));
    Finding::of_file(Rule::Build, file, format!("{error:#}"), "mend what the message names")
}

/// What the stages of a build report.
pub(super) fn of_failures(root: &Path, failures: Failures) -> Vec<Finding> {
    let problems = failures.problems.into_iter().map(|problem| Finding::of_diagnostic(Rule::Build, problem));
    problems.chain(failures.errors.iter().map(|error| of_settings(root, error))).collect()
}

/// Everything that is wrong with `sources`.
pub(super) fn check(root: &Path, config: &Config, sources: &Sources) -> Vec<Finding> {
    let has_formulas = config.contains_key("preprocessor.katex");
    let per_chapter = |chapter: &Chapter| {
        let prose = chapter.prose(has_formulas);
        let mut found = prose::check(chapter, &prose);
        found.extend(spacing::check(chapter, &prose));
        if !chapter.is_summary {
            found.extend(headings::check(chapter, &prose));
            found.extend(chinese::check_chapter(config, chapter));
        }
        found
    };
    let mut findings: Vec<Finding> = sources.chapters.par_iter().flat_map_iter(per_chapter).collect();
    findings.extend(chinese::check_settings(root, config));
    findings.extend(snippets::check(root, config, &sources.chapters));
    if let Some(book) = &sources.book {
        findings.extend(questions::check(book));
    }
    findings
}

impl Chapter {
    fn read(src: &Path, path: &Path) -> Option<Self> {
        let on_disk = src.join(path);
        let text = sources::read_text(&on_disk).ok()?;
        let has_byte_order_mark = text.starts_with('\u{feff}');
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_string();
        let is_summary = path == Path::new("SUMMARY.md");
        Some(Self { path: path.into(), file: slashed(&on_disk), on_disk, text, has_byte_order_mark, is_summary })
    }

    /// Writes `text` in the place of the chapter's.
    ///
    /// # Errors
    /// What the file system reports.
    pub(super) fn rewrite(&self, text: &str) -> std::io::Result<()> {
        let mark = if self.has_byte_order_mark { "\u{feff}" } else { "" };
        std::fs::write(&self.on_disk, format!("{mark}{text}"))
    }

    /// The text with front matter, mdBook's directives and, if the book has any, formulas blotted out, byte for byte.
    pub(super) fn prose(&self, has_formulas: bool) -> String {
        let start = mdbook_questions::body_start(&self.text);
        let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' };
        let front: Vec<u8> = self.text.as_bytes()[..start].iter().copied().map(blank).collect();
        let body = &self.text[start..];
        let body = if has_formulas { mdbook_chinese::without_formulas(body) } else { Cow::Borrowed(body) };
        // Line endings and spaces only.
        let mut prose = String::from_utf8(front).unwrap_or_default();
        prose.push_str(&without_directives(&body));
        prose
    }

    /// A finding at byte `offset` of the text.
    pub(super) fn finding(
        &self,
        rule: Rule,
        offset: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Finding {
        Finding::of_file(rule, self.file.clone(), message, hint).at(&self.text, offset)
    }
}

/// `text` with `{{#include …}}` and its kin blotted out by dollars, as formulas are.
fn without_directives(text: &str) -> Cow<'_, str> {
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
pub(super) mod tests {
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
    pub(in crate::check) fn shown(findings: Vec<Finding>) -> Vec<String> {
        let number = |number: Option<usize>| number.map_or("-".to_string(), |number| number.to_string());
        let show = |finding: Finding| {
            let Finding { line, column, rule, message, .. } = finding;
            format!("{}:{} {} {message}", number(line), number(column), rule.id())
        };
        findings.into_iter().map(show).collect()
    }

    proptest! {
        #[test]
        fn arbitrary_chapters_do_no_harm(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), text in any::<String>()) {
            let chapter = chapter(&(pieces.concat() + &text));
            let prose = chapter.prose(true);
            prop_assert_eq!(prose.len(), chapter.text.len());
            prose::check(&chapter, &prose);
            headings::check(&chapter, &prose);
        }
    }

    #[test]
    fn what_is_no_prose_is_blotted_out_byte_for_byte() {
        let text = "+++\na = \"汉\"\n+++\n甲 $x$ {{#include 乙.md}} {{丙}}\n";
        let prose = chapter(text).prose(true);
        assert_eq!(prose.len(), text.len());
        assert_eq!(prose, "   \n         \n   \n甲 $$$ $$$$$$$$$$$$$$$$$$$ {{丙}}\n");
        assert!(chapter(text).prose(false).contains("$x$"));
    }
}
