//! Lists that can't be imported, and why.

use qabook_support::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

use super::Options;
use crate::guess::Guess;
use crate::read::{LIST, Lists};
use crate::scan::{Kind, LineCounter, Outline};

/// # Errors
/// Fences that nothing closes and that hold what look like questions.
pub(super) fn check(lists: &Lists, outlines: &[Outline], guess: Option<&Guess>) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    for (source, outline) in lists.sources.iter().zip(outlines) {
        let Some(unclosed) = outline.unclosed else { continue };
        let is_heading = |guess: &&Guess| matches!(guess.kind, Kind::Heading(_));
        let Some((fence, heading)) = outline.swallowing.first().filter(|_| guess.as_ref().is_none_or(is_heading))
        else {
            continue;
        };
        let mut lines = LineCounter::new(&source.text);
        let (line, heading, last) = (lines.line(*fence), lines.line(*heading), lines.line(unclosed));
        let message = format!(
            "the fence that opens here swallows what looks like a question on line {heading}, and the fence on line {last} is never closed"
        );
        problems.push(LIST.broken(message, "write its closing line").in_file(&source.shown).on_line(line));
    }
    problems.into_result(())
}

/// That there is no question in `lists`, and what there is.
pub(super) fn no_questions(lists: &Lists, outlines: &[Outline], options: &Options) -> Diagnostic {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    outlines.iter().flat_map(|outline| &outline.marks).for_each(|mark| *counts.entry(mark.kind).or_default() += 1);
    let found: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{}: {count}", super::shape::name(*kind))).collect();
    let message = match options.question_level {
        Some(level) => format!("no heading of level {level} was found"),
        None => "no questions were found".into(),
    };
    let hint = if found.is_empty() {
        "write each question as a heading, such as `## What is …?`, with its answer below".into()
    } else {
        format!("it has {}; name the level of the questions: --question-level N", found.join(", "))
    };
    let file = lists.sources.first().map(|source| source.shown.clone()).unwrap_or_default();
    LIST.broken(message, hint).in_file(file)
}
