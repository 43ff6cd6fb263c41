//! Links, and where their addresses stand on paper.

use qabook_document::{Block, BlockKind, Chapter, Document, Inline, Link, Section, Target, for_each_inline};
use std::collections::{HashMap, HashSet};

use super::{Writer, label_of};
use crate::literal::literal;

/// The addresses that a chapter's 参考 writes out: a link to one of them needs no footnote.
pub(crate) struct External<'a> {
    listed: HashMap<&'a str, HashSet<&'a str>>,
    /// Of all chapters: what the made pages at the end of the book may take as known.
    anywhere: HashSet<&'a str>,
}

impl<'a> External<'a> {
    /// The sources that the chapters of `document` list.
    pub(crate) fn of(document: &'a Document) -> Self {
        let listed: HashMap<_, _> =
            document.chapters().map(|chapter| (chapter.path.as_str(), listed_in(chapter))).collect();
        let anywhere = listed.values().flatten().copied().collect();
        Self { listed, anywhere }
    }

    fn is_listed(&self, chapter: &Chapter, url: &str) -> bool {
        let url = page_of(url);
        let in_chapter = &self.listed[chapter.path.as_str()];
        // A page without sources of its own, such as the one that collects all errata.
        if in_chapter.is_empty() { self.anywhere.contains(url) } else { in_chapter.contains(url) }
    }
}

/// The addresses in the section of sources.
fn listed_in(chapter: &Chapter) -> HashSet<&str> {
    let mut urls = HashSet::new();
    let mut in_references = is_collection_of_sources(chapter);
    for block in &chapter.blocks {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 2 && !is_collection_of_sources(chapter) => {
                in_references = heading.section == Some(Section::References);
            }
            _ if in_references => collect_urls(block, &mut urls),
            _ => {}
        }
    }
    urls
}

/// The page that lists the sources of all chapters.
fn is_collection_of_sources(chapter: &Chapter) -> bool {
    chapter.path == "references.md"
}

fn collect_urls<'a>(block: &'a Block, urls: &mut HashSet<&'a str>) {
    for_each_inline(std::slice::from_ref(block), &mut |inline| {
        if let Inline::Link(Link { target: Target::External(url), .. }) = inline {
            urls.insert(page_of(url));
        }
    });
}

/// The address without the place on the page.
fn page_of(url: &str) -> &str {
    url.split_once('#').map_or(url, |(page, _)| page)
}

impl Writer<'_> {
    pub(super) fn link(&mut self, link: &Link) -> String {
        let text = self.inlines_code(&link.text);
        match &link.target {
            Target::Chapter { path, id } => {
                // A number that stands for a question would run into the page's.
                let label = qabook_document::plain_text(&link.text);
                let is_number = label.len() <= 3 && label.starts_with(|c: char| c.is_ascii_digit());
                let named = *path != self.chapter.path && !is_number;
                format!("#jump({}, named: {named})[{text}];", literal(&label_of(path, id.as_deref())))
            }
            Target::External(url) => {
                let noted = !self.in_sources()
                    && !self.emitter.external.is_listed(self.chapter, url)
                    && !qabook_document::plain_text(&link.text).contains(shown_address(url));
                let note = if noted { format!(", note: {}", self.address(url)) } else { String::new() };
                format!("#outward({}{note})[{text}];", literal(url))
            }
            // The file doesn't come with a PDF.
            Target::File(_) => text,
        }
    }

    /// Whether addresses are written out below the items of the list here.
    fn in_sources(&self) -> bool {
        self.section == Some(Section::References) || is_collection_of_sources(self.chapter)
    }

    /// The addresses of an item of the list of sources, each on a line of its own.
    pub(super) fn addresses(&mut self, blocks: &[Block]) -> String {
        if !self.in_sources() {
            return String::new();
        }
        let mut urls = Vec::new();
        for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph(_))) {
            for_each_inline(std::slice::from_ref(block), &mut |inline| {
                // Several sections of one page are one address.
                if let Inline::Link(Link { target: Target::External(url), .. }) = inline
                    && !urls.iter().any(|known: &String| page_of(known) == page_of(url))
                {
                    urls.push(url.clone());
                }
            });
        }
        urls.iter().map(|url| format!("#address({});", self.address(url))).collect()
    }

    /// `url` as it is printed, in pieces between which a line may break.
    fn address(&mut self, url: &str) -> String {
        let pieces = address_pieces(shown_address(url));
        let pieces: String = pieces.iter().map(|piece| format!("{}, ", self.text(piece))).collect();
        format!("({pieces})")
    }
}

/// An address as it is read on paper: without what every browser adds.
fn shown_address(url: &str) -> &str {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("mailto:")).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

/// An address cut behind its slashes and the like, and inside endless words.
fn address_pieces(address: &str) -> Vec<String> {
    const LONGEST: usize = 40;
    let mut pieces = vec![String::new()];
    let mut length = 0;
    for c in address.chars() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        length += 1;
        if matches!(c, '/' | '?' | '&' | '#' | '=') || length >= LONGEST {
            pieces.push(String::new());
            length = 0;
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_every_browser_adds() {
        assert_eq!(
            shown_address("https://www.rfc-editor.org/rfc/rfc9293.html#section-3.5"),
            "rfc-editor.org/rfc/rfc9293.html#section-3.5"
        );
        assert_eq!(shown_address("https://example.org/"), "example.org");
        assert_eq!(shown_address("mailto:a@example.org"), "a@example.org");
        assert_eq!(shown_address("http://example.org"), "http://example.org");
    }

    #[test]
    fn an_address_breaks_behind_slashes_and_in_endless_words() {
        assert_eq!(address_pieces("a.org/b/c#d"), ["a.org/", "b/", "c#", "d"]);
        assert!(address_pieces(&"x".repeat(500)).iter().all(|piece| piece.len() <= 40));
    }
}
