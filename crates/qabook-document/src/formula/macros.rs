//! The file of macros: mdbook-katex panics when it can't be read.

use qabook_support::{Diagnostic, shown};
use std::collections::HashMap;
use std::path::Path;

use crate::SETTINGS;

/// Definitions by the names of their commands.
pub(super) type Macros = HashMap<String, String>;

/// Reads the macros in `file`: a line that begins with a backslash is `\name:definition`, others are remarks.
/// Errors: The file can't be read, or such a line has no colon.
pub(super) fn read(file: &Path) -> Result<Macros, Diagnostic> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let hint = "`macros` under [preprocessor.katex] of book.toml names it, from the book's folder: fix the path";
        SETTINGS.broken(format!("the macros of formulas can't be read: {error}"), hint).in_file(shown(file))
    })?;
    let mut macros = Macros::new();
    for (index, line) in text.split('\n').enumerate().filter(|(_, line)| line.starts_with('\\')) {
        let Some((name, definition)) = line.split_once(':') else {
            let problem = SETTINGS.broken("this line defines no macro: it has no colon", "write `\\name:definition`");
            return Err(problem.in_file(shown(file)).on_line(index + 1));
        };
        macros.insert(name.into(), definition.into());
    }
    Ok(macros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_defines_nothing_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("macros.txt");
        assert!(read(&file).unwrap_err().to_string().contains("macros.txt: the macros of formulas can't be read"));
        std::fs::write(&file, "speed\n\\speed:v\n\\way s\n").unwrap();
        assert!(read(&file).unwrap_err().to_string().contains("macros.txt:3: this line defines no macro"));
        std::fs::write(&file, "a remark\n\\speed:\\frac{s}{t}\n").unwrap();
        assert_eq!(read(&file).unwrap()["\\speed"], "\\frac{s}{t}");
    }
}
