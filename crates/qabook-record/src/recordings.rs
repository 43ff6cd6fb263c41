//! `recorded.toml`: which compiler made each output, and when.

use qabook_support::write_whole;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

const HEADING: &str = "# Made by `qabook record`: which compiler made each output.txt, and when.";

/// The file, which several programs may be noted in at once.
#[derive(Debug)]
pub(crate) struct Recordings {
    path: PathBuf,
    turn: Mutex<()>,
}

impl Recordings {
    /// That of the package in `folder`, which need not have one.
    pub(crate) fn of(folder: &Path) -> Self {
        Self { path: folder.join("recorded.toml"), turn: Mutex::default() }
    }

    /// Whether `name` is noted.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.read().is_ok_and(|text| text.lines().any(|line| is_about(line, name)))
    }

    /// Notes that the compiler `rustc`, such as `1.95.0`, made the output of `name` today. Entries of programs that are
    /// gone leave.
    pub(crate) fn note(&self, name: &str, rustc: &str) -> Result<(), String> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.read().map_err(|error| error.to_string())?;
        let is_other = |line: &&str| self.is_entry(line) && !is_about(line, name);
        let others = text.lines().filter(is_other);
        let mut lines: Vec<String> = others.map(Into::into).collect();
        let date = jiff::Zoned::now().date();
        lines.push(format!("{name} = {{ rustc = \"{rustc}\", date = {date} }}"));
        lines.sort();
        let text = format!("{HEADING}\n{}\n", lines.join("\n"));
        write_whole(&self.path, |mut file| Ok(file.write_all(text.as_bytes())?)).map_err(|error| format!("{error:#}"))
    }

    /// Whether `line` is the entry of a program.
    fn is_entry(&self, line: &str) -> bool {
        let name = line.split(' ').next().filter(|name| !name.is_empty() && !name.starts_with('#'));
        name.is_some_and(|name| self.path.with_file_name("examples").join(name).is_dir())
    }

    fn read(&self) -> io::Result<String> {
        match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            read => read,
        }
    }
}

/// Whether a line is the entry of `name`.
fn is_about(line: &str, name: &str) -> bool {
    line.split(' ').next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_and_those_of_other_programs_stay() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("examples/a-b")).unwrap();
        fs::create_dir_all(folder.path().join("examples/b")).unwrap();
        let recordings = Recordings::of(folder.path());
        assert!(!recordings.has("b"));
        let old = "# old heading\n\na-b = { rustc = \"1.90.0\", date = 2026-01-01 }\n\
                   gone = { rustc = \"1.90.0\", date = 2026-01-01 }\n";
        fs::write(folder.path().join("recorded.toml"), old).unwrap();
        recordings.note("b", "1.95.0").unwrap();
        recordings.note("a", "1.95.0").unwrap();
        let text = recordings.read().unwrap();
        let names: Vec<&str> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
        assert_eq!(names, ["#", "a", "a-b", "b"]);
        assert!(text.starts_with(HEADING) && text.contains("a-b = { rustc = \"1.90.0\""), "{text}");
        assert!(recordings.has("b") && !recordings.has("a-"));
    }
}
