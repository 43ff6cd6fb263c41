//! Ids that stay the same from build to build.
//!
//! Anki knows a note again by its GUID, a note type and a deck by their numbers. All are made of the book's title and a name.

use mdbook_questions::Slugs;
use qabook_document::{Document, PageKind};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// The ids of one book.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids<'a> {
    /// The book's title.
    pub(crate) title: &'a str,
}

impl Ids<'_> {
    /// The GUID of the note of the card `id`.
    pub(crate) fn guid(self, id: &str) -> String {
        hex(&self.hash("note", id)[..8])
    }

    /// The number of what is called `name`, a thing of the kind `what`.
    ///
    /// Anki's own are milliseconds since 1970, which have 41 binary digits; so have these.
    pub(crate) fn number(self, what: &str, name: &str) -> i64 {
        let hash = self.hash(what, name);
        let low = hash[..5].iter().fold(0, |number, byte| number << 8 | i64::from(*byte));
        1 << 40 | low
    }

    fn hash(self, what: &str, name: &str) -> [u8; 32] {
        Sha256::digest(["qabook", self.title, what, name].join("\0")).into()
    }
}

/// The slugs of the questions of `document`, by the paths of their chapters: those of the site, whose practice pages share ids
/// with the deck.
pub(crate) fn slugs(document: &Document) -> HashMap<&str, String> {
    let mut slugs = Slugs::default();
    let questions = document.chapters().filter(|chapter| chapter.kind == PageKind::Question);
    questions.map(|chapter| (chapter.path.as_str(), slugs.next(Path::new(&chapter.path)))).collect()
}

/// `bytes` as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_title_and_name_alone() {
        let (one, two) = (Ids { title: "甲" }, Ids { title: "乙" });
        assert_eq!(one.guid("q:arp"), one.guid("q:arp"));
        assert_ne!(one.guid("q:arp"), two.guid("q:arp"));
        assert_ne!(one.number("deck", "a"), one.number("note type", "a"));
        // Those who have the deck know its notes by these: another value doubles them.
        assert_eq!(Ids { title: "问锈" }.guid("q:arp"), "bf91e338fd4a3d95");
    }

    #[test]
    fn numbers_look_like_those_of_anki() {
        for name in ["a", "b", "c"] {
            let number = Ids { title: "甲" }.number("deck", name);
            assert!((1 << 40..1 << 41).contains(&number), "{number}");
        }
    }
}
