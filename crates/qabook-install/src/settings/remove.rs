//! What uninstall takes out.

use std::ops::Range;

use super::{MARK, Settings};

impl Settings {
    /// Takes `items` out of the list `key` of the table at `path`, and the list when it was added and is empty then.
    pub(crate) fn remove_items(&mut self, path: &[&str], items: &[String]) {
        for item in items {
            let Ok(Some(list)) = self.list(path) else { return };
            if let Some((_, span)) = list.items.iter().find(|(there, _)| there == item) {
                let range = self.range_of_item(span);
                self.text.replace_range(range, "");
            }
        }
        let Ok(Some(list)) = self.list(path) else { return };
        let line = self.line_range(list.span.start);
        if list.items.is_empty() && self.text[line.clone()].contains(MARK) {
            self.cut(line.start..self.line_range(list.span.end).end);
        }
    }

    /// Takes lines out. The last of a file may have no end: then the line before gets none.
    fn cut(&mut self, lines: Range<usize>) {
        let is_last = !self.text[lines.clone()].ends_with('\n');
        let before = &self.text[..lines.start];
        let start = if is_last { before.strip_suffix(self.newline).unwrap_or(before).len() } else { lines.start };
        self.text.replace_range(start..lines.end, "");
    }

    /// An item with the comma and the white space that go with it.
    fn range_of_item(&self, span: &Range<usize>) -> Range<usize> {
        let behind = &self.text[span.end..];
        let comma = behind.trim_start_matches([' ', '\t']).starts_with(',');
        let after_comma = span.end + if comma { behind.find(',').unwrap_or(0) + 1 } else { 0 };
        let before = self.text[..span.start].trim_end();
        let (start, end) = match self.indentation(span.start) {
            // From the end of the line before.
            Some(_) => {
                let newline = self.text[..span.start].rfind('\n').unwrap_or(span.start);
                (newline - usize::from(self.text[..newline].ends_with('\r')), after_comma)
            }
            None if comma => {
                let rest = &self.text[after_comma..];
                (span.start, after_comma + rest.len() - rest.trim_start_matches([' ', '\t']).len())
            }
            None => (span.start, after_comma),
        };
        if !comma && before.ends_with(',') { (before.len() - 1)..end } else { start..end }
    }

    /// Takes a key out that install added: its line has our comment.
    pub(crate) fn remove_key(&mut self, path: &[&str], by: &str) {
        let Some(span) = self.value(path).map(|value| value.span()) else { return };
        let line = self.line_range(span.start);
        if self.text[line.clone()].contains(&format!("{MARK}{by} install")) {
            self.cut(line);
        }
    }

    /// Takes the table at `path` out when install added it and it holds nothing but `keys`; whether it did.
    pub(crate) fn remove_table(&mut self, path: &[&str], keys: &[&str]) -> bool {
        let headers = self.headers();
        let Some(index) = headers.iter().position(|header| header.path == path) else { return false };
        let line = self.line_range(headers[index].line.start);
        let names = self.keys(path);
        // A table below it has a header of its own.
        let is_below = |name: &String| {
            let below: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            headers.iter().any(|header| header.path.len() >= below.len() && header.path[..below.len()] == below[..])
        };
        let is_ours = self.text[line.clone()].contains(MARK);
        if !is_ours || !names.iter().all(|name| keys.contains(&name.as_str()) || is_below(name)) {
            return false;
        }
        let end = headers.get(index + 1).map_or(self.text.len(), |next| next.line.start);
        let body = &self.text[line.end..end];
        // What the author wrote behind it stays: comments, and the blank line before the next header.
        let is_own = |text: &str| keys.iter().any(|key| text.trim_start().starts_with(key));
        let own: usize = body.split_inclusive('\n').take_while(|text| is_own(text)).map(str::len).sum();
        if body[own..].lines().any(is_own) {
            return false;
        }
        self.remove_block(line.start..line.end + own);
        true
    }

    /// Takes lines out that were added at the end, with the blank line before them.
    fn remove_block(&mut self, block: Range<usize>) {
        let mut start = block.start;
        let blank_lines = if self.text[block.clone()].ends_with('\n') { 1 } else { 2 };
        for _ in 0..blank_lines {
            let before = &self.text[..start];
            // The first of two ends the line before; alone it must be a blank line.
            let is_blank =
                blank_lines == 2 || before.strip_suffix(self.newline).is_some_and(|rest| rest.ends_with('\n'));
            start -= if is_blank && before.ends_with(self.newline) { self.newline.len() } else { 0 };
        }
        self.text.replace_range(start..block.end, "");
    }
}
