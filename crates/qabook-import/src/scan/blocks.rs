//! The titles of blocks, by their text.

use std::ops::Range;

use crate::number;

/// The text of a heading: without `#` in front and behind, or the underline.
pub(super) fn heading_text(block: &str) -> String {
    let block = block.trim();
    if let Some(text) = block.strip_prefix('#') {
        let text = text.trim_start_matches('#').trim();
        let without = text.trim_end_matches('#');
        // A closing run follows a space: the `#` of `C#` is text.
        return if without.is_empty() || without.ends_with([' ', '\t']) { without } else { text }.trim().to_string();
    }
    let end = block.rfind('\n').unwrap_or(block.len());
    block[..end].split('\n').map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Where the first line of `text` is, without its line break and the marks of a hard one.
pub(super) fn first_line(text: &str) -> Range<usize> {
    let end = text.find('\n').unwrap_or(text.len());
    let mut line = text[..end].trim_end();
    for mark in ["\\", "<br>", "<br/>", "<br />"] {
        line = line.strip_suffix(mark).unwrap_or(line).trim_end();
    }
    0..line.len()
}

/// The title of a paragraph whose first line is bold, or begins in bold with a question.
pub(super) fn bold(text: &str) -> Option<Range<usize>> {
    let (open, close) = [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")]
        .into_iter()
        .find(|(open, _)| text.starts_with(open))?;
    let end = open.len() + text[open.len()..].find(close)?;
    let title = open.len()..end;
    let rest = text[end + close.len()..].trim_start_matches([':', '：']);
    let is_alone = text[end + close.len()..].len() == rest.len() && first_line(rest).is_empty();
    let is_question =
        || text[title.clone()].trim_end().ends_with(['?', '？']) || number::strip(&text[title.clone()]).is_some();
    (!text[title.clone()].contains("\n\n") && (is_alone || is_question())).then_some(title)
}

/// Where the body of a block begins whose title ends at `end`: after closing marks and line breaks.
pub(super) fn after_title(text: &str, end: usize) -> usize {
    let mut rest = &text[end..];
    for mark in ["**", "__", "</b>", "</strong>"] {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    let mut rest = rest.trim_start_matches([' ', '\t']);
    for mark in ["\\\n", "<br>", "<br/>", "<br />"] {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    text.len() - rest.strip_prefix('\n').unwrap_or(rest).len()
}

/// The title of an item of a list, and how wide its marker is.
pub(super) fn item_title(text: &str) -> Option<(Range<usize>, usize)> {
    let marker = text.find([' ', '\t', '\n']).unwrap_or(text.len());
    let spaces = text[marker..].len() - text[marker..].trim_start_matches([' ', '\t']).len();
    let start = marker + spaces;
    let content = &text[start..];
    if content.starts_with(['#', '`', '~', '>', '<', '|', '\n', '!']) && !content.starts_with("<b>") {
        return None;
    }
    let title = bold(content).unwrap_or_else(|| question_or_line(content));
    (!title.is_empty()).then(|| (start + title.start..start + title.end, start))
}

/// The whole first paragraph if it is a question that spans lines, else its first line.
fn question_or_line(content: &str) -> Range<usize> {
    let first = first_line(content);
    if content[first.clone()].ends_with(['?', '？']) {
        return first;
    }
    let is_block =
        |line: &str| line.trim().is_empty() || line.trim_start().starts_with(['-', '*', '+', '`', '#', '>', '|']);
    let lines = content.split_inclusive('\n').enumerate().take_while(|(index, line)| *index == 0 || !is_block(line));
    let (count, length) = lines.fold((0, 0), |(count, length), (_, line)| (count + 1, length + line.len()));
    let paragraph = content[..length].trim_end();
    let is_one_question = paragraph.ends_with(['?', '？']) && paragraph.matches(['?', '？']).count() == 1 && count <= 4;
    if is_one_question { 0..paragraph.len() } else { first }
}

/// How many columns `text` takes up; a tab leads to the next multiple of four.
pub(super) fn width(text: &str) -> usize {
    text.chars().fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// Whether the last line of a fenced block closes it.
pub(super) fn is_closed(block: &str) -> bool {
    let Some(mark) = block.chars().next() else { return true };
    let opening = block.chars().take_while(|c| *c == mark).count();
    let last = block.trim_end().lines().skip(1).last();
    last.is_some_and(|line| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.chars().count() >= opening && line.chars().all(|c| c == mark)
    })
}

/// The number of the item of a numbered list that `item` begins with.
pub(super) fn ordinal(item: &str) -> Option<u32> {
    let digits = item.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=9).contains(end))?;
    item[..digits].parse().ok()
}
