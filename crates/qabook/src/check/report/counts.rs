//! How much was found.

use qabook_support::{Diagnostic, Severity};

/// How many findings are of `severity`.
pub(in crate::check) fn count(findings: &[Diagnostic], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity() == severity).count()
}

/// `2 errors, 1 warning, 1 note in 3 files`, or `nothing to fix`.
#[must_use]
pub(super) fn summary(findings: &[Diagnostic]) -> String {
    if findings.is_empty() {
        return "nothing to fix".into();
    }
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = counts.map(|(severity, noun)| (count(findings, severity), noun));
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| plural(*count, noun)).collect();
    let files = findings.chunk_by(|one, other| one.place.file == other.place.file).count();
    let fixable = findings.iter().filter(|finding| finding.fixable).count();
    let fix = if fixable == 0 { String::new() } else { format!("; --fix fixes {fixable}") };
    format!("{} in {}{fix}", counts.join(", "), plural(files, "file"))
}

#[cfg(test)]
pub(in crate::check::report) mod tests {
    use super::*;
    use crate::check::rules;

    /// Findings with every kind of place and with characters that each form must escape.
    pub(in crate::check::report) fn findings() -> Vec<Diagnostic> {
        let text = "第一行\n汉字 x\n";
        let spacing = rules::SPACING.broken("write `汉字 x`, 100%", "run --fix").in_file("src/a,b.md");
        let spacing = Diagnostic { fixable: true, ..spacing.at(text, text.find('x').unwrap()) };
        let moved = rules::MOVED_LINK.broken("it moved:\n\"here\"", "write the new address").in_file("src/a,b.md");
        let large = rules::LARGE_FILE.broken("it has 400 KB", "make it smaller").in_file("book/x.png");
        vec![large, spacing, moved.on_line(7)]
    }

    #[test]
    fn the_summary_counts() {
        assert_eq!(summary(&findings()), "2 errors, 1 warning in 2 files; --fix fixes 1");
        assert_eq!(summary(&findings()[..1]), "1 error in 1 file");
        assert_eq!(summary(&[]), "nothing to fix");
    }
}
