//! Links among the author's files that can't be followed.

use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Rule, shown};
use std::fs;
use std::path::Path;

use super::hidden::is_hidden;

/// What is wrong with the place below `folder` at which looking at its files came upon `error`, as a breach of `rule`; `None`
/// for a hidden one, such as a lock of Emacs: a link that never leads anywhere.
pub(super) fn unreadable(rule: Rule, folder: &Path, error: walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(folder).to_path_buf();
    if path.file_name().is_some_and(is_hidden) {
        return None;
    }
    let problem = if error.loop_ancestor().is_some() {
        rule.broken("links lead in a circle", "delete the link")
    } else if let Some(to) = fs::read_link(&path).ok().filter(|_| !path.exists()) {
        let message = format!("it is a link to `{}`, which does not exist", slashed(&to));
        rule.broken(message, "mend the link, or delete it")
    } else {
        let reason = error.into_io_error().map(|error| error.to_string()).unwrap_or_default();
        rule.broken(format!("it can't be read: {reason}"), "make it readable, or move it away")
    };
    Some(problem.in_file(shown(&path)))
}
