//! What the template must know about this edition of the book.

use qabook_document::{Document, Edition, Site, Words};
use std::path::PathBuf;
use std::sync::Arc;

use crate::fonts::Fonts;
use crate::layout::Layout;
use crate::literal::literal;

/// How a book is set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sizes.
    pub layout: Layout,
    /// The book's address on the web: programs get a QR code that leads there.
    pub site: Option<Site>,
    /// Which state of the sources this is.
    pub edition: Edition,
    /// What it is set in.
    pub fonts: Arc<Fonts>,
    /// What sets it.
    pub typst: Typst,
}

/// The Typst that sets a book.
#[derive(Debug, Clone)]
pub enum Typst {
    /// The one that is linked in.
    #[cfg(feature = "engine")]
    Linked,
    /// The command `typst` of this name or path.
    Installed(PathBuf),
}

impl Default for Typst {
    fn default() -> Self {
        #[cfg(feature = "engine")]
        return Self::Linked;
        #[cfg(not(feature = "engine"))]
        Self::Installed("typst".into())
    }
}

impl Settings {
    /// The file `settings.typ`.
    pub(crate) fn typst(&self, document: &Document) -> String {
        format!(
            "#let settings = (\n  title: {},\n  lang: {},\n  region: {},\n  description: {},\n  authors: {},\n  date: {},\n  \
             imprint: {},\n  words: ({}),\n{})\n",
            literal(&document.title),
            literal(language(&document.language)),
            region(&document.language).map_or_else(|| "none".into(), literal),
            literal(document.description.as_deref().unwrap_or_default()),
            array(&document.authors),
            self.date(),
            array(&self.imprint(document)),
            dictionary(&document.words),
            self.layout.typst()
        )
    }

    /// The day of the sources; PDF/A asks for one.
    fn date(&self) -> String {
        let date = self.edition.date();
        format!("datetime(year: {}, month: {}, day: {})", date.year(), date.month(), date.day())
    }

    /// The lines at the foot of the cover.
    fn imprint(&self, document: &Document) -> Vec<String> {
        let words = &document.words;
        let mut lines = vec![document.authors.join(words.text("pdf.separator")), self.state(words)];
        lines.extend(self.site.as_ref().map(|site| site.address().to_string()));
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Which state of the sources this is, on one line.
    pub(crate) fn state(&self, words: &Words) -> String {
        let Edition { version, commit, .. } = &self.edition;
        let version = version.as_ref().map(|version| words.filled("pdf.version", &[("version", version)]));
        let commit = commit.as_ref().map(|commit| words.filled("pdf.commit", &[("commit", commit)]));
        let date = self.edition.date().to_string();
        [version, commit, Some(date)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// What the template says: the entries of a Typst dictionary.
fn dictionary(words: &Words) -> String {
    let entries = [
        ("contents", "pdf.contents"),
        ("program", "pdf.program"),
        ("run-and-edit", "pdf.run-and-edit"),
        ("semicolon", "pdf.semicolon"),
        ("one-sentence", "questions.one-sentence"),
    ];
    entries.iter().map(|(name, key)| format!("{name}: {}, ", literal(words.text(key)))).collect()
}

/// The language of `tag`, such as `zh` of `zh-CN`; that of books that name none when Typst knows no such name.
fn language(tag: &str) -> &str {
    let main = subtags(tag).next().unwrap_or_default();
    if matches!(main.len(), 2 | 3) && main.bytes().all(|byte| byte.is_ascii_alphabetic()) { main } else { "en" }
}

/// The region of `tag`, such as `CN` of `zh-Hans-CN`.
fn region(tag: &str) -> Option<&str> {
    subtags(tag).skip(1).find(|subtag| subtag.len() == 2 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn subtags(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(['-', '_'])
}

/// A Typst array of strings.
fn array(texts: &[String]) -> String {
    let texts: String = texts.iter().map(|text| format!("{}, ", literal(text))).collect();
    format!("({texts})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_is_taken_apart() {
        let parts = |tag| (language(tag), region(tag));
        assert_eq!(parts("zh-CN"), ("zh", Some("CN")));
        assert_eq!(parts("zh-Hant-TW"), ("zh", Some("TW")));
        assert_eq!(parts("en"), ("en", None));
        assert_eq!(parts("es-419"), ("es", None));
        assert_eq!(parts(""), ("en", None));
        assert_eq!(parts("klingon"), ("en", None));
    }
}
