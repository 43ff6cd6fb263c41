//! What stands around the text of a page: where one is, the page's contents, the ways on, those to the sources.
//!
//! All of it is HTML that works without scripts; the theme's `contents.js` says which section is being read.

mod feedback;
mod glance;

use lol_html::html_content::ContentType;
use mdbook_questions::Question;
use qabook_support::path::joined;
use qabook_support::{Diagnostics, Templates};
use qabook_words::Table;
use serde::Serialize;

pub(super) use feedback::Feedback;
use glance::{Glance, Heading};

use super::address::Address;
use super::model::{Asked, Kind, Model, Page};
use super::rewriting::{Occurs, Rewriting};

/// The templates and their built-in texts: above the text, beside it, below it.
pub(super) const TEMPLATES: [(&str, &str); 3] = [
    ("page-start.html", include_str!("../templates/page-start.html")),
    ("page-contents.html", include_str!("../templates/page-contents.html")),
    ("page-end.html", include_str!("../templates/page-end.html")),
];

/// Of more headings only those of the first level are contents; of more than that, none.
const MOST: usize = 40;

/// What frames need of the whole site.
pub(super) struct Frame<'a> {
    pub(super) model: &'a Model,
    pub(super) address: &'a Address,
    pub(super) templates: &'a Templates,
    pub(super) feedback: Option<&'a Feedback>,
}

/// What the templates see.
#[derive(Serialize)]
struct PageModel<'a> {
    words: &'a Table,
    /// The words of questions.
    question_words: &'a Table,
    /// What leads to the root of the site, such as `../`.
    root: String,
    /// Whether this is the first page of the book.
    is_home: bool,
    title: &'a str,
    /// What the book is, in a sentence.
    about: String,
    /// The pages above this one, without the home page.
    above: Vec<Link<'a>>,
    /// The page's place among the questions of its part, such as `4/17`, or its name.
    here: String,
    /// How long it takes to read, in words; empty for a page that nobody reads from top to bottom.
    time: String,
    sections: Vec<Section>,
    /// The question that the page answers, as marks are kept.
    slug: Option<String>,
    previous: Option<Turn<'a>>,
    next: Option<Turn<'a>>,
    edit: Option<String>,
    report: Option<String>,
}

#[derive(Serialize)]
struct Link<'a> {
    title: &'a str,
    href: String,
}

/// A section with those below it.
#[derive(Serialize)]
struct Section {
    heading: Heading,
    sections: Vec<Heading>,
}

/// A neighbour of the page.
#[derive(Serialize)]
struct Turn<'a> {
    title: &'a str,
    href: String,
    number: String,
    level: &'a str,
    slug: Option<String>,
}

impl Frame<'_> {
    /// Frames the text of `page`, whose HTML at `file` is `html` as mdBook made it.
    ///
    /// # Errors
    /// What is wrong with a template.
    pub(super) fn put(
        &self,
        page: &Page,
        file: &str,
        html: &str,
        rewriting: &mut Rewriting<'_>,
    ) -> Result<(), Diagnostics> {
        let model = self.page(page, file, Glance::at(html));
        let [start, contents, end] = TEMPLATES.map(|(name, _)| self.templates.render(name, &model));
        let (start, contents, end) = (start?, contents?, end?);
        rewriting.element("#mdbook-content", Occurs::Once, move |content| {
            // Above what the skip link leads to.
            content.before(&format!("<div class=\"page-columns\">{start}"), ContentType::Html);
            content.after(&format!("{contents}</div>"), ContentType::Html);
            Ok(())
        });
        rewriting.element("nav.nav-wrapper", Occurs::Once, move |stock| {
            stock.replace(&end, ContentType::Html);
            Ok(())
        });
        // Arrows at the edges of the window: those below the text say where they lead.
        rewriting.element("nav.nav-wide-wrapper", Occurs::Once, |stock| {
            stock.remove();
            Ok(())
        });
        Ok(())
    }

    fn page<'p>(&'p self, page: &'p Page, file: &str, glance: Glance) -> PageModel<'p> {
        let model = self.model;
        let root = "../".repeat(file.matches('/').count());
        let asked = asked(page);
        let is_read = matches!(page.kind, Kind::Question(_) | Kind::Other) && !page.is_looked_up;
        let minutes = glance.minutes().to_string();
        let about = model.words.filled("site.titled", &[("title", ""), ("description", &model.description)]);
        let above = page.above().into_iter().map(|(title, file)| Link { title, href: format!("{root}{file}") });
        let address = self.address.of_page(&page.file).unwrap_or_else(|| page.file.clone());
        PageModel {
            words: model.words.table("site"),
            question_words: model.words.table("questions"),
            is_home: matches!(page.kind, Kind::Home),
            title: &model.title,
            about: if model.description == model.title { String::new() } else { about },
            above: above.collect(),
            here: model.place(page).map_or_else(|| page.name.clone(), |(place, of)| format!("{place}/{of}")),
            time: if is_read { model.words.filled("site.reading-time", &[("n", &minutes)]) } else { String::new() },
            sections: if matches!(page.kind, Kind::Home) { Vec::new() } else { sections(glance.headings) },
            slug: asked.map(|asked| asked.slug.clone()),
            previous: glance.previous.and_then(|href| self.turn(file, href)),
            next: glance.next.and_then(|href| self.turn(file, href)),
            edit: self.feedback.zip(page.source.as_deref()).map(|(feedback, source)| feedback.edit(source)),
            report: self.feedback.map(|feedback| feedback.report(&page.name, &address, &model.words)),
            root,
        }
    }

    /// The neighbour to which `href` leads from `file`.
    fn turn(&self, file: &str, href: String) -> Option<Turn<'_>> {
        let page = self.model.page(&joined(file, &href))?;
        let asked = asked(page);
        let question = asked.map(|asked| &asked.question);
        Some(Turn {
            title: &page.name,
            number: question.map_or_else(String::new, Question::label),
            level: question.and_then(|question| question.level).map_or("", |level| level.label(&self.model.words)),
            slug: asked.map(|asked| asked.slug.clone()),
            href,
        })
    }
}

fn asked(page: &Page) -> Option<&Asked> {
    match &page.kind {
        Kind::Question(asked) => Some(asked),
        _ => None,
    }
}

/// The contents of a page with `headings`; a single section needs none.
fn sections(mut headings: Vec<Heading>) -> Vec<Section> {
    if headings.len() > MOST {
        headings.retain(|heading| heading.level == 2);
    }
    if !(2..=MOST).contains(&headings.len()) {
        return Vec::new();
    }
    let mut sections: Vec<Section> = Vec::new();
    for heading in headings {
        match sections.last_mut() {
            Some(section) if heading.level > section.heading.level => section.sections.push(heading),
            _ => sections.push(Section { heading, sections: Vec::new() }),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(levels: &[u8]) -> Vec<Heading> {
        levels.iter().map(|level| Heading { level: *level, ..Heading::default() }).collect()
    }

    #[test]
    fn follow_ups_are_below_their_section() {
        let counts = |levels: &[u8]| -> Vec<usize> {
            sections(headings(levels)).iter().map(|section| section.sections.len()).collect()
        };
        assert_eq!(counts(&[2, 2, 3, 3, 2]), [0, 2, 0]);
        assert_eq!(counts(&[3, 3]), [0, 0]);
        assert_eq!(counts(&[2]), [0; 0]);
    }

    #[test]
    fn long_pages_have_short_contents() {
        let mut levels = vec![2; 5];
        levels.extend([3; 50]);
        assert_eq!(sections(headings(&levels)).len(), 5);
        assert!(sections(headings(&[2; 41])).is_empty());
    }
}
