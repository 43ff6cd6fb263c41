//! The cover and the title page.

use anyhow::Result;
use document::{Document, Edition};
use serde::Serialize;
use support::Templates;

use super::xml;

/// The picture that readers show on their shelf.
pub(super) const COVER: (&str, &str) = ("epub-cover.svg", include_str!("templates/epub-cover.svg"));
/// The first page.
pub(super) const TITLE: (&str, &str) = ("epub-title.xhtml", include_str!("templates/epub-title.xhtml"));

/// The width of the cover in its own units, and what is left and right of the text.
const WIDTH: f64 = 1200.0;
const MARGIN: f64 = 120.0;

#[derive(Serialize)]
struct Model<'a> {
    title: &'a str,
    description: Option<&'a str>,
    authors: &'a [String],
    version: Option<&'a str>,
    commit: Option<&'a str>,
    date: String,
    language: &'a str,
    /// Of the picture: the lines of the title and of the description.
    title_lines: Vec<TextLine>,
    description_lines: Vec<TextLine>,
}

#[derive(Serialize)]
struct TextLine {
    text: String,
    y: f64,
    size: f64,
}

/// cover.svg
pub(super) fn picture(document: &Document, edition: &Edition, templates: &Templates) -> Result<String> {
    Ok(templates.render(COVER.0, &model(document, edition))?)
}

/// title.xhtml
pub(super) fn title_page(document: &Document, edition: &Edition, templates: &Templates) -> Result<String> {
    let body = templates.render(TITLE.0, &model(document, edition))?;
    Ok(xml::page(&document.language, &document.title, "", &body))
}

fn model<'a>(document: &'a Document, edition: &'a Edition) -> Model<'a> {
    let title_lines = set(&document.title, 8.0, 300.0, 620.0);
    let below = title_lines.last().map_or(620.0, |line| line.y + 130.0);
    let description = document.description.as_deref();
    Model {
        title: &document.title,
        description,
        authors: &document.authors,
        version: edition.version.as_deref(),
        commit: edition.commit.as_deref(),
        date: edition.date(),
        language: &document.language,
        title_lines,
        description_lines: description.map_or(Vec::new(), |text| set(text, 20.0, 48.0, below)),
    }
}

/// Sets `text` in lines of at most `longest` 汉字, as large as fits up to `largest`, the first on the line `y`.
fn set(text: &str, longest: f64, largest: f64, y: f64) -> Vec<TextLine> {
    let lines = wrapped(text, longest);
    let widest = lines.iter().map(|line| line.chars().map(width).sum::<f64>()).fold(1.0, f64::max);
    let size = ((WIDTH - 2.0 * MARGIN) / widest).min(largest).floor();
    let mut y = y;
    let mut set = Vec::new();
    for text in lines {
        set.push(TextLine { text, y: y.round(), size });
        y += size * 1.4;
    }
    set
}

/// Breaks `text` behind spaces and punctuation where it can, else anywhere between 汉字.
fn wrapped(text: &str, longest: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in words(text) {
        let wide: f64 = word.chars().map(width).sum();
        if used > 0.0 && used + wide > longest {
            lines.push(String::new());
            used = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&word);
        }
        used += wide;
    }
    lines.into_iter().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}

/// What stays together: a 汉字 with the punctuation behind it, a Latin word with the space behind it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let joins = is_closing(c) || c == ' ' || c.is_ascii() && last.is_ascii() && last != ' ';
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
        last = c;
    }
    words
}

fn is_closing(c: char) -> bool {
    "，。、；：？！）》」』”’…".contains(c)
}

/// The width of `c` in 汉字, as most fonts have it.
fn width(c: char) -> f64 {
    if c.is_ascii() { 0.56 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_is_one_large_line() {
        let lines = set("问锈", 8.0, 300.0, 620.0);
        assert_eq!(lines.len(), 1);
        assert!((lines[0].size - 300.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_long_text_stays_inside_the_margins() {
        let text = "网络与并发的 53 个面试题，用真正运行过的 Rust 程序作答，abcdefghijklmnopqrstuvwxyz";
        let lines = set(text, 20.0, 48.0, 0.0);
        assert!(lines.len() > 1);
        for line in &lines {
            let wide: f64 = line.text.chars().map(width).sum();
            assert!(wide * line.size <= WIDTH - 2.0 * MARGIN, "{}", line.text);
            assert!(!line.text.starts_with(is_closing), "{}", line.text);
        }
    }
}
