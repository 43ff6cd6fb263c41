//! What each part of the tool needs in a book.

/// A part that works in any mdBook: its settings, and the files of the theme that its pages load.
#[derive(Debug)]
pub struct Part {
    /// Without `mdbook-`.
    pub name: &'static str,
    /// Whether `[preprocessor.NAME]` is its table; else it is `[output.NAME]`, that of a renderer.
    pub is_preprocessor: bool,
    /// Keys of mdBook's own tables, with their values.
    pub settings: &'static [Setting],
    /// Style sheets, in the order in which pages load them. All paths are relative to the theme.
    pub css: &'static [&'static str],
    /// Scripts, in that order.
    pub js: &'static [&'static str],
    /// Files that take the place of mdBook's own.
    pub replaced: &'static [&'static str],
}

/// A key of a table of mdBook's.
#[derive(Debug)]
pub struct Setting {
    /// The table as its header names it.
    pub table: &'static str,
    /// The key.
    pub key: &'static str,
    /// The value, as TOML.
    pub value: &'static str,
}

impl Part {
    /// The part that is called `name`, without `mdbook-`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// The command's name.
    #[must_use]
    pub fn command(&self) -> String {
        format!("mdbook-{}", self.name)
    }

    /// Its table, as its header names it.
    #[must_use]
    pub fn table(&self) -> String {
        format!("{}.{}", if self.is_preprocessor { "preprocessor" } else { "output" }, self.name)
    }

    /// Every file of the theme that it needs.
    pub fn files(&self) -> impl Iterator<Item = &'static str> {
        [self.css, self.js, self.replaced].into_iter().flatten().copied()
    }
}

/// All parts. The preprocessors are in the order in which they must run.
pub static PARTS: [Part; 5] = [
    Part {
        name: "snippets",
        is_preprocessor: true,
        settings: &[],
        css: &[
            "css/colours.css",
            "css/code.css",
            "css/snippet-code.css",
            "css/snippet.css",
            "css/snippet-output.css",
            "css/snippet-edit.css",
            "css/snippet-twin.css",
        ],
        js: &[
            "js/shared.js",
            "js/scroll.js",
            "js/snippet-highlight.js",
            "js/snippet-bar.js",
            "js/snippet-twin.js",
            "js/snippet-wrap.js",
            "js/snippet-output.js",
            "js/snippet-run.js",
            "js/snippet-edit.js",
        ],
        // mdBook's own highlighter would paint what is painted.
        replaced: &["highlight.js"],
    },
    Part {
        name: "mermaid-svg",
        is_preprocessor: true,
        settings: &[],
        css: &["css/colours.css", "css/diagram.css"],
        js: &["js/diagram.js"],
        replaced: &[],
    },
    Part {
        name: "questions",
        is_preprocessor: true,
        settings: &[],
        css: &[
            "css/colours.css",
            "css/question.css",
            "css/progress.css",
            "css/choice.css",
            "css/home.css",
            "practice/practice.css",
            "practice/bar.css",
            "practice/statements.css",
            "practice/paper.css",
        ],
        js: &[
            "js/shared.js",
            "js/scroll.js",
            "js/records.js",
            "js/progress.js",
            "js/resume.js",
            "js/choice.js",
            "js/random.js",
            "practice/ts-fsrs/index.umd.js",
            "practice/schedule.js",
            "practice/deck.js",
            "practice/grades.js",
            "practice/filters.js",
            "practice/statements.js",
            "practice/bar.js",
            "practice/keys.js",
            "practice/practice.js",
        ],
        replaced: &[],
    },
    Part {
        name: "chinese",
        is_preprocessor: true,
        // mdBook's default turns “你好” into “你好“.
        settings: &[Setting { table: "output.html", key: "smart-punctuation", value: "false" }],
        css: &[],
        js: &[],
        replaced: &[],
    },
    Part {
        name: "zh-search",
        is_preprocessor: false,
        // The box and its keys stay, mdBook's own engine and index don't.
        settings: &[
            Setting { table: "output.html.search", key: "copy-js", value: "false" },
            Setting { table: "output.html.search.chapter.\"\"", key: "enable", value: "false" },
        ],
        css: &[],
        js: &[],
        replaced: &[],
    },
];

/// Preprocessors of others that must run after some of these: it knows formulas by their dollars.
const LAST: &str = "katex";

/// What `part` must run after, and before, in a book with the preprocessors that `is_there` knows.
pub(crate) fn order(part: &Part, is_there: impl Fn(&str) -> bool) -> (Vec<&'static str>, Vec<&'static str>) {
    let names = PARTS.iter().filter(|other| other.is_preprocessor).map(|other| other.name).chain([LAST]);
    let others: Vec<&str> = names.filter(|name| *name == part.name || is_there(name)).collect();
    let place = others.iter().position(|name| *name == part.name).unwrap_or(others.len());
    let after = ["links"].into_iter().chain(others[..place].iter().copied()).collect();
    (after, others.get(place + 1..).unwrap_or_default().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_has_every_file_of_every_part() {
        for part in &PARTS {
            for file in part.files() {
                assert!(qabook_theme::file(file).is_some(), "{}: {file}", part.name);
            }
        }
    }

    #[test]
    fn a_part_runs_between_those_that_are_there() {
        let part = |name| Part::named(name).unwrap();
        assert_eq!(order(part("chinese"), |_| false), (vec!["links"], vec![]));
        let there = |name: &str| ["snippets", "chinese", "katex"].contains(&name);
        assert_eq!(order(part("questions"), there), (vec!["links", "snippets"], vec!["chinese", "katex"]));
        assert_eq!(order(part("snippets"), there), (vec!["links"], vec!["chinese", "katex"]));
    }
}
