//! What install adds.

use qabook_support::Diagnostic;
use std::ops::Range;

use super::{INSTALL, List, MARK, Settings};

impl Settings {
    /// Adds a table at the end, with its lines.
    pub(crate) fn add_table(&mut self, table: &str, lines: &[String], by: &str) {
        // A file that doesn't end its last line doesn't afterwards, either: so that removing leaves what was there.
        let ends = self.text.is_empty() || self.text.ends_with('\n');
        let newline = self.newline;
        let mut added = if self.text.is_empty() { String::new() } else { newline.to_string() };
        added += &format!("[{table}] {MARK}{by} install");
        for line in lines {
            added += &format!("{newline}{line}");
        }
        if ends && !self.text.is_empty() {
            self.text += &(added + newline);
        } else if self.text.is_empty() {
            self.text = added;
        } else {
            self.text += &(newline.to_string() + &added);
        }
    }

    /// Adds a key to a table that has a header; without one it gets the header.
    ///
    /// Errors: The table is written in another form.
    pub(crate) fn add_key(
        &mut self,
        path: &[&str],
        table: &str,
        key: &str,
        value: &str,
        by: &str,
    ) -> Result<(), Diagnostic> {
        let mark = format!("{MARK}{by} install");
        let line = match value.split_once('\n') {
            // The comment of a list is on its first line.
            Some((first, rest)) => format!("{key} = {first} {mark}\n{rest}").replace('\n', self.newline),
            None => format!("{key} = {value} {mark}"),
        };
        let header = self.headers().into_iter().find(|header| header.path == path);
        if let Some(header) = header {
            let (end, newline) = (header.line.end, self.newline);
            self.text.insert_str(end, &format!("{newline}{line}"));
        } else {
            self.add_table(table, &[line], by);
        }
        self.is_whole(path, table)
    }

    /// Adds what is missing of `items` to the list `key` of the table at `path`; `ours` tells an item that some part added.
    ///
    /// Before what the author has, so that theirs wins; after what other parts have.
    /// Errors: It isn't a list of texts, or the table is written in another form.
    pub(crate) fn add_items(
        &mut self,
        path: &[&str],
        table: &str,
        key: &str,
        items: &[String],
        ours: impl Fn(&str) -> bool,
        by: &str,
    ) -> Result<bool, Diagnostic> {
        let full = [path, &[key]].concat();
        let Some(list) = self.list(&full)? else {
            let lines: String = items.iter().map(|item| format!("    \"{item}\",\n")).collect();
            self.add_key(path, table, key, &format!("[\n{lines}]"), by)?;
            return Ok(true);
        };
        let there: Vec<&str> = list.items.iter().map(|(item, _)| item.as_str()).collect();
        let missing: Vec<String> =
            items.iter().filter(|item| !there.contains(&item.as_str())).map(|item| format!("\"{item}\"")).collect();
        if missing.is_empty() {
            return Ok(false);
        }
        let last_of_ours = list.items.iter().rev().find(|(item, _)| ours(item)).map(|(_, span)| span.clone());
        let (at, added) = match last_of_ours {
            Some(span) => (span.end, self.after_item(&span, &missing)),
            None => self.at_start(&list, &missing),
        };
        self.text.insert_str(at, &added);
        self.is_whole(&full, table).map(|()| true)
    }

    /// The text that adds `items` behind the one at `span`.
    fn after_item(&self, span: &Range<usize>, items: &[String]) -> String {
        let separator = match self.indentation(span.start) {
            Some(indentation) => format!(",{}{indentation}", self.newline),
            None => ", ".into(),
        };
        items.iter().map(|item| format!("{separator}{item}")).collect()
    }

    /// Where and how `items` are added at the start of `list`.
    fn at_start(&self, list: &List, items: &[String]) -> (usize, String) {
        let inside = list.span.start + 1;
        let rest = &self.text[inside..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let comment = if rest[spaces..].starts_with('#') { rest[spaces..].find(['\r', '\n']).unwrap_or(0) } else { 0 };
        let at = inside + spaces + comment;
        if self.text[at..].starts_with(['\r', '\n']) {
            let first = list.items.first().and_then(|(_, span)| self.indentation(span.start));
            let indentation = first.unwrap_or("    ");
            (at, items.iter().map(|item| format!("{}{indentation}{item},", self.newline)).collect())
        } else {
            let end = if list.items.is_empty() { "" } else { ", " };
            (at, items.join(", ") + end)
        }
    }

    /// Errors: After a change the text isn't TOML, or there is nothing at `path`: the table was written in a form that no
    /// header can add to.
    fn is_whole(&self, path: &[&str], table: &str) -> Result<(), Diagnostic> {
        if self.has(path) {
            return Ok(());
        }
        let message = format!("[{table}] is written in a form that can't be added to");
        Err(INSTALL.broken(message, format!("give it a header of its own, `[{table}]`, with its keys below")))
    }
}
