//! A page to the units of the index.
//!
//! A page is one document, cut into passages: stretches of a section that are shown as one result. A posting names a
//! document and its passages, so a document has at most [`PASSAGES_MAX`]; a longer page makes several.

use std::collections::HashMap;

use crate::page::{Kind, Page, Section};
use crate::tokens::for_each_term;
use crate::wording::subject;

/// A passage's number is one five-bit digit.
const PASSAGES_MAX: usize = 32;

/// Bytes of text after which a passage ends at the next block.
const PASSAGE_BYTES: usize = 2_000;

/// A longer block, a paragraph without end, is cut into blocks that overlap by [`OVERLAP`] characters.
const BLOCK_CHARS: usize = 1_200;
const OVERLAP: usize = 64;

/// In the title, a heading, the keywords: a term's entry says so by these bits.
pub(crate) const IN_TITLE: u8 = 1;
pub(crate) const IN_HEADING: u8 = 2;
pub(crate) const IN_KEYWORDS: u8 = 4;

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
    /// Of [`IN_TITLE`], [`IN_HEADING`], [`IN_KEYWORDS`].
    pub(crate) fields: u8,
    /// Weighted occurrences in the text.
    pub(crate) weight: u32,
    /// The passages with it, ascending.
    pub(crate) passages: Vec<u8>,
}

/// The documents of a page; none when it holds no text.
pub(crate) fn documents(page: &Page) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut builder = Builder::new(page);
    for section in &page.sections {
        let mut first = true;
        for blocks in passages(section) {
            if builder.document.passages.len() == PASSAGES_MAX {
                builder.keywords(page);
                documents.push(std::mem::replace(&mut builder, Builder::new(page)).document);
            }
            builder.passage(section, &blocks, first);
            first = false;
        }
    }
    builder.keywords(page);
    if !builder.document.passages.is_empty() {
        documents.push(builder.document);
    }
    documents
}

/// A block's text, or a piece of a very long one.
type Piece<'a> = (Kind, &'a str);

/// The blocks of each passage of a section.
fn passages(section: &Section) -> Vec<Vec<Piece<'_>>> {
    let mut passages = Vec::new();
    let (mut passage, mut bytes) = (Vec::new(), 0);
    for (kind, text) in section.blocks.iter().flat_map(|block| pieces(&block.text).map(|text| (block.kind, text))) {
        if bytes > 0 && bytes + text.len() > PASSAGE_BYTES {
            passages.push(std::mem::take(&mut passage));
            bytes = 0;
        }
        bytes += text.len();
        passage.push((kind, text));
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
}

impl Builder {
    fn new(page: &Page) -> Self {
        let (terms, passages) = (HashMap::new(), Vec::new());
        let (title, keywords) = (page.title.clone(), page.keywords.clone());
        let document = Document { title, keywords, passages, terms, length: 0, title_length: 0 };
        let mut builder = Self { document };
        builder.add(&page.title, IN_TITLE, 0, 0);
        for_each_term(&subject(&page.title), &mut |_| builder.document.title_length += 1);
        builder
    }

    fn passage(&mut self, section: &Section, blocks: &[Piece<'_>], first: bool) {
        let number = self.document.passages.len() as u8;
        // Once per section: the rest of a long one doesn't repeat its heading.
        if first {
            self.add(&section.heading, IN_HEADING, TEXT_WEIGHT, number);
        }
        for (kind, text) in blocks {
            match kind {
                Kind::Text => self.add(text, 0, TEXT_WEIGHT, number),
                Kind::Lead => self.add(text, IN_HEADING, TEXT_WEIGHT, number),
                Kind::Code => self.add(text, 0, CODE_WEIGHT, number),
            }
        }
        let text = blocks.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n");
        let (anchor, heading) = (section.anchor.clone(), section.heading.clone());
        self.document.passages.push(Passage { anchor, heading, text });
    }

    fn keywords(&mut self, page: &Page) {
        self.add(&page.keywords, IN_KEYWORDS, 0, 0);
        self.add(&page.hidden, 0, CODE_WEIGHT, 0);
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
            if let Err(place) = entry.passages.binary_search(&passage) {
                entry.passages.insert(place, passage);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<Document> {
        documents(&Page::parse(&format!("<main>{html}</main>")).unwrap())
    }

    #[test]
    fn a_term_names_its_passages_and_fields() {
        let found = of("<h1>死锁</h1><p>锁</p><h2>避免死锁</h2><p>顺序</p>");
        let [document] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(document.passages.len(), 2);
        let entry = &document.terms["死锁"];
        assert_eq!((entry.fields, entry.passages.as_slice()), (IN_TITLE | IN_HEADING, &[0, 1][..]));
        assert_eq!(document.terms["顺序"], Entry { fields: 0, weight: TEXT_WEIGHT, passages: vec![1] });
    }

    #[test]
    fn a_page_of_ten_megabytes_makes_documents_of_bounded_size() {
        let found = of(&"<p>一个没有标题的很长很长的段落。</p>".repeat(200_000));
        assert!(found.len() > 10);
        for document in &found {
            assert!(document.passages.len() <= PASSAGES_MAX);
            assert!(document.passages.iter().all(|passage| passage.text.len() < 2 * PASSAGE_BYTES));
        }
    }

    #[test]
    fn a_paragraph_without_end_is_cut_with_an_overlap() {
        let text = "字".repeat(BLOCK_CHARS * 2);
        let lengths: Vec<_> = pieces(&text).map(|piece| piece.chars().count()).collect();
        assert_eq!(lengths, [BLOCK_CHARS, BLOCK_CHARS, 2 * OVERLAP]);
    }

    #[test]
    fn nothing_makes_no_document_and_a_title_alone_makes_one() {
        assert!(of("").is_empty());
        assert!(of("<p> </p><img>").is_empty());
        assert_eq!(of("<h1>只有题</h1>").len(), 1);
    }
}
