//! The cover and the title page.

#[cfg(feature = "share-images")]
use anyhow::Context;
use anyhow::Result;
use qabook_document::{Document, Edition};
use qabook_support::Templates;
use serde::Serialize;
use std::path::Path;

use super::archive::Entry;
use super::xml;
use crate::lines::{self, Fitted, Room};

/// What the package says of the picture that readers show on their shelf.
const PROPERTY: &str = "cover-image";
/// Its size as a PNG; the template has the same in its own units.
#[cfg(feature = "share-images")]
const PIXELS: (u32, u32) = (1200, 1600);

/// That picture.
pub(super) const COVER: (&str, &str) = ("epub-cover.svg", include_str!("templates/epub-cover.svg"));
/// The first page.
pub(super) const TITLE: (&str, &str) = ("epub-title.xhtml", include_str!("templates/epub-title.xhtml"));

// Where the picture's text is, in the template's units.
const TEXT_WIDTH: f64 = 960.0;
/// The baseline of the title's first line, and the room of the title.
const TITLE_LINE: f64 = 620.0;
const TITLE_ROOM: Room = Room { width: TEXT_WIDTH, height: 420.0, sizes: (300.0, 12.0), leading: 1.4 };
/// The upper edge of the band with the authors' names.
const BAND: f64 = 1240.0;

/// The room of the description, whose first line is on the baseline `y`.
fn description_room(y: f64) -> Room {
    Room { width: TEXT_WIDTH, height: BAND - y, sizes: (48.0, 12.0), leading: 1.4 }
}

#[derive(Serialize)]
struct Model<'a> {
    title: &'a str,
    description: Option<&'a str>,
    authors: &'a [String],
    /// Their names as one text.
    by: String,
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

/// The cover: a PNG where this qabook draws and the book has the fonts of its share images, for many shelves show no SVG;
/// else the SVG.
/// Errors: A template that is wrong, fonts that can't be used or that lack a character of the title.
#[cfg_attr(not(feature = "share-images"), expect(unused_variables, reason = "nothing is drawn"))]
pub(super) fn picture(
    document: &Document,
    edition: &Edition,
    templates: &Templates,
    root: &Path,
    theme: &Path,
) -> Result<Entry> {
    let svg = templates.render(COVER.0, &model(document, edition))?;
    #[cfg(feature = "share-images")]
    if let Some(fonts) = crate::site::share_images::fonts(root, theme)? {
        if let Some(problem) = fonts.missing(&svg, "the cover") {
            return Err(qabook_support::Diagnostics::from(problem).into());
        }
        let png =
            crate::drawing::png(&svg, &fonts, PIXELS).with_context(|| format!("the cover, made by {}", COVER.0))?;
        return Ok(Entry::new("cover.png", "image/png", PROPERTY, png));
    }
    Ok(Entry::new("cover.svg", "image/svg+xml", PROPERTY, svg))
}

/// title.xhtml
pub(super) fn title_page(document: &Document, edition: &Edition, templates: &Templates) -> Result<String> {
    let body = templates.render(TITLE.0, &model(document, edition))?;
    Ok(xml::page(document, &document.title, "", &body))
}

fn model<'a>(document: &'a Document, edition: &'a Edition) -> Model<'a> {
    let title_lines = set(&document.title, TITLE_ROOM, TITLE_LINE);
    let below = title_lines.last().map_or(TITLE_LINE, |line| line.y + 130.0);
    let description = document.description.as_deref();
    Model {
        title: &document.title,
        description,
        authors: &document.authors,
        by: document.authors.join(document.words.text("epub.comma")),
        version: edition.version.as_deref(),
        commit: edition.commit.as_deref(),
        date: edition.date().to_string(),
        language: &document.language,
        title_lines,
        description_lines: description.map_or(Vec::new(), |text| set(text, description_room(below), below)),
    }
}

/// Sets `text` as large as fits into `room`, the first line on the baseline `y`; nothing where it doesn't fit at all.
fn set(text: &str, room: Room, y: f64) -> Vec<TextLine> {
    let leading = room.leading;
    let Some(Fitted { size, lines }) = lines::fit(text, room, &width) else { return Vec::new() };
    let baseline = |index: u32| (y + f64::from(index) * size * leading).round();
    (0..).zip(lines).map(|(index, text)| TextLine { text, y: baseline(index), size }).collect()
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
        let lines = set("问锈", TITLE_ROOM, TITLE_LINE);
        assert_eq!(lines.len(), 1);
        assert!((lines[0].size - 300.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_title_is_shown_however_long_its_words_are() {
        let title = format!("{}与网络", "ab".repeat(60));
        let lines = set(&title, TITLE_ROOM, TITLE_LINE);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<String>(), title);
    }

    #[test]
    fn the_description_breaks_between_clauses_inside_the_margins() {
        let lines = set("网络与并发的 53 个面试题，用真正运行过的 Rust 程序作答", description_room(750.0), 750.0);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["网络与并发的 53 个面试题，", "用真正运行过的 Rust 程序作答"]);
        for line in &lines {
            assert!(line.text.chars().map(width).sum::<f64>() * line.size <= TEXT_WIDTH, "{}", line.text);
            assert!(line.y < BAND, "{} at {}", line.text, line.y);
        }
    }
}
