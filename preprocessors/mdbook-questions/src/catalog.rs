//! All questions of the book, as the other pages see them.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use qabook_support::path::slashed;
use qabook_support::{ChapterFile, Diagnostics};
use qabook_words::Words;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::address;
use crate::body::{self, Bodies};
use crate::config::Config;
use crate::entry::{Entry, path_of, slug_of};
use crate::front_matter::FRONT_MATTER;
use crate::kind::PageKind;
use crate::numbers::numbers;
use crate::question::{Question, is_question};
use crate::slugs::Slugs;
use crate::written::{Written, out_of_place};
use crate::{paging, tag_places};

/// The questions of a book in its order.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    by_path: HashMap<PathBuf, usize>,
    by_slug: HashMap<String, usize>,
    slugs: Slugs,
    tag_ids: HashMap<String, String>,
    /// On which of the pages of tags each is, from 0.
    tag_pages: HashMap<String, usize>,
    /// Where the index of a part is, by its first question.
    indexes: HashMap<PathBuf, PathBuf>,
    /// Where the glossary is, and where made pages are.
    glossary: PathBuf,
    made: HashMap<PathBuf, PageKind>,
}

impl Catalog {
    /// Reads what every numbered chapter says of its question.
    ///
    /// # Errors
    /// Every problem of their front matter, duplicate numbers and unknown `related` slugs included.
    pub fn read(ctx: &PreprocessorContext, book: &Book, config: &Config) -> Result<Self, Diagnostics> {
        let (catalog, problems) = Self::read_what_is_right(ctx, book, config);
        problems.into_result(catalog)
    }

    /// The questions that can be read, and what is wrong with the others; see [`Catalog::read`].
    #[must_use]
    pub fn read_what_is_right(ctx: &PreprocessorContext, book: &Book, config: &Config) -> (Self, Diagnostics) {
        Self::of(ctx, book, &body::bodies(book), config)
    }

    /// The questions of `book`, whose texts are in `bodies`.
    pub(crate) fn of(
        ctx: &PreprocessorContext,
        book: &Book,
        bodies: &Bodies<'_>,
        config: &Config,
    ) -> (Self, Diagnostics) {
        let mut problems = Diagnostics::default();
        let mut refused = HashSet::new();
        let mut found = Vec::new();
        let mut part = None;
        for item in book.iter() {
            match item {
                BookItem::PartTitle(title) => part = Some(title.clone()),
                BookItem::Chapter(chapter) if is_question(chapter) => {
                    let file = ChapterFile::of(ctx, chapter);
                    match Written::read(chapter, part.clone(), file, config) {
                        Ok(written) => found.push(written),
                        Err(wrong) => {
                            refused.insert(slug_of(&path_of(chapter)));
                            problems.extend(wrong);
                        }
                    }
                }
                BookItem::Chapter(chapter) if !chapter.is_draft_chapter() => {
                    problems.extend(out_of_place(chapter, &ChapterFile::of(ctx, chapter)));
                }
                BookItem::Chapter(_) | BookItem::Separator => {}
            }
        }
        let numbers =
            numbers(&found.iter().map(|written| (written.given.number, written.given.variant)).collect::<Vec<_>>());
        let words = Words::of_book(&ctx.root, &ctx.config).unwrap_or_else(|wrong| {
            problems.extend(wrong);
            Words::of_language("en")
        });
        let mut catalog = Self { glossary: config.glossary.clone(), ..Self::default() };
        for (written, number) in found.into_iter().zip(numbers) {
            let Some(body) = written.chapter.path.as_deref().and_then(|path| bodies.get(path)) else { continue };
            let question = written.question(number, body, words.text("questions.abbreviations"));
            let wrong: Vec<_> = written.problems(&question, config).into_iter().collect();
            if wrong.is_empty() {
                catalog.add(question, written);
            } else {
                refused.insert(slug_of(&path_of(written.chapter)));
                problems.extend(wrong);
            }
        }
        catalog.tag_ids = tag_places::ids(catalog.tags().into_keys());
        catalog.tag_pages = tag_places::pages(&catalog.tags());
        catalog.indexes = catalog.place_indexes(book);
        catalog.made = catalog.made_pages();
        catalog.check(&refused, config.strict, &mut problems);
        (catalog, problems)
    }

    /// The address of each page that is made, once there is something to put on it.
    fn made_pages(&self) -> HashMap<PathBuf, PageKind> {
        let collected = [
            (address::TAGS, PageKind::Tags),
            (address::ERRATA, PageKind::Errata),
            (address::REFERENCES, PageKind::References),
            (address::REVIEW, PageKind::Practice),
            (address::STATEMENTS, PageKind::Practice),
            (address::FOLLOW_UPS, PageKind::Practice),
            (address::OUTPUTS, PageKind::Practice),
        ];
        let parts = self.indexes.values().map(|index| (index.clone(), PageKind::Part));
        parts.chain(collected.map(|(path, kind)| (path.into(), kind))).collect()
    }

    /// Where the index of each part is, by its first question: `index.md` in the folder of that, where no other page is.
    fn place_indexes(&self, book: &Book) -> HashMap<PathBuf, PathBuf> {
        // The first page is the home page, whatever its file is called.
        let mut taken: HashSet<PathBuf> = [PathBuf::from("index.md")].into();
        taken.extend(book.chapters().filter_map(|chapter| chapter.path.as_deref()).map(address::as_index));
        let mut indexes = HashMap::new();
        let parts = self.entries.chunk_by(|one, next| one.part == next.part).filter(|part| part[0].part.is_some());
        for (count, part) in parts.enumerate() {
            let first = &part[0].path;
            let numbered = (count + 1..).map(|number| first.with_file_name(format!("part-{number}.md")));
            let mut places = [first.with_file_name("index.md")].into_iter().chain(numbered);
            let index = places.find(|index| !taken.contains(index)).unwrap_or_default();
            taken.insert(index.clone());
            indexes.insert(first.clone(), index);
        }
        indexes
    }

    /// Where the index is of the part whose first question is at `first`; `None` for a question that is no first one.
    pub(crate) fn part_index(&self, first: &Path) -> Option<&Path> {
        self.indexes.get(first).map(PathBuf::as_path)
    }

    /// What the page of `chapter` is; the book may be as its authors wrote it or as this preprocessor left it.
    #[must_use]
    pub fn kind(&self, chapter: &Chapter) -> PageKind {
        let path = chapter.path.as_deref().unwrap_or(Path::new(""));
        match chapter.source_path {
            None => {
                let made = self.made.get(path).or_else(|| self.made.get(&paging::first_of(path)));
                made.copied().unwrap_or_default()
            }
            Some(_) if self.by_path.contains_key(path) => PageKind::Question,
            Some(_) if path == self.glossary => PageKind::Glossary,
            Some(_) => PageKind::Chapter,
        }
    }

    fn add(&mut self, question: Question, written: Written<'_>) {
        let keys = ["number", "related"].map(|key| written.line_of(key));
        let says = [written.given.question.is_some(), written.given.summary.is_some()];
        let Written { chapter, part, file, .. } = written;
        let title = chapter.name.clone();
        let path = path_of(chapter);
        let whole = slashed(&path.with_extension(""));
        let slug = self.slugs.next(&path);
        let entry = Entry { question, title, path, part, says, file, slug, keys };
        self.by_path.insert(entry.path.clone(), self.entries.len());
        for name in [entry.slug(), whole] {
            self.by_slug.entry(name).or_insert(self.entries.len());
        }
        self.entries.push(entry);
    }

    /// The questions in the order of the book.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The question of the chapter at `path`.
    #[must_use]
    pub fn entry(&self, path: &Path) -> Option<&Entry> {
        self.by_path.get(path).map(|index| &self.entries[*index])
    }

    /// Whether the front matter of the chapter at `path` says what it asks and answers, if it asks anything: otherwise its text does.
    #[must_use]
    pub fn is_told_by_front_matter(&self, path: &Path) -> bool {
        self.entry(path).is_none_or(|entry| entry.says == [true, true])
    }

    /// Where the glossary is, if the book has one.
    pub(crate) fn glossary(&self) -> &Path {
        &self.glossary
    }

    /// The question that `related` calls `slug`.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Entry> {
        self.by_slug.get(slug).map(|index| &self.entries[*index])
    }

    /// Some question that is not the one at `path`, unless the book has no other: half a book further.
    pub(crate) fn far_from(&self, path: &Path) -> Option<&Entry> {
        let here = self.by_path.get(path).copied().unwrap_or(0);
        let count = self.entries.len();
        (count > 0).then(|| &self.entries[(here + count / 2) % count])
    }

    /// Every tag with its questions, in the order of the tags' characters.
    #[must_use]
    pub fn tags(&self) -> BTreeMap<&str, Vec<&Entry>> {
        let mut tags: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            for tag in &entry.question.tags {
                tags.entry(tag).or_default().push(entry);
            }
        }
        tags
    }

    /// The id of the heading of `tag` on the page of tags; the empty string for a tag that no question has.
    #[must_use]
    pub fn tag_id(&self, tag: &str) -> &str {
        self.tag_ids.get(tag).map_or("", String::as_str)
    }

    /// On which of the pages of tags `tag` is, from 0.
    pub(crate) fn tag_page(&self, tag: &str) -> usize {
        self.tag_pages.get(tag).copied().unwrap_or_default()
    }

    /// What only shows when all chapters are known. Those of `refused` are there, though nothing else is known of them:
    /// naming one is no mistake.
    fn check(&self, refused: &HashSet<String>, strict: bool, problems: &mut Diagnostics) {
        let mut numbers: HashMap<String, &Entry> = HashMap::new();
        for entry in &self.entries {
            let [number, related] = entry.keys;
            let mut report = |line: usize, message: String, hint: String| {
                problems.push(entry.file.on_line(line, FRONT_MATTER.broken(format!("front matter: {message}"), hint)));
            };
            let label = entry.question.label();
            if let Some(first) = numbers.insert(label.clone(), entry) {
                let hint = "give this one another number or a `variant`".to_string();
                report(number, format!("question {label} is already {}", first.path.display()), hint);
            }
            let namesake = self.by_slug(&slug_of(&entry.path)).filter(|first| strict && first.path != entry.path);
            if let Some(first) = namesake {
                let message = format!("the file name is already that of {}", first.path.display());
                report(number, message, "rename the file: `related` finds chapters by it".into());
            }
            for slug in &entry.question.related {
                if *slug == entry.slug() {
                    report(related, "`related` names this chapter itself".into(), "delete the entry".into());
                } else if self.by_slug(slug).is_none() && !refused.contains(slug) {
                    report(related, format!("`related` names `{slug}`, which no chapter is called"), self.hint(slug));
                }
            }
        }
    }

    fn hint(&self, slug: &str) -> String {
        let word = slug.split('-').next().unwrap_or(slug);
        let mut like: Vec<String> = self.entries.iter().map(Entry::slug).filter(|other| other.contains(word)).collect();
        like.sort();
        let like = if like.is_empty() { String::new() } else { format!(" ({}?)", like.join(", ")) };
        format!("write the file name of a written chapter, without .md{like}")
    }
}
