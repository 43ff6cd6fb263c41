//! Questions as they were found, before they are pages.

use qabook_support::Diagnostics;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::body::{Stretch, tags_as_text};
use crate::guess::Guess;
use crate::number;
use crate::parts::{self, Basis, Parts, Standing};
use crate::plain::{self, plain};
use crate::read::{Format, Lists};
use crate::scan::{Kind, Mark, Outline};
use crate::sections::{self, Above, Role, Section};
use crate::table;
use crate::told::Told;

/// A question as it was found.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) source: usize,
    pub(crate) line: usize,
    /// The question as Markdown, without its number.
    pub(crate) title: String,
    /// As plain text.
    pub(crate) question: String,
    /// Where links of the title lead.
    pub(crate) links: Vec<String>,
    pub(crate) had_number: bool,
    pub(crate) path: Vec<Above>,
    pub(crate) part: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) body: Stretch,
    /// What of the list it takes up, for links into it; empty for tables.
    pub(crate) whole: Range<usize>,
    /// Where its body begins in the list.
    pub(crate) body_start: usize,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub(crate) questions: Vec<Draft>,
    /// What is outside of questions, with its source.
    pub(crate) outside: Vec<(usize, Section)>,
    /// The headings that are parts: source and line.
    pub(crate) parts: HashSet<(usize, usize)>,
    /// The line of the H1 that is the title of the only list.
    pub(crate) title_line: Option<usize>,
    /// Questions whose numbers are gone and headings that were left out: what, source, line, words.
    pub(crate) told: Vec<(Told, usize, usize, String)>,
}

/// The questions of `lists`.
///
/// # Errors
/// What [`table::rows`] reports.
pub(crate) fn drafts(lists: &Lists, outlines: &[Outline], guess: Option<&Guess>) -> Result<Drafts, Diagnostics> {
    let mut drafts = Drafts::default();
    let mut problems = Diagnostics::default();
    for (index, source) in lists.sources.iter().enumerate() {
        match (source.format, guess) {
            (Format::Table(delimiter), _) => match table::rows(source, delimiter) {
                Ok(rows) => drafts.questions.extend(rows.into_iter().map(|row| of_row(row, index))),
                Err(found) => problems.extend(found),
            },
            (Format::Markdown, Some(guess)) => {
                for section in sections::cut(&source.text, &outlines[index], guess) {
                    drafts.add(section, index, &source.text, guess);
                }
            }
            (Format::Markdown, None) => {}
        }
    }
    problems.into_result(drafts)
}

impl Drafts {
    fn add(&mut self, section: Section, source: usize, text: &str, guess: &Guess) {
        let Role::Question(mark) = section.role else {
            self.outside.push((source, section));
            return;
        };
        let (raw, tags) = tags_as_text(&mark.raw);
        self.told.extend(tags.into_iter().map(|tag| (Told::Tag, source, mark.line, tag)));
        let (title, links) = plain::title(&raw);
        let stripped = if guess.is_numbered() { number::strip_loose(&title) } else { number::strip_named(&title) };
        let had_number = stripped.is_some();
        let title = stripped.map_or(title.as_str(), |stripped| stripped.rest).to_string();
        if had_number {
            self.told.push((Told::Number, source, mark.line, mark.title.clone()));
        }
        self.questions.push(Draft {
            source,
            line: mark.line,
            question: plain(&title),
            title,
            links,
            had_number,
            path: section.path,
            part: None,
            tags: Vec::new(),
            body: stretch(text, &mark, &section.span, section.line),
            whole: mark.start..section.span.end,
            body_start: section.span.start,
        });
    }

    /// The lines of the H1s that questions are below.
    pub(crate) fn h1s_with_questions(&self) -> HashSet<usize> {
        let above = self.questions.iter().flat_map(|draft| &draft.path);
        above.filter(|above| above.level == 1).map(|above| above.line).collect()
    }

    /// Gives each question its part, and puts those of a part together.
    pub(crate) fn assign_parts(&mut self, lists: &Lists, level: Option<u8>) -> Basis {
        let standings: Vec<Standing<'_>> =
            self.questions.iter().map(|draft| Standing { source: draft.source, path: &draft.path }).collect();
        let Parts { basis, titles, headings } = parts::assign(&standings, &lists.sources, level);
        let mut order: HashMap<Option<String>, usize> = HashMap::new();
        for (draft, part) in self.questions.iter_mut().zip(titles) {
            draft.part = draft.part.take().or(part);
            let next = order.len();
            order.entry(draft.part.clone()).or_insert(next);
        }
        self.parts = headings;
        self.questions.sort_by_key(|draft| order.get(&draft.part).copied());
        basis
    }
}

/// The body of the question `mark`: what of `text` is in `span`, without the end tag of its `<details>`.
fn stretch(text: &str, mark: &Mark, span: &Range<usize>, line: usize) -> Stretch {
    let body = &text[span.clone()];
    let end = mark.end.map_or(body.len(), |end| end.clamp(span.start, span.end) - span.start);
    if mark.kind != Kind::Details {
        let item_end = mark.item_end.map(|end| end.clamp(span.start, span.end) - span.start);
        return Stretch { text: body.into(), line, indent: mark.indent, inside: end, item_end };
    }
    let after = body[end..].find('>').map_or("", |close| &body[end + close + 1..]);
    let inner = answer(&body[..end]);
    Stretch { text: format!("{}{after}", blanked(&body[..end], inner)), line, indent: 0, inside: 0, item_end: None }
}

/// `inner`, which is inside `outer`, with a line for each line of `outer` in front of it.
fn blanked(outer: &str, inner: &str) -> String {
    let before = outer.len() - inner.len();
    let start = outer.find(inner).unwrap_or(before);
    "\n".repeat(outer[..start].matches('\n').count()) + inner
}

/// An answer in `<details>` without the markup that is around all of it: `<br><b>…</b>`.
fn answer(html: &str) -> &str {
    let mut rest = html.trim_matches(|c: char| matches!(c, '\n' | '\r'));
    loop {
        let before = rest;
        for line_break in ["<br>", "<br/>", "<br />", "</br>"] {
            let trimmed = rest.trim_start();
            rest = trimmed.strip_prefix(line_break).map_or(rest, str::trim_start);
        }
        for tag in ["b", "p", "strong", "div", "blockquote"] {
            let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
            let inner = rest.trim().strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str()));
            let is_one_pair = |inner: &&str| !inner.contains(open.as_str()) && !inner.contains(close.as_str());
            rest = inner.filter(is_one_pair).map_or(rest, |inner| inner.trim_matches('\n'));
        }
        if rest == before {
            return rest;
        }
    }
}

fn of_row(row: table::Row, source: usize) -> Draft {
    let (title, links) = plain::title(&tags_as_text(&row.question).0);
    Draft {
        source,
        line: row.line,
        question: plain(&title),
        title,
        links,
        had_number: false,
        path: Vec::new(),
        part: row.part,
        tags: row.tags,
        body: Stretch { text: row.answer, line: row.line, indent: 0, inside: 0, item_end: None },
        whole: 0..0,
        body_start: 0,
    }
}
