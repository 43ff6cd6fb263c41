//! What an interviewer asks next: the headings of level 3 in the section with the id `follow-up`, each with its answer.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use serde::{Deserialize, Serialize};

use crate::sections::FOLLOW_UPS;

/// A further question and its answer. Both are Markdown whose links are those of the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What is asked.
    pub question: String,
    /// What to say.
    pub answer: String,
}

impl FollowUp {
    /// Those of `chapter`, in its order.
    #[must_use]
    pub fn all_of(chapter: &Parsed<'_>) -> Vec<Self> {
        let text = chapter.text();
        let mut found: Vec<Self> = Vec::new();
        let mut inside = false;
        // Where the answer to the last of `found` begins.
        let mut answer = None;
        let mut asked = None;
        for (event, span) in chapter.events() {
            match event {
                Event::Start(Tag::Heading { level, id, .. }) if *level <= HeadingLevel::H3 => {
                    end(&mut found, answer.take(), &text[..span.start]);
                    if *level <= HeadingLevel::H2 {
                        inside = id.as_ref().is_some_and(|id| **id == *FOLLOW_UPS);
                    } else if inside {
                        asked = Some(span.end..span.end);
                    }
                }
                Event::End(TagEnd::Heading(HeadingLevel::H3)) => {
                    if let Some(question) = asked.take() {
                        found.push(Self { question: text[question].trim().into(), answer: String::new() });
                        answer = Some(span.end);
                    }
                }
                _ => {
                    if let Some(question) = &mut asked {
                        *question = question.start.min(span.start)..span.end;
                    }
                }
            }
        }
        end(&mut found, answer, text);
        found
    }
}

/// Gives the last of `found` the end of `text` as its answer.
fn end(found: &mut [FollowUp], answer: Option<usize>, text: &str) {
    if let (Some(last), Some(start)) = (found.last_mut(), answer) {
        last.answer = text[start..].trim().into();
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
