//! Errors of the compiler to choose from.

use serde::Serialize;

/// Errors that Rust programmers meet often, as [`general`] makes them.
const COMMON: &str = include_str!("compile-errors.txt");

/// How many errors are offered.
const OFFERED: usize = 4;

/// An error that may be the one of a program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Choice {
    /// What the compiler says, the names of the program left out: they would give it away.
    pub(crate) text: String,
    /// Whether it is the error of the program.
    pub(crate) right: bool,
}

/// The error `recorded` of the program `name` among others: first those of the book's other programs, then common ones.
///
/// They are sorted by their text, so that the place says nothing and each build makes the same page.
pub(crate) fn choices<'a>(name: &str, recorded: &str, others: impl Iterator<Item = &'a str>) -> Vec<Choice> {
    let right = general(recorded);
    let common: Vec<&str> = COMMON.lines().collect();
    // Each program begins elsewhere in the list: not every one is beside the same errors.
    let start = name.bytes().map(usize::from).sum::<usize>() % common.len();
    let common = common.iter().cycle().skip(start).take(common.len()).map(ToString::to_string);
    let mut texts = vec![right.clone()];
    for text in others.map(general).chain(common) {
        if texts.len() < OFFERED && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.sort();
    texts.into_iter().map(|text| Choice { right: text == right, text }).collect()
}

/// The first line of an error with `…` for each thing that it quotes.
fn general(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default().trim_end();
    let parts = line.split('`').enumerate().map(|(index, part)| if index % 2 == 1 { "…" } else { part });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVED: &str = "error[E0382]: borrow of moved value: `data`\n --> src/main.rs\n";

    #[test]
    fn one_of_four_different_errors_is_right() {
        let choices = choices("moved", MOVED, ["error[E0432]: unresolved import `tokyo`"].into_iter());
        let mut texts: Vec<&str> = choices.iter().map(|choice| choice.text.as_str()).collect();
        texts.dedup();
        assert_eq!(texts.len(), OFFERED);
        assert!(texts.is_sorted() && texts.contains(&"error[E0432]: unresolved import `…`"), "{texts:?}");
        let right: Vec<&str> =
            choices.iter().filter(|choice| choice.right).map(|choice| choice.text.as_str()).collect();
        assert_eq!(right, ["error[E0382]: borrow of moved value: `…`"]);
    }

    #[test]
    fn names_of_the_program_do_not_give_its_error_away() {
        assert_eq!(
            general("error[E0277]: expected a `FnOnce()` closure, found `()`\n"),
            "error[E0277]: expected a `…` closure, found `…`"
        );
        assert_eq!(general(""), "");
        for line in COMMON.lines() {
            assert_eq!(general(line), line);
        }
    }

    #[test]
    fn programs_are_beside_different_errors() {
        let of = |name| choices(name, "error: x", [].into_iter());
        assert_ne!(of("a"), of("e"));
        assert_eq!(of("a"), of("a"));
    }
}
