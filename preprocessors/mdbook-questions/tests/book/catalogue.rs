//! What the catalogue knows of a book's pages.

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_questions::{Catalog, Config, PageKind, QuestionsPreprocessor};

use crate::book;

#[test]
fn the_catalogue_knows_what_a_page_is() {
    let toml = "[preprocessor.questions]\n";
    let ctx = PreprocessorContext::new("nowhere".into(), toml.parse().unwrap(), "html".into());
    let written = book().run(&Unchanged).unwrap();
    let catalog = Catalog::read(&ctx, &written, &Config::default()).unwrap();
    let kinds: Vec<_> = book()
        .run(&QuestionsPreprocessor)
        .unwrap()
        .chapters()
        .map(|chapter| (chapter.path.clone().unwrap().display().to_string(), catalog.kind(chapter)))
        .collect();
    let expected = [
        ("README.md", PageKind::Chapter),
        ("network/index.md", PageKind::Part),
        ("network/a.md", PageKind::Question),
        ("threads/index.md", PageKind::Part),
        ("threads/b.md", PageKind::Question),
        ("threads/c.md", PageKind::Question),
        ("review.md", PageKind::Practice),
        ("tags.md", PageKind::Tags),
    ];
    assert_eq!(kinds, expected.map(|(path, kind)| (path.to_string(), kind)));
}

/// Leaves a book as it is.
struct Unchanged;

impl Preprocessor for Unchanged {
    fn name(&self) -> &'static str {
        "unchanged"
    }

    fn run(&self, _: &PreprocessorContext, book: Book) -> anyhow::Result<Book> {
        Ok(book)
    }
}
