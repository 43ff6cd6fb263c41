//! A document to notes.

use mdbook_questions::{ErratumKind, card_id};
use qabook_document::{
    BlockKind, Chapter, Document, PageKind, Program, ProgramKind, Question, Site, Words, for_each_block,
};
use qabook_support::Diagnostics;
use std::collections::HashMap;

use crate::html::{self, Writer, escape, prose};
use crate::ids::slugs;
use crate::media::Media;
use crate::note::{Kind, Note};
use crate::rule::ANKI;
use crate::sections::{FollowUp, Statement, follow_ups, statements};

/// The cards of a book, in the order in which Anki is to show them: that of its chapters.
pub(crate) struct Cards {
    pub(crate) notes: Vec<Note>,
    pub(crate) media: Media,
}

impl Cards {
    /// The cards of `document`.
    ///
    /// # Errors
    /// Everything that is wrong with it: no title, no questions, pictures that can't be read.
    pub(crate) fn of(document: &Document) -> Result<Self, Diagnostics> {
        let site = html::site(document);
        let mut maker = Maker {
            words: &document.words,
            site: site.as_ref(),
            notes: Vec::new(),
            media: Media::default(),
            outputs: homes(document),
            slugs: slugs(document),
            problems: Diagnostics::default(),
        };
        if document.title.trim().is_empty() {
            let hint = "write `title = \"…\"` below [book] in book.toml: Anki knows the deck and its notes again by it";
            maker.problems.push(ANKI.broken("the book has no title", hint));
        }
        for part in &document.parts {
            for chapter in part.chapters.iter().flat_map(Chapter::with_children) {
                maker.chapter(chapter, part.title.as_deref());
            }
        }
        if !maker.notes.iter().any(|note| note.id.starts_with("q:")) {
            let hint = "a deck is made of numbered chapters of SUMMARY.md that begin with front matter, and book.toml \
                        needs a table [preprocessor.questions]";
            maker.problems.push(ANKI.broken("the book has no questions", hint));
        }
        let Maker { notes, media, problems, .. } = maker;
        problems.into_result(Self { notes, media })
    }
}

/// What `program` prints, unless the chapter hides it or it is nothing.
fn shown(program: &Program) -> Option<&str> {
    program.recorded.as_deref().filter(|recorded| !recorded.trim().is_empty())
}

/// For each program whose record is shown the chapter that its note is of: the first question, or else the first, such as
/// the home page.
fn homes(document: &Document) -> HashMap<&str, &str> {
    let mut homes = HashMap::new();
    let (questions, others): (Vec<_>, Vec<_>) =
        document.chapters().partition(|chapter| chapter.kind == PageKind::Question);
    for chapter in questions.into_iter().chain(others) {
        for_each_block(&chapter.blocks, &mut |block| {
            if let BlockKind::Snippet(program) = &block.kind
                && shown(program).is_some()
            {
                homes.entry(program.reference.name.as_str()).or_insert(chapter.path.as_str());
            }
        });
    }
    homes
}

/// Makes notes of one chapter after the other.
struct Maker<'a> {
    words: &'a Words,
    site: Option<&'a Site>,
    notes: Vec<Note>,
    media: Media,
    /// The programs that are still to get a note, each with the path of the chapter that it is to be of.
    outputs: HashMap<&'a str, &'a str>,
    /// Of the questions, by the paths of their chapters.
    slugs: HashMap<&'a str, String>,
    problems: Diagnostics,
}

/// What all notes of a chapter share.
struct Source<'a> {
    chapter: &'a Chapter,
    /// Empty where it is no question.
    slug: String,
    part: Option<&'a str>,
    tags: Vec<String>,
    /// The question's number and title.
    name: String,
    /// The word for its level.
    level: &'a str,
}

impl<'a> Maker<'a> {
    fn chapter(&mut self, chapter: &'a Chapter, part: Option<&'a str>) {
        // Pages that are made of others repeat what these say.
        if chapter.kind.is_made() {
            return;
        }
        let header = chapter.blocks.iter().position(|block| matches!(block.kind, BlockKind::QuestionHeader(_)));
        let question = header.and_then(|at| match &chapter.blocks[at].kind {
            BlockKind::QuestionHeader(question) => Some((at, &**question)),
            _ => None,
        });
        let source = self.source(chapter, part, question.map(|(_, question)| question));
        if let Some((at, question)) = question.filter(|_| chapter.kind == PageKind::Question) {
            self.question(&source, question, at);
            self.follow_ups(&source);
            self.statements(&source);
        }
        for_each_block(&chapter.blocks, &mut |block| {
            if let BlockKind::Snippet(program) = &block.kind {
                self.output(&source, program);
            }
        });
    }

    fn source(&self, chapter: &'a Chapter, part: Option<&'a str>, question: Option<&Question>) -> Source<'a> {
        let numbered = |question: &Question| {
            self.words.filled("anki.numbered", &[("number", &question.label()), ("title", &chapter.title)])
        };
        Source {
            chapter,
            slug: self.slugs.get(chapter.path.as_str()).cloned().unwrap_or_default(),
            part,
            tags: question.map_or_else(Vec::new, |question| question.tags.iter().map(|tag| in_one_word(tag)).collect()),
            name: question.map_or_else(|| chapter.title.clone(), numbered),
            level: question.and_then(|question| question.level).map_or("", |level| level.label(self.words)),
        }
    }

    fn note(&mut self, source: &Source<'_>, kind: Kind, id: String, fields: Vec<String>) {
        let part = source.part.map(Into::into);
        self.notes.push(Note { kind, id, part, tags: source.tags.clone(), fields });
    }

    fn writer<'b>(&'b mut self, source: &Source<'b>) -> Writer<'b> {
        Writer::new(source.chapter, self.site, self.words, &mut self.media, &mut self.problems)
    }

    /// A link to the place `id` of the chapter, or its name where there is nothing to link to.
    fn link(&self, source: &Source<'_>, id: Option<&str>) -> String {
        let name = prose(&source.name);
        match self.site {
            Some(site) => format!("<a href=\"{}\">{name}</a>", escape(&site.page(&source.chapter.path, id))),
            None => name,
        }
    }

    /// The question whose head is the block at `at`. When it has options, the list of these is before its head, and after it
    /// which are right and the list of reasons.
    fn question(&mut self, source: &Source<'a>, question: &Question, at: usize) {
        let blocks = &source.chapter.blocks;
        let around = if question.options.is_empty() { None } else { at.checked_sub(1).zip(blocks.get(at + 1..at + 3)) };
        let (options, reasons) = around.map_or_else(Default::default, |(before, after)| {
            let options = format!("<div class=\"options\">{}</div>", self.writer(source).field(&blocks[before..at]));
            (options, self.writer(source).field(after))
        });
        let fields = vec![
            prose(&question.question),
            String::new(),
            options,
            if question.summary.is_empty() { String::new() } else { format!("<p>{}</p>", prose(&question.summary)) },
            reasons,
            source.level.into(),
            self.link(source, None),
        ];
        self.note(source, Kind::Question, format!("q:{}", source.slug), fields);
    }

    fn follow_ups(&mut self, source: &Source<'a>) {
        let found = follow_ups(source.chapter).unwrap_or_else(|problem| {
            self.problems.push(problem);
            Vec::new()
        });
        for FollowUp { asked, question, answer } in found {
            let question = self.writer(source).line(question);
            let answer = self.writer(source).field(answer);
            let (context, source_link) = (prose(&source.chapter.title), self.link(source, Some("follow-up")));
            let fields =
                vec![question, context, String::new(), answer, String::new(), source.level.into(), source_link];
            self.note(source, Kind::Question, card_id('f', &source.slug, asked), fields);
        }
    }

    fn statements(&mut self, source: &Source<'a>) {
        let found = statements(source.chapter, self.words).unwrap_or_else(|problem| {
            self.problems.push(problem);
            Vec::new()
        });
        for Statement { erratum, claim, fact } in found {
            let id = card_id('s', &source.slug, &erratum.claim);
            let verdict = self.words.text(match erratum.kind {
                ErratumKind::Wrong => "anki.wrong",
                ErratumKind::Imprecise => "anki.imprecise",
                ErratumKind::Incomplete => "anki.incomplete",
            });
            // Half of the cards ask whether the fact is right: else "no" would always be the answer. Which ones doesn't
            // change, since it depends on the claim.
            let fact_first = id.ends_with(|digit: char| digit.to_digit(16).is_some_and(|digit| digit % 2 == 1));
            let fields = vec![
                self.writer(source).line(&claim.text),
                self.writer(source).line(&claim.parentheses),
                verdict.into(),
                self.writer(source).line(&fact.text),
                self.writer(source).line(&fact.parentheses),
                if fact_first { "1".into() } else { String::new() },
                self.link(source, Some("errata")),
            ];
            self.note(source, Kind::Statement, id, fields);
        }
    }

    /// The program's output to guess, once in the book.
    fn output(&mut self, source: &Source<'a>, program: &'a Program) {
        let Some(recorded) = shown(program) else { return };
        let name = program.reference.name.as_str();
        if self.outputs.get(name) != Some(&source.chapter.path.as_str()) {
            return;
        }
        self.outputs.remove(name);
        let label = match program.kind {
            ProgramKind::Runs => "anki.output",
            ProgramKind::FailsToCompile => "anki.compile-error",
        };
        // Who is to guess must see all of it.
        let whole = program.whole.is_none();
        let marked = if whole { program.highlighted.as_slice() } else { &[] };
        let fields = vec![
            prose(&program.caption),
            html::code(program.whole(), "rust", marked),
            self.words.text(label).into(),
            html::record(recorded),
            self.link(source, None),
        ];
        self.note(source, Kind::Output, format!("o:{}", program.reference.name), fields);
    }
}

/// `tag` without the spaces that separate tags in Anki.
fn in_one_word(tag: &str) -> String {
    tag.split_whitespace().collect::<Vec<_>>().join("_")
}
