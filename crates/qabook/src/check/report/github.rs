//! The report as GitHub workflow commands, which become annotations next to the changed lines.
//!
//! Form and escapes: <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>.

use qabook_support::{Diagnostic, Place, Severity};

/// A command per finding.
pub(super) fn write(findings: &[Diagnostic]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Diagnostic) -> String {
    let name = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let Place { file, line, column } = &finding.place;
    let mut properties = vec![format!("file={}", property(&file.display().to_string()))];
    properties.extend(line.map(|line| format!("line={line}")));
    properties.extend(column.map(|column| format!("col={column}")));
    properties.push(format!("title={}", property(finding.rule.id)));
    let text = data(&format!("{}\nhint: {}", finding.message, finding.hint));
    format!("::{name} {}::{text}\n", properties.join(","))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::counts::tests::findings;
    use super::*;

    #[test]
    fn findings_are_commands_with_escapes() {
        let expected = "\
::error file=book/x.png,title=large-file::it has 400 KB%0Ahint: make it smaller
::error file=src/a%2Cb.md,line=2,col=4,title=spacing::write `汉字 x`, 100%25%0Ahint: run --fix
::warning file=src/a%2Cb.md,line=7,title=moved-link::it moved:%0A\"here\"%0Ahint: write the new address
";
        assert_eq!(write(&findings()), expected);
    }
}
