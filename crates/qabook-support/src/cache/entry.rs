//! One entry: a file that says whose it is and whether it is whole.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How exactly it is known when an entry was last used.
const USE: Duration = Duration::from_hours(24);

/// How the name of a file begins that isn't whole yet.
pub(super) const UNFINISHED: &str = ".unfinished-";

/// What an entry is made of, as a hash in hexadecimal.
#[derive(Debug)]
pub(super) struct Key(String);

impl Key {
    pub(super) fn new(program: &str, kind: &str, input: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in [program, kind].iter().chain(input) {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Self(hex(hash))
    }
}

/// The file of `key` in `folder`.
pub(super) fn path(folder: &Path, Key(key): &Key) -> PathBuf {
    folder.join(&key[..2]).join(key)
}

/// Whether a file of this name is an entry.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'a'..=b'f'))
}

/// The text at `path`, if it is that of `key` and whole.
pub(super) fn read(path: &Path, key: &Key) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut content = String::new();
    file.read_to_string(&mut content).ok()?;
    let (sum, text) = content.split_once('\n')?;
    if sum != checksum(key, text) {
        return None;
    }
    let used = file.metadata().and_then(|file| file.modified()).ok()?;
    if used.elapsed().is_ok_and(|unused| unused > USE) {
        // Opened again, because a time is written by who may write.
        let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    }
    Some(text.to_string())
}

/// Writes `text` to `path`, whole or not at all.
pub(super) fn write(path: &Path, key: &Key, text: &str) {
    let Some(folder) = path.parent() else { return };
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        write!(file, "{}\n{text}", checksum(key, text))?;
        file.persist(path)?;
        Ok(())
    };
    // Without it the next build makes the same again.
    let _ = written();
}

/// Of the key, too: an entry under another's name is none.
fn checksum(Key(key): &Key, text: &str) -> String {
    hex(Sha256::new().chain_update(key).chain_update(text))
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
