//! The files of texts: `d/0.js`, `d/1.js`, …, from which results are checked and quoted.

use serde::Serialize;
use std::io;

use crate::document::Passage;
use crate::encode::{push_digit, push_number};
use crate::files::IndexFolder;

/// Bytes after which a file is full. Each of the first ten results may load one.
const FILE_BYTES: usize = 3_000;

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
struct Stretch(
    u32,
    String,
    String,
    u8,
    Vec<(String, String, String)>,
    #[serde(skip_serializing_if = "str::is_empty")] String,
);

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
            let bytes = passage.text.len() + passage.heading.len();
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
                stretch.4.push((passage.anchor, passage.heading, passage.text));
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
