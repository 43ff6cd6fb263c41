//! A document to the files that Typst is given: template, settings, chapters in order, cover, contents and index.

use qabook_document::{Chapter, Document, PageKind, Part};
use qabook_support::Diagnostics;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::emit::{ChapterCode, Emitter, Place, file_of};
use crate::fonts::Fonts;
use crate::index;
use crate::literal::literal;
use crate::settings::Settings;

/// The file that Typst starts with.
pub(crate) const MAIN: &str = "/main.typ";
/// The template's code.
const TEMPLATE: [(&str, &str); 4] = [
    ("/look.typ", include_str!("template/look.typ")),
    ("/blocks.typ", include_str!("template/blocks.typ")),
    ("/matter.typ", include_str!("template/matter.typ")),
    ("/sheet.typ", include_str!("template/sheet.typ")),
];
/// The colours of code, which the template names.
const CODE_COLOURS: (&str, &str) = ("/code.tmTheme", include_str!("template/code.tmTheme"));

/// The whole book, ready to be set.
pub(crate) struct Assembled {
    /// Typst code (`.typ`) and data by their paths, which begin with `/`.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) fonts: Arc<Fonts>,
    /// For messages: what came of which line.
    pub(crate) chapters: Vec<ChapterCode>,
}

/// Writes the Typst code of `document`.
///
/// # Errors
/// What is wrong in the chapters, of all of them together.
pub(crate) fn assemble(document: &Document, settings: &Settings) -> Result<Assembled, Diagnostics> {
    let emitter = Emitter::new(document, settings);
    let mut main = Main::default();
    for part in &document.parts {
        main.part(part);
    }
    main.code.push_str(&index::code(document));
    // The index is one more entry.
    let tops = 1 + main.parts + main.chapters.iter().filter(|(_, place)| place.level == 1).count();
    let others = main.chapters.iter().filter(|(_, place)| place.level > 1).count();
    let Main { code, chapters, .. } = main;
    let numbered = chapters.into_par_iter().enumerate();
    let results = numbered.map(|(index, (chapter, place))| emitter.chapter(chapter, index, place));
    let main = format!(
        "#import \"/look.typ\": *\n#import \"/matter.typ\": *\n#show: book\n#cover()\n#contents({tops}, {others})\n{code}"
    );
    Assembled::new(main, document, settings, results.collect())
}

impl Assembled {
    /// The file `main` with all that it needs: the template, the settings, the `chapters` that it includes.
    ///
    /// # Errors
    /// What is wrong in the chapters, of all of them together.
    pub(crate) fn new(
        main: String,
        document: &Document,
        settings: &Settings,
        results: Vec<Result<ChapterCode, Diagnostics>>,
    ) -> Result<Self, Diagnostics> {
        let mut problems = Diagnostics::default();
        let mut chapters = Vec::new();
        for result in results {
            match result {
                Ok(code) => chapters.push(code),
                Err(found) => problems.extend(found),
            }
        }
        let template = TEMPLATE.into_iter().chain([CODE_COLOURS]).map(|(path, code)| (path.to_string(), code.into()));
        let mut files: BTreeMap<String, Vec<u8>> = template.collect();
        files.insert(MAIN.into(), main.into());
        files.insert("/settings.typ".into(), settings.typst(document).into());
        for chapter in &chapters {
            files.insert(chapter.path.clone(), chapter.code.clone().into());
            files.extend(chapter.files.iter().cloned());
        }
        problems.into_result(Self { files, fonts: Arc::clone(&settings.fonts), chapters })
    }
}

/// The main file while it is written.
#[derive(Default)]
struct Main<'a> {
    code: String,
    /// The chapters that it includes, in order.
    chapters: Vec<(&'a Chapter, Place)>,
    /// How many parts have been opened.
    parts: usize,
}

impl<'a> Main<'a> {
    fn part(&mut self, part: &'a Part) {
        let Some(title) = &part.title else {
            for chapter in &part.chapters {
                self.chapter(chapter, None, 1);
            }
            return;
        };
        let (overview, chapters) = match part.chapters.split_first() {
            // The list of a part's questions is on the page of its title.
            Some((first, rest)) if first.kind == PageKind::Part => (Some(first), rest),
            _ => (None, &part.chapters[..]),
        };
        self.parts += 1;
        let (id, title) = (literal(&format!("part-{}", self.parts)), literal(title));
        let continued = overview.is_some();
        self.code.push_str(&format!("#headed(none, {title}, {id})[\n#part({id}, {title}, continued: {continued})\n"));
        if let Some(overview) = overview {
            self.include(overview, Place { level: 2, continued });
        }
        self.code.push_str("]\n");
        for chapter in chapters.iter().chain(overview.iter().flat_map(|overview| &overview.children)) {
            self.chapter(chapter, Some(&title), 2);
        }
    }

    /// A chapter and those below it, each with its running head; `part` is a literal.
    fn chapter(&mut self, chapter: &'a Chapter, part: Option<&str>, level: usize) {
        if chapter.kind == PageKind::Tags {
            return;
        }
        let (part_title, title) = (part.unwrap_or("none"), literal(&chapter.title));
        self.code.push_str(&format!("#headed({part_title}, {title}, {})[\n", literal(&chapter.path)));
        self.include(chapter, Place { level, continued: false });
        self.code.push_str("]\n");
        for child in &chapter.children {
            self.chapter(child, part, level + 1);
        }
    }

    fn include(&mut self, chapter: &'a Chapter, place: Place) {
        self.code.push_str(&format!("#include {}\n", literal(&file_of(self.chapters.len()))));
        self.chapters.push((chapter, place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fonts, Layout, Typst};
    use mdbook_preprocessor::book::{Book, Chapter};
    use qabook_document::{Edition, Options, from_book};
    use std::path::Path;

    /// All that Typst is given to set a book in English says nothing in Chinese.
    #[test]
    fn an_english_book_is_set_in_english() {
        let text = "# A\n\n> [!TIP]\n> *b*\n\n- c\n";
        let mut book = Book::new();
        book.push_item(Chapter::new("A", text.into(), "a.md", Vec::new()));
        let config = "[book]\ntitle = \"T\"\nlanguage = \"en\"\nauthors = [\"A\", \"B\"]\n".parse().unwrap();
        let options = Options { renderer: "pdf".into(), diagram_font: crate::TEXT_FACE.into() };
        let document = from_book(Path::new("nowhere"), &config, &book, &options).unwrap().document;
        let edition = Edition { version: Some("1".into()), commit: None, moment: jiff::Timestamp::UNIX_EPOCH };
        let settings = Settings {
            layout: Layout::default(),
            site: None,
            edition,
            fonts: Fonts::linked(),
            typst: Typst::default(),
        };
        let Assembled { chapters, .. } = assemble(&document, &settings).unwrap();
        let given = [settings.typst(&document), chapters[0].code.clone()];
        for code in TEMPLATE.iter().map(|(_, code)| (*code).to_string()).chain(given.clone()) {
            let chinese: String = code.chars().filter(|c| ('\u{2e80}'..='\u{9fff}').contains(c)).collect();
            assert_eq!(chinese, "", "{code}");
        }
        assert!(
            given[0].contains("contents: \"Contents\", ") && given[0].contains("\"A, B\", \"version 1"),
            "{}",
            given[0]
        );
        assert!(given[1].contains("callout(\"Tip\""), "{}", given[1]);
    }
}
