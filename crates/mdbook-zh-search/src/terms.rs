//! The files of postings: `t/0.js`, `t/1.js`, …, each a stretch of the sorted terms.
//!
//! Because they are sorted, terms with a common beginning are neighbours: a prefix is looked up in the one or two files
//! that can hold it, and a directory of each file's first term is all that must be loaded to find a file.

use std::io;

use crate::files::IndexFolder;

/// Bytes after which a file is full. A query of four 汉字 loads about as many files, so they are small; a large index
/// has larger ones, because the directory is loaded whole.
const FILE_BYTES: usize = 3_600;
const FILE_BYTES_PER_DOCUMENT: usize = 1;

/// Writes terms, which come sorted, with their encoded postings.
pub(crate) struct TermFiles {
    file_bytes: usize,
    /// `TERM POSTINGS TERM POSTINGS …`: neither holds a space.
    current: String,
    first_terms: Vec<String>,
}

impl TermFiles {
    pub(crate) fn new(documents: usize) -> Self {
        let file_bytes = FILE_BYTES + documents * FILE_BYTES_PER_DOCUMENT;
        Self { file_bytes, current: String::new(), first_terms: Vec::new() }
    }

    pub(crate) fn add(&mut self, term: &str, postings: &str, folder: &mut IndexFolder) -> io::Result<()> {
        let full = self.current.len() + term.len() + postings.len() > self.file_bytes;
        if full && !self.current.is_empty() {
            self.write(folder)?;
        }
        if self.current.is_empty() {
            self.first_terms.push(term.to_string());
        } else {
            self.current.push(' ');
        }
        self.current.push_str(term);
        self.current.push(' ');
        self.current.push_str(postings);
        Ok(())
    }

    fn write(&mut self, folder: &mut IndexFolder) -> io::Result<()> {
        folder.write(&format!("t/{}", self.first_terms.len() - 1), &self.current)?;
        self.current.clear();
        Ok(())
    }

    /// Writes the last file; returns the directory: the first term of each, with spaces between.
    pub(crate) fn finish(mut self, folder: &mut IndexFolder) -> io::Result<String> {
        if !self.current.is_empty() {
            self.write(folder)?;
        }
        Ok(self.first_terms.join(" "))
    }
}
