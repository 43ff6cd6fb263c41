//! What was understood of a list, in words.

use super::drafts::Drafts;
use super::model::{Shape, Title};
use crate::guess::Guess;
use crate::parts::Basis;
use crate::read::Lists;
use crate::scan::Kind;

/// What was understood of `lists`.
pub(super) fn shape(lists: &Lists, drafts: &Drafts, guess: Option<&Guess>, basis: Basis, title: &Title) -> Shape {
    let numbered = drafts.questions.iter().filter(|draft| draft.had_number).count();
    let numbers = match numbered {
        0 => String::new(),
        all if all == drafts.questions.len() => ", numbered".into(),
        some => format!(", {some} of them numbered"),
    };
    let kind =
        guess.map(|guess| name(guess.kind).to_string()).into_iter().chain(crate::table::described(&lists.sources));
    let parts = match basis {
        Basis::Level(level) => format!("headings of level {level} ({})", "#".repeat(level.into())),
        Basis::Folders => "folders".into(),
        Basis::Files => "files".into(),
        Basis::None if drafts.questions.iter().any(|draft| draft.part.is_some()) => "a column of the table".into(),
        Basis::None => "none".into(),
    };
    Shape { questions: kind.collect::<Vec<String>>().join(" and ") + &numbers, parts, title: title.from.clone() }
}

/// How messages call marks of `kind`.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Heading(1) => "headings of level 1 (#)",
        Kind::Heading(2) => "headings of level 2 (##)",
        Kind::Heading(3) => "headings of level 3 (###)",
        Kind::Heading(4) => "headings of level 4 (####)",
        Kind::Heading(5) => "headings of level 5 (#####)",
        Kind::Heading(_) => "headings of level 6 (######)",
        Kind::ItemHeading(_) => "headings that begin the items of a list",
        Kind::Bold => "bold lines",
        Kind::Numbered => "paragraphs with a number in front",
        Kind::Item => "items of a list",
        Kind::Details => "<details> with a summary",
    }
}
