//! The scripts of the workflows, which nobody sees run until a release or a Monday.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn script(name: &str) -> Command {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.ci").join(name))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn release_notes(changelog: &str, version: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("CHANGELOG.md"), changelog).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace.package]\nversion = \"0.2.0\"\n\n[a]\nversion = \"9\"\n")
        .unwrap();
    script("release-notes").arg(version).env("QABOOK_ROOT", folder.path()).output().unwrap()
}

#[test]
fn release_notes_are_the_section_of_the_version() {
    let changelog = "# Changelog\n\n## 0.2.0 — 2026-11-25\n\n- New.\n\n### More\n\n- Other.\n\n## 0.1.0\n\n- Old.\n";
    let output = release_notes(changelog, "0.2.0");
    assert_eq!((text(&output.stdout).as_str(), output.status.success()), ("- New.\n\n### More\n\n- Other.\n", true));
}

#[test]
fn a_release_without_notes_is_refused() {
    for changelog in
        ["# Changelog\n\n## Unreleased\n\n- New.\n", "## 0.2.0\n\n## 0.1.0\n\n- Old.\n", "## 0.2.01\n\n- x\n"]
    {
        let output = release_notes(changelog, "0.2.0");
        assert!(!output.status.success(), "{changelog}");
        assert!(text(&output.stderr).contains("CHANGELOG.md: there is no section `## 0.2.0`"));
    }
}

#[test]
fn a_tag_that_is_not_the_version_of_the_package_is_refused() {
    let output = release_notes("## 0.3.0\n\n- New.\n", "0.3.0");
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("Cargo.toml: [workspace.package] has version 0.2.0, not 0.3.0"));
}

/// A `gh` that says which issue is open and writes down what it is told.
struct Gh {
    folder: TempDir,
}

impl Gh {
    fn new(open: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let gh = folder.path().join("gh");
        let program = format!(
            "#!/bin/sh\ncase \"$2\" in\n    list) printf '{open}' ;;\n    *) printf '%s\\n' \"$*\" >>\"$0.log\" ;;\nesac\n"
        );
        fs::write(&gh, program).unwrap();
        fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    /// Reports `report` and returns what `gh` was told to do.
    fn told(&self, report: &str) -> String {
        let file = self.folder.path().join("report.md");
        fs::write(&file, report).unwrap();
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", self.folder.path().display());
        let output = script("report-issue").arg("A title").arg(&file).env("PATH", path).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        let log: PathBuf = self.folder.path().join("gh.log");
        fs::read_to_string(log).unwrap_or_default()
    }
}

#[test]
fn drift_opens_one_issue_and_the_next_report_rewrites_it() {
    assert_eq!(Gh::new("").told("- new\n"), "issue create --title A title --body - new\n");
    assert_eq!(Gh::new("7\\n").told("- newer\n"), "issue edit 7 --body - newer\n");
}

#[test]
fn an_empty_report_closes_the_issue() {
    assert_eq!(Gh::new("").told(""), "");
    assert!(Gh::new("7\\n").told("").starts_with("issue close 7 --comment"));
}

#[test]
fn a_report_longer_than_an_issue_is_cut_between_characters() {
    let told = Gh::new("").told(&format!("x{}", "汉字".repeat(12_000)));
    assert!(told.len() < 65_000 && told.contains("汉字") && told.ends_with("artifact of the workflow)\n"));
}
