//! Commands that messages show, for readers to paste.

use std::path::Path;

/// `path` as an argument of a command: as it is, or between single quotes where a shell would read something else. They mean
/// the same to POSIX shells and, unless there is one in the path, to PowerShell.
#[must_use]
pub fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    // A command would take it for an option.
    let text = if text.starts_with('-') { format!("./{text}") } else { text };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+' | ',' | ':' | '@' | '%');
    let is_separator = |c: char| c == '\\' && std::path::is_separator(c);
    if !text.is_empty() && text.chars().all(|c| is_plain(c) || is_separator(c)) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_read_paths_as_they_are() {
        for (path, shown) in [
            ("my-book/src_2", "my-book/src_2"),
            ("问答", "问答"),
            ("my book", "'my book'"),
            ("list of Q's (2024)-book", r"'list of Q'\''s (2024)-book'"),
            ("$HOME", "'$HOME'"),
            ("~", "'~'"),
            ("a*b", "'a*b'"),
            ("-n", "./-n"),
            ("- n", "'./- n'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(Path::new(path)), shown);
        }
    }
}
