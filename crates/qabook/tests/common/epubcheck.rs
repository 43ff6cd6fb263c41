//! The W3C's own checker of EPUB files.

use qabook_support::testing::Tool;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// Its jar: `QABOOK_EPUBCHECK`, or where Debian's package `epubcheck` has it.
pub(crate) const EPUBCHECK: Tool =
    Tool { name: "EPUBCheck", is_here: || *IS_HERE, required_by: "QABOOK_REQUIRE_EPUBCHECK" };

static IS_HERE: LazyLock<bool> = LazyLock::new(|| run("--version".as_ref()).contains("EPUBCheck"));

/// Asserts that it finds nothing.
pub(crate) fn assert_epubcheck_is_clean(epub: &Path) {
    let report = run(epub);
    assert!(report.contains("0 fatals / 0 errors / 0 warnings"), "{report}");
}

/// What it prints.
fn run(argument: &Path) -> String {
    let jar = std::env::var("QABOOK_EPUBCHECK").unwrap_or_else(|_| "/usr/bin/epubcheck".into());
    match Command::new("java").args(["-jar", &jar]).arg(argument).args(["--locale", "en"]).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        Err(error) => error.to_string(),
    }
}
