//! Page headers and indexes, as HTML by Tera templates or as Markdown.

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{BookItem, Chapter};
use qabook_support::splice::{self, Splice};
use qabook_support::{Diagnostics, Templates, facts};
use qabook_words::{Table, Words};
use serde::Serialize;
use std::path::{Path, PathBuf};

use crate::catalog::Catalog;
use crate::chapter::ParsedChapter;
use crate::config::Config;
use crate::entry::Entry;
use crate::errata::{self, Errata};
use crate::follow_ups::{FollowUp, FollowUps};
use crate::kind::PageKind;
use crate::model::{EndModel, Link, OptionModel, PartItem, PartModel, QuestionModel, Related, RelatedQuestion};
use crate::question::Level;
use crate::sections::{ERRATA, items};
use crate::{address, markdown, paging, templates};

/// Renders for one renderer of the book.
pub(crate) struct Renderer {
    /// `None` for every renderer but HTML.
    templates: Option<Templates>,
    downloads: Vec<String>,
    numbering: String,
    words: Words,
}

/// What the template of the links to several pages sees.
#[derive(Serialize)]
struct PagesModel {
    pages: Vec<paging::PageLink>,
}

/// What a template sees.
#[derive(Serialize)]
struct View<'a, T> {
    /// How the questions are numbered; empty where the author says nothing of it.
    numbering: &'a str,
    /// Those of this preprocessor.
    words: &'a Table,
    #[serde(flatten)]
    model: &'a T,
}

impl Renderer {
    pub(crate) fn new(ctx: &PreprocessorContext, config: &Config) -> Result<Self> {
        let load = || Templates::of_book(&ctx.root, &ctx.config, &templates::ALL);
        let templates = (ctx.renderer == "html").then(load).transpose()?;
        let words = Words::of_book(&ctx.root, &ctx.config)?;
        Ok(Self { templates, downloads: config.downloads.clone(), numbering: config.numbering.clone(), words })
    }

    /// The words of the book's language.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether pages are made for a browser; every other renderer gets Markdown.
    pub(crate) fn is_html(&self) -> bool {
        self.templates.is_some()
    }

    /// The template `name` with what it shows; nothing for a renderer without templates.
    ///
    /// # Errors
    /// A template that is wrong.
    pub(crate) fn render(&self, name: &str, model: &impl Serialize) -> Result<String, Diagnostics> {
        let model = View { numbering: &self.numbering, words: self.words.table("questions"), model };
        self.templates.as_ref().map_or_else(|| Ok(String::new()), |templates| templates.render(name, &model))
    }

    /// The pages that a made one is over, whose `contents` have the titles of `names`: the later ones are below the first.
    ///
    /// # Errors
    /// A template that is wrong.
    pub(crate) fn pages(
        &self,
        kind: PageKind,
        title: &str,
        contents: Vec<(String, String)>,
        first: &str,
    ) -> Result<Option<Chapter>, Diagnostics> {
        let names: Vec<String> = contents.iter().map(|(name, _)| name.clone()).collect();
        let mut pages = Vec::new();
        for (index, (_, content)) in contents.into_iter().enumerate() {
            let links = paging::links(first, &names, index);
            let (mut name, mut turn) = (title.to_string(), String::new());
            if !links.is_empty() {
                name = format!("{title} {}/{}", index + 1, names.len());
                turn = splice::html_block(&self.render(templates::MADE_PAGES.0, &PagesModel { pages: links })?, "\n\n");
            }
            let content = format!("# {name}\n\n{turn}{content}");
            pages.push(self.page(kind, &name, content, paging::path(first, index)));
        }
        let mut pages = pages.into_iter();
        Ok(pages.next().map(|first| {
            let parent_names = vec![first.name.clone()];
            let later = pages.map(|page| BookItem::Chapter(Chapter { parent_names: parent_names.clone(), ..page }));
            Chapter { sub_items: later.collect(), ..first }
        }))
    }

    /// A made page; for renderers other than HTML it says what it is.
    pub(crate) fn page(&self, kind: PageKind, title: &str, content: String, path: impl Into<PathBuf>) -> Chapter {
        let content = if self.is_html() { content } else { format!("{}\n\n{content}", facts::block(&kind)) };
        Chapter { source_path: None, ..Chapter::new(title, content, path, Vec::new()) }
    }

    /// The book's other forms: files below the site's root.
    pub(crate) fn downloads(&self) -> &[String] {
        &self.downloads
    }

    /// What gives the body of `chapter`, which answers `entry`, its header, marked errata and related links.
    pub(crate) fn question(
        &self,
        chapter: &ParsedChapter<'_>,
        entry: &Entry,
        catalog: &Catalog,
    ) -> Result<Vec<Splice>, Diagnostics> {
        let header = self.header(entry, catalog)?;
        let header = match chapter.end_of_title() {
            Some(end) => {
                Splice { span: end..end, text: format!("\n{}{header}", self.opening(&chapter.body.text()[end..])) }
            }
            None => Splice { span: 0..0, text: format!("{header}\n\n") },
        };
        let end = chapter.body.text().len();
        let mut splices = vec![header, Splice { span: end..end, text: self.end(chapter, entry, catalog)? }];
        if self.is_html() {
            splices.extend(items(chapter.body, ERRATA).iter().flat_map(|item| errata::marks(item, &self.words)));
        }
        Ok(splices)
    }

    /// What begins a block of HTML with `rest` below it: a block that begins with a comment ends with its line, others only at
    /// a blank one.
    fn opening(&self, rest: &str) -> &'static str {
        let is_blank = rest.lines().nth(1).is_none_or(|line| line.trim().is_empty());
        if self.is_html() && !is_blank { "<!-- -->" } else { "" }
    }

    fn header(&self, entry: &Entry, catalog: &Catalog) -> Result<String, Diagnostics> {
        if !self.is_html() {
            return Ok(markdown::header(&entry.question, &self.words));
        }
        let mut model = self.model(entry, catalog, &entry.path);
        // The page says right above and below what was taken from its title and its first paragraph.
        let [question, summary] = entry.says;
        model.question = if question { model.question } else { "" };
        model.summary = if summary { model.summary } else { "" };
        Ok(splice::html_block(&self.render(templates::HEADER.0, &model)?, ""))
    }

    /// Marks, a way on, and the related questions.
    fn end(&self, chapter: &ParsedChapter<'_>, entry: &Entry, catalog: &Catalog) -> Result<String, Diagnostics> {
        let related = entry.question.related.iter().filter_map(|slug| catalog.by_slug(slug));
        let related = Related(related.map(|other| self.related(other, &entry.path)).collect());
        if self.is_html() {
            let random = catalog.far_from(&entry.path).map(|other| self.href(&other.path, &entry.path));
            let html = self.render(templates::END.0, &EndModel { slug: entry.slug(), random, related })?;
            return Ok(format!("\n{}\n", splice::html_block(&html, "")));
        }
        let errata = Errata::of(chapter.body, &self.words);
        let follow_ups = FollowUps(FollowUp::all_of(chapter.body));
        let mut text = String::new();
        if !errata.0.is_empty() {
            text = format!("\n{}\n", facts::block(&errata));
        }
        if !follow_ups.0.is_empty() {
            text += &format!("\n{}\n", facts::block(&follow_ups));
        }
        if !related.0.is_empty() {
            text += &markdown::related(&related, &self.words);
        }
        Ok(text)
    }

    fn related(&self, entry: &Entry, from: &Path) -> RelatedQuestion {
        RelatedQuestion {
            number: entry.question.label(),
            slug: entry.slug(),
            title: entry.title.clone(),
            summary: entry.question.summary.clone(),
            href: self.href(&entry.path, from),
        }
    }

    /// The text of a part's index page, its title included.
    pub(crate) fn part(&self, title: &str, items: Vec<PartItem<'_>>) -> Result<String, Diagnostics> {
        let body = if self.is_html() {
            splice::html_block(&self.render(templates::PART.0, &PartModel { title, items })?, "")
        } else {
            markdown::part(items.iter().filter_map(|item| item.question.as_ref()))
        };
        Ok(format!("# {title}\n\n{body}\n"))
    }

    /// What a template on the page `from` sees of `entry`.
    pub(crate) fn model<'a>(&'a self, entry: &'a Entry, catalog: &Catalog, from: &Path) -> QuestionModel<'a> {
        let question = &entry.question;
        let tag = |tag: &String| {
            let page = paging::path(address::TAGS, catalog.tag_page(tag));
            Link { text: tag.clone(), href: format!("{}#{}", self.href(&page, from), catalog.tag_id(tag)) }
        };
        QuestionModel {
            number: question.label(),
            has_namesake: catalog.entries().iter().filter(|other| other.question.number == question.number).count() > 1,
            slug: entry.slug(),
            title: &entry.title,
            href: self.href(&entry.path, from),
            question: &question.question,
            summary: &question.summary,
            level: question.level.map_or("", |level| level.label(&self.words)),
            level_name: question.level.map_or("", Level::name),
            numbered: self.words.filled("questions.numbered", &[("number", &question.label())]),
            part: entry.part.as_deref(),
            tags: question.tags.iter().map(tag).collect(),
            aliases: question.aliases.iter().chain(&question.tags).cloned().collect::<Vec<_>>().join(", "),
            asked: question.asked.join(" | "),
            verified: question.verified.map(|day| day.to_string()).unwrap_or_default(),
            single: question.options.iter().filter(|option| option.right).count() == 1,
            options: OptionModel::all_of(&question.options),
        }
    }

    /// The address of page `to` as seen from page `from`; HTML pages link to `.html`, Markdown to `.md`.
    pub(crate) fn href(&self, to: &Path, from: &Path) -> String {
        address::href(&if self.is_html() { to.with_extension("html") } else { to.to_path_buf() }, from)
    }
}
