//! Inversion in bounded memory: postings are collected until a budget is spent, written as a sorted run, and merged.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Seek, Write};

use crate::document::{Document, Entry};
use crate::encode::{push_bytes, take_bytes};

/// Bytes of postings in memory before a run is written.
const RUN_BYTES: usize = 64 << 20;

/// What a term costs in memory besides its text and its postings, roughly.
const TERM_BYTES: usize = 96;

/// A term in a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) document: u32,
    pub(crate) entry: Entry,
}

/// Collects the terms of documents and gives them back by term.
#[derive(Default)]
pub(crate) struct Inverter {
    lists: HashMap<Box<str>, List>,
    bytes: usize,
    runs: Vec<Box<dyn BufRead>>,
}

/// Postings of one term in the current run.
#[derive(Default)]
struct List {
    last: u32,
    bytes: Vec<u8>,
}

impl Inverter {
    /// Adds the terms of `document`; numbers ascend.
    pub(crate) fn add(&mut self, number: u32, document: Document) -> io::Result<()> {
        for (term, entry) in document.terms {
            let length = term.len();
            let list = self.lists.entry(term).or_insert_with(|| {
                self.bytes += length + TERM_BYTES;
                List::default()
            });
            let before = list.bytes.len();
            push_bytes(&mut list.bytes, number - list.last);
            list.last = number;
            push_bytes(&mut list.bytes, u32::from(entry.fields));
            push_bytes(&mut list.bytes, entry.weight);
            for passages in [&entry.passages, &entry.headings] {
                push_bytes(&mut list.bytes, passages.len() as u32);
                list.bytes.extend(passages);
            }
            self.bytes += list.bytes.len() - before;
        }
        if self.bytes > RUN_BYTES {
            let mut file = tempfile::tempfile()?;
            self.write_run(&mut io::BufWriter::new(&mut file))?;
            file.rewind()?;
            self.runs.push(Box::new(BufReader::new(file)));
        }
        Ok(())
    }

    fn write_run(&mut self, out: &mut impl Write) -> io::Result<()> {
        let mut lists: Vec<_> = std::mem::take(&mut self.lists).into_iter().collect();
        self.bytes = 0;
        lists.sort_unstable_by(|(a, _), (b, _)| term_order(a, b));
        for (term, list) in lists {
            let mut head = Vec::new();
            push_bytes(&mut head, term.len() as u32);
            head.extend(term.as_bytes());
            push_bytes(&mut head, list.bytes.len() as u32);
            out.write_all(&head)?;
            out.write_all(&list.bytes)?;
        }
        out.flush()
    }

    /// Calls `each` with every term and its postings: terms in the order of JavaScript strings, documents ascending.
    pub(crate) fn finish(mut self, mut each: impl FnMut(&str, &[Posting]) -> io::Result<()>) -> io::Result<()> {
        let mut rest = Vec::new();
        self.write_run(&mut rest)?;
        self.runs.push(Box::new(Cursor::new(rest)));
        let mut heads = Vec::new();
        for run in &mut self.runs {
            heads.push(read_list(run)?);
        }
        loop {
            let least = heads.iter().flatten().map(|(term, _)| term).min_by(|a, b| term_order(a, b));
            let Some(term) = least.cloned() else { return Ok(()) };
            let mut postings = Vec::new();
            // Runs were written in the order of documents.
            for (head, run) in heads.iter_mut().zip(&mut self.runs) {
                if head.as_ref().is_some_and(|(other, _)| *other == term) {
                    if let Some((_, bytes)) = head.take() {
                        decode(&bytes, &mut postings);
                    }
                    *head = read_list(run)?;
                }
            }
            each(&term, &postings)?;
        }
    }
}

/// The order of strings in JavaScript, in which the client looks terms up.
pub(crate) fn term_order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

fn read_list(run: &mut impl BufRead) -> io::Result<Option<(String, Vec<u8>)>> {
    if run.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let term = read_block(run)?;
    let bytes = read_block(run)?;
    let term = String::from_utf8(term).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Some((term, bytes)))
}

fn read_block(run: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = Vec::new();
    loop {
        let mut byte = [0];
        run.read_exact(&mut byte)?;
        length.push(byte[0]);
        if byte[0] < 128 {
            break;
        }
    }
    let mut block = vec![0; take_bytes(&mut length.as_slice()) as usize];
    run.read_exact(&mut block)?;
    Ok(block)
}

fn decode(mut bytes: &[u8], postings: &mut Vec<Posting>) {
    let mut document = 0;
    while !bytes.is_empty() {
        document += take_bytes(&mut bytes);
        let fields = take_bytes(&mut bytes) as u8;
        let weight = take_bytes(&mut bytes);
        let [passages, headings] = [(); 2].map(|()| {
            let count = take_bytes(&mut bytes) as usize;
            let (passages, rest) = bytes.split_at(count.min(bytes.len()));
            bytes = rest;
            passages.to_vec()
        });
        postings.push(Posting { document, entry: Entry { fields, weight, passages, headings } });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::documents;
    use crate::page::Page;

    /// What comes back of two documents, with a run written after each where `runs`.
    fn inverted(runs: bool) -> Vec<(String, Vec<u32>)> {
        let mut inverter = Inverter::default();
        for (number, html) in ["<main>死锁 a</main>", "<main>锁 a 𠀀 豈</main>"].into_iter().enumerate() {
            let document = documents(&Page::parse(html).unwrap(), &[]).pop().unwrap();
            inverter.add(number as u32, document).unwrap();
            if runs {
                let mut run = Vec::new();
                inverter.write_run(&mut run).unwrap();
                inverter.runs.push(Box::new(Cursor::new(run)));
            }
        }
        let mut found = Vec::new();
        let each = |term: &str, postings: &[Posting]| {
            found.push((term.to_string(), postings.iter().map(|posting| posting.document).collect()));
            Ok(())
        };
        inverter.finish(each).unwrap();
        found
    }

    #[test]
    fn terms_come_back_in_order_with_their_documents() {
        let expected = [("a", vec![0, 1]), ("死", vec![0]), ("死锁", vec![0]), ("豈", vec![1]), ("锁", vec![0, 1])];
        let mut expected: Vec<_> = expected.map(|(term, documents)| (term.to_string(), documents)).to_vec();
        // NFKC and OpenCC make 豈 a 岂; 𠀀 is two units in UTF-16, and 0xD840 is above every 汉字 of the first plane.
        expected[3].0 = "岂".to_string();
        expected.push(("𠀀".to_string(), vec![1]));
        expected.sort_by(|(a, _), (b, _)| term_order(a, b));
        assert_eq!(inverted(false), expected);
    }

    #[test]
    fn runs_change_nothing() {
        assert_eq!(inverted(true), inverted(false));
    }
}
