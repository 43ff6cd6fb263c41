//! The files of texts: `d/0.js`, `d/1.js`, …, from which results are checked and quoted.

use serde::{Serialize, Serializer};
use std::io;

use crate::document::{Passage, PlaceStart};
use crate::encode::{push_digit, push_number};
use crate::files::IndexFolder;
use crate::page::Place;

/// Bytes after which a file is full: most hold one passage, because each of the first ten results may load one.
const FILE_BYTES: usize = 1_600;

/// With more pages, larger files, because the directory is loaded whole.
const LARGE_SITE: usize = 2_000;
const LARGE_FILE_BYTES: usize = 12_000;

/// Writes the passages of documents, in order.
pub(crate) struct TextFiles {
    file_bytes: usize,
    current: Vec<Stretch>,
    bytes: usize,
    files: usize,
    /// For each file, its first document as the distance from the last file's, and that one's first passage.
    directory: String,
    last: u32,
}

/// Neighbouring passages of one document.
#[derive(Serialize)]
struct Stretch(u32, String, String, u8, Vec<Text>, #[serde(skip_serializing_if = "str::is_empty")] String);

/// A passage; its places are left out if there are none, and what its section is asked by if that is then last and empty.
struct Text {
    anchor: String,
    heading: String,
    body: String,
    /// What the section is asked by.
    asked: String,
    places: Vec<Start>,
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { anchor, heading, body, asked, places } = self;
        match (asked.is_empty(), places.is_empty()) {
            (true, true) => (anchor, heading, body).serialize(serializer),
            (false, true) => (anchor, heading, body, asked).serialize(serializer),
            (_, false) => (anchor, heading, body, asked, places).serialize(serializer),
        }
    }
}

/// From which line on a passage is in a place, with its id and what it begins with: characters of that line, as JavaScript
/// counts them, or a text that stands elsewhere. With 0 characters it is the section itself.
#[derive(Serialize)]
struct Start(usize, String, Beginning);

#[derive(Serialize)]
#[serde(untagged)]
enum Beginning {
    Length(usize),
    Text(String),
}

impl Text {
    fn new(passage: Passage) -> Self {
        let Passage { anchor, heading, text, places, asked } = passage;
        let mut lines = text.split('\n').enumerate();
        let starts = places.into_iter().map(|PlaceStart { line, place }| {
            let Some(Place { anchor, heading }) = place else {
                return Start(line, anchor.clone(), Beginning::Length(0));
            };
            let text = lines.find(|(number, _)| *number == line).map_or("", |(_, text)| text);
            let is_there = text.starts_with(&heading);
            let length = heading.encode_utf16().count();
            Start(line, anchor, if is_there { Beginning::Length(length) } else { Beginning::Text(heading) })
        });
        let places = starts.collect();
        Self { anchor, heading, body: text, asked, places }
    }

    fn bytes(&self) -> usize {
        self.heading.len() + self.body.len() + self.asked.len()
    }
}

impl TextFiles {
    pub(crate) fn new(pages: usize) -> Self {
        let file_bytes = if pages > LARGE_SITE { LARGE_FILE_BYTES } else { FILE_BYTES };
        Self { file_bytes, current: Vec::new(), bytes: 0, files: 0, directory: String::new(), last: 0 }
    }

    /// Adds the document with this number, which a page at `address` with `title` holds.
    pub(crate) fn add(
        &mut self,
        number: u32,
        address: &str,
        title: &str,
        keywords: &str,
        passages: Vec<Passage>,
        folder: &mut IndexFolder,
    ) -> io::Result<()> {
        for (index, passage) in passages.into_iter().enumerate() {
            let text = Text::new(passage);
            let bytes = text.bytes();
            if self.bytes > 0 && self.bytes + bytes > self.file_bytes {
                self.write(folder)?;
            }
            if self.current.is_empty() {
                push_number(&mut self.directory, number - self.last);
                push_digit(&mut self.directory, index as u8);
                self.last = number;
            }
            if self.current.last().is_none_or(|stretch| stretch.0 != number) {
                // A query may be answered by them alone; they belong to the first passage.
                let keywords = if index == 0 { keywords } else { "" };
                let (address, title, keywords) = (address.to_string(), title.to_string(), keywords.trim().to_string());
                self.bytes += address.len() + title.len() + keywords.len();
                self.current.push(Stretch(number, address, title, index as u8, Vec::new(), keywords));
            }
            if let Some(stretch) = self.current.last_mut() {
                stretch.4.push(text);
            }
            self.bytes += bytes;
        }
        Ok(())
    }

    fn write(&mut self, folder: &mut IndexFolder) -> io::Result<()> {
        folder.write(&format!("d/{}", self.files), &self.current)?;
        self.files += 1;
        self.bytes = 0;
        self.current.clear();
        Ok(())
    }

    /// Writes the last file; returns the directory.
    pub(crate) fn finish(mut self, folder: &mut IndexFolder) -> io::Result<String> {
        if !self.current.is_empty() {
            self.write(folder)?;
        }
        Ok(self.directory)
    }
}
