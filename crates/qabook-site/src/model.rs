//! The pages of the site as search engines, feeds and share images see them.

use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_questions::{Catalog, Entry, PageKind, Question};
use qabook_support::path::slashed;
use qabook_words::Words;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::dates::{self, Commits};
use super::plain;

/// What the site is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The chapters as the pages were made from them, with those that a preprocessor added.
    pub book: &'a Book,
    /// The questions.
    pub catalog: &'a Catalog,
}

/// The whole site.
#[derive(Debug)]
pub(super) struct Model {
    /// The book's title; the empty string when it has none.
    pub(super) title: String,
    /// What the book is, in a sentence.
    pub(super) description: String,
    /// A language tag of BCP 47.
    pub(super) language: String,
    pub(super) authors: Vec<String>,
    /// What the pages say besides that.
    pub(super) words: Words,
    /// The name under which browsers keep what readers mark.
    pub(super) storage: String,
    /// Whether each page has a picture for those who share it.
    pub(super) has_share_images: bool,
    /// In the order of the book.
    pub(super) pages: Vec<Page>,
    /// The file of the first chapter under its own name: the same page as `index.html`.
    first_file: String,
}

/// The width and height of a share image in pixels: what the big services show without cutting.
pub(super) const SHARE_IMAGE: (u32, u32) = (1200, 630);

/// Where share images are, below the site's root.
pub(super) const SHARE_IMAGES: &str = "og/";

/// A page that readers should find.
#[derive(Debug)]
pub(super) struct Page {
    /// Its file below the site's root, with forward slashes.
    pub(super) file: String,
    /// Its title in the table of contents.
    pub(super) name: String,
    /// What it says, in a sentence or two; no two pages say the same.
    pub(super) description: String,
    pub(super) kind: Kind,
    /// The part it belongs to.
    pub(super) part: Option<Part>,
    /// Whether one looks up what it says instead of reading it from top to bottom.
    pub(super) is_looked_up: bool,
    /// Its file below the folder of the chapters; a page that is made has none.
    pub(super) source: Option<PathBuf>,
    /// When its source was first committed, where that is known.
    pub(super) published: Option<Timestamp>,
    /// When its source was last changed; for a page made of others, the newest of theirs.
    pub(super) modified: Option<Timestamp>,
}

impl Page {
    /// The file of its share image, below the site's root.
    pub(super) fn share_image(&self) -> String {
        format!("{SHARE_IMAGES}{}.png", self.file.trim_end_matches(".html"))
    }
}

/// What a page is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// The first page of the book.
    Home,
    /// The list of a part's questions.
    Part,
    /// A question with its answer.
    Question(Box<Asked>),
    /// Another chapter that someone has written.
    Other,
    /// A page that is made of others, such as the index of tags.
    Collected,
}

/// A question as the site tells of it.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) question: Question,
    /// See [`Entry::slug`].
    pub(super) slug: String,
}

/// A part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) title: String,
    /// The file of its list of questions, where it has one.
    pub(super) index: Option<String>,
}

impl Page {
    /// The page above it, below the home page, with its file: the index of its part.
    pub(super) fn above(&self) -> Option<(&str, &str)> {
        let part = self.part.as_ref().filter(|_| !matches!(self.kind, Kind::Part))?;
        Some((&part.title, part.index.as_deref()?))
    }
}

impl Model {
    pub(super) fn new(root: &Path, config: &Config, sources: &Sources<'_>, has_share_images: bool) -> Result<Self> {
        let book = &config.book;
        let title = book.title.clone().unwrap_or_default();
        let mut model = Self {
            description: book.description.clone().unwrap_or_else(|| title.clone()),
            title,
            language: book.language.clone().unwrap_or_else(|| "en".into()),
            authors: book.authors.clone(),
            words: Words::of_book(root, config)?,
            storage: mdbook_questions::Config::from_book(config)?.storage(config),
            has_share_images,
            pages: Vec::new(),
            first_file: String::new(),
        };
        let commits = dates::of_commits(root, &book.src);
        for (part, chapter) in chapters(sources.book) {
            if let Some(path) = &chapter.path {
                model.add(path, chapter, part, sources.catalog, &commits);
            }
        }
        model.link_parts();
        model.date_collections();
        model.tell_apart();
        Ok(model)
    }

    /// The page that is written to `file`; mdBook writes the first chapter to `index.html`, too.
    pub(super) fn page(&self, file: &str) -> Option<&Page> {
        let first = || self.pages.first().filter(|_| file == self.first_file);
        self.pages.iter().find(|page| page.file == file).or_else(first)
    }

    /// Which question of its part `page` is, and how many there are; `None` for a page that is none or has no part.
    pub(super) fn place(&self, page: &Page) -> Option<(usize, usize)> {
        let part = page.part.as_ref()?;
        let is_of_part = |other: &&Page| other.part.as_ref() == Some(part) && matches!(other.kind, Kind::Question(_));
        let questions = self.pages.iter().filter(is_of_part);
        let place = questions.clone().position(|other| other.file == page.file)?;
        Some((place + 1, questions.count()))
    }

    fn add(
        &mut self,
        path: &Path,
        chapter: &Chapter,
        part: Option<&str>,
        catalog: &Catalog,
        commits: &HashMap<PathBuf, Commits>,
    ) {
        let entry = catalog.entry(path);
        let is_made = chapter.source_path.is_none();
        let kind = match (entry, catalog.kind(chapter)) {
            _ if self.pages.is_empty() => Kind::Home,
            (Some(entry), _) => {
                Kind::Question(Box::new(Asked { question: entry.question.clone(), slug: entry.slug() }))
            }
            (None, PageKind::Part) => Kind::Part,
            (None, _) if is_made => Kind::Collected,
            (None, _) => Kind::Other,
        };
        let description = match &kind {
            Kind::Home => self.description.clone(),
            Kind::Question(asked) if !asked.question.summary.is_empty() => asked.question.summary.clone(),
            Kind::Part => part_description(part.unwrap_or_default(), catalog, &self.words),
            Kind::Question(_) | Kind::Other | Kind::Collected => description_of(chapter, &self.words),
        };
        let file = slashed(&path.with_extension("html"));
        if self.pages.is_empty() {
            self.first_file.clone_from(&file);
        }
        let committed = chapter.source_path.as_ref().and_then(|source| commits.get(source));
        let verified = || Some(entry?.question.verified?.to_zoned(TimeZone::UTC).ok()?.timestamp());
        self.pages.push(Page {
            // What the first chapter's file is called, `index.html` is its address.
            file: if matches!(kind, Kind::Home) { "index.html".into() } else { file },
            name: chapter.name.clone(),
            description,
            kind,
            part: part.map(|title| Part { title: title.to_string(), index: None }),
            is_looked_up: catalog.kind(chapter) == PageKind::Glossary,
            source: chapter.source_path.clone(),
            published: committed.map(|commits| commits.first),
            modified: committed
                .map(|commits| commits.last)
                .or_else(verified)
                .or_else(dates::from_environment)
                .filter(|_| !is_made),
        });
    }

    /// Whether the page `file` is described as it would be if its chapter were `chapter`.
    pub(super) fn describes(&self, file: &str, chapter: &Chapter) -> bool {
        let Some(page) = self.page(file) else { return false };
        match &page.kind {
            Kind::Question(asked) if !asked.question.summary.is_empty() => true,
            Kind::Home | Kind::Part => true,
            Kind::Question(_) | Kind::Other | Kind::Collected => {
                let now = description_of(chapter, &self.words);
                page.description == now || page.description == titled(&chapter.name, &now, &self.words)
            }
        }
    }

    fn link_parts(&mut self) {
        let indexes: HashMap<String, String> = self
            .pages
            .iter()
            .filter(|page| matches!(page.kind, Kind::Part))
            .filter_map(|page| Some((page.part.as_ref()?.title.clone(), page.file.clone())))
            .collect();
        for part in self.pages.iter_mut().filter_map(|page| page.part.as_mut()) {
            part.index = indexes.get(&part.title).cloned();
        }
    }

    /// A page that is made of others is as new as the newest of them.
    fn date_collections(&mut self) {
        let newest = |part: &Option<Part>| {
            let of_part = |page: &&Page| part.is_none() || page.part == *part;
            self.pages.iter().filter(of_part).filter_map(|page| page.modified).max()
        };
        let dates: Vec<Option<Timestamp>> =
            self.pages.iter().map(|page| page.modified.or_else(|| newest(&page.part))).collect();
        for (page, date) in self.pages.iter_mut().zip(dates) {
            page.modified = date;
        }
    }

    /// Where two pages would have one description, the later one begins with its name.
    fn tell_apart(&mut self) {
        let mut taken = HashSet::new();
        for page in &mut self.pages {
            if !taken.insert(page.description.clone()) {
                page.description = titled(&page.name, &page.description, &self.words);
            }
        }
    }
}

/// Every chapter with the title of its part.
fn chapters(book: &Book) -> Vec<(Option<&str>, &Chapter)> {
    let mut found = Vec::new();
    let mut part = None;
    for item in book.iter() {
        match item {
            BookItem::PartTitle(title) => part = Some(title.as_str()),
            BookItem::Separator => part = None,
            BookItem::Chapter(chapter) => found.push((part, chapter)),
        }
    }
    found
}

/// What the text of `chapter` says first, or else its name.
fn description_of(chapter: &Chapter, words: &Words) -> String {
    plain::description(&chapter.name, &chapter.content, words).unwrap_or_else(|| chapter.name.clone())
}

/// `description` with the `name` of the page that it is of.
fn titled(name: &str, description: &str, words: &Words) -> String {
    words.filled("site.titled", &[("title", name), ("description", description)])
}

fn part_description(part: &str, catalog: &Catalog, words: &Words) -> String {
    let entries: Vec<&Entry> = catalog.entries().iter().filter(|entry| entry.part.as_deref() == Some(part)).collect();
    let titles = entries.iter().take(4).map(|entry| entry.title.as_str()).collect::<Vec<_>>();
    let rest = if entries.len() > 4 { words.text("site.part-rest") } else { "" };
    let titles = titles.join(words.text("site.part-separator")) + rest;
    let count = entries.len().to_string();
    words.filled("site.part-description", &[("part", part), ("n", &count), ("titles", &titles)])
}

#[cfg(test)]
mod tests;
