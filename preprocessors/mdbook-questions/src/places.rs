//! Ids for what answers a question of its own in the middle of a section: a paragraph that begins with a question in bold,
//! and a row of a table. A search can then open the page right there. Headings and terms have ids by mdBook.
//!
//! An id is made of the place's own words, so it is the same in every build and moves with the text.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

use crate::plain::Plain;

/// Where the ids of `chapter` begin. mdBook's own ids and the pinyin ones can be the same only by a title that is such a number.
const PREFIX: &str = "place-";

/// What a question ends with, in any language.
const QUESTION_MARKS: [char; 2] = ['?', '？'];

type Events<'a> = [(Event<'a>, std::ops::Range<usize>)];

/// An empty element with an id before each place of `chapter`; nothing else of the text changes.
pub(crate) fn marks(chapter: &Parsed<'_>) -> Vec<Splice> {
    let events = chapter.events();
    let mut taken = HashMap::new();
    let mut splices = Vec::new();
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate() {
        let place = match event {
            Event::Start(Tag::Paragraph) if depth == 0 => lead_in(&events[index + 1..]),
            Event::Start(Tag::TableRow) if depth == 1 => first_cell(&events[index + 1..]),
            _ => None,
        };
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some(place) = place else { continue };
        let Some((_, span)) = place.first() else { continue };
        let words = Plain::of(chapter.text(), place).text;
        let text = format!("<span id=\"{}\"></span>", id_of(&words, &mut taken));
        splices.push(Splice { span: span.start..span.start, text });
    }
    splices
}

/// The bold text at the beginning of `paragraph`, if it is a question.
fn lead_in<'a, 'e>(paragraph: &'e Events<'a>) -> Option<&'e Events<'a>> {
    if !matches!(paragraph.first()?.0, Event::Start(Tag::Strong)) {
        return None;
    }
    let end = paragraph.iter().position(|(event, _)| *event == Event::End(TagEnd::Strong))?;
    let strong = &paragraph[..end];
    let is_question = match &strong.last()?.0 {
        Event::Text(text) => text.ends_with(QUESTION_MARKS),
        _ => false,
    };
    is_question.then_some(strong)
}

/// What is in the first cell of `row`; `None` when that is empty.
fn first_cell<'a, 'e>(row: &'e Events<'a>) -> Option<&'e Events<'a>> {
    let end = row.iter().position(|(event, _)| *event == Event::End(TagEnd::TableCell))?;
    row.get(1..end).filter(|cell| !cell.is_empty())
}

/// The id of a place with these `words`; equal ones on a page are counted in `taken`.
fn id_of(words: &str, taken: &mut HashMap<String, usize>) -> String {
    let digits: String = Sha256::digest(words).iter().take(3).map(|byte| format!("{byte:02x}")).collect();
    let id = format!("{PREFIX}{digits}");
    let count = taken.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 { id } else { format!("{id}-{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with its ids replaced by `#`.
    fn marked(text: &str) -> String {
        let made = qabook_support::splice::apply(text, marks(&Parsed::new(text)));
        let before = format!("<span id=\"{PREFIX}");
        let mut parts = made.split(&before);
        let first = parts.next().unwrap().to_string();
        parts.fold(first, |out, part| out + "#" + part.split_once("\"></span>").unwrap().1)
    }

    #[test]
    fn questions_in_bold_and_rows_get_an_id() {
        assert_eq!(
            marked("**为什么？** 因为。\n\n**Why `a`?** So.\n\n| 词 | 义 |\n|---|---|\n| `a` | 甲 |\n|  | 乙 |\n"),
            "#**为什么？** 因为。\n\n#**Why `a`?** So.\n\n| 词 | 义 |\n|---|---|\n| #`a` | 甲 |\n|  | 乙 |\n"
        );
    }

    #[test]
    fn what_is_no_question_of_its_own_stays_as_it_is() {
        for text in [
            "**一句话**够了。\n",
            "答：**为什么？**\n",
            "- **为什么？** 因为。\n\n- 乙\n",
            "> **为什么？** 因为。\n",
            "*为什么？*\n",
            "```\n**为什么？**\n```\n",
            "****\n",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn an_id_is_made_of_the_words_and_no_two_are_the_same() {
        let ids = |text: &str| marks(&Parsed::new(text)).into_iter().map(|splice| splice.text).collect::<Vec<_>>();
        let table = "| 词 |\n|---|\n| 甲 |\n| 乙 |\n| **甲** |\n";
        let made = ids(table);
        let [first, other, second] = &made[..] else { panic!("three rows") };
        assert_eq!(*second, first.replace("\"><", "-2\"><"));
        assert_ne!(first, other);
        assert_eq!(ids("# 题\n\n| 词 |\n|---|\n| 甲 |\n"), std::slice::from_ref(first));
    }
}
