//! What the checks find.

use qabook_support::Diagnostic;
use serde::Serialize;
use std::path::Path;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something is wrong: the command exits with 1.
    Error,
    /// Worth a look; the command succeeds.
    Warning,
}

/// Declares the rules: each with the name that reports show, its severity and what it looks for.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident;)+) => {
        /// A check's name, as reports show it. Names are stable: tools may rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[doc = $doc])+ $variant,)+ }

        impl Rule {
            /// All rules, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in lower case with hyphens.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// How bad a finding of this rule is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

rules! {
    /// A file that can't be read, a chapter that doesn't exist, a broken include.
    Source = "source", Error;
    /// Front matter that is missing, malformed, incomplete or out of range.
    FrontMatter = "front-matter", Error;
    /// `verified` lies in the future.
    VerifiedInFuture = "verified-in-future", Error;
    /// A Python example without a replacement, an unknown snippet or attribute, a program without caption or output.
    Snippet = "snippet", Error;
    /// A program that no chapter shows.
    UnusedSnippet = "unused-snippet", Error;
    /// A program whose recording is not in `recorded.toml`.
    UnrecordedSnippet = "unrecorded-snippet", Error;
    /// Chinese text whose meaning is open, such as emphasis that never ends.
    Chinese = "chinese", Error;
    /// mdBook's smart punctuation is on, which turns Chinese quotes around.
    SmartPunctuation = "smart-punctuation", Error;
    /// What else stops the build.
    Build = "build", Error;
    /// A page without H1, or with a second one.
    OneH1 = "one-h1", Error;
    /// A heading more than one level below the one before.
    HeadingOrder = "heading-order", Error;
    /// An image without alternative text.
    ImageAlt = "image-alt", Error;
    /// A URL in the text that is no link.
    BareUrl = "bare-url", Error;
    /// `TODO` or `FIXME` outside code.
    Todo = "todo", Error;
    /// Spacing or punctuation against the rules of `autocorrect`.
    Spacing = "spacing", Error;
    /// A link to a file that the site doesn't have.
    BrokenLink = "broken-link", Error;
    /// A link to an id that its page doesn't have.
    BrokenFragment = "broken-fragment", Error;
    /// An id that stands twice on a page.
    DuplicateId = "duplicate-id", Error;
    /// An empty id.
    EmptyId = "empty-id", Error;
    /// `**`, `~~`, `$$` or `{{` in the text of a page.
    LiteralMark = "literal-mark", Error;
    /// A line break between 汉字, which browsers draw as a space.
    LineBreakSpace = "line-break-space", Error;
    /// Chinese quotes that open twice or close unopened.
    Quotes = "quotes", Error;
    /// An English alert title on a Chinese page.
    AlertTitle = "alert-title", Error;
    /// A page without title.
    PageTitle = "page-title", Error;
    /// A page without description.
    PageDescription = "page-description", Error;
    /// A page without language.
    PageLang = "page-lang", Error;
    /// Something that the browser fetches from another host by itself.
    OtherHost = "other-host", Error;
    /// A file over 300 KB.
    LargeFile = "large-file", Error;
    /// A published page or id that is gone without a redirect.
    GonePublished = "gone-published", Error;
    /// Pages or ids that are not in the list of published ones yet.
    Unpublished = "unpublished", Warning;
    /// An exemption in `check.toml` that lets nothing pass.
    UnusedExemption = "unused-exemption", Warning;
    /// An external link that leads nowhere.
    DeadLink = "dead-link", Error;
    /// An external link whose page has moved for good.
    MovedLink = "moved-link", Warning;
    /// An external link whose host refuses programs.
    RefusedLink = "refused-link", Warning;
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, with forward slashes; relative to the working directory when it lies below it.
    pub file: String,
    /// Line from 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    /// Column in characters (Unicode scalar values, not bytes) from 1; `None` when the whole line is meant.
    pub column: Option<usize>,
    /// Which check found it.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Whether `--fix` mends it.
    pub fixable: bool,
}

impl Finding {
    /// A finding about the whole of `file`.
    pub(crate) fn of_file(
        rule: Rule,
        file: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { file: file.into(), line: None, column: None, rule, message, hint, fixable: false }
    }

    /// The same finding at `line` (from 1).
    pub(crate) fn on_line(mut self, line: impl Into<Option<usize>>) -> Self {
        self.line = line.into();
        self
    }

    /// The same finding at byte `offset` of `text`, the text of its file.
    pub(crate) fn at(mut self, text: &str, offset: usize) -> Self {
        // Where something was blotted out byte for byte, an offset may lie inside a character.
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        self.line = Some(1 + text[..offset].matches('\n').count());
        self.column = Some(qabook_support::column(text, offset));
        self
    }

    /// A problem that a preprocessor or the build reported.
    pub(crate) fn of_diagnostic(rule: Rule, diagnostic: Diagnostic) -> Self {
        let Diagnostic { place: qabook_support::Place { file, line, column }, message, hint, .. } = diagnostic;
        Self { file: slashed(&file), line, column, rule, message, hint, fixable: false }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

/// `path` as reports show it.
pub(crate) fn slashed(path: &Path) -> String {
    qabook_support::shown(path).display().to_string().replace('\\', "/")
}

/// Sorts by place and takes out what two checks found alike.
pub(crate) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort();
    // The build repeats what the checks of the sources found, without its column.
    let same = |a: &Finding, b: &Finding| a.file == b.file && a.line == b.line && a.message == b.message;
    let build = |finding: &Finding| finding.rule == Rule::Build;
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in &findings {
        let repeated = build(finding) && findings.iter().any(|other| !build(other) && same(other, finding));
        if !repeated && kept.last() != Some(finding) {
            kept.push(finding.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn rules_have_names_of_their_own() {
        let names: HashSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
    }

    #[test]
    fn what_the_build_repeats_is_said_once() {
        let source = Finding::of_file(Rule::Snippet, "src/a.md", "gone", "x").at("一\n二", 4);
        let build = Finding { rule: Rule::Build, column: None, ..source.clone() };
        let other = Finding { message: "else".into(), ..build.clone() };
        assert_eq!(in_order(vec![source.clone(), build, other.clone()]), [other, source]);
    }

    #[test]
    fn findings_come_by_file_and_place() {
        let at = |file: &str, line| Finding::of_file(Rule::Todo, file, "m", "h").on_line(line);
        let sorted = in_order(vec![at("b", 1), at("a", 10), at("a", 9)]);
        assert_eq!(sorted, [at("a", 9), at("a", 10), at("b", 1)]);
    }
}
