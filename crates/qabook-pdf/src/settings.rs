//! What the template must know about this edition of the book.

use qabook_document::{Document, Edition, Site};

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
}

impl Settings {
    /// The file `settings.typ`.
    pub(crate) fn typst(&self, document: &Document) -> String {
        format!(
            "#let settings = (\n  title: {},\n  description: {},\n  authors: {},\n  date: {},\n  imprint: {},\n{})\n",
            literal(&document.title),
            literal(document.description.as_deref().unwrap_or_default()),
            array(&document.authors),
            self.date(),
            array(&self.imprint(document)),
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
        let Edition { version, commit, .. } = &self.edition;
        let state = [
            version.as_ref().map(|version| format!("版本 {version}")),
            commit.as_ref().map(|commit| format!("提交 {commit}")),
        ];
        let mut lines = vec![document.authors.join("、")];
        lines
            .push(state.into_iter().flatten().chain([self.edition.date().to_string()]).collect::<Vec<_>>().join(" · "));
        lines.extend(self.site.as_ref().map(|site| site.address().to_string()));
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// A Typst array of strings.
fn array(texts: &[String]) -> String {
    let texts: String = texts.iter().map(|text| format!("{}, ", literal(text))).collect();
    format!("({texts})")
}
