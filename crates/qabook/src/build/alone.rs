//! A page again, after a change of its chapter that no other page shows: long before the whole book is built anew.

use anyhow::{Context, Result, ensure};
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_questions::{Catalog, ChapterAlone};
use mdbook_renderer::{RenderContext, Renderer};
use qabook_document::Opened;
use qabook_support::Diagnostic;
use qabook_support::path::slashed;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

use super::maths::MathsPreprocessor;
use super::shells::Shells;
use super::staging::Staging;
use super::{includes, leftovers, sources};
use crate::site::{Finished, Pass};

/// What was rendered.
pub(crate) struct Rendered {
    /// The chapters as the preprocessors left them.
    pub(super) book: Book,
    /// The titles of pages, where their chapters say one.
    pub(super) titles: HashMap<PathBuf, String>,
    pub(super) catalog: Catalog,
    /// Of a site for its author.
    pub(super) shells: Option<Shells>,
    pub(crate) finished: Finished,
    /// What is asked of sections that aren't there.
    pub(crate) astray: Vec<Diagnostic>,
}

/// What a build for the author knew, as long as no source changes but the text of chapters.
#[derive(Debug)]
pub struct Kept {
    opened: Opened,
    /// Where the site is.
    folder: PathBuf,
    questions: ChapterAlone,
    /// The chapters that have pages, in their order and without their texts.
    chapters: Vec<Chapter>,
    /// The titles of pages, where their chapters say one.
    titles: HashMap<PathBuf, String>,
    shells: Option<Shells>,
    pass: Pass,
}

impl Kept {
    /// What is worth keeping of what was `rendered` of the book `opened` into `folder`.
    pub(super) fn new(opened: Opened, folder: PathBuf, rendered: Rendered) -> Self {
        let Rendered { book, titles, catalog, shells, finished, .. } = rendered;
        let chapters =
            book.chapters().map(|chapter| Chapter { content: String::new(), sub_items: Vec::new(), ..chapter.clone() });
        Self {
            opened,
            folder,
            questions: ChapterAlone { catalog: Arc::new(catalog) },
            chapters: chapters.collect(),
            titles,
            shells,
            pass: finished.pass,
        }
    }

    /// The book as it was built.
    pub(crate) fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The files of the chapters on disk.
    pub fn sources(&self) -> impl Iterator<Item = PathBuf> {
        let src = self.opened.root.join(&self.opened.config.book.src);
        self.chapters.iter().filter_map(|chapter| chapter.source_path.as_ref()).map(move |path| src.join(path))
    }

    /// Makes the page of the chapter whose file is `source` again, in its place in the site.
    ///
    /// # Errors
    /// Whatever keeps it from being the page that a build would make; then the site is as before. What is to be done about it, a
    /// build says.
    pub fn make_page(&self, source: &Path) -> Result<()> {
        let shells = self.shells.as_ref().context("pages have another template, or chapters begin elsewhere")?;
        let below = source.strip_prefix(self.opened.root.join(&self.opened.config.book.src))?;
        let place = self.chapters.iter().position(|chapter| chapter.source_path.as_deref() == Some(below));
        // The first is the home page, too.
        let place = place.filter(|place| *place > 0).context("no page of its own")?;
        let text = fs::read_to_string(source)?;
        // Some programs write into a file that they have emptied.
        ensure!(!text.trim().is_empty(), "it is empty");
        ensure!(includes::check(source, &text).is_empty(), "what is included isn't there");
        let chapter = self.preprocessed(&self.chapters[place], below)?;
        let file = slashed(&chapter.path.clone().unwrap_or_default().with_extension("html"));
        ensure!(self.pass.describes(&file, &chapter), "its description has changed");
        let text = Workshop::new(&self.opened.config)?.render(chapter, &file)?;
        let html = self.pass.page(&file, &shells.fill(&file, &text)?)?;
        let staging = Staging::new(&self.folder)?;
        fs::write(staging.path(), html)?;
        Ok(fs::rename(staging.path(), self.folder.join(file))?)
    }

    /// The chapter that was `was`, whose file is `below` the sources, as the preprocessors leave it now.
    fn preprocessed(&self, was: &Chapter, below: &Path) -> Result<Chapter> {
        let Opened { root, config } = &self.opened;
        let summary = sources::summary_of_one(root, config, below).context("SUMMARY.md doesn't name it")?;
        let mut book = self.opened.load_listed(summary)?;
        let (book, ctx) = self.opened.preprocess_alone(
            &mut book,
            self.questions.clone(),
            &HtmlHandlebars::new(),
            MathsPreprocessor,
        )?;
        leftovers::check(root, config, &book)?;
        let is = book.chapters().find(|chapter| chapter.path == was.path).context("it has another path")?;
        let title = was.path.as_ref().map(|path| (ctx.chapter_titles.borrow_mut().remove(path), self.titles.get(path)));
        ensure!(is.name == was.name && title.is_some_and(|(is, was)| is.as_ref() == was), "it has another title");
        Ok(Chapter { content: is.content.clone(), ..was.clone() })
    }
}

/// Where mdBook renders the text of a chapter, and little else.
#[derive(Debug)]
struct Workshop {
    folder: TempDir,
    settings: Config,
}

/// The folders of a workshop.
const ROOT: &str = "root";
const THEME: &str = "theme";
const SOURCES: &str = "src";
const SITE: &str = "site";

impl Workshop {
    /// For a book with the settings `config`.
    fn new(config: &Config) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join(ROOT);
        for (file, content) in FILES {
            let file = root.join(THEME).join(file);
            fs::create_dir_all(file.parent().unwrap_or(&root))?;
            fs::write(file, content)?;
        }
        fs::create_dir(root.join(SOURCES))?;
        let mut settings = config.clone();
        settings.book.src = SOURCES.into();
        settings.set("output.html.theme", THEME)?;
        settings.set("output.html.input-404", "")?;
        for switch in ["hash-files", "print.enable", "search.enable"] {
            settings.set(format!("output.html.{switch}"), false)?;
        }
        for list in ["additional-css", "additional-js"] {
            settings.set(format!("output.html.{list}"), Vec::<PathBuf>::new())?;
        }
        settings.set("output.html.redirect", HashMap::<String, String>::new())?;
        Ok(Self { folder, settings })
    }

    /// The text of `chapter`, whose page is `file`.
    fn render(&self, chapter: Chapter, file: &str) -> Result<String> {
        let [root, site] = [ROOT, SITE].map(|name| self.folder.path().join(name));
        let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
        let ctx = RenderContext::new(root, book, self.settings.clone(), &site);
        HtmlHandlebars::new().render(&ctx)?;
        Ok(fs::read_to_string(site.join(file))?)
    }
}

/// A theme without anything but the text of a page: its files, and what is in them.
const FILES: [(&str, &str); 19] = [
    ("index.hbs", "{{{ content }}}"),
    ("head.hbs", ""),
    ("header.hbs", ""),
    ("redirect.hbs", ""),
    ("toc.js.hbs", ""),
    ("toc.html.hbs", ""),
    ("book.js", ""),
    ("css/chrome.css", ""),
    ("css/general.css", ""),
    ("css/print.css", ""),
    ("css/variables.css", ""),
    ("fonts/fonts.css", ""),
    ("highlight.css", ""),
    ("highlight.js", ""),
    ("tomorrow-night.css", ""),
    ("ayu-highlight.css", ""),
    ("clipboard.min.js", ""),
    ("favicon.png", ""),
    ("favicon.svg", ""),
];
