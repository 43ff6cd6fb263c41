//! Links, and where their addresses are on paper.

use qabook_document::{Block, BlockKind, Inline, Link, Section, Target, for_each_inline};

use super::code::label_of;
use super::sources::{is_collection_of_sources, page_of};
use super::writer::Writer;
use crate::literal::literal;

impl Writer<'_> {
    pub(super) fn link(&mut self, link: &Link) -> String {
        let text = self.inlines_code(&link.text);
        match &link.target {
            Target::Chapter { path, id } => {
                // A question's number would run into the page's.
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

/// An address cut after its slashes and the like, and inside endless words.
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
    fn an_address_breaks_after_slashes_and_in_endless_words() {
        assert_eq!(address_pieces("a.org/b/c#d"), ["a.org/", "b/", "c#", "d"]);
        assert!(address_pieces(&"x".repeat(500)).iter().all(|piece| piece.len() <= 40));
    }
}
