//! Pages to practise with: every question with its answer hidden, every claim of the errata to be judged, every follow-up.
//!
//! Each card says what it is by an id that stays the same from build to build, so that a reader's schedule survives: that
//! of a question is its slug, that of other cards has a hash of what is asked.

use mdbook_preprocessor::book::{Book, Chapter};
use qabook_support::markdown::escape;
use qabook_support::path::slashed;
use qabook_support::{Diagnostics, splice};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::Path;

use crate::chapter::ParsedChapter;
use crate::entry::Entry;
use crate::errata::{self, ErratumKind};
use crate::excerpt::at_the_root;
use crate::kind::PageKind;
use crate::model::OptionModel;
use crate::question::Level;
use crate::render::Renderer;
use crate::sections::{ERRATA, FOLLOW_UPS, items};
use crate::statement::marked;
use crate::{address, follow_ups, paging, templates};

/// What a page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Drill {
    Review,
    Statements,
    FollowUps,
    /// Made by the preprocessor `snippets`.
    Outputs,
}

impl Drill {
    /// Where its page is, and what it is called in the words.
    fn page(self) -> (&'static str, &'static str) {
        match self {
            Self::Review => (address::REVIEW, "questions.review"),
            Self::Statements => (address::STATEMENTS, "questions.statements"),
            Self::FollowUps => (address::FOLLOW_UPS, "questions.follow-ups"),
            Self::Outputs => (address::OUTPUTS, "questions.outputs"),
        }
    }
}

/// A thing to practise. Texts are Markdown.
#[derive(Debug, Serialize)]
struct Card<'a> {
    id: String,
    /// That of its question.
    number: String,
    slug: String,
    part: Option<&'a str>,
    level: &'static str,
    /// Separated by `|`.
    tags: String,
    prompt: String,
    answer: String,
    /// Where the chapter says it.
    href: String,
    source: String,
}

impl Card<'_> {
    /// About how many bytes it takes on a page: the texts, and what the template puts around them.
    fn size(&self) -> usize {
        const AROUND: usize = 300;
        self.prompt.len() + self.answer.len() + self.tags.len() + AROUND
    }
}

/// What the template of a page sees.
#[derive(Serialize)]
struct PageModel<'a> {
    kind: Drill,
    cards: &'a [Card<'a>],
}

/// A link to one of the pages.
#[derive(Debug, Clone, Serialize)]
struct PageLink {
    text: String,
    href: String,
    /// How many cards it has.
    count: usize,
    current: bool,
}

/// The pages of a book, with what they ask.
pub(crate) struct Practice<'a> {
    drills: Vec<(Drill, Vec<Card<'a>>)>,
    /// How many cards the page has that the preprocessor `snippets` has made, if it has.
    outputs: Option<usize>,
}

impl<'a> Practice<'a> {
    /// What the chapters of `book` give to practise with; nothing in a book without questions.
    pub(crate) fn of(book: &Book, chapters: &'a [ParsedChapter<'a>], renderer: &Renderer) -> Self {
        let questions = chapters.iter().filter_map(|chapter| Some((chapter.entry?, chapter)));
        let sources: Vec<_> = questions.map(|(entry, chapter)| Source { entry, chapter, renderer }).collect();
        let drills = [
            (Drill::Review, sources.iter().map(Source::question).collect::<Vec<_>>()),
            (Drill::Statements, sources.iter().flat_map(Source::statements).collect()),
            (Drill::FollowUps, sources.iter().flat_map(Source::follow_ups).collect()),
        ];
        let drills = drills.into_iter().filter(|(_, cards)| !cards.is_empty()).collect();
        let outputs = book.chapters().find(|chapter| address::is_outputs(chapter));
        Self { drills, outputs: outputs.map(|page| page.content.matches(" data-card=").count()) }
    }

    /// The links to all pages as seen from `from`.
    fn links(&self, from: &Path, renderer: &Renderer) -> Vec<PageLink> {
        let outputs = self.outputs.map(|count| (Drill::Outputs, count));
        let own = self.drills.iter().map(|(drill, cards)| (*drill, cards.len()));
        let link = |(drill, count): (Drill, usize)| {
            let (path, name) = drill.page();
            PageLink {
                text: renderer.words().text(name).to_string(),
                href: renderer.href(Path::new(path), from),
                count,
                current: Path::new(path) == from,
            }
        };
        own.chain(outputs).map(link).collect()
    }

    /// The row of links to all pages, as it stands on the page `from`.
    ///
    /// # Errors
    /// A template that is wrong.
    pub(crate) fn navigation(&self, from: &Path, renderer: &Renderer) -> Result<String, Diagnostics> {
        #[derive(Serialize)]
        struct Model {
            pages: Vec<PageLink>,
        }
        let html = renderer.render(templates::PRACTICE_NAV.0, &Model { pages: self.links(from, renderer) })?;
        Ok(splice::html_block(&html, ""))
    }

    /// The doors of the home page: to the review, to the drills, to the first question.
    ///
    /// # Errors
    /// A template that is wrong.
    pub(crate) fn doors(&self, from: &Path, first: &Entry, renderer: &Renderer) -> Result<String, Diagnostics> {
        #[derive(Serialize)]
        struct Model {
            review: Option<PageLink>,
            test: Option<PageLink>,
            first: String,
        }
        let mut links = self.links(from, renderer).into_iter();
        let model = Model { review: links.next(), test: links.next(), first: renderer.href(&first.path, from) };
        Ok(splice::html_block(&renderer.render(templates::DOORS.0, &model)?, ""))
    }

    /// The pages themselves.
    ///
    /// # Errors
    /// A template that is wrong.
    pub(crate) fn pages(&self, renderer: &Renderer) -> Result<Vec<Chapter>, Diagnostics> {
        let words = renderer.words();
        let made = self.drills.iter().map(|(drill, cards)| {
            let (path, name) = drill.page();
            let title = words.text(name);
            let intro = words.filled(&format!("{name}-intro"), &[("n", &cards.len().to_string())]);
            let navigation = self.navigation(Path::new(path), renderer)?;
            let sizes: Vec<usize> = cards.iter().map(Card::size).collect();
            // All that a reader has marked is looked for on the page of all questions.
            let limit = if *drill == Drill::Review { usize::MAX } else { paging::PRACTICE_LIMIT };
            let runs = paging::runs(&sizes, limit).into_iter();
            let text = |run: Range<usize>| {
                let cards = &cards[run];
                // Blank lines stay: what is between them is Markdown.
                let body = renderer.render(templates::PRACTICE.0, &PageModel { kind: *drill, cards })?;
                let [first, last] = [cards.first(), cards.last()].map(|card| card.map_or("", |card| &card.number));
                Ok((paging::name(first, last), format!("{navigation}\n\n{intro}\n\n{body}")))
            };
            let texts = runs.map(text).collect::<Result<_, Diagnostics>>()?;
            renderer.pages(PageKind::Practice, title, texts, path)
        });
        made.filter_map(Result::transpose).collect()
    }
}

/// A chapter that cards are made of.
struct Source<'a, 'r> {
    entry: &'a Entry,
    chapter: &'a ParsedChapter<'a>,
    renderer: &'r Renderer,
}

impl<'a> Source<'a, '_> {
    /// A card that is said in the section `section` of the chapter, whose link reads `source`.
    fn card(&self, id: String, [prompt, answer]: [String; 2], section: &str, source: String) -> Card<'a> {
        let entry = self.entry;
        let question = &entry.question;
        Card {
            id,
            number: question.label(),
            slug: entry.slug(),
            part: entry.part.as_deref(),
            level: question.level.map_or("", Level::name),
            tags: question.tags.join("|"),
            prompt,
            answer,
            href: format!("{}{section}", slashed(&entry.path.with_extension("html"))),
            source,
        }
    }

    /// The number and the title of the chapter.
    fn named(&self) -> String {
        let numbered = self.renderer.words().filled("questions.numbered", &[("number", &self.entry.question.label())]);
        format!("{numbered} · {}", self.entry.title)
    }

    fn question(&self) -> Card<'a> {
        let question = &self.entry.question;
        let options = OptionModel::all_of(&question.options);
        let options = options
            .iter()
            .map(|option| format!("<li><span class=\"option-letter\">{}</span> {}</li>", option.letter, option.text));
        let options = options.collect::<String>();
        let options =
            if options.is_empty() { options } else { format!("\n\n<ul class=\"practice-options\">{options}</ul>") };
        let prompt = format!(
            "<span class=\"practice-number\">{}</span> {}{options}",
            question.label(),
            escape(&question.question)
        );
        let read = self.renderer.words().text("questions.read-chapter").to_string();
        self.card(format!("q:{}", self.entry.slug()), [prompt, escape(&question.summary)], "", read)
    }

    fn statements(&self) -> Vec<Card<'a>> {
        let body = self.chapter.body;
        let text_of = |span| at_the_root(body.text(), span, body.events(), &self.entry.path);
        let halves = items(body, ERRATA).into_iter().filter_map(|item| errata::halves(&item, self.renderer.words()));
        let card = |(kind, claim, fact): (ErratumKind, _, _)| {
            let id = self.hashed('s', &body.text()[Range::clone(&claim)]);
            let verdict = self.renderer.words().text(&format!("questions.{}", kind.name()));
            let claim = marked("statement-claim", "statement-origin", &text_of(claim));
            let fact = marked("statement-fact", "statement-sources", &text_of(fact));
            let answer =
                format!("<p class=\"statement-verdict\" data-kind=\"{}\">{verdict}</p>\n\n{fact}", kind.name());
            self.card(id, [claim, answer], &format!("#{ERRATA}"), self.named())
        };
        halves.map(card).collect()
    }

    fn follow_ups(&self) -> Vec<Card<'a>> {
        let body = self.chapter.body;
        let text_of = |span| at_the_root(body.text(), span, body.events(), &self.entry.path);
        let card = |(question, answer): (Range<usize>, _)| {
            let id = self.hashed('f', &body.text()[question.clone()]);
            self.card(id, [text_of(question), text_of(answer)], &format!("#{FOLLOW_UPS}"), self.named())
        };
        follow_ups::spans(body).into_iter().map(card).collect()
    }

    /// The id of a card of `kind` that asks `asked`.
    fn hashed(&self, kind: char, asked: &str) -> String {
        card_id(kind, &self.entry.slug(), asked)
    }
}

/// The id of a card that asks `asked` in the chapter `slug`: the same from build to build, whatever else changes there.
/// `kind` is `s` for a statement and `f` for a follow-up.
#[must_use]
pub fn card_id(kind: char, slug: &str, asked: &str) -> String {
    let hash = Sha256::digest(asked.trim());
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}:{slug}:{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_what_is_asked_alone() {
        assert_eq!(card_id('s', "arp", " 甲 "), card_id('s', "arp", "甲"));
        assert_ne!(card_id('s', "arp", "甲"), card_id('s', "arp", "乙"));
        assert_ne!(card_id('s', "arp", "甲"), card_id('f', "arp", "甲"));
    }
}
