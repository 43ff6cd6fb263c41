//! What is wrong with the settings: mdBook logs a wrong `[output.html]` and goes on without the whole table.

mod tables;
mod values;

use mdbook_driver::config::Config;
use qabook_support::{Diagnostic, Diagnostics, SettingsText};
use std::path::Path;

use crate::rule::SETTINGS;
pub use tables::other_outputs;

/// Checks `config`, which came from `text`, the text of `file` in the folder `root`, and from the environment.
///
/// # Errors
/// Everything that is wrong, by line where that is known.
pub(crate) fn check(root: &Path, file: &Path, text: &str, config: &Config) -> Result<(), Diagnostics> {
    let settings = SettingsText::new(text);
    let title = title(&settings, config).into_iter();
    let found = title.chain(tables::check(&settings, config)).chain(values::check(root, &settings, config));
    let mut problems = Diagnostics::default();
    problems.extend(found.map(|problem| problem.in_file(file)));
    problems.into_result(())
}

fn title(text: &SettingsText<'_>, config: &Config) -> Option<Diagnostic> {
    let title = config.book.title.as_deref().unwrap_or_default();
    if !title.trim().is_empty() {
        return None;
    }
    let line = text.line(&["book", "title"]).or_else(|| text.line(&["book"]));
    let problem = SETTINGS.broken("the book has no title", "write one under [book]: `title = \"My questions\"`");
    Some(problem.on_line(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> String {
        let config = text.parse().unwrap();
        check(Path::new(""), Path::new("book.toml"), text, &config)
            .err()
            .map(|problems| problems.to_string())
            .unwrap_or_default()
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
    fn misspelt_tables_keys_and_values_are_named_with_what_may_be_meant() {
        for (lines, said) in [
            ("[preprocessor.katex]\ndolars = \"all\"", "[preprocessor.katex]: unknown field `dolars`, expected one of"),
            (
                "[preprocessor.katex]\ndollars = \"al\"",
                "[preprocessor.katex]: unknown variant `al`, expected `formulas` or `all`\n    hint: write `all`",
            ),
            ("[preprocessor.mermaid-svg]\nfoo = 1", "[preprocessor.mermaid-svg]: unknown field `foo`, expected one of"),
            (
                "[preprocessor.snippets]\nedition = \"2042\"",
                "[preprocessor.snippets]: unknown variant `2042`, expected one of `2015`",
            ),
            (
                "[preprocessor.snippets]\nchannel = \"nigtly\"",
                "[preprocessor.snippets]: unknown variant `nigtly`, expected one of `stable`, `beta`, `nightly`\n    hint: write `nightly`",
            ),
            (
                "[preprocessor.snippets]\nmode = \"fats\"",
                "[preprocessor.snippets]: unknown variant `fats`, expected `debug` or `release`\n    hint: `qabook config --explicit`",
            ),
            (
                "[preprocessor.questions]\nstrct = true",
                "[preprocessor.questions]: unknown field `strct`, expected one of",
            ),
            (
                "[preprocessor.questions]\ndownloads = [\"index.html\"]",
                "[preprocessor.questions]: `index.html` in `downloads` is a page",
            ),
            (
                "[preprocessor.questions]\ndownloads = [\"a.pdf\",\"../x.pdf\"]",
                "[preprocessor.questions]: `../x.pdf` in `downloads` is no file name\n    hint: the files are next to the home page",
            ),
            (
                "[preprocessor.questions]\nstorage = \"\"",
                "[preprocessor.questions]: `` in `storage` is no name\n    hint: write letters",
            ),
            ("[preprocessor.chinese]\nalert = true", "[preprocessor.chinese]: unknown field `alert`, expected one of"),
            (
                "[preprocessor.zh-search]\nsynonyms = [\"a\"]",
                "[preprocessor.zh-search]: invalid type: string \"a\", expected a sequence\n    hint: `qabook config",
            ),
            ("[output.zh-search]\noverveiw = []", "[output.zh-search]: unknown field `overveiw`, expected one of"),
            ("[output.pdf]\npaper = \"a3\"", "[output.pdf]: unknown variant `a3`, expected `a4` or `a5`"),
            (
                "[output.html.fold]\nenabel = true",
                "[output.html]: unknown field `enabel`, expected `enable` or `level`\n    hint: write `enable`",
            ),
        ] {
            let found = problems(&format!("[book]\ntitle = \"Q\"\n{lines}\n"));
            assert!(
                found.starts_with(&format!("book.toml:4: {said}")) && found.matches("hint: ").count() == 1,
                "{found}"
            );
        }
    }

    #[test]
    fn tables_that_nobody_reads_are_errors_when_one_may_be_meant() {
        for (table, meant) in [("output.pdff", "output.pdf"), ("preprocessor.qestions", "preprocessor.questions")] {
            let found = problems(&format!("[book]\ntitle = \"Q\"\n[{table}]\n"));
            let said = format!("book.toml:3: [{table}]: nothing has this name\n    hint: write `[{meant}]`");
            assert!(found.starts_with(&said), "{found}");
            assert_eq!(problems(&format!("[book]\ntitle = \"Q\"\n[{table}]\ncommand = \"x\"\n")), "");
        }
        let others = "[book]\ntitle = \"Q\"\n[preprocessor.toc]\n[output.linkcheck]\n[output.epub]\ncommand = \"x\"\n";
        assert_eq!(problems(others), "");
        assert_eq!(other_outputs(&others.parse().unwrap()), ["linkcheck"]);
    }

    #[test]
    fn all_that_is_wrong_in_one_table_is_said() {
        let table = "[preprocessor.questions]\ndownloads = [\"../x.pdf\"]\nstorage = \"\"\nstrct = 1\n";
        let found = problems(&format!("[book]\ntitle = \"Q\"\n{table}"));
        let lines: Vec<&str> =
            found.lines().filter_map(|line| line.strip_prefix("book.toml:")?.split(':').next()).collect();
        assert_eq!(lines, ["4", "5", "6"], "{found}");
    }

    #[test]
    fn a_setting_without_a_line_is_checked_too() {
        let mut config: Config = "[book]\ntitle = \"Q\"\n".parse().unwrap();
        config.set("output.html.hash-files", "perhaps").unwrap();
        let error = check(Path::new(""), Path::new("book.toml"), "", &config).unwrap_err().to_string();
        assert!(error.starts_with("book.toml: [output.html]: "), "{error}");
    }
}
