//! A list cut into questions and what is outside of them.

use std::ops::Range;

use crate::guess::{self, Guess};
use crate::number;
use crate::scan::{Kind, Mark, Outline};

/// A heading above questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Above {
    pub(crate) level: u8,
    pub(crate) title: String,
    pub(crate) raw: String,
    pub(crate) line: usize,
}

/// What a stretch of a list is.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    Question(Mark),
    /// Text before the first heading, or below a heading that is no question.
    Outside,
    /// A table of contents, with its heading.
    Contents,
}

/// A stretch of a list.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) role: Role,
    /// Where its title begins.
    pub(crate) start: usize,
    /// What of the list is its body.
    pub(crate) span: Range<usize>,
    /// The line of its first byte.
    pub(crate) line: usize,
    /// The headings above it, outermost first.
    pub(crate) path: Vec<Above>,
}

/// Cuts `text`, whose outline is given, by the questions of `guess`.
pub(crate) fn cut(text: &str, outline: &Outline, guess: &Guess) -> Vec<Section> {
    let mut cutter = Cutter { sections: Vec::new(), path: Vec::new(), open: (Role::Outside, 0, 0) };
    // Inside a block with an end of its own, headings belong to the answer.
    let mut closed_until = 0;
    let mut ordinal = None;
    let answers = answers(outline, guess);
    let is_in_answer = |mark: &Mark| {
        let index = answers.partition_point(|answer| answer.end <= mark.start);
        answers.get(index).is_some_and(|answer| answer.contains(&mark.start))
    };
    let relevant: Vec<&Mark> =
        outline.marks.iter().filter(|mark| is_relevant(mark, guess) && !is_in_answer(mark)).collect();
    let first_numbered = relevant.iter().position(|mark| guess.includes(mark) && !is_part_among_questions(mark, guess));
    for (index, mark) in relevant.iter().enumerate() {
        let is_other_level = mark.kind != guess.kind && matches!(mark.kind, Kind::ItemHeading(_));
        if mark.start < closed_until || is_other_level && !is_next(mark, ordinal) {
            continue;
        }
        let next = relevant.get(index + 1).map_or(text.len(), |next| next.start);
        let is_followed = text[mark.body..next.max(mark.body)].trim().is_empty() && index + 1 < relevant.len();
        let is_question = guess.includes(mark) || is_other_level;
        // In front of the first number stands an introduction.
        let is_early = first_numbered.is_some_and(|first| index < first);
        if is_question && !(is_part_among_questions(mark, guess) && (is_followed || is_early)) {
            cutter.close(mark.start);
            ordinal = mark.ordinal;
            closed_until = mark.end.unwrap_or(0);
            cutter.open = (Role::Question((*mark).clone()), mark.start, mark.body);
        } else if guess::is_contents(mark) {
            cutter.close(mark.start);
            cutter.open = (Role::Contents, mark.start, mark.body);
        } else {
            cutter.close(mark.start);
            cutter.heading(mark, guess);
        }
    }
    cutter.close(text.len());
    let mut lines = crate::scan::LineCounter::new(text);
    for section in &mut cutter.sections {
        section.line = lines.line(section.span.start);
    }
    cutter.sections
}

/// `<details>` without questions in them: headings inside belong to the answer, whatever their level.
fn answers(outline: &Outline, guess: &Guess) -> Vec<Range<usize>> {
    let details = outline.marks.iter().filter(|mark| mark.kind == Kind::Details && guess.kind != Kind::Details);
    let spans = details.map(|mark| mark.start..mark.end.unwrap_or(mark.start));
    let questions: Vec<usize> =
        outline.marks.iter().filter(|mark| guess.includes(mark)).map(|mark| mark.start).collect();
    let has_question = |span: &Range<usize>| {
        let index = questions.partition_point(|start| *start < span.start);
        questions.get(index).is_some_and(|start| *start < span.end)
    };
    spans.filter(|span| !has_question(span)).collect()
}

fn is_relevant(mark: &Mark, guess: &Guess) -> bool {
    let is_structure = matches!(mark.kind, Kind::Heading(level) if level < guess.level() || guess::is_contents(mark));
    let is_in_item = matches!((mark.kind, guess.kind), (Kind::ItemHeading(_), Kind::ItemHeading(_)));
    is_structure || is_in_item || guess.includes(mark) && !is_bold_in_answer(mark, guess)
}

/// Whether `mark` has the number after `last`: then it is a question, though its heading has another level than most.
fn is_next(mark: &Mark, last: Option<u32>) -> bool {
    last.zip(mark.ordinal).is_some_and(|(last, number)| number == last + 1)
}

/// Whether `mark` is a heading without a number where nearly all questions have one.
fn is_part_among_questions(mark: &Mark, guess: &Guess) -> bool {
    matches!(mark.kind, Kind::Heading(_)) && guess.numbered >= 0.8 && is_bare(mark)
}

/// Whether `mark` is a line in bold without a number where most have one: `**Example**` in an answer.
fn is_bold_in_answer(mark: &Mark, guess: &Guess) -> bool {
    mark.kind == Kind::Bold && guess.is_numbered() && is_bare(mark)
}

fn is_bare(mark: &Mark) -> bool {
    number::strip(&mark.title).is_none() && !mark.title.ends_with(['?', '？'])
}

struct Cutter {
    sections: Vec<Section>,
    path: Vec<Above>,
    /// What is open, where its title begins and where its body does.
    open: (Role, usize, usize),
}

impl Cutter {
    fn close(&mut self, end: usize) {
        let (role, start, body) = std::mem::replace(&mut self.open, (Role::Outside, end, end));
        self.sections.push(Section { role, start, span: body.min(end)..end, line: 0, path: self.path.clone() });
    }

    fn heading(&mut self, mark: &Mark, guess: &Guess) {
        let Kind::Heading(level) = mark.kind else { return };
        // A part among questions of the same level is above these.
        let level = if guess.includes(mark) { level - 1 } else { level };
        self.path.retain(|above| above.level < level);
        self.path.push(Above { level, title: mark.title.clone(), raw: mark.raw.clone(), line: mark.line });
        self.open = (Role::Outside, mark.start, mark.body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    fn cut_text(text: &str) -> Vec<(String, String, String)> {
        let outline = scan(text);
        let guess = guess::guess(std::slice::from_ref(&outline), None).unwrap();
        let shown = |section: Section| {
            let role = match section.role {
                Role::Question(mark) => mark.title,
                Role::Outside => "-".into(),
                Role::Contents => "contents".into(),
            };
            let path: Vec<_> = section.path.into_iter().map(|above| above.title).collect();
            (role, path.join("/"), text[section.span].trim().to_string())
        };
        cut(text, &outline, &guess).into_iter().map(shown).collect()
    }

    fn row(role: &str, path: &str, text: &str) -> (String, String, String) {
        (role.into(), path.into(), text.into())
    }

    #[test]
    fn questions_end_where_the_next_heading_of_a_part_begins() {
        let text = "# L\n\nintro\n\n## Contents\n\n- [a](#a)\n\n## P\n\n### 1. A\n\na\n\n#### x\n\n### 2. B\n\nb\n\n## End\n\nbye\n";
        assert_eq!(
            cut_text(text),
            [
                row("-", "", ""),
                row("-", "L", "intro"),
                row("contents", "L", "- [a](#a)"),
                row("-", "L/P", ""),
                row("1. A", "L/P", "a\n\n#### x"),
                row("2. B", "L/P", "b"),
                row("-", "L/End", "bye"),
            ]
        );
    }

    #[test]
    fn an_item_of_another_level_is_a_question_if_its_number_is_the_next() {
        let text = "1. ### A\n\n   a\n\n2. #### B\n\n   b\n\n7. #### no\n\n3. ### C\n\n4. ### D\n";
        let found: Vec<_> = cut_text(text).into_iter().map(|(role, ..)| role).collect();
        assert_eq!(found, ["-", "A", "B", "C", "D"]);
    }

    #[test]
    fn headings_of_answers_in_details_end_no_question() {
        let text = "###### 1. A\n\n<details><summary>Answer</summary>\n\n#### Answer: D\n\na\n\n</details>\n\n###### 2. B\n\nb\n";
        let found: Vec<_> = cut_text(text).into_iter().map(|(role, ..)| role).collect();
        assert_eq!(found, ["-", "1. A", "2. B"]);
    }

    #[test]
    fn a_line_in_bold_without_a_number_is_part_of_an_answer() {
        let text = "**1. A**\n\na\n\n**2. B**\n\nb:\n\n**Example**\n\nx\n\n**3. C**\n";
        let found = cut_text(text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[2], row("2. B", "", "b:\n\n**Example**\n\nx"));
    }

    #[test]
    fn a_part_may_have_the_level_of_questions() {
        let text =
            "## P\n\n## 1. A\n\n## 2. B\n\n## 3. C\n\n## Q\n\n## 1. D\n\n## 2. E\n\n## 3. F\n\n## 4. G\n\n## 5. H\n";
        let found: Vec<_> = cut_text(text).into_iter().filter(|(role, ..)| role != "-").collect();
        assert_eq!(found[0], row("1. A", "P", ""));
        assert_eq!(found[3], row("1. D", "Q", ""));
    }
}
