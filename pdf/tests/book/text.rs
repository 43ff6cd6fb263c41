//! The text: nothing is missing, nothing is cut off.

use crate::{chapters, tool};
use document::{Block, BlockKind, Inline, for_each_block};

#[test]
fn no_word_stands_outside_its_page() {
    let Some(words) = tool("pdftotext", &["-bbox", "FILE", "-"]) else { return };
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {line}"))
    };
    let (mut width, mut height, mut count) = (0.0, 0.0, 0);
    for line in words.lines().map(str::trim) {
        if line.starts_with("<page") {
            (width, height) = (number(line, "width"), number(line, "height"));
        } else if line.starts_with("<word") {
            count += 1;
            let inside = number(line, "xMin") >= -0.5
                && number(line, "yMin") >= -0.5
                && number(line, "xMax") <= width + 0.5
                && number(line, "yMax") <= height + 0.5;
            assert!(inside, "{line} on a page of {width} × {height}");
        }
    }
    assert!(count > 20_000, "{count} words");
}

#[test]
fn every_paragraph_stands_in_order() {
    let Some(text) = tool("pdftotext", &["-raw", "FILE", "-"]) else { return };
    let squeezed: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut at = 0;
    let mut paragraphs = 0;
    for chapter in chapters() {
        for_each_block(&chapter.blocks, &mut |block| {
            let BlockKind::Paragraph(inlines) = &block.kind else { return };
            let mut end = at;
            for words in plain_words(inlines).split(FORMULA) {
                end = find_in_order(&squeezed, end, words).unwrap_or_else(|| {
                    panic!("{}:{:?}: “{words}” is not in the PDF", chapter.file.display(), block.line)
                });
            }
            // Footnotes stand at the foot of the page, before what follows their mark.
            at = end.saturating_sub(3000);
            paragraphs += 1;
        });
    }
    assert!(paragraphs > 1000, "{paragraphs} paragraphs");
}

/// Where `words` end when their characters follow each other in `text` behind `from`.
///
/// In between only a little may stand, such as a page number, and twice as much as is at the turn of a page: footnotes,
/// the page's number and the running head.
fn find_in_order(text: &[char], from: usize, words: &str) -> Option<usize> {
    let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(first) = words.first() else { return Some(from) };
    (from..text.len()).filter(|&start| text[start] == *first).find_map(|start| follow(text, start, &words, 2))
}

/// As [`find_in_order`], from exactly `at`, over at most `turns` turns of a page.
fn follow(text: &[char], at: usize, words: &[char], turns: usize) -> Option<usize> {
    const LITTLE: usize = 12;
    const TURN: usize = 3000;
    let mut places = Vec::with_capacity(words.len());
    let mut next = at;
    for c in words {
        let reach = text.len().min(next + LITTLE);
        let Some(found) = text.get(next..reach)?.iter().position(|found| found == c) else { break };
        next += found + 1;
        places.push(next);
    }
    if places.len() == words.len() {
        return Some(next);
    }
    if turns == 0 {
        return None;
    }
    // The page ended a little before what was found last, perhaps: a character of its foot may have looked right.
    (0..=places.len().min(LITTLE)).find_map(|back| {
        let done = places.len() - back;
        let (before, rest) = (done.checked_sub(1).map_or(at, |last| places[last]), &words[done..]);
        let start = &rest[..rest.len().min(4)];
        let end = text.len().min(before + TURN);
        let found = text[before..end].windows(start.len()).position(|window| window == start)?;
        follow(text, before + found, rest, turns - 1)
    })
}

/// Stands for a formula, which is drawn with letters of its own.
const FORMULA: char = '\u{1}';

fn plain_words(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Styled(_, inside) => words.push_str(&plain_words(inside)),
            Inline::Link(link) => words.push_str(&plain_words(&link.text)),
            Inline::Formula(_) => words.push(FORMULA),
            _ => {}
        }
    }
    words
}

pub(crate) fn of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for_each_block(blocks, &mut |block| match &block.kind {
        BlockKind::Paragraph(inlines) => text.push_str(&plain_words(inlines)),
        BlockKind::Heading(heading) => text.push_str(&plain_words(&heading.text)),
        BlockKind::Code(code) => text.push_str(&code.text),
        BlockKind::Snippet(snippet) => {
            text.push_str(&snippet.code);
            text.push_str(snippet.recorded.as_deref().unwrap_or_default());
        }
        _ => {}
    });
    text
}

#[test]
fn a_missing_paragraph_would_be_noticed() {
    let text: Vec<char> = "甲乙丙丁，戊己庚p.12辛。".chars().collect();
    assert_eq!(find_in_order(&text, 0, "乙丙丁，戊己庚辛。"), Some(text.len()));
    assert_eq!(find_in_order(&text, 0, "乙丙庚丁"), None);
    assert_eq!(find_in_order(&text, 0, "没有这一段话"), None);
}
