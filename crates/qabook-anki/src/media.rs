//! Drawings and pictures: Anki keeps the files of all decks in one folder.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::ids::hex;

/// The files of a deck by name.
#[derive(Debug, Default)]
pub(crate) struct Media(BTreeMap<String, Vec<u8>>);

impl Media {
    /// Adds a file and returns its name, which is made of its bytes: no file takes the place of another.
    pub(crate) fn add(&mut self, extension: &str, bytes: Vec<u8>) -> String {
        let name = format!("qabook-{}.{extension}", hex(&Sha256::digest(&bytes)[..8]));
        self.0.insert(name.clone(), bytes);
        name
    }

    /// Adds a drawing, an `<svg>` element.
    pub(crate) fn add_svg(&mut self, svg: &str) -> String {
        const NAMESPACE: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
        // A file of its own must say what it is; inside a page an element need not.
        let head = &svg[..svg.find('>').unwrap_or(svg.len())];
        let svg =
            if head.contains(NAMESPACE) { svg.into() } else { svg.replacen("<svg", &format!("<svg {NAMESPACE}"), 1) };
        self.add("svg", svg.into_bytes())
    }

    /// The files, sorted by name.
    pub(crate) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_becomes_a_file_that_says_what_it_is() {
        let mut media = Media::default();
        let names = ["<svg width=\"1\"/>", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<svg width=\"1\"/>"]
            .map(|svg| media.add_svg(svg));
        assert_eq!(names[0], names[2]);
        let files: Vec<_> = media.into_files().collect();
        assert_eq!(files.len(), 2);
        for (_, bytes) in files {
            assert_eq!(String::from_utf8(bytes).unwrap().matches("xmlns=").count(), 1);
        }
    }
}
