//! Which of a list's marks are its questions.
//!
//! Every kind of mark is a group: headings of each level, headings in items, bold lines, items, `<details>`. The group
//! whose titles look most like questions wins: numbered in one sequence, ending with a question mark, all different.

use std::collections::{HashMap, HashSet};

use crate::number;
use crate::scan::{Kind, Mark, Outline};
use crate::words::{WORDS, is_one_of};

/// How the questions of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    pub(crate) kind: Kind,
    /// How many of its marks have a number that is certain, from 0 to 1.
    pub(crate) numbered: f64,
}

impl Guess {
    /// Whether the group's questions are numbered, so that `12 What …` has a number, too.
    pub(crate) fn is_numbered(&self) -> bool {
        self.numbered >= 0.5
    }

    /// Whether `mark` is a question of the group, or might be: parts without a number may have the same level.
    pub(crate) fn includes(&self, mark: &Mark) -> bool {
        mark.kind == self.kind && !is_contents(mark) && !is_contents_entry(mark)
    }

    /// Headings above this level are parts.
    pub(crate) fn level(&self) -> u8 {
        match self.kind {
            Kind::Heading(level) | Kind::ItemHeading(level) => level,
            _ => 7,
        }
    }
}

/// Whether `mark` is the heading of a table of contents.
pub(crate) fn is_contents(mark: &Mark) -> bool {
    is_one_of(&mark.title, &WORDS.contents)
}

/// Whether `mark` is an item of a table of contents: a link into the page and nothing else.
fn is_contents_entry(mark: &Mark) -> bool {
    mark.kind == Kind::Item
        && mark.raw.starts_with('[')
        && mark.raw.contains("](#")
        && mark.raw.trim_end().ends_with(')')
}

/// The kind of mark that is most probably a question in all of `outlines`; only headings of `level` where that is given.
pub(crate) fn guess(outlines: &[Outline], level: Option<u8>) -> Option<Guess> {
    let mut groups: HashMap<Kind, Group<'_>> = HashMap::new();
    for outline in outlines {
        // A number goes on within a file only.
        for group in groups.values_mut() {
            group.last = None;
        }
        for mark in outline.marks.iter().filter(|mark| !is_contents(mark) && !is_contents_entry(mark)) {
            groups.entry(mark.kind).or_default().add(mark);
        }
    }
    let is_asked = |kind: &Kind| match (level, kind) {
        (Some(level), Kind::Heading(of) | Kind::ItemHeading(of)) => *of == level,
        (Some(_), _) => false,
        (None, _) => true,
    };
    let is_only_a_title = |kind: &Kind, group: &Group<'_>| {
        level.is_none() && *kind == Kind::Heading(1) && group.count == 1 && outlines.len() == 1
    };
    groups
        .into_iter()
        .filter(|(kind, group)| is_asked(kind) && !is_only_a_title(kind, group))
        .map(|(kind, group)| (group.score(kind), Guess { kind, numbered: share(group.numbered, group.count) }))
        .filter(|(score, _)| *score > 0.0)
        // The order of a hash map is random: of two groups of one score the shallower kind wins.
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.kind.cmp(&first.kind)))
        .map(|(_, guess)| guess)
}

/// The marks of one kind.
#[derive(Default)]
struct Group<'a> {
    count: usize,
    numbered: usize,
    asking: usize,
    /// How often the number isn't one more than the last.
    breaks: usize,
    last: Option<u32>,
    titles: HashSet<&'a str>,
}

impl<'a> Group<'a> {
    fn add(&mut self, mark: &'a Mark) {
        self.count += 1;
        let title = mark.title.as_str();
        let is_heading = matches!(mark.kind, Kind::Heading(_));
        let stripped = if is_heading { number::strip_loose(title) } else { number::strip(title) };
        let number = stripped.and_then(|stripped| stripped.number).or(mark.ordinal);
        if let Some(number) = number {
            self.numbered += 1;
            self.breaks += usize::from(self.last.is_none_or(|last| number != last + 1));
            self.last = Some(number);
        }
        self.numbered += usize::from(number.is_none() && stripped.is_some());
        self.asking += usize::from(title.trim_end().ends_with(['?', '？']));
        self.titles.insert(stripped.map_or(title, |stripped| stripped.rest));
    }

    /// How much the group looks like the questions of a list.
    fn score(&self, kind: Kind) -> f64 {
        let different = share(self.titles.len(), self.count);
        let sequence = share(self.numbered, self.count) * (1.0 - share(self.breaks, self.numbered.max(1)));
        // A single question mark says little.
        let certainty = share(self.count, self.count + 3);
        let (asking, sequence) = (certainty * share(self.asking, self.count), certainty * sequence);
        let (base, sequence) = match kind {
            Kind::Heading(_) | Kind::ItemHeading(_) => (0.05, sequence),
            Kind::Details => (0.04, sequence),
            Kind::Bold => (0.005, sequence),
            // Steps of an answer are numbered, too.
            Kind::Numbered | Kind::Item => (0.001, if sequence > 0.8 { sequence / 4.0 } else { 0.0 }),
        };
        let number = f64::from(u32::try_from(self.count).unwrap_or(u32::MAX));
        number.sqrt() * (base + sequence + 1.5 * asking) * different * different
    }
}

/// `part` of `whole` as a number from 0 to 1.
fn share(part: usize, whole: usize) -> f64 {
    let number = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    fn kind(text: &str) -> Option<Kind> {
        guess(&[scan(text)], None).map(|guess| guess.kind)
    }

    #[test]
    fn questions_are_told_from_parts_and_sections() {
        let numbered = "# List\n\n## Part\n\n### 1. A\n\n#### 1. Step\n\n#### 2. Step\n\n### 2. B\n\n#### Syntax\n\n#### Use\n\n### 3. C\n";
        assert_eq!(kind(numbered), Some(Kind::Heading(3)));
        let items = "# L\n\n## P\n\n1.  ### What?\n\n    #### A\n\n    #### B\n\n    #### C\n\n2.  ### Why?\n";
        assert_eq!(kind(items), Some(Kind::ItemHeading(3)));
        let asked = "# L\n\n- What is a?\n- What is b?\n  1. x\n  2. y\n";
        assert_eq!(kind(asked), Some(Kind::Item));
        let details = "<details>\n<summary>What?</summary>\n\n**Note**\n\n</details>\n\n<details>\n<summary>Why?</summary>\n\nA\n\n</details>\n";
        assert_eq!(kind(details), Some(Kind::Details));
        assert_eq!(kind("# L\n\n**1. A**\n\ntext\n\n**2. B**\n\ntext\n"), Some(Kind::Bold));
        assert_eq!(kind("# A title\n\nand text\n"), None);
    }

    #[test]
    fn answers_of_one_name_are_no_questions() {
        let text = "# L\n\n###### 1. What's the output?\n\n<details><summary>Answer</summary>A?</details>\n\n\
                    ###### 2. What about this?\n\n<details><summary>Answer</summary>B?</details>\n";
        assert_eq!(kind(text), Some(Kind::Heading(6)));
    }
}
