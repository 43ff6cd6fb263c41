//! Texts, and why one can't be read.

use qabook_support::Rule;
use std::fs;
use std::path::Path;

/// A file that can't be read, a chapter that doesn't exist, a broken include.
pub(super) const SOURCE: Rule = Rule::error("source");

/// Why a file that may never end is not read.
pub(super) const ENDLESS: &str = "it is a pipe, a device or a socket, and no file";

/// Why a text can't be read.
pub(crate) struct Unreadable {
    pub(crate) missing: bool,
    pub(crate) line: Option<usize>,
    pub(crate) message: String,
}

/// Reads a UTF-8 text; of one that isn't, the line of the first wrong byte is named.
pub(crate) fn read_text(path: &Path) -> Result<String, Unreadable> {
    let unreadable = |missing: bool, reason: String| Unreadable {
        missing,
        line: None,
        message: format!("it can't be read: {reason}"),
    };
    let failed = |error: std::io::Error| unreadable(error.kind() == std::io::ErrorKind::NotFound, error.to_string());
    // A pipe would never end, nor would a device such as /dev/zero.
    let kind = fs::metadata(path).map_err(failed)?;
    if !kind.is_file() && !kind.is_dir() {
        return Err(unreadable(false, ENDLESS.into()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + String::from_utf8_lossy(&error.as_bytes()[..valid]).matches('\n').count();
        Unreadable { missing: false, line: Some(line), message: format!("it is not UTF-8 text (byte {valid})") }
    })
}
