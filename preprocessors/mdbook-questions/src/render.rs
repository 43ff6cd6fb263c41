//! Page headers and indexes, as HTML by Tera templates or as Markdown.

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use qabook_support::splice::{self, Splice};
use qabook_support::{Diagnostics, Templates, markdown};
use serde::Serialize;
use std::path::Path;

use crate::catalog::{Catalog, Entry};
use crate::config::Config;
use crate::errata;
use crate::front_matter::FrontMatter;
use crate::listing::{DOWNLOADS, PARTS, RANDOM};
use crate::pages::TAGS_PAGE;

const HEADER: (&str, &str) = ("question-header.html", include_str!("../templates/question-header.html"));
const END: (&str, &str) = ("question-end.html", include_str!("../templates/question-end.html"));
const PART: (&str, &str) = ("part-index.html", include_str!("../templates/part-index.html"));

/// Parts of other templates: the buttons of a question, and how far the reader is.
const MARKS: (&str, &str) = ("question-marks.html", include_str!("../templates/question-marks.html"));
const SUMMARY: (&str, &str) = ("progress-summary.html", include_str!("../templates/progress-summary.html"));
const TEMPLATES: [(&str, &str); 8] = [MARKS, SUMMARY, HEADER, END, PART, PARTS, RANDOM, DOWNLOADS];

/// Renders for one renderer of the book.
pub(crate) struct Renderer {
    /// `None` for every renderer but HTML.
    templates: Option<Templates>,
    downloads: Vec<String>,
}

/// A link to another page.
#[derive(Serialize)]
pub(crate) struct Link {
    /// What it reads.
    pub(crate) text: String,
    /// Address relative to the page.
    href: String,
}

/// What the templates see of a question.
#[derive(Serialize)]
pub(crate) struct QuestionModel<'a> {
    pub(crate) number: String,
    /// Its chapter's file name without extension: what the reader's marks are kept by.
    pub(crate) slug: String,
    pub(crate) title: &'a str,
    pub(crate) href: String,
    pub(crate) question: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) level: &'static str,
    pub(crate) part: Option<&'a str>,
    pub(crate) tags: Vec<Link>,
    /// Aliases and tags, for the search index: `data-aliases`.
    aliases: String,
    pub(crate) verified: String,
}

/// A line of a part's index: a written question, or the title of one that is still a draft.
#[derive(Serialize)]
pub(crate) struct PartItem<'a> {
    pub(crate) question: Option<QuestionModel<'a>>,
    pub(crate) draft: Option<&'a str>,
}

/// What stands below a chapter.
#[derive(Serialize)]
struct EndModel<'a> {
    slug: String,
    /// Where the link to a random question leads while scripts are off.
    random: Option<String>,
    related: Vec<QuestionModel<'a>>,
}

#[derive(Serialize)]
struct PartModel<'a> {
    title: &'a str,
    items: Vec<PartItem<'a>>,
}

impl Renderer {
    pub(crate) fn new(ctx: &PreprocessorContext, config: &Config) -> Result<Self> {
        let templates = if ctx.renderer == "html" {
            let html = ctx.config.html_config().unwrap_or_default();
            Some(Templates::load(&html.theme_dir(&ctx.root).join("templates"), &TEMPLATES)?)
        } else {
            None
        };
        Ok(Self { templates, downloads: config.downloads.clone() })
    }

    /// The templates of the HTML renderer; every other gets Markdown.
    pub(crate) fn templates(&self) -> Option<&Templates> {
        self.templates.as_ref()
    }

    /// The book's other forms: files below the site's root.
    pub(crate) fn downloads(&self) -> &[String] {
        &self.downloads
    }

    /// The chapter of `entry` without its front matter, with header, marked errata and related links.
    pub(crate) fn question(&self, entry: &Entry, catalog: &Catalog, content: &str) -> Result<String, Diagnostics> {
        let front_matter = FrontMatter::find(content, &entry.file)?;
        let Some(title_end) = end_of_title(content, front_matter.end) else {
            return Err(entry
                .file
                .problem(content, front_matter.end, "the chapter has no title", "write `# 标题` below the front matter")
                .into());
        };
        let header = self.header(entry, catalog)?;
        // The header's lines take the place of as many of the front matter: all lines below keep their numbers.
        let lines = content[..front_matter.end].matches('\n').count();
        let blank = "\n".repeat(lines.saturating_sub(header.matches('\n').count() + 1));
        let mut splices = vec![
            Splice { span: 0..front_matter.end, text: blank },
            Splice { span: title_end..title_end, text: format!("\n{header}") },
            Splice { span: content.len()..content.len(), text: self.end(entry, catalog)? },
        ];
        if self.templates.is_some() {
            splices.extend(errata::splices(content));
        }
        Ok(splice::apply(content, splices))
    }

    fn header(&self, entry: &Entry, catalog: &Catalog) -> Result<String, Diagnostics> {
        let model = self.model(entry, catalog, &entry.path);
        match &self.templates {
            Some(templates) => Ok(splice::html_block(&templates.render(HEADER.0, &model)?, "")),
            None => Ok(crate::markdown::header(&model)),
        }
    }

    /// Marks, a way on, and the related questions.
    fn end(&self, entry: &Entry, catalog: &Catalog) -> Result<String, Diagnostics> {
        let related: Vec<_> = entry.question.related.iter().filter_map(|slug| catalog.by_slug(slug)).collect();
        let related = related.iter().map(|other| self.model(other, catalog, &entry.path)).collect::<Vec<_>>();
        let Some(templates) = &self.templates else {
            return Ok(if related.is_empty() { String::new() } else { crate::markdown::related(&related) });
        };
        let random = catalog.far_from(&entry.path).map(|other| self.href(&other.path, &entry.path));
        let html = templates.render(END.0, &EndModel { slug: entry.slug(), random, related })?;
        Ok(format!("\n{}\n", splice::html_block(&html, "")))
    }

    /// The text of a part's index page, its title included.
    pub(crate) fn part(&self, title: &str, items: Vec<PartItem<'_>>) -> Result<String, Diagnostics> {
        let body = match &self.templates {
            Some(templates) => splice::html_block(&templates.render(PART.0, &PartModel { title, items })?, ""),
            None => crate::markdown::list(items.iter().filter_map(|item| item.question.as_ref())),
        };
        Ok(format!("# {title}\n\n{body}\n"))
    }

    /// What a template on the page `from` sees of `entry`.
    pub(crate) fn model<'a>(&self, entry: &'a Entry, catalog: &Catalog, from: &Path) -> QuestionModel<'a> {
        let question = &entry.question;
        let tags_page = self.href(Path::new(TAGS_PAGE), from);
        let tag = |tag: &String| Link { text: tag.clone(), href: format!("{tags_page}#{}", catalog.tag_id(tag)) };
        QuestionModel {
            number: question.label(),
            slug: entry.slug(),
            title: &entry.title,
            href: self.href(&entry.path, from),
            question: &question.question,
            summary: &question.summary,
            level: question.level.label(),
            part: entry.part.as_deref(),
            tags: question.tags.iter().map(tag).collect(),
            aliases: question.aliases.iter().chain(&question.tags).cloned().collect::<Vec<_>>().join(", "),
            verified: question.verified.to_string(),
        }
    }

    /// The address of page `to` as seen from page `from`; HTML pages link to `.html`, Markdown to `.md`.
    pub(crate) fn href(&self, to: &Path, from: &Path) -> String {
        file_href(&if self.templates.is_some() { to.with_extension("html") } else { to.to_path_buf() }, from)
    }
}

/// The address of the file `to`, below the site's root, as the chapter `from` links it.
pub(crate) fn file_href(to: &Path, from: &Path) -> String {
    let up = "../".repeat(from.components().count().saturating_sub(1));
    format!("{up}{}", to.display().to_string().replace('\\', "/"))
}

/// The end of the line of the first H1 below byte `start`, without its line break.
fn end_of_title(content: &str, start: usize) -> Option<usize> {
    let body = &content[start..];
    let is_title = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let (_, span) = markdown::parse(body).find(|(event, _)| is_title(event))?;
    Some(start + span.start + body[span].trim_end().len())
}
