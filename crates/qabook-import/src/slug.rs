//! Names of files: readable, in the letters of the title's own language.

use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::plain::is_ideograph;

/// A letter or digit, and what follows with the marks that letters have in some languages, as in Hindi.
static WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}]*").ok());

/// How long a name gets: an ideograph counts as three letters.
const LENGTH: usize = 60;

/// `title` as a file name without ending: letters and digits in lower case, hyphens between words. Empty when there are none.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    let mut length = 0;
    for word in words(title) {
        let width: usize = word.chars().map(|c| if is_ideograph(c) { 3 } else { 1 }).sum();
        if length > 0 && length + 1 + width > LENGTH {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        let kept = cut(&word, LENGTH);
        slug.push_str(kept);
        length += 1 + width;
    }
    slug
}

/// The words of `title` in lower case; an apostrophe is inside its word.
fn words(title: &str) -> Vec<String> {
    let title = title.to_lowercase().replace(['\'', '’'], "");
    let words = WORD.iter().flat_map(|word| word.find_iter(&title)).map(|word| word.as_str());
    words.map(str::to_string).collect()
}

/// The beginning of `word` that is no wider than `most`.
fn cut(word: &str, most: usize) -> &str {
    let mut width = 0;
    let end = word.char_indices().find(|(_, c)| {
        width += if is_ideograph(*c) { 3 } else { 1 };
        width > most
    });
    end.map_or(word, |(end, _)| &word[..end])
}

/// Gives names, each once.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<String, usize>);

impl Names {
    /// A name for `title`, or for `otherwise` when it has no letters; the second of one name ends with `-2`.
    pub(crate) fn give(&mut self, title: &str, otherwise: &str) -> String {
        let slug = slug(title);
        let slug = if slug.is_empty() { otherwise.to_string() } else { slug };
        let mut count = self.0.get(&slug).copied().unwrap_or(0) + 1;
        let mut name = if count == 1 { slug.clone() } else { format!("{slug}-{count}") };
        // `a-2` may also be a title of its own.
        while count > 1 && self.0.contains_key(&name) {
            count += 1;
            name = format!("{slug}-{count}");
        }
        self.0.insert(slug.clone(), count);
        self.0.entry(name.clone()).or_insert(1);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_short() {
        assert_eq!(slug("What's the difference between `Arc` & C++?"), "whats-the-difference-between-arc-c");
        assert_eq!(slug("python的底层网络交互模块有哪些？"), "python的底层网络交互模块有哪些");
        assert_eq!(slug("🚀 ？"), "");
        let long = "word ".repeat(40);
        assert!(slug(&long).len() <= LENGTH && slug(&long).ends_with("word"));
        assert_eq!(slug(&"汉".repeat(50)).chars().count(), 20);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        let given: Vec<_> =
            ["A", "a", "A-2", "a!", "?", "?"].iter().map(|title| names.give(title, "question")).collect();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "question", "question-2"]);
    }
}
