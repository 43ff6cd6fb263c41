//! Which state of the sources a book was made of.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use mdbook_driver::config::Config;
use std::fmt;
use std::path::Path;
use std::process::Command;
use walkdir::{DirEntry, WalkDir};

/// The state of the sources: the same commit gives the same book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The newest tag that the commit has or follows, such as `v0.2.0`.
    pub version: Option<String>,
    /// The first twelve digits of the commit's hash.
    pub commit: Option<String>,
    /// `SOURCE_DATE_EPOCH`, or when the commit was made, or in a book without git when its newest file was changed.
    pub moment: Timestamp,
}

/// Why the date is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionError {
    /// `SOURCE_DATE_EPOCH` is not a number of seconds.
    Variable(String),
    /// Neither the variable nor a git repository nor the file system says when the sources were last changed.
    Unknown,
}

impl fmt::Display for EditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(value) => {
                write!(f, "SOURCE_DATE_EPOCH is `{value}`\n    hint: set it to seconds since 1970, such as 1767225600")
            }
            Self::Unknown => f.write_str(
                "the date of the book is unknown: its sources can't be read\n    \
                 hint: set SOURCE_DATE_EPOCH to seconds since 1970, such as 1767225600",
            ),
        }
    }
}

impl std::error::Error for EditionError {}

impl Edition {
    /// The edition of the book in `root`.
    ///
    /// # Errors
    /// See [`EditionError`].
    pub fn of(root: &Path) -> Result<Self, EditionError> {
        let git = |arguments: &[&str]| {
            let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
            let text = String::from_utf8(output.stdout).ok()?.trim().to_string();
            (output.status.success() && !text.is_empty()).then_some(text)
        };
        let moment = |seconds: &str| Timestamp::from_second(seconds.trim().parse().ok()?).ok();
        let moment = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(value) => moment(&value).ok_or(EditionError::Variable(value))?,
            Err(_) => git(&["log", "-1", "--format=%ct"])
                .and_then(|seconds| moment(&seconds))
                .or_else(|| last_change(root))
                .ok_or(EditionError::Unknown)?,
        };
        Ok(Self {
            version: git(&["describe", "--tags", "--abbrev=0"]),
            commit: git(&["rev-parse", "--short=12", "HEAD"]),
            moment,
        })
    }

    /// The day in UTC, such as `2026-11-25`.
    #[must_use]
    pub fn date(&self) -> Date {
        Offset::UTC.to_datetime(self.moment).date()
    }

    /// The moment in UTC, such as `2026-11-25T01:02:03Z`.
    #[must_use]
    pub fn timestamp(&self) -> String {
        self.moment.to_string()
    }
}

/// When the newest of the book's sources was changed, to the second.
fn last_change(root: &Path) -> Option<Timestamp> {
    let settings = root.join("book.toml");
    let src = Config::from_disk(&settings).ok()?.book.src;
    let files = WalkDir::new(root.join(src)).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let paths = files.map(DirEntry::into_path).chain([settings]);
    let newest = paths.filter_map(|path| path.metadata().ok()?.modified().ok()).max()?;
    Timestamp::from_second(Timestamp::try_from(newest).ok()?.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_git_the_newest_source_dates_the_book() {
        let book = tempfile::tempdir().unwrap();
        assert_eq!(last_change(book.path()), None);
        std::fs::create_dir(book.path().join("text")).unwrap();
        for (name, text, seconds) in [
            ("book.toml", "[book]\nsrc = \"text\"\n", 1_767_225_600),
            ("text/a.md", "", 1_767_225_700),
            ("b.md", "", 1_767_225_800),
        ] {
            let path = book.path().join(name);
            std::fs::write(&path, text).unwrap();
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        }
        assert_eq!(last_change(book.path()), Timestamp::from_second(1_767_225_700).ok());
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, timestamp) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_600, "2026-01-01T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            let moment = Timestamp::from_second(seconds).unwrap();
            let edition = Edition { version: None, commit: None, moment };
            assert_eq!(edition.timestamp(), timestamp);
        }
    }
}
