//! The report for tools: one JSON object.
//!
//! ```json
//! {
//!   "version": 1,
//!   "errors": 1,
//!   "warnings": 0,
//!   "findings": [
//!     {
//!       "rule": "broken-link",
//!       "severity": "error",
//!       "file": "src/network/arp.md",
//!       "line": 12,
//!       "column": 5,
//!       "message": "…",
//!       "hint": "…",
//!       "fixable": false
//!     }
//!   ]
//! }
//! ```
//!
//! `severity` is `error`, `warning` or `note`. `line` counts from 1; `column` counts characters (Unicode scalar values) from 1;
//! both are `null` where only the file, or only the line, is known. `file` has forward slashes. Within a version, fields
//! and rules are added but never renamed or taken away.

use qabook_support::{Diagnostic, Place, Severity};
use serde::Serialize;
use std::path::Path;

use super::counts::count;

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: Severity,
    file: &'a Path,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hint: &'a str,
    fixable: bool,
}

impl<'a> Entry<'a> {
    fn of(finding: &'a Diagnostic) -> Self {
        let Diagnostic { place: Place { file, line, column }, rule, message, hint, fixable } = finding;
        let (rule, severity) = (rule.id, rule.severity);
        Self { rule, severity, file, line: *line, column: *column, message, hint, fixable: *fixable }
    }
}

/// The object, indented, with a newline after it.
pub(super) fn write(findings: &[Diagnostic]) -> String {
    let report = Report {
        version: VERSION,
        errors: count(findings, Severity::Error),
        warnings: count(findings, Severity::Warning),
        findings: findings.iter().map(Entry::of).collect(),
    };
    // Strings and numbers always serialise; a file's name is UTF-8 after `order::in_order`.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::counts::tests::findings;
    use super::*;

    #[test]
    fn findings_are_objects_with_all_fields() {
        let expected = r#"{
  "version": 1,
  "errors": 1,
  "warnings": 1,
  "findings": [
    {
      "rule": "spacing",
      "severity": "error",
      "file": "src/a,b.md",
      "line": 2,
      "column": 4,
      "message": "write `汉字 x`, 100%",
      "hint": "run --fix",
      "fixable": true
    },
    {
      "rule": "moved-link",
      "severity": "warning",
      "file": "src/a,b.md",
      "line": 7,
      "column": null,
      "message": "it moved:\n\"here\"",
      "hint": "write the new address",
      "fixable": false
    }
  ]
}
"#;
        assert_eq!(write(&findings()[1..]), expected);
        let empty = "{\n  \"version\": 1,\n  \"errors\": 0,\n  \"warnings\": 0,\n  \"findings\": []\n}\n";
        assert_eq!(write(&[]), empty);
    }
}
