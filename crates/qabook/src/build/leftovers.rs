//! What no preprocessor took and a reader would see: front matter, directives, diagrams and formulas as their authors typed
//! them.
//!
//! Only what is surely a mistake is one: a price isn't a formula, code shows what it shows, and a part that its author turned
//! off (`renderers = []`) is off.

use mdbook_driver::config::Config;
use mdbook_preprocessor::book::{Book, Chapter};
use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, Rule};
use regex::Regex;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use super::footnotes;

/// Text of an author that only a tool should have seen.
pub(crate) const LEFTOVER: Rule = Rule::error("leftover");

/// `{{#name …}}`.
static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{\s*#([\w-]*)[^}\n]*(\}\})?").expect("a valid pattern"));
/// What is between double dollars in a paragraph, or double dollars on a line of their own.
static DISPLAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)\$\$(?:[^$\n]|\n[^$\n])+\$\$|^[ \t>]*\$\$[ \t]*$").expect("a valid pattern"));
/// What is between dollars, without blanks inside next to them.
static INLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$([^\s$](?:[^$\n]*[^\s$])?)\$").expect("a valid pattern"));
/// What shells, prices and sums don't hold: a command, a superscript, a subscript.
static TEX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\\[A-Za-z]|\^|_\{|\b[A-Za-z]_[A-Za-z0-9]\b").expect("a valid pattern"));

/// What of the author's is left in `book`, whose preprocessors have run for HTML.
/// Errors: Each place.
pub(super) fn check(root: &Path, config: &Config, book: &Book) -> Result<(), Diagnostics> {
    let src = root.join(&config.book.src);
    let mut problems = Diagnostics::default();
    // Pages that are made repeat what chapters say.
    for chapter in book.chapters().filter(|chapter| chapter.source_path.is_some()) {
        problems.extend(of_chapter(chapter, &src, config));
    }
    problems.into_result(())
}

/// The references in `book` to footnotes that are nowhere, for renderers other than HTML.
/// Errors: Each place.
pub(crate) fn check_footnotes(root: &Path, config: &Config, book: &Book) -> Result<(), Diagnostics> {
    let src = root.join(&config.book.src);
    let mut problems = Diagnostics::default();
    let written = book.chapters().filter(|chapter| chapter.source_path.is_some() && chapter.content.contains("[^"));
    for chapter in written {
        let place = Place { file: ChapterFile::below(&src, chapter), text: &chapter.content };
        let parsed = Parsed::new(&chapter.content);
        problems.extend(footnotes(&place, &parsed, &prose(&parsed).0));
    }
    problems.into_result(())
}

fn of_chapter(chapter: &Chapter, src: &Path, config: &Config) -> Vec<Diagnostic> {
    let text = chapter.content.as_str();
    if !text.contains("{{")
        && !text.contains('$')
        && !text.contains("[^")
        && !text.contains("mermaid")
        && !begins_with_front_matter(text)
    {
        return Vec::new();
    }
    let place = Place { file: ChapterFile::below(src, chapter), text };
    let parsed = Parsed::new(text);
    let (prose, html) = prose(&parsed);
    let mut found: Vec<Diagnostic> = front_matter(&place).into_iter().collect();
    found.extend(directives(&place, &prose, &html));
    found.extend(footnotes(&place, &parsed, &prose));
    if state(config, "mermaid-svg") != State::Off {
        found.extend(diagrams(&place, &parsed));
    }
    let has_mathjax = config.html_config().is_some_and(|html| html.mathjax_support);
    if state(config, "katex") != State::Off && !has_mathjax {
        found.extend(formulas(&place, &prose));
    }
    found
}

/// What book.toml says of a preprocessor.
#[derive(Debug, PartialEq, Eq)]
enum State {
    /// Nothing.
    Absent,
    /// It isn't to run for HTML.
    Off,
    On,
}

fn state(config: &Config, name: &str) -> State {
    let key = format!("preprocessor.{name}");
    if !config.contains_key(&key) {
        return State::Absent;
    }
    // A table that isn't valid is reported by mdBook.
    let renderers: Option<Vec<String>> = config.get(&format!("{key}.renderers")).ok().flatten();
    let runs = renderers.is_none_or(|renderers| renderers.iter().any(|renderer| renderer == "html"));
    if runs { State::On } else { State::Off }
}

/// A chapter as the preprocessors left it, and its file.
struct Place<'a> {
    file: ChapterFile,
    text: &'a str,
}

impl Place<'_> {
    /// A leftover at `span` of the text.
    fn problem(&self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
        let problem = self.file.locate(self.text, span.start, LEFTOVER.broken(message, hint));
        // Where other parts of its line were replaced, the line isn't the author's any more.
        let line = problem.place.line.or_else(|| self.file.line_of(self.text[span].lines().next().unwrap_or_default()));
        problem.on_line(line)
    }
}

/// The text without code and HTML, which are blotted out byte for byte, and the HTML blocks.
fn prose(parsed: &Parsed<'_>) -> (String, Vec<Range<usize>>) {
    let mut bytes = parsed.text().as_bytes().to_vec();
    let mut html = Vec::new();
    for (event, span) in parsed.events() {
        let is_block = matches!(event, Event::Start(Tag::HtmlBlock));
        if is_block || matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineHtml(_)) {
            bytes[span.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        if is_block {
            html.push(span.clone());
        }
    }
    // Whole characters were replaced.
    (String::from_utf8(bytes).unwrap_or_default(), html)
}

fn begins_with_front_matter(text: &str) -> bool {
    text.trim_start().lines().next().is_some_and(|line| line.trim_end() == "+++")
        || mdbook_questions::body_start(text) > 0
}

fn front_matter(place: &Place<'_>) -> Option<Diagnostic> {
    begins_with_front_matter(place.text).then(|| {
        let start = place.text.len() - place.text.trim_start().len();
        let hint = "[preprocessor.questions] of book.toml reads it: turn it on; or delete the front matter";
        place.problem(start..start + 3, "front matter is left in the page", hint)
    })
}

fn directives(place: &Place<'_>, prose: &str, html: &[Range<usize>]) -> Vec<Diagnostic> {
    let source = place.file.source().unwrap_or_default();
    let in_html = |span: &Range<usize>| {
        // Of an element that the author wrote, not of one that a preprocessor made; what shows code is left alone.
        let block = &place.text[span.clone()];
        let shows_code = ["<pre", "<code", "<script", "<style", "<!--"].iter().any(|tag| block.contains(tag));
        !shows_code && source.contains(block.trim_end())
    };
    let blocks = html.iter().filter(|span| in_html(span)).map(|span| (span.start, &place.text[span.clone()]));
    let stretches = [(0, prose)].into_iter().chain(blocks);
    let found = stretches.flat_map(|(start, stretch)| {
        DIRECTIVE.captures_iter(stretch).filter_map(move |directive| {
            let (whole, name) = (directive.get(0)?, directive.get(1)?.as_str().to_string());
            Some((start + whole.start()..start + whole.end(), name))
        })
    });
    let is_text = |span: &Range<usize>| {
        // mdBook takes the backslash away that makes one text.
        place.text[..span.start].ends_with('\\') || source.contains(&format!("\\{}", &place.text[span.clone()]))
    };
    let found = found.filter(|(span, _)| !is_text(span));
    found
        .map(|(span, name)| {
            let message = format!("`{}` is left in the page", &place.text[span.clone()]);
            place.problem(span, message, directive_hint(&name))
        })
        .collect()
}

/// What to do about a directive of the name `name`.
fn directive_hint(name: &str) -> String {
    let reader = match name {
        "include" | "rustdoc_include" | "playground" | "title" => {
            return format!("write it as mdBook reads it: {{{{#{name} …}}}} on one line, with what it names");
        }
        "snippet" => "snippets",
        "questions" | "random-question" | "practice" | "downloads" => "questions",
        _ => {
            let text = "to show it as text, write it as code or with a backslash before it";
            return format!("no preprocessor of book.toml knows `{name}`: fix its name, or add what reads it; {text}");
        }
    };
    format!("[preprocessor.{reader}] of book.toml reads it: turn it on")
}

fn footnotes(place: &Place<'_>, parsed: &Parsed<'_>, prose: &str) -> Vec<Diagnostic> {
    let problem = |(span, label): (Range<usize>, String)| {
        let hint = format!("define it by a line `[^{label}]: text`; to show the brackets, write `\\[^{label}]`");
        place.problem(span, format!("the footnote `[^{label}]` is defined nowhere"), hint)
    };
    footnotes::undefined(parsed, prose).into_iter().map(problem).collect()
}

fn diagrams(place: &Place<'_>, parsed: &Parsed<'_>) -> Vec<Diagnostic> {
    let fences = parsed.fences().into_iter().filter(|fence| fence.language() == "mermaid");
    let hint = "[preprocessor.mermaid-svg] of book.toml draws it: turn it on; to show its text, make the fence ```text";
    fences.map(|fence| place.problem(fence.span, "a diagram is left as text in the page", hint)).collect()
}

fn formulas(place: &Place<'_>, prose: &str) -> Vec<Diagnostic> {
    let mut spans: Vec<Range<usize>> = DISPLAY.find_iter(prose).map(|found| found.range()).collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '$';
    let inline = INLINE.captures_iter(prose).filter(|formula| TEX.is_match(&formula[1]));
    let inline = inline.filter_map(|formula| Some(formula.get(0)?.range())).filter(|span| {
        let (before, after) = (&prose[..span.start], &prose[span.end..]);
        !before.ends_with(is_word) && !after.starts_with(is_word)
    });
    spans.extend(inline);
    spans.retain(|span| !prose[..span.start].ends_with('\\'));
    let hint = "[preprocessor.katex] of book.toml sets it: turn it on, and close what is open before it, code in backticks \
                included; write a dollar that is none as \\$";
    let problem = |span: Range<usize>| {
        let start = span.start
            + (prose[span.clone()].len() - prose[span.clone()].trim_start_matches([' ', '\t', '>', '\n']).len());
        let formula = prose[start..span.end].lines().next().unwrap_or_default().trim_end();
        place.problem(
            start..start + formula.len(),
            format!("the formula `{formula}` is left as text in the page"),
            hint,
        )
    };
    spans.into_iter().map(problem).collect()
}

#[cfg(test)]
mod tests;
