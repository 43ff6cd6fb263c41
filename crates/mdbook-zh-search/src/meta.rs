//! The file `meta.js`: directories, and the words by which queries are understood.

use serde::Serialize;

use crate::synonyms::Synonyms;

/// What the client loads first.
#[derive(Serialize)]
pub(crate) struct Meta {
    pub(crate) documents: usize,
    /// Each term file's first term.
    pub(crate) terms: String,
    /// Each text file's first document and passage.
    pub(crate) texts: String,
    /// Traditional characters of the site, each followed by its simplified form.
    pub(crate) traditional: String,
    pub(crate) synonyms: Synonyms,
    /// What readers ask, for those who don't know what to ask.
    pub(crate) asked: Vec<String>,
    /// The letters for which there are files of words, and of readings: the client asks for no others.
    pub(crate) words: String,
    pub(crate) readings: String,
    pub(crate) asking: &'static str,
    pub(crate) common: &'static str,
    pub(crate) asking_latin: &'static str,
    pub(crate) endings: &'static str,
    pub(crate) particles: &'static str,
}
