//! A record and what is printed now.

use qabook_support::write_whole;
use std::io::Write;
use std::path::Path;
use std::{fs, io};

/// What was recorded at `path`; `None` where nothing was.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(path) {
        // Git may check it out with the line ends of Windows.
        Ok(bytes) => Ok(Some(if cfg!(windows) { with_unix_line_ends(&bytes) } else { bytes })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

/// Records `printed` at `path`.
pub(crate) fn write(path: &Path, printed: &[u8]) -> Result<(), String> {
    write_whole(path, |mut file| Ok(file.write_all(printed)?)).map_err(|error| format!("{error:#}"))
}

pub(crate) fn with_unix_line_ends(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").into_bytes()
}

/// Where two outputs first differ: the line, and that line in each, which are called `one` and `other`.
pub(crate) fn difference(first: &[u8], second: &[u8], one: &str, other: &str) -> (usize, String) {
    let (first, second) = (String::from_utf8_lossy(first), String::from_utf8_lossy(second));
    let same = first.lines().zip(second.lines()).take_while(|(a, b)| a == b).count();
    let nth = |text: &str| text.lines().nth(same).map_or("(the end)".to_string(), |line| format!("{line:?}"));
    let width = one.chars().count().max(other.chars().count());
    let lines = format!(
        "  {:width$} {}\n  {:width$} {}",
        format!("{one}:"),
        nth(&first),
        format!("{other}:"),
        nth(&second),
        width = width + 1
    );
    (same + 1, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let (line, shown) = difference(b"a\nb\n", b"a\nc\n", "recorded", "now");
        assert_eq!((line, shown.as_str()), (2, "  recorded: \"b\"\n  now:      \"c\""));
        assert_eq!(difference(b"a\n", b"a\nc\n", "one", "other"), (2, "  one:   (the end)\n  other: \"c\"".into()));
    }
}
