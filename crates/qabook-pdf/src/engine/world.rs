//! What Typst sees: Typst sources and images in memory, the linked fonts, and no clock.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::assemble::MAIN;
use crate::fonts::{FontFile, Fonts};

/// A closed world: nothing outside it can change the PDF, and a chapter can't read a file.
#[derive(Debug)]
pub(super) struct BookWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl BookWorld {
    /// A world of `files` by their paths, which starts with [`MAIN`] and has `fonts`.
    pub(super) fn new(files: BTreeMap<String, Vec<u8>>, fonts: &Fonts) -> Self {
        let is_code = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "typ");
        let (code, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_code(path));
        let source = |(path, code): (String, Vec<u8>)| {
            let id = file_id(&path);
            (id, Source::new(id, String::from_utf8_lossy(&code).into_owned()))
        };
        let faces = faces(fonts);
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&faces)),
            faces,
            main: file_id(MAIN),
            sources: code.into_iter().map(source).collect(),
            files: files.into_iter().map(|(path, data)| (file_id(&path), Bytes::new(data))).collect(),
        }
    }
}

/// The faces of `fonts`, in order.
fn faces(fonts: &Fonts) -> Vec<Font> {
    let of = |data: &FontFile| {
        let data = match data {
            Cow::Borrowed(data) => Bytes::new(*data),
            Cow::Owned(data) => Bytes::new(data.clone()),
        };
        Font::iter(data).collect::<Vec<_>>()
    };
    fonts.files.iter().flat_map(of).collect()
}

/// The id of `path`: every name is one of ours, so a bad one is a bug; it would be an empty file then.
fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).or_else(|_| VirtualPath::new(MAIN)).expect("a constant path is valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for BookWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(source) = self.sources.get(&id) {
            return Ok(Bytes::from_string(source.clone()));
        }
        self.files.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.get().vpath().get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::TEXT_FACE;

    #[test]
    fn there_are_faces_for_text_code_and_formulas() {
        let families: Vec<_> = faces(&Fonts::linked()).iter().map(|face| face.info().family.clone()).collect();
        for family in [TEXT_FACE, "Inconsolata", "New Computer Modern Math"] {
            assert!(families.iter().any(|found| found == family), "{family} in {families:?}");
        }
    }
}
