//! Icons for a book that has none: the first letter of its title, in the colours of the theme.

use mdbook_driver::config::Config;
use qabook_support::{Diagnostics, Templates};
use serde::Serialize;
use std::path::Path;

/// The template and its built-in text.
pub(super) const TEMPLATE: (&str, &str) = ("icon.svg", include_str!("templates/icon.svg"));

/// What an icon's edge is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Its corners are round, and nothing is in them.
    Round,
    /// It fills its square, for the system cuts it to a shape of its own.
    Full,
}

#[derive(Serialize)]
struct Model {
    letter: char,
    round: bool,
}

/// Whether the theme in the folder `theme` has an icon for the browser's tab.
#[must_use]
pub fn has_favicon(theme: &Path) -> bool {
    ["favicon.svg", "favicon.png"].iter().any(|name| theme.join(name).exists())
}

/// An icon for the book in `root`, as SVG.
///
/// # Errors
/// What is wrong with the template.
pub fn from_title(root: &Path, config: &Config, shape: Shape) -> Result<String, Diagnostics> {
    let letter = letter(config.book.title.as_deref().unwrap_or_default());
    let model = Model { letter, round: shape == Shape::Round };
    Templates::of_book(root, config, &[TEMPLATE])?.render(TEMPLATE.0, &model)
}

/// The first letter or digit of `title`, in upper case; of a title without any, its first character.
fn letter(title: &str) -> char {
    let first = title.chars().find(|c| c.is_alphanumeric()).or_else(|| title.trim().chars().next()).unwrap_or('?');
    let mut upper = first.to_uppercase();
    // One that becomes two, such as ß, stays.
    match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_is_the_first_of_the_title() {
        for (title, first) in [
            ("questions", 'Q'),
            ("“Rust” asked", 'R'),
            ("问锈", '问'),
            ("ßtraße", 'ß'),
            ("42 questions", '4'),
            (" ☂!", '☂'),
            ("", '?'),
        ] {
            assert_eq!(letter(title), first, "{title}");
        }
    }

    #[test]
    fn an_icon_is_svg_that_can_hold_any_letter() {
        let config: Config = "[book]\ntitle = \"<>\"\n".parse().unwrap();
        let round = from_title(Path::new("none"), &config, Shape::Round).unwrap();
        assert!(round.starts_with("<svg ") && round.contains(">&lt;</text>") && round.contains(" rx="), "{round}");
        assert!(!from_title(Path::new("none"), &config, Shape::Full).unwrap().contains(" rx="));
    }
}
