//! From lines of a preprocessed chapter to lines of its file.
//!
//! Preprocessors replace a line by many, put lines in, and join lines. What they left alone tells where the rest belongs.

use std::collections::HashMap;

/// For each line of a chapter's text the line of its file.
#[derive(Debug)]
pub(crate) struct LineMap {
    /// Byte offset of the start of each line of the text.
    starts: Vec<usize>,
    /// Line (from 1) in the file.
    lines: Vec<Option<usize>>,
}

impl LineMap {
    /// Compares `text`, the chapter as preprocessors left it, with `source`, its file; a made chapter has none.
    pub(crate) fn new(text: &str, source: Option<&str>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        let lines = match source {
            Some(source) => {
                let source: Vec<&str> = source.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
                let mut found = anchors(&text, &source);
                grow(&mut found, &text, &source);
                fill_gaps(&found, &text, &source)
            }
            None => vec![None; text.len()],
        };
        Self { starts, lines }
    }

    /// The line (from 1) in the file for byte `offset` of the text.
    pub(crate) fn line(&self, offset: usize) -> Option<usize> {
        let index = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.lines.get(index).copied().flatten()
    }
}

/// Lines that are once in both, as far as they come in the same order: index in `source` for each line of `text`.
fn anchors(text: &[&str], source: &[&str]) -> Vec<Option<usize>> {
    let once = |lines: &[&str]| {
        let mut found: HashMap<String, Option<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            found.entry((*line).to_string()).and_modify(|known| *known = None).or_insert(Some(index));
        }
        found
    };
    let (in_text, in_source) = (once(text), once(source));
    let mut pairs: Vec<(usize, usize)> =
        in_text.iter().filter_map(|(line, index)| Some(((*index)?, in_source.get(line).copied().flatten()?))).collect();
    pairs.sort_unstable();
    let mut found = vec![None; text.len()];
    for (in_text, in_source) in longest_rising(&pairs) {
        found[in_text] = Some(in_source);
    }
    found
}

/// The longest subsequence of `pairs`, sorted by their first numbers, whose second numbers rise, too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a subsequence lowest, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (index, (_, second)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *second);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(ends.len().max(length));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut found = Vec::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        found.push(pairs[index]);
        next = before[index];
    }
    found.reverse();
    found
}

/// Equal lines next to found ones belong together as well.
fn grow(found: &mut [Option<usize>], text: &[&str], source: &[&str]) {
    for index in 1..found.len() {
        let next = found[index - 1].map(|line| line + 1);
        if found[index].is_none() && next.and_then(|line| source.get(line)) == Some(&text[index]) {
            found[index] = next;
        }
    }
    for index in (1..found.len()).rev() {
        let previous = found[index].and_then(|line| line.checked_sub(1));
        if found[index - 1].is_none() && previous.and_then(|line| source.get(line)) == Some(&text[index - 1]) {
            found[index - 1] = previous;
        }
    }
}

/// Gives the lines between found ones the most fitting line of the file.
fn fill_gaps(found: &[Option<usize>], text: &[&str], source: &[&str]) -> Vec<Option<usize>> {
    let mut lines = Vec::with_capacity(found.len());
    let mut start = 0;
    while start < found.len() {
        if let Some(line) = found[start] {
            lines.push(Some(line + 1));
            start += 1;
            continue;
        }
        let end = (start..found.len()).find(|index| found[*index].is_some()).unwrap_or(found.len());
        let above = start.checked_sub(1).and_then(|index| found[index]);
        let first = above.map_or(0, |line| line + 1);
        let last = found.get(end).copied().flatten().unwrap_or(source.len()).max(first);
        for (index, line) in text[start..end].iter().enumerate() {
            lines.push(gap_line(line, index, end - start, &source[first..last], first));
        }
        start = end;
    }
    lines
}

/// The line (from 1) of the file for the `index`-th of `count` lines that take the place of `gap`, from line `first` on.
fn gap_line(line: &str, index: usize, count: usize, gap: &[&str], first: usize) -> Option<usize> {
    if gap.len() == count {
        return Some(first + index + 1);
    }
    // A joined line begins with the first of those it was joined from.
    let joined = gap.iter().position(|part| !part.is_empty() && line.starts_with(part));
    let replaced = || gap.iter().position(|part| !part.is_empty());
    match joined.or_else(replaced) {
        Some(at) => Some(first + at + 1),
        // Put in: the line above.
        None => (first > 0).then_some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, source: &str) -> Vec<Option<usize>> {
        LineMap::new(text, Some(source)).lines
    }

    #[test]
    fn an_untouched_chapter_keeps_its_lines() {
        let text = "one\n\none\ntwo\n";
        assert_eq!(lines(text, text), [Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn what_took_the_place_of_a_line_has_that_line() {
        let source = "# t\n\n{{#snippet a}}\n\nlast\n";
        let text = "# t\n\n<figure>\n\n```rust\nx\n```\n\n</figure>\n\nlast\n";
        let found = lines(text, source);
        assert_eq!(found[2], Some(3));
        assert_eq!(found[5], Some(3));
        assert_eq!(found.last(), Some(&Some(5)));
    }

    #[test]
    fn joined_lines_have_the_first_of_theirs() {
        let source = "{{#snippet a}}\n\n甲，\n乙。\n\n丙，\n丁。\n\n尾\n";
        let text = "1\n2\n3\n\n甲，乙。\n\n\n丙，丁。\n\n\n尾\n";
        let found = lines(text, source);
        assert_eq!((found[4], found[7], found[10]), (Some(3), Some(6), Some(9)));
    }

    #[test]
    fn made_chapters_have_no_lines() {
        assert_eq!(LineMap::new("a\n", None).line(0), None);
    }

    #[test]
    fn an_offset_belongs_to_its_line() {
        let map = LineMap::new("ab\ncd\n", Some("ab\ncd\n"));
        assert_eq!([0, 2, 3, 5, 6].map(|at| map.line(at)), [Some(1), Some(1), Some(2), Some(2), None]);
    }
}
