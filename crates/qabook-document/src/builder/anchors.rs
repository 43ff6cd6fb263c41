//! Ids that links lead to.

use super::Builder;

impl Builder<'_> {
    /// Takes `id`, which the author wrote, for the chapter; one that is taken gets a number.
    pub(super) fn written_id(&mut self, id: &str, line: Option<usize>) -> String {
        if self.ids.contains(id) {
            let hint = "links can only lead to the first: give this one another id";
            self.warn(line, format!("the id `{id}` is in this chapter twice"), hint);
        }
        self.unique_id(id)
    }

    /// The id of a heading without one: the words of its text.
    pub(super) fn id_of(&mut self, text: &str) -> String {
        let words: String = text
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
                c if c.is_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        self.unique_id(if words.is_empty() { "section" } else { &words })
    }

    fn unique_id(&mut self, id: &str) -> String {
        let mut unique = id.to_string();
        let mut count = 0;
        while !self.ids.insert(unique.clone()) {
            count += 1;
            unique = format!("{id}-{count}");
        }
        unique
    }
}
