//! Small books in temporary folders, and the decks that are made of them.
#![allow(dead_code)]

use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;
use zip::ZipArchive;

const PREPROCESSORS: &str = "[preprocessor.snippets]\nafter = [\"links\"]\n\n[preprocessor.questions]\nafter = \
                             [\"snippets\"]\n\n[preprocessor.katex]\nafter = [\"questions\"]\nno-css = true\n";

/// The day that decks are of: 2027-01-01.
const DAY: &str = "1798761600";

/// A book that is removed when dropped.
pub(crate) struct Book(TempDir);

impl Book {
    /// A book in `language` with the settings `output`, whose chapters are in a part: each has a path and its text.
    pub(crate) fn new(language: &str, output: &str, chapters: &[(&str, &str)]) -> Self {
        let book = Self(tempfile::tempdir().unwrap());
        let head = format!("[book]\ntitle = \"Small\"\nlanguage = \"{language}\"\n\n");
        book.write("book.toml", &(head + PREPROCESSORS + output));
        book.write("snippets/Cargo.toml", "[dependencies]\n");
        book.list(chapters);
        book
    }

    /// Writes `chapters`, which are all that the book has.
    pub(crate) fn list(&self, chapters: &[(&str, &str)]) {
        let mut summary = "# Summary\n\n# Part: one::two\n\n".to_string();
        for (path, text) in chapters {
            summary += &format!("- [Chapter {path}]({path})\n");
            self.write(&format!("src/{path}"), text);
        }
        self.write("src/SUMMARY.md", &summary);
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(from), "{from:?} is not in {path}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// `qabook-anki ARGUMENTS`, run in the book's folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qabook-anki"));
        command.args(arguments).current_dir(self.root()).env("SOURCE_DATE_EPOCH", DAY);
        command
    }

    /// What a book that no deck can be made of is told.
    pub(crate) fn refusal(&self) -> String {
        let output = self.command(&[]).output().unwrap();
        assert!(!output.status.success(), "{output:?}");
        assert!(!self.root().join("book").exists(), "nothing is written");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The bytes of its deck.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        made(&self.command(&["--out", "deck.apkg"]).output().unwrap());
        fs::read(self.root().join("deck.apkg")).unwrap()
    }

    /// Its deck.
    pub(crate) fn deck(&self) -> Deck {
        Deck::read(&self.bytes())
    }

    /// Commits everything as of `seconds` since 1970.
    pub(crate) fn commit(&self, seconds: i64) {
        let date = format!("{seconds} +0000");
        for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "a"]] {
            let mut command = Command::new("git");
            command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]);
            command.args(arguments).current_dir(self.root()).env("GIT_COMMITTER_DATE", &date);
            assert!(command.status().unwrap().success());
        }
    }
}

/// Checks that a deck was made.
pub(crate) fn made(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What is in a package.
pub(crate) struct Deck {
    /// The notes in their order.
    pub(crate) notes: Vec<Note>,
    /// The names of the decks by number.
    pub(crate) decks: BTreeMap<i64, String>,
    /// The media by name.
    pub(crate) media: BTreeMap<String, Vec<u8>>,
    /// The JSON of the note types.
    pub(crate) types: serde_json::Value,
}

pub(crate) struct Note {
    pub(crate) guid: String,
    pub(crate) kind: i64,
    pub(crate) changed: i64,
    pub(crate) tags: String,
    pub(crate) fields: Vec<String>,
    pub(crate) deck: i64,
}

impl Deck {
    fn read(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut file = |name: &str| {
            let mut bytes = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let names: BTreeMap<String, String> = serde_json::from_slice(&file("media")).unwrap();
        let media = names.into_iter().map(|(number, name)| (name, file(&number))).collect();
        let database = tempfile::NamedTempFile::new().unwrap();
        fs::write(database.path(), file("collection.anki2")).unwrap();
        let connection = Connection::open(database.path()).unwrap();
        let text = |query: &str| connection.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(text("PRAGMA integrity_check"), "ok");
        let decks: BTreeMap<i64, serde_json::Value> = serde_json::from_str(&text("SELECT decks FROM col")).unwrap();
        let decks = decks.into_iter().map(|(number, deck)| (number, deck["name"].as_str().unwrap().to_string()));
        let mut query = connection
            .prepare(
                "SELECT guid, mid, notes.mod, tags, flds, did FROM notes JOIN cards ON cards.nid = notes.id \
                 ORDER BY due",
            )
            .unwrap();
        let note = |row: &rusqlite::Row<'_>| {
            Ok(Note {
                guid: row.get(0)?,
                kind: row.get(1)?,
                changed: row.get(2)?,
                tags: row.get(3)?,
                fields: row.get::<_, String>(4)?.split('\u{1f}').map(Into::into).collect(),
                deck: row.get(5)?,
            })
        };
        let notes = query.query_map([], note).unwrap().map(Result::unwrap).collect();
        Self {
            notes,
            decks: decks.collect(),
            media,
            types: serde_json::from_str(&text("SELECT models FROM col")).unwrap(),
        }
    }

    /// The fields of the only note that has `text` in its first.
    pub(crate) fn about(&self, text: &str) -> &Note {
        let mut found = self.notes.iter().filter(|note| note.fields[0].contains(text));
        let note = found.next().unwrap_or_else(|| panic!("no note is about {text}"));
        assert!(found.next().is_none(), "more than one note is about {text}");
        note
    }
}
