//! A collection of Anki: an SQLite database of schema 11.
//!
//! See <https://github.com/ankidroid/Anki-Android/wiki/Database-Structure>.

use anyhow::{Context, Result};
use qabook_document::{Document, Edition, Words};
use rusqlite::{Connection, MAIN_DB, params};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

use crate::ages::Ages;
use crate::html::escape;
use crate::ids::Ids;
use crate::note::{Kind, Note};
use crate::note_type::{self, Spoken};

const SCHEMA: &str = include_str!("schema.sql");

/// What is true of all notes of a collection.
pub(crate) struct Collection<'a> {
    pub(crate) document: &'a Document,
    pub(crate) words: &'a Words,
    pub(crate) edition: &'a Edition,
    pub(crate) ages: &'a Ages,
}

impl Collection<'_> {
    /// The bytes of the database that holds `notes`.
    ///
    /// # Errors
    /// What SQLite reports.
    pub(crate) fn bytes(&self, notes: &[Note]) -> Result<Vec<u8>> {
        let mut connection = Connection::open_in_memory()?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        self.write_settings(&transaction, notes)?;
        self.write_notes(&transaction, notes)?;
        transaction.commit()?;
        Ok(connection.serialize(MAIN_DB).context("the database can't be read back")?.to_vec())
    }

    fn ids(&self) -> Ids<'_> {
        Ids { title: self.document.title.trim() }
    }

    /// The name of the deck of `part`: decks below another are named `ONE::OTHER`.
    fn deck(&self, part: Option<&str>) -> String {
        // A title must not open a deck of its own.
        let plain = |title: &str| title.trim().replace("::", ":");
        let book = plain(&self.document.title);
        part.map_or(book.clone(), |part| format!("{book}::{}", plain(part)))
    }

    fn deck_number(&self, name: &str) -> i64 {
        self.ids().number("deck", name)
    }

    fn seconds(&self) -> i64 {
        self.edition.moment.as_second()
    }

    fn write_settings(&self, connection: &Connection, notes: &[Note]) -> Result<()> {
        let book = self.deck(None);
        let names: BTreeSet<String> =
            notes.iter().map(|note| self.deck(note.part.as_deref())).chain([book.clone()]).collect();
        let mut decks = Map::from_iter([("1".to_string(), self.deck_json(1, "Default", ""))]);
        for name in names {
            let about = self.document.description.as_deref().filter(|_| name == book);
            let number = self.deck_number(&name);
            decks.insert(number.to_string(), self.deck_json(number, &name, &escape(about.unwrap_or_default())));
        }
        let Document { language, direction, .. } = self.document;
        let spoken = Spoken { words: self.words, language, direction: *direction };
        let types = Kind::ALL.into_iter().map(|kind| {
            let json = note_type::json(kind, self.ids(), spoken, self.deck_number(&book));
            (note_type::number(kind, self.ids()).to_string(), json)
        });
        let types = Value::Object(types.collect());
        let (seconds, milliseconds) = (self.seconds(), self.edition.moment.as_millisecond());
        let settings = json!({ "nextPos": notes.len() + 1, "curDeck": 1, "activeDecks": [1], "schedVer": 2 });
        connection.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            params![
                seconds,
                milliseconds,
                milliseconds,
                settings.to_string(),
                types.to_string(),
                Value::Object(decks).to_string(),
                json!({ "1": options() }).to_string()
            ],
        )?;
        Ok(())
    }

    fn deck_json(&self, number: i64, name: &str, about: &str) -> Value {
        json!({
            "id": number,
            "name": name,
            "desc": about,
            "mod": self.seconds(),
            "usn": -1,
            "conf": 1,
            "dyn": 0,
            "collapsed": false,
            "browserCollapsed": false,
            "extendNew": 0,
            "extendRev": 0,
            "newToday": [0, 0],
            "revToday": [0, 0],
            "lrnToday": [0, 0],
            "timeToday": [0, 0],
        })
    }

    /// Each note with its card, new and in the order of the notes.
    fn write_notes(&self, connection: &Connection, notes: &[Note]) -> Result<()> {
        let mut add_note = connection.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")?;
        let mut add_card =
            connection.prepare("INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
        // Anki shows these as the time when a note was made; those that are taken it changes at the import.
        let first = self.edition.moment.as_millisecond();
        for (position, note) in (1_i64..).zip(notes) {
            let id = first + position;
            let changed = self.ages.of(&note.id);
            let deck = self.deck_number(&self.deck(note.part.as_deref()));
            let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
            let number = note_type::number(note.kind, self.ids());
            let sorted_by = note.fields.first();
            let fields = note.fields.join("\u{1f}");
            add_note.execute(params![id, self.ids().guid(&note.id), number, changed, tags, fields, sorted_by])?;
            add_card.execute(params![id, id, deck, changed, position])?;
        }
        Ok(())
    }
}

/// The preset that decks have; an import gives them the reader's own.
fn options() -> Value {
    json!({
        "id": 1,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "maxTaken": 60,
        "autoplay": true,
        "timer": 0,
        "replayq": true,
        "new": { "bury": false, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20 },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2 },
        "lapse": { "delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0 },
    })
}
