//! The report for people: `file:line:column: severity: message (rule)`, which editors and terminals make links of.

use qabook_support::{Diagnostic, Place, Severity};
use std::fmt::Write;

use super::counts::summary;

/// A line and a hint per finding, a blank line between files, and the summary at the end.
pub(super) fn write(findings: &[Diagnostic]) -> String {
    let mut report = String::new();
    for file in findings.chunk_by(|one, other| one.place.file == other.place.file) {
        for finding in file {
            // Writing into a String can't fail.
            let _ = writeln!(report, "{}", line(finding));
            let _ = writeln!(report, "    hint: {}", finding.hint.replace('\n', "\n    "));
        }
        report.push('\n');
    }
    report + summary(findings).as_str() + "\n"
}

fn line(finding: &Diagnostic) -> String {
    let Diagnostic { place: Place { file, line, column }, rule, message, .. } = finding;
    let severity = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place: String = [line, column].into_iter().flatten().map(|number| format!(":{number}")).collect();
    format!("{}{place}: {severity}: {} ({})", file.display(), message.replace('\n', "\n    "), rule.id)
}

#[cfg(test)]
mod tests {
    use super::super::counts::tests::findings;
    use super::*;

    #[test]
    fn findings_are_lines_with_their_place() {
        let expected = "\
book/x.png: error: it has 400 KB (large-file)
    hint: make it smaller

src/a,b.md:2:4: error: write `汉字 x`, 100% (spacing)
    hint: run --fix
src/a,b.md:7: warning: it moved:
    \"here\" (moved-link)
    hint: write the new address

2 errors, 1 warning in 2 files; --fix fixes 1
";
        assert_eq!(write(&findings()), expected);
    }
}
