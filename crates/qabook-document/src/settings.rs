//! What is wrong with the settings: mdBook logs a wrong `[output.html]` and goes on without the whole table.

use mdbook_driver::config::{Config, HtmlConfig};
use qabook_support::{Diagnostic, Diagnostics};
use serde::Deserialize;
use std::path::Path;

use crate::rule::SETTINGS;

const REFERENCE: &str = "https://rust-lang.github.io/mdBook/format/configuration/";

/// As much of book.toml as is looked at here.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    #[expect(dead_code, reason = "whether it can be read is all that matters")]
    output: Outputs,
}

#[derive(Default, Deserialize)]
struct Outputs {
    #[expect(dead_code, reason = "whether it can be read is all that matters")]
    html: Option<HtmlConfig>,
}

/// Checks `config`, which came from `text`, the text of `file`, and from the environment.
///
/// # Errors
/// Everything that is wrong, by line where that is known.
pub(crate) fn check(file: &Path, text: &str, config: &Config) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    problems.extend(title(text, config).map(|problem| problem.in_file(file)));
    problems.extend(html(text, config).map(|problem| problem.in_file(file)));
    problems.into_result(())
}

fn title(text: &str, config: &Config) -> Option<Diagnostic> {
    let title = config.book.title.as_deref().unwrap_or_default();
    if !title.trim().is_empty() {
        return None;
    }
    let line = line_of(text, "title").or_else(|| line_of(text, "[book]"));
    let problem = SETTINGS.broken("the book has no title", "write one under [book]: `title = \"My questions\"`");
    Some(problem.on_line(line))
}

fn html(text: &str, config: &Config) -> Option<Diagnostic> {
    let broken = |message: &str| {
        let hint = format!("{REFERENCE}renderers.html says what each key takes");
        SETTINGS.broken(format!("[output.html]: {}", message.trim()), hint)
    };
    if let Err(error) = toml::from_str::<File>(text) {
        let line = error.span().map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        return Some(broken(error.message()).on_line(line));
    }
    // What the environment sets has no line.
    config.get::<HtmlConfig>("output.html").err().map(|error| broken(&format!("{error:#}")))
}

fn line_of(text: &str, start: &str) -> Option<usize> {
    text.lines().position(|line| line.trim_start().starts_with(start)).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> String {
        let config = text.parse().unwrap();
        check(Path::new("book.toml"), text, &config).err().map(|problems| problems.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_book_needs_a_title() {
        assert_eq!(problems("[book]\ntitle = \"Q\"\n"), "");
        for (text, place) in
            [("", "book.toml: "), ("\n[book]\n", "book.toml:2: "), ("[book]\ntitle = \" \"", "book.toml:2: ")]
        {
            assert!(
                problems(text).starts_with(&format!("{place}the book has no title\n    hint: write one")),
                "{text}"
            );
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_with_its_line() {
        for (wrong, message) in [
            ("smart-punctuation = \"no\"", "invalid type: string \"no\", expected a boolean"),
            ("additional-css = \"own.css\"", "invalid type: string \"own.css\", expected a sequence"),
            ("site-urls = \"/\"", "unknown field `site-urls`"),
        ] {
            let found = problems(&format!("[output.html]\n{wrong}\n"));
            assert!(found.contains("the book has no title"), "{found}");
            assert!(found.contains(&format!("book.toml:2: [output.html]: {message}")), "{found}");
        }
    }

    #[test]
    fn a_setting_without_a_line_is_checked_too() {
        let mut config: Config = "[book]\ntitle = \"Q\"\n".parse().unwrap();
        config.set("output.html.hash-files", "perhaps").unwrap();
        let error = check(Path::new("book.toml"), "", &config).unwrap_err().to_string();
        assert!(error.starts_with("book.toml: [output.html]: "), "{error}");
    }
}
