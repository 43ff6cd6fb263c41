//! Pages without their texts, as mdBook rendered them.

use anyhow::{Context, Result, ensure};
use mdbook_preprocessor::book::Book;
use qabook_support::path::slashed;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What begins and ends the text of a page.
const TEXT: [&str; 2] = ["<main>", "</main>"];
/// Stands for the text. No page holds it (<https://html.spec.whatwg.org/#unexpected-null-character>).
const PLACE: char = '\0';

/// The pages of a site without their texts, by their files.
#[derive(Debug)]
pub(super) struct Shells(HashMap<PathBuf, String>);

impl Shells {
    /// Those of the pages of `book` that mdBook has rendered into `site` with the templates in the folder `theme`.
    /// Errors: A template that may put something else beside a text, a page that can't be read.
    pub(super) fn of(book: &Book, theme: &Path, site: &Path) -> Result<Self> {
        ensure!(!theme.join("index.hbs").exists(), "pages have another template");
        let mut shells = HashMap::new();
        for path in book.chapters().filter_map(|chapter| chapter.path.as_ref()) {
            let file = path.with_extension("html");
            let page = fs::read_to_string(site.join(&file)).with_context(|| slashed(&file))?;
            let Some((start, end)) = text_of(&page) else { continue };
            shells.insert(file, format!("{}{PLACE}{}", &page[..start], &page[end..]));
        }
        Ok(Self(shells))
    }

    /// The page `file` with another `text`.
    /// Errors: There is no such page.
    pub(super) fn fill(&self, file: &str, text: &str) -> Result<String> {
        let shell = self.0.get(Path::new(file)).context("there is no such page")?;
        ensure!(!text.contains(PLACE), "it can't be put into its page");
        Ok(shell.replacen(PLACE, text.trim(), 1))
    }
}

/// Where the text of `page` begins and ends, without blanks around it.
fn text_of(page: &str) -> Option<(usize, usize)> {
    let start = page.find(TEXT[0])? + TEXT[0].len();
    let end = page.rfind(TEXT[1])?;
    let text = page.get(start..end)?;
    Some((end - text.trim_start().len(), start + text.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_preprocessor::book::Chapter;

    #[test]
    fn a_page_gets_another_text() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("a")).unwrap();
        fs::write(site.path().join("a/b.html"), "<main>\n    <p>1</main>2</p>\n  </main>end").unwrap();
        let mut book = Book::new();
        book.push_item(Chapter::new("B", String::new(), "a/b.md", Vec::new()));
        let shells = Shells::of(&book, Path::new("none"), site.path()).unwrap();
        assert_eq!(shells.fill("a/b.html", "<p>3</p>\n").unwrap(), "<main>\n    <p>3</p>\n  </main>end");
        assert!(shells.fill("a/c.html", "").is_err() && shells.fill("a/b.html", "\0").is_err());
    }

    #[test]
    fn with_a_template_of_its_own_a_book_has_none() {
        let theme = tempfile::tempdir().unwrap();
        fs::write(theme.path().join("index.hbs"), "{{{ content }}}").unwrap();
        assert!(Shells::of(&Book::new(), theme.path(), Path::new("none")).is_err());
    }
}
