//! Plain fences: code that is shown and not run, in the colours of the cards.

use mdbook_preprocessor::config::{Config as BookConfig, RustEdition};
use qabook_support::markdown::Fence;
use qabook_support::splice;
use std::collections::HashMap;

use crate::hidden::{self, Line};
use crate::highlight;

/// Highlights fences for HTML. Classes, hidden lines and the frame of what a reader can run are those that mdBook itself would
/// make, which its scripts rely on.
pub(crate) struct Fences {
    edition: Option<RustEdition>,
    /// `[output.html.playground]`.
    runnable: bool,
    editable: bool,
    /// Beginnings of hidden lines by language: `[output.html.code.hidelines]`.
    hidelines: HashMap<String, String>,
}

impl Fences {
    /// Reads the settings of a book.
    pub(crate) fn of_book(config: &BookConfig) -> Self {
        let html = config.html_config().unwrap_or_default();
        Self {
            edition: config.rust.edition,
            runnable: html.playground.runnable,
            editable: html.playground.editable,
            hidelines: html.code.hidelines,
        }
    }

    /// HTML for the place of `fence` in `source`, of as many lines; `None` when the fence is better left to mdBook: there is
    /// no grammar for its language, nothing in it has a colour, or an editor in the page paints it.
    pub(crate) fn paint(&self, source: &str, fence: &Fence) -> Option<String> {
        let words: Vec<&str> = fence.info.split([' ', '\t', ',']).filter(|word| !word.is_empty()).collect();
        let language = *words.first()?;
        if fence.body.is_empty() || self.editable && words.contains(&"editable") {
            return None;
        }
        let runs = language == "rust" && self.can_run(&words);
        let lines = self.lines(&fence.body, &words, runs);
        let code: String = lines.iter().map(|line| line.text.as_str()).collect();
        let tokens = highlight::lines(&code, language)?;
        if !tokens.iter().any(|line| line.contains('<')) {
            return None;
        }
        let mut classes = format!("language-{}", words.join(" "));
        if runs && !words.iter().any(|word| word.starts_with("edition")) {
            classes.extend(self.edition.and_then(class_of_edition));
        }
        let frame = if runs { " class=\"playground\"" } else { "" };
        // A blank line in the place of each line that is gone would split a quote or loosen a list: the tag takes them.
        let newline = format!("\n{}", splice::indentation(source, fence.span.start));
        let breaks = newline.repeat(source[fence.span.clone()].matches('\n').count());
        let (classes, code) = (highlight::escaped(&classes), code_html(&lines, &tokens));
        Some(format!("<pre{frame}><code {breaks}class=\"{classes}\">{code}</code></pre>"))
    }

    /// Whether mdBook lets a reader run a Rust block with these words in its info string.
    fn can_run(&self, words: &[&str]) -> bool {
        let kept = ["ignore", "noplayground", "noplaypen"].iter().any(|word| words.contains(word));
        words.contains(&"mdbook-runnable") || self.runnable && !kept
    }

    fn lines(&self, body: &str, words: &[&str], runs: bool) -> Vec<Line> {
        if words[0] == "rust" {
            return if runs { hidden::of_rust(&hidden::with_main(body)) } else { hidden::of_rust(body) };
        }
        let own = words.iter().find_map(|word| word.strip_prefix("hidelines="));
        match own.or_else(|| self.hidelines.get(words[0]).map(String::as_str)) {
            Some(prefix) => hidden::by_prefix(body, prefix),
            None => body.split_inclusive('\n').map(|line| Line { text: line.into(), hidden: false }).collect(),
        }
    }
}

/// ` edition2024`, as mdBook's script reads it.
fn class_of_edition(edition: RustEdition) -> Option<String> {
    let year = serde_json::to_value(edition).ok()?;
    Some(format!(" edition{}", year.as_str()?))
}

/// The code with its tokens, on one line.
fn code_html(lines: &[Line], tokens: &[String]) -> String {
    let mut html = String::new();
    for (index, line) in lines.iter().enumerate() {
        let newline = if line.text.ends_with('\n') { "&#10;" } else { "" };
        // The last may be empty: then there are no tokens of it.
        let tokens = tokens.get(index).map_or("", String::as_str);
        let parts = if line.hidden {
            ["<span class=\"boring\">", tokens, newline, "</span>"]
        } else {
            ["", tokens, newline, ""]
        };
        html.extend(parts);
    }
    html
}
