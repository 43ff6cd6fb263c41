//! A page to the units of the index.
//!
//! A page is one document, cut into passages: stretches of a section that are shown as one result. A posting names a
//! document and its passages, so a document has at most [`PASSAGES_MAX`]; a longer page makes several.

use std::collections::{HashMap, HashSet};

use crate::page::{Asked, Kind, Page, Place, Section};
use crate::tokens::for_each_term;
use crate::wording::subject;

/// A passage's number is one five-bit digit.
const PASSAGES_MAX: usize = 32;

/// Bytes of text after which a passage ends at the next block.
const PASSAGE_BYTES: usize = 2_000;

/// A longer block, a paragraph without end, is cut into blocks that overlap by [`OVERLAP`] characters.
const BLOCK_CHARS: usize = 1_200;
const OVERLAP: usize = 64;

/// In the title, a heading, the keywords, what is asked: a term's entry says so by these bits.
pub(crate) const IN_TITLE: u8 = 1;
pub(crate) const IN_HEADING: u8 = 2;
pub(crate) const IN_KEYWORDS: u8 = 4;
pub(crate) const IN_ASKED: u8 = 8;

/// How much an occurrence counts, in quarters: a name in a program says less about a page than one in its text.
const TEXT_WEIGHT: u32 = 4;
const CODE_WEIGHT: u32 = 1;

/// A part of a section, as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) anchor: String,
    pub(crate) heading: String,
    /// Blocks, joined by line breaks.
    pub(crate) text: String,
    /// Where it goes on in another place than on the line before, in order.
    pub(crate) places: Vec<PlaceStart>,
    /// What its section is asked by, a line each.
    pub(crate) asked: String,
}

/// The line of a passage (from 0) from which on it is in a place; `None` is the section itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlaceStart {
    pub(crate) line: usize,
    pub(crate) place: Option<Place>,
}

/// What the index keeps of a document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) keywords: String,
    pub(crate) passages: Vec<Passage>,
    pub(crate) terms: HashMap<Box<str>, Entry>,
    /// The number of terms in it, repeated ones counted.
    pub(crate) length: u32,
    /// The number of terms in its title, those of asking words left out.
    pub(crate) title_length: u32,
}

/// A term's occurrences in a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Of [`IN_TITLE`], [`IN_HEADING`], [`IN_KEYWORDS`], [`IN_ASKED`].
    pub(crate) fields: u8,
    /// Weighted occurrences in the text.
    pub(crate) weight: u32,
    /// The passages with it, ascending.
    pub(crate) passages: Vec<u8>,
    /// Those that have it in the heading of their section or of a place.
    pub(crate) headings: Vec<u8>,
}

/// The documents of a page; none when it holds no text.
///
/// Sections whose ids are `repeated` say what others say: they are shown only for what no other has.
pub(crate) fn documents(page: &Page, repeated: &[&str]) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut builder = Builder::new(page);
    let mut anchors = HashSet::new();
    for section in &page.sections {
        // A heading without an id has that of the one above; what is asked of the page stands at its beginning.
        let is_own = anchors.insert(section.anchor.as_str());
        let is_first = documents.is_empty() && builder.document.passages.is_empty();
        let is_asked = |asked: &&Asked| {
            if asked.anchor.is_empty() { is_first } else { is_own && asked.anchor == section.anchor }
        };
        let asked: Vec<&str> = page.asked.iter().filter(is_asked).map(|asked| asked.text.as_str()).collect();
        let mut first = true;
        for blocks in passages(section) {
            if builder.document.passages.len() == PASSAGES_MAX {
                documents.push(std::mem::replace(&mut builder, Builder::new(page)).finish(page));
            }
            if repeated.contains(&section.anchor.as_str()) {
                builder.repeated.push(builder.document.passages.len() as u8);
            }
            builder.passage(section, &blocks, first.then_some(&asked));
            first = false;
        }
    }
    let last = builder.finish(page);
    if !last.passages.is_empty() {
        documents.push(last);
    }
    documents
}

/// A block's text, or a piece of a very long one.
#[derive(Clone, Copy)]
struct Piece<'a> {
    kind: Kind,
    text: &'a str,
    place: Option<&'a Place>,
}

/// The blocks of each passage of a section.
fn passages(section: &Section) -> Vec<Vec<Piece<'_>>> {
    let mut passages = Vec::new();
    let (mut passage, mut bytes) = (Vec::new(), 0);
    for block in &section.blocks {
        let place = block.place.and_then(|place| section.places.get(place));
        for text in pieces(&block.text) {
            if bytes > 0 && bytes + text.len() > PASSAGE_BYTES {
                passages.push(std::mem::take(&mut passage));
                bytes = 0;
            }
            bytes += text.len();
            passage.push(Piece { kind: block.kind, text, place });
        }
    }
    if !passage.is_empty() || (passages.is_empty() && !section.heading.is_empty()) {
        passages.push(passage);
    }
    passages
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let byte_of = |number: usize| text.char_indices().nth(number).map(|(byte, _)| byte);
        // Most blocks are short: their bytes tell without counting characters.
        let end = if text.len() <= BLOCK_CHARS { None } else { byte_of(BLOCK_CHARS) };
        let next = end.and_then(|_| byte_of(BLOCK_CHARS - OVERLAP));
        rest = next.map(|next| &text[next..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

struct Builder {
    document: Document,
    /// Passages of sections that say what others say.
    repeated: Vec<u8>,
}

impl Builder {
    fn new(page: &Page) -> Self {
        let (terms, passages) = (HashMap::new(), Vec::new());
        let (title, keywords) = (page.title.clone(), page.keywords.clone());
        let document = Document { title, keywords, passages, terms, length: 0, title_length: 0 };
        let mut builder = Self { document, repeated: Vec::new() };
        builder.add(&page.title, IN_TITLE, 0, 0);
        for_each_term(&subject(&page.title), &mut |_| builder.document.title_length += 1);
        builder
    }

    /// Adds a passage of `section`, its first one with what the section is `asked` by.
    fn passage(&mut self, section: &Section, pieces: &[Piece<'_>], asked: Option<&Vec<&str>>) {
        let number = self.document.passages.len() as u8;
        // The rest of a long section doesn't repeat its heading.
        if asked.is_some() {
            self.heading(&section.heading, IN_HEADING, number);
        }
        let asked = asked.map(|asked| asked.join("\n")).unwrap_or_default();
        self.heading(&asked, IN_ASKED, number);
        let mut places = Vec::new();
        let mut current = None;
        for (line, piece) in pieces.iter().enumerate() {
            let mut text = piece.text;
            if piece.place != current {
                current = piece.place;
                places.push(PlaceStart { line, place: current.cloned() });
                let begun = current.and_then(|place| Some((place, text.strip_prefix(place.heading.as_str())?)));
                if let Some((place, rest)) = begun {
                    self.heading(&place.heading, IN_HEADING, number);
                    text = rest;
                }
            }
            match piece.kind {
                Kind::Text => self.add(text, 0, TEXT_WEIGHT, number),
                Kind::Lead => self.add(text, IN_HEADING, TEXT_WEIGHT, number),
                Kind::Code => self.add(text, 0, CODE_WEIGHT, number),
            }
        }
        let text = pieces.iter().map(|piece| piece.text).collect::<Vec<_>>().join("\n");
        let (anchor, heading) = (section.anchor.clone(), section.heading.clone());
        self.document.passages.push(Passage { anchor, heading, text, places, asked });
    }

    fn heading(&mut self, text: &str, field: u8, passage: u8) {
        self.add(text, field, TEXT_WEIGHT, passage);
        for_each_term(text, &mut |term| {
            if let Some(entry) = self.document.terms.get_mut(term) {
                insert(&mut entry.headings, passage);
            }
        });
    }

    fn finish(mut self, page: &Page) -> Document {
        self.add(&page.keywords, IN_KEYWORDS, 0, 0);
        self.add(&page.hidden, 0, CODE_WEIGHT, 0);
        let is_repeated = |passage: &u8| self.repeated.contains(passage);
        for entry in self.document.terms.values_mut() {
            if !entry.passages.iter().all(is_repeated) {
                entry.passages.retain(|passage| !is_repeated(passage));
                entry.headings.retain(|passage| !is_repeated(passage));
            }
        }
        self.document
    }

    fn add(&mut self, text: &str, fields: u8, weight: u32, passage: u8) {
        let document = &mut self.document;
        for_each_term(text, &mut |term| {
            document.length += 1;
            let entry = match document.terms.get_mut(term) {
                Some(entry) => entry,
                None => document.terms.entry(term.into()).or_default(),
            };
            entry.fields |= fields;
            entry.weight += weight;
            insert(&mut entry.passages, passage);
        });
    }
}

fn insert(passages: &mut Vec<u8>, passage: u8) {
    if let Err(at) = passages.binary_search(&passage) {
        passages.insert(at, passage);
    }
}

#[cfg(test)]
mod tests;
