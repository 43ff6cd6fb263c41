//! Reports: for people, for tools, and for GitHub's annotations.

mod github;
mod human;
mod json;

use clap::ValueEnum;

use super::finding::{Finding, Severity};

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people, grouped by file
    Human,
    /// One JSON object for tools
    Json,
    /// GitHub workflow commands, which become annotations of a change
    Github,
}

impl Format {
    /// The form to use when none is asked for: GitHub sets `GITHUB_ACTIONS` to `true` in its workflows.
    #[must_use]
    pub fn by_environment() -> Self {
        match std::env::var("GITHUB_ACTIONS") {
            Ok(value) if value == "true" => Self::Github,
            _ => Self::Human,
        }
    }

    /// Writes `findings`, which are in order, in this form.
    #[must_use]
    pub fn write(self, findings: &[Finding]) -> String {
        match self {
            Self::Human => human::write(findings),
            Self::Json => json::write(findings),
            Self::Github => github::write(findings),
        }
    }
}

/// How many findings are of `severity`.
pub(super) fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity() == severity).count()
}

/// `2 errors, 1 warning in 3 files`, or `nothing to mend`.
#[must_use]
pub(super) fn summary(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "nothing to mend".into();
    }
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = counts.map(|(severity, noun)| (count(findings, severity), noun));
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| plural(*count, noun)).collect();
    let files = findings.chunk_by(|one, other| one.file == other.file).count();
    let fixable = findings.iter().filter(|finding| finding.fixable).count();
    let fix = if fixable == 0 { String::new() } else { format!("; --fix mends {fixable}") };
    format!("{} in {}{fix}", counts.join(", "), plural(files, "file"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::finding::Rule;
    use super::*;

    /// Findings with every kind of place and with characters that each form must escape.
    pub(super) fn findings() -> Vec<Finding> {
        let text = "第一行\n汉字 x\n";
        let spacing = Finding::of_file(Rule::Spacing, "src/a,b.md", "write `汉字 x`, 100%", "run --fix");
        let spacing = Finding { fixable: true, ..spacing.at(text, text.find('x').unwrap()) };
        let moved = Finding::of_file(Rule::MovedLink, "src/a,b.md", "it moved:\n\"here\"", "write the new address");
        let large = Finding::of_file(Rule::LargeFile, "book/x.png", "it has 400 KB", "make it smaller");
        vec![large, spacing, moved.on_line(7)]
    }

    #[test]
    fn the_summary_counts() {
        assert_eq!(summary(&findings()), "2 errors, 1 warning in 2 files; --fix mends 1");
        assert_eq!(summary(&findings()[..1]), "1 error in 1 file");
        assert_eq!(summary(&[]), "nothing to mend");
    }
}
