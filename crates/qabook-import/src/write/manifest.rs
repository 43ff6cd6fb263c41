//! What an import wrote, so that the next one knows what the author changed since.

use qabook_support::{Diagnostics, shown};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::book::{RECORD, WRITE};
use crate::plan::Chapter;

/// What an import wrote.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// SHA-256 of each file as it was written, by its path in the book.
    pub(super) files: BTreeMap<PathBuf, String>,
    /// Every chapter that was ever written, by its path in `src/`.
    pub(super) chapters: BTreeMap<String, Entry>,
}

/// A chapter in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) question: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) part: Option<String>,
}

impl Entry {
    pub(super) fn of(chapter: &Chapter) -> Self {
        Self { question: chapter.question.clone(), part: chapter.part.clone() }
    }
}

impl Manifest {
    /// Writes it into `folder`.
    pub(super) fn write(&self, folder: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(folder.join(RECORD), json + "\n").map_err(|error| error.to_string())
    }
}

/// What earlier imports wrote into `book`; nothing where there was none.
pub(super) fn read(book: &Path) -> Result<Manifest, Diagnostics> {
    let file = book.join(RECORD);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => {
            let hint = "is the path right, and may you read it?";
            return Err(WRITE.broken(format!("it can't be read: {error}"), hint).in_file(shown(&file)).into());
        }
    };
    serde_json::from_str(&text).map_err(|error| {
        let hint = "restore the file, or delete it: then files that differ from the list count as yours";
        WRITE
            .broken(format!("this is no record of an import: {error}"), hint)
            .in_file(shown(&file))
            .on_line(error.line())
            .into()
    })
}

/// SHA-256 in hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
