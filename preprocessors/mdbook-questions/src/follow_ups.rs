//! What an interviewer asks next: the headings of level 3 in the section with the id `follow-up`, each with its answer.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use qabook_support::facts::Fact;
use qabook_support::markdown::Parsed;
use serde::{Deserialize, Serialize};
use std::ops::Range;

use crate::sections::FOLLOW_UPS;

/// A further question and its answer. Both are Markdown whose links are those of the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What is asked.
    pub question: String,
    /// What to say.
    pub answer: String,
}

/// The further questions of a chapter, in its order: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FollowUps(pub Vec<FollowUp>);

impl Fact for FollowUps {
    const NAME: &'static str = "follow-ups";
}

impl FollowUp {
    /// Those of `chapter`, in its order.
    #[must_use]
    pub fn all_of(chapter: &Parsed<'_>) -> Vec<Self> {
        let text = |span: Range<usize>| chapter.text()[span].trim().to_string();
        let found = spans(chapter).into_iter();
        found.map(|(question, answer)| Self { question: text(question), answer: text(answer) }).collect()
    }
}

/// Where the further questions of `chapter` and their answers are, in its order.
pub(crate) fn spans(chapter: &Parsed<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut inside = false;
    // Whether the last of `found` goes on, and what the heading that is open says.
    let mut answering = false;
    let mut asked = None;
    for (event, span) in chapter.events() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if *level <= HeadingLevel::H3 => {
                end(&mut found, std::mem::take(&mut answering), span.start);
                if *level <= HeadingLevel::H2 {
                    inside = id.as_ref().is_some_and(|id| **id == *FOLLOW_UPS);
                } else if inside {
                    asked = Some(span.end..span.end);
                }
            }
            Event::End(TagEnd::Heading(HeadingLevel::H3)) => {
                if let Some(question) = asked.take() {
                    found.push((question, span.end..span.end));
                    answering = true;
                }
            }
            _ => {
                if let Some(question) = &mut asked {
                    *question = question.start.min(span.start)..span.end;
                }
            }
        }
    }
    end(&mut found, answering, chapter.text().len());
    found
}

/// Ends the answer of the last of `found` at `offset`, if it is `answering`.
fn end(found: &mut [(Range<usize>, Range<usize>)], answering: bool, offset: usize) {
    if let Some((_, answer)) = found.last_mut().filter(|_| answering) {
        answer.end = offset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follow_ups_are_read_with_their_answers() {
        let text = "# 题\n\n### 别处\n\n## 追问 {#follow-up}\n\n### 为什么 `a`？ {#why}\n\n因为。\n\n- 一\n\n\
                    ### 多久？\n\n很久。\n\n## 参考\n\n### 不是\n\n丙\n";
        let found = FollowUp::all_of(&Parsed::new(text));
        let expected = [("为什么 `a`？", "因为。\n\n- 一"), ("多久？", "很久。")];
        assert_eq!(
            found,
            expected.map(|(question, answer)| FollowUp { question: question.into(), answer: answer.into() })
        );
    }
}
