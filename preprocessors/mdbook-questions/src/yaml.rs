//! Front matter in YAML, as other tools have it: a title, a description, tags. What says more is refused, not guessed.

use qabook_support::{ChapterFile, Diagnostics};

use crate::front_matter::{FORM, FRONT_MATTER, FrontMatter};
use crate::given::Given;

/// Reads `title`, `description` or `summary`, and `tags` of `block`; other tools' other keys mean nothing here.
///
/// # Errors
/// A value of these keys that isn't a text or a list on one line, or a list of one text a line.
pub(crate) fn read(block: &FrontMatter<'_>, file: &ChapterFile) -> Result<Given, Diagnostics> {
    let mut given = Given::default();
    let mut problems = Diagnostics::default();
    let lines: Vec<&str> = block.text.lines().map(str::trim_end).collect();
    for (index, line) in lines.iter().enumerate() {
        // What is indented or in a list belongs to the key above it.
        let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '-', '#'])) else {
            continue;
        };
        let below = lines[index + 1..].iter().take_while(|line| line.is_empty() || line.starts_with([' ', '\t', '-']));
        let below: Vec<&str> = below.map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        let read = match key.trim_end() {
            // A key without a value says nothing.
            "title" | "description" | "summary" if value.trim().is_empty() && below.is_empty() => Some(()),
            "title" => text(value, &below).map(|text| given.question = Some(text)),
            "description" | "summary" => text(value, &below).map(|text| given.summary = Some(text)),
            "tags" => list(value, &below).map(|tags| given.tags = Some(tags)),
            _ => Some(()),
        };
        if read.is_none() {
            let message = format!("front matter: `{}` is more than plain YAML", key.trim_end());
            problems.push(file.on_line(index + 2, FRONT_MATTER.broken(message, FORM)));
        }
    }
    problems.into_result(given)
}

/// A text on one line; `None` for anything else.
fn text(value: &str, below: &[&str]) -> Option<String> {
    if below.is_empty() { scalar(value.trim()) } else { None }
}

/// `[a, b]`, `a`, or `- a` and `- b` on lines of their own; `None` for anything else.
fn list(value: &str, below: &[&str]) -> Option<Vec<String>> {
    let value = value.trim();
    let items: Vec<&str> = match value.strip_prefix('[') {
        // A comma inside quotes is refused with the quote that it tears.
        Some(rest) if below.is_empty() => rest.strip_suffix(']')?.split(',').map(str::trim).collect(),
        None if value.is_empty() => below.iter().map(|line| line.strip_prefix("- ")).collect::<Option<_>>()?,
        None if below.is_empty() => vec![value],
        _ => return None,
    };
    items.into_iter().filter(|item| !item.is_empty()).map(|item| scalar(item.trim())).collect()
}

/// A plain or quoted text.
fn scalar(value: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let inside = rest.strip_suffix(quote)?;
            return (!inside.contains([quote, '\\'])).then(|| inside.to_string());
        }
    }
    let is_special =
        value.starts_with(['&', '*', '!', '|', '>', '%', '@', '`', '{', '}', '[', ']', ',', '#', '-', '?']);
    (!is_special && !value.contains(": ") && !value.contains(" #")).then(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_read() {
        for (value, text) in [
            ("What is TCP?", Some("What is TCP?")),
            ("\"What: is it?\"", Some("What: is it?")),
            ("'它 # 是什么'", Some("它 # 是什么")),
            ("std::mem", Some("std::mem")),
            ("a: b", None),
            ("\"a\\n\"", None),
            ("'it''s'", None),
            ("|", None),
            (">-", None),
            ("*anchor", None),
            ("a # note", None),
            ("\"open", None),
        ] {
            assert_eq!(scalar(value).as_deref(), text, "{value}");
        }
    }

    #[test]
    fn lists_are_read_in_three_forms() {
        let both = Some(vec!["a b".to_string(), "c".to_string()]);
        assert_eq!(list(" [a b, 'c']", &[]), both);
        assert_eq!(list("", &["- a b", "- \"c\""]), both);
        assert_eq!(list(" c", &[]), Some(vec!["c".to_string()]));
        assert_eq!([list("[]", &[]), list("", &[])], [Some(Vec::new()), Some(Vec::new())]);
        for (value, below) in [("[a", &[][..]), ("", &["- a: b"]), ("", &["a"]), ("[a]", &["- b"]), ("[\"a, b\"]", &[])]
        {
            assert_eq!(list(value, below), None, "{value} {below:?}");
        }
    }
}
