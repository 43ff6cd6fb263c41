//! What Typst sees: Typst sources and images in memory, the linked fonts, and no clock.

use std::collections::HashMap;
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// The file that Typst starts with.
pub(crate) const MAIN: &str = "/main.typ";

/// A closed world: nothing outside it can change the PDF, and a chapter can't read a file.
#[derive(Debug)]
pub(crate) struct BookWorld {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl BookWorld {
    /// A world that starts with `main` and has `fonts`.
    pub(crate) fn new(main: String, fonts: Arc<Fonts>) -> Self {
        let id = file_id(MAIN);
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            main: id,
            sources: HashMap::from([(id, Source::new(id, main))]),
            files: HashMap::new(),
        }
    }

    /// Adds Typst code under `path`, which begins with `/`.
    pub(crate) fn add_source(&mut self, path: &str, code: String) {
        let id = file_id(path);
        self.sources.insert(id, Source::new(id, code));
    }

    /// Adds an image or other data under `path`, which begins with `/`.
    pub(crate) fn add_file(&mut self, path: &str, data: Vec<u8>) {
        self.files.insert(file_id(path), Bytes::new(data));
    }
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
        &self.fonts.book
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
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
