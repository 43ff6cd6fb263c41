//! What preprocessors know, as typed blocks.
//!
//! They write it as a block of JSON (see [`qabook_support::facts`]) inside an element that holds the same in Markdown, for
//! those who know only that. The fact takes the place of its element; of these the chapter keeps what it is:
//!
//! | fact | written by | becomes |
//! |---|---|---|
//! | [`Program`] | snippets | [`BlockKind::Snippet`] |
//! | [`Question`] | questions | [`BlockKind::QuestionHeader`] |
//! | [`Related`] | questions | [`BlockKind::Related`] |
//! | [`PageKind`], [`Errata`], [`FollowUps`] | questions | the chapter's |

use mdbook_questions::{Errata, FollowUps, PageKind, Question, Related};
use mdbook_snippets::Program;
use qabook_support::facts::{self, Fact};

use super::Builder;
use super::frame::Kind;
use crate::{Block, BlockKind, RelatedQuestion, Target};

impl Builder<'_> {
    /// Reads the fact `name` from `json`.
    pub(super) fn settle_fact(&mut self, name: &str, json: &str, line: Option<usize>) {
        if let Err(error) = self.read_fact(name, json, line) {
            let hint = "leave writing such elements to the preprocessors";
            self.warn(line, format!("a fact of the name `{name}` that can't be read: {error}"), hint);
        }
    }

    fn read_fact(&mut self, name: &str, json: &str, line: Option<usize>) -> Result<(), String> {
        fn read<T: Fact>(json: &str) -> Result<T, String> {
            facts::read(json).map_err(|error| error.to_string())
        }
        match name {
            PageKind::NAME => self.kind = read(json)?,
            Errata::NAME => self.errata = read(json)?,
            FollowUps::NAME => self.follow_ups = read(json)?,
            Program::NAME => self.card(BlockKind::Snippet(Box::new(read(json)?)), line),
            Question::NAME => {
                self.kind = PageKind::Question;
                self.card(BlockKind::QuestionHeader(Box::new(read(json)?)), line);
            }
            Related::NAME => {
                let Related(questions) = read(json)?;
                let related = |question: mdbook_questions::RelatedQuestion| RelatedQuestion {
                    target: Target::External(question.href.clone()),
                    question,
                };
                self.card(BlockKind::Related(questions.into_iter().map(related).collect()), line);
            }
            _ => return Err("no such fact is known".into()),
        }
        Ok(())
    }

    /// Gives a card to the element that shows the same in Markdown.
    fn card(&mut self, card: BlockKind, line: Option<usize>) {
        match &mut self.top().kind {
            Kind::Element(_) => self.top().card = Some(card),
            _ => self.push_block(Block { line, kind: card }),
        }
    }
}
