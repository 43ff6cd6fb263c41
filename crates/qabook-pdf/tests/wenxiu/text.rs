//! The text: nothing is missing, nothing is cut off.

use crate::{POPPLER, chapters, tool};
use qabook_document::{Block, BlockKind, Inline, for_each_block};
use qabook_support::testing::Test;
use qabook_support::tests;

pub(crate) const TESTS: &[Test] = tests![
    every_word_is_inside_its_page: POPPLER,
    no_line_begins_with_a_mark_that_ends_a_clause: POPPLER,
    every_paragraph_is_there_in_order: POPPLER,
    a_missing_paragraph_would_be_noticed,
];

/// A word on a page, or the part of a line between two spaces; lengths in points from the upper left corner.
pub(crate) struct Word<'a> {
    line: &'a str,
    pub(crate) text: &'a str,
    pub(crate) x: (f64, f64),
    pub(crate) y: (f64, f64),
}

/// The size of each page and its words.
pub(crate) fn pages_of_words(printed: &str) -> Vec<((f64, f64), Vec<Word<'_>>)> {
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {line}"))
    };
    let mut pages = Vec::new();
    for line in printed.lines().map(str::trim) {
        if line.starts_with("<page") {
            pages.push(((number(line, "width"), number(line, "height")), Vec::new()));
        } else if let Some(word) = line.strip_suffix("</word>") {
            let (x, y) = ((number(line, "xMin"), number(line, "xMax")), (number(line, "yMin"), number(line, "yMax")));
            let text = word.rsplit('>').next().unwrap_or_default();
            pages.last_mut().expect("a page").1.push(Word { line, text, x, y });
        }
    }
    pages
}

fn every_word_is_inside_its_page() {
    let printed = tool("pdftotext", &["-bbox", "FILE", "-"]);
    let mut count = 0;
    for ((width, height), words) in pages_of_words(&printed) {
        count += words.len();
        for word in words {
            let inside = word.x.0 >= -0.5 && word.y.0 >= -0.5 && word.x.1 <= width + 0.5 && word.y.1 <= height + 0.5;
            assert!(inside, "{} on a page of {width} × {height}", word.line);
        }
    }
    assert!(count > 20_000, "{count} words");
}

/// How far before a mark its word may end, in points: a space of four characters, as in code.
const BESIDE: f64 = 40.0;

fn no_line_begins_with_a_mark_that_ends_a_clause() {
    let printed = tool("pdftotext", &["-bbox", "FILE", "-"]);
    let is_mark = |word: &&Word<'_>| {
        let first = word.text.trim_start_matches('\u{2060}').chars().next();
        first.is_some_and(|c| "，。；：、！？）》”".contains(c))
    };
    for (index, (_, words)) in pages_of_words(&printed).iter().enumerate() {
        for mark in words.iter().filter(is_mark) {
            let middle = f64::midpoint(mark.y.0, mark.y.1);
            let follows = words.iter().any(|word| {
                word.x.0 < mark.x.0 && (word.y.0..word.y.1).contains(&middle) && mark.x.0 - word.x.1 < BESIDE
            });
            assert!(follows, "page {}: {} begins a line", index + 1, mark.text);
        }
    }
}

fn every_paragraph_is_there_in_order() {
    let text = tool("pdftotext", &["-raw", "FILE", "-"]);
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
            // Footnotes are at the foot of the page, before what follows their mark.
            at = end.saturating_sub(3000);
            paragraphs += 1;
        });
    }
    assert!(paragraphs > 1000, "{paragraphs} paragraphs");
}

/// Where `words` end when their characters follow each other in `text` after `from`.
///
/// In between there may be only a little, such as a page number, and twice as much as is at the turn of a page: footnotes,
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

fn a_missing_paragraph_would_be_noticed() {
    let text: Vec<char> = "甲乙丙丁，戊己庚p.12辛。".chars().collect();
    assert_eq!(find_in_order(&text, 0, "乙丙丁，戊己庚辛。"), Some(text.len()));
    assert_eq!(find_in_order(&text, 0, "乙丙庚丁"), None);
    assert_eq!(find_in_order(&text, 0, "没有这一段话"), None);
}
