//! What the sections of a chapter hold to practise with: its further questions and its errata.

use mdbook_questions::announces_fact;
use qabook_document::{Block, BlockKind, Chapter, DOCUMENT, Inline, Item, Section, Style, Words, plain_text};
use qabook_support::Diagnostic;

/// A further question with its answer.
pub(crate) struct FollowUp<'a> {
    /// The Markdown of what is asked: what its id is made of.
    pub(crate) asked: &'a str,
    pub(crate) question: &'a [Inline],
    pub(crate) answer: Vec<&'a Block>,
}

/// An erratum.
pub(crate) struct Statement<'a> {
    /// What the preprocessor read.
    pub(crate) erratum: &'a qabook_document::Erratum,
    /// What is claimed.
    pub(crate) claim: Sentence,
    /// What is so.
    pub(crate) fact: Sentence,
}

/// A sentence, and what is in parentheses at its end: its sources, or who says so.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sentence {
    pub(crate) text: Vec<Inline>,
    pub(crate) parentheses: Vec<Inline>,
}

/// The further questions of `chapter`: the headings of level 3 in the section of these.
///
/// # Errors
/// A chapter whose headings aren't those that the preprocessor found.
pub(crate) fn follow_ups(chapter: &Chapter) -> Result<Vec<FollowUp<'_>>, Diagnostic> {
    let mut found: Vec<FollowUp<'_>> = Vec::new();
    let mut inside = false;
    let mut answering = false;
    for block in &chapter.blocks {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 2 => {
                inside = heading.section == Some(Section::FollowUp);
                answering = false;
            }
            BlockKind::Heading(heading) if heading.level == 3 && inside => {
                let asked = chapter.follow_ups.get(found.len()).map_or("", |follow_up| &follow_up.question);
                found.push(FollowUp { asked, question: &heading.text, answer: Vec::new() });
                answering = true;
            }
            _ if answering => found.last_mut().into_iter().for_each(|last| last.answer.push(block)),
            _ => {}
        }
    }
    if found.len() != chapter.follow_ups.len() {
        return Err(unlike(chapter, "further questions", found.len(), chapter.follow_ups.len()));
    }
    Ok(found)
}

/// The errata of `chapter`.
///
/// # Errors
/// A chapter whose list isn't that which the preprocessor found.
pub(crate) fn statements<'a>(chapter: &'a Chapter, words: &Words) -> Result<Vec<Statement<'a>>, Diagnostic> {
    let mut halves = Vec::new();
    let mut inside = false;
    for block in &chapter.blocks {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 2 => inside = heading.section == Some(Section::Errata),
            BlockKind::List(list) if inside => {
                halves.extend(list.items.iter().filter_map(|item| halves_of(item, words)));
            }
            _ => {}
        }
    }
    if halves.len() != chapter.errata.len() {
        return Err(unlike(chapter, "errata", halves.len(), chapter.errata.len()));
    }
    let statement = |(erratum, [claim, fact]): (_, [&[Inline]; 2])| Statement {
        erratum,
        claim: Sentence::of(claim),
        fact: Sentence::of(fact),
    };
    Ok(chapter.errata.iter().zip(halves).map(statement).collect())
}

fn unlike(chapter: &Chapter, what: &str, found: usize, expected: usize) -> Diagnostic {
    DOCUMENT
        .broken(
            format!("{found} {what} are in the text, but {expected} were found before the preprocessors after `questions`"),
            "write them in the chapter itself, outside of HTML elements, and run preprocessors that change lists before",
        )
        .in_file(&chapter.file)
}

/// The claim and the fact of an item; `None` when it has another form.
fn halves_of<'a>(item: &'a Item, words: &Words) -> Option<[&'a [Inline]; 2]> {
    let BlockKind::Paragraph(text) = &item.blocks.first()?.kind else { return None };
    let word = |inline: &Inline| match inline {
        Inline::Styled(Style::Strong, word) => Some(plain_text(word)),
        _ => None,
    };
    word(text.first()?)?;
    let fact = text.iter().position(|inline| word(inline).is_some_and(|word| announces_fact(&word, words)))?;
    (fact > 0).then(|| [&text[1..fact], &text[fact + 1..]])
}

impl Sentence {
    /// The sentence of `half`, which is what follows a label: a colon comes first.
    fn of(half: &[Inline]) -> Self {
        let mut text = half.to_vec();
        if let Some(Inline::Text(first)) = text.first_mut() {
            *first = first.trim_start_matches(['：', ':']).trim_start().into();
        }
        if let Some(Inline::Text(last)) = text.last_mut() {
            *last = last.trim_end().into();
        }
        text.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        Self::split(&text).unwrap_or(Self { text, parentheses: Vec::new() })
    }

    /// Takes the parentheses off the end of `text`; `None` when there are none, or nothing else.
    fn split(text: &[Inline]) -> Option<Self> {
        let Some((Inline::Text(last), before)) = text.split_last() else { return None };
        let body = last.trim_end_matches(['。', '.']);
        let (open, close) = match body.chars().next_back()? {
            '）' => ('（', '）'),
            ')' => ('(', ')'),
            _ => return None,
        };
        let stop = &last[body.len()..];
        let mut pieces = before.to_vec();
        pieces.push(Inline::Text(body.into()));
        let (index, at) = opening(&pieces, open, close)?;
        let Inline::Text(split) = &pieces[index] else { return None };
        let (start, rest) = split.split_at(at);
        let mut parentheses = vec![Inline::Text(rest.into())];
        parentheses.extend_from_slice(&pieces[index + 1..]);
        let mut sentence = pieces[..index].to_vec();
        sentence.push(Inline::Text(format!("{}{stop}", start.trim_end())));
        let is_empty = plain_text(&sentence).trim_matches(['。', '.', ' ']).is_empty();
        (!is_empty).then_some(Self { text: sentence, parentheses })
    }
}

/// Where the parenthesis opens that closes at the end of `pieces`: the index of a text and the byte in it.
fn opening(pieces: &[Inline], open: char, close: char) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().rev() {
        let Inline::Text(text) = piece else { continue };
        for (at, c) in text.char_indices().rev() {
            if c == close {
                depth += 1;
            } else if c == open {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((index, at));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_document::{Link, Target};

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn link(name: &str) -> Inline {
        let target = Target::External("https://a".into());
        Inline::Link(Link { target, title: String::new(), text: vec![text(name)], line: None })
    }

    #[test]
    fn what_is_in_parentheses_at_the_end_is_told_apart() {
        let sentence = |text: Vec<Inline>, parentheses: Vec<Inline>| Sentence { text, parentheses };
        let cases = [
            (vec![text("：甲（常见说法）。")], sentence(vec![text("甲。")], vec![text("（常见说法）")])),
            (
                vec![text("：甲。（"), link("RFC（新）"), text("、"), link("b"), text("）")],
                sentence(vec![text("甲。")], vec![text("（"), link("RFC（新）"), text("、"), link("b"), text("）")]),
            ),
            (
                vec![text(": One. ("), link("RFC"), text(")")],
                sentence(vec![text("One.")], vec![text("("), link("RFC"), text(")")]),
            ),
            (vec![text("甲（乙（丙））")], sentence(vec![text("甲")], vec![text("（乙（丙））")])),
            (vec![text("甲（乙）丙。")], sentence(vec![text("甲（乙）丙。")], Vec::new())),
            (vec![text("（甲）。")], sentence(vec![text("（甲）。")], Vec::new())),
            (vec![text("甲）。")], sentence(vec![text("甲）。")], Vec::new())),
            (vec![link("a")], sentence(vec![link("a")], Vec::new())),
            (Vec::new(), sentence(Vec::new(), Vec::new())),
        ];
        for (half, expected) in cases {
            assert_eq!(Sentence::of(&half), expected);
        }
    }
}
