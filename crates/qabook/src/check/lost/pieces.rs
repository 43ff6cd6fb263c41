//! A chapter's text in pieces.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::maths::without_formulas;
use std::collections::HashSet;
use std::ops::Range;

use super::html::texts;
use super::reading::Reading;
use crate::check::source::without_directives;
use crate::site::is_unknown_element;

/// A stretch of text that is on the page in one.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Its letters and digits.
    pub(super) letters: String,
    /// Where in `letters` each part of the chapter begins, and where in the chapter.
    parts: Vec<(usize, usize)>,
    /// Whether the page has it elsewhere: it is a footnote's.
    pub(super) moves: bool,
    /// Whether no page has it: Markdown drops it.
    pub(super) is_gone: bool,
}

impl Piece {
    /// What Markdown drops from byte `at` of the chapter on.
    fn gone(at: usize) -> Self {
        Self { parts: vec![(0, at)], is_gone: true, ..Self::default() }
    }

    /// Where in the chapter the part is with which the beginning of the piece is `too_long`.
    pub(super) fn place_where(&self, too_long: impl Fn(&str) -> bool) -> usize {
        let end = |index: usize| self.parts.get(index + 1).map_or(self.letters.len(), |(start, _)| *start);
        let found = (0..self.parts.len()).find(|index| self.is_gone || too_long(&self.letters[..end(*index)]));
        self.parts.get(found.unwrap_or(0)).map_or(0, |(_, place)| *place)
    }
}

/// The pieces of `text`, a chapter with what it includes.
pub(super) fn pieces(text: &str, reading: &Reading) -> Vec<Piece> {
    let start = mdbook_questions::body_start(text);
    let body = without_formulas(&text[start..], reading.dollars);
    let body = without_directives(&body);
    let mut reader = Reader::new(&body, start, reading);
    let mut used = HashSet::new();
    let mut events = markdown::parse(&body);
    for (event, span) in events.by_ref() {
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event {
            used.insert(id.to_lowercase());
        }
        reader.event(event, span);
    }
    reader.flush();
    let mut dropped = Vec::new();
    for (label, definition) in events.reference_definitions().iter() {
        // What looks like the address of links and is none: `[note]: text`.
        let is_text = !definition.dest.is_empty() && !definition.dest.contains(['/', '.', '#', ':', '@']);
        if is_text && !used.contains(&label.to_lowercase()) {
            dropped.push(definition.span.start);
        }
    }
    dropped.sort_unstable();
    let mut pieces = reader.pieces;
    pieces.extend(dropped.into_iter().map(|at| Piece::gone(start + at)));
    pieces
}

/// What is being read.
enum Inside {
    Text,
    /// A diagram.
    Nothing,
    /// Code, and what its hidden lines begin with.
    Code(Option<String>),
    /// A block of HTML: where it begins, and its text so far.
    Html(usize, String),
}

struct Reader<'a> {
    body: &'a str,
    /// Where `body` begins in the chapter.
    start: usize,
    reading: &'a Reading,
    pieces: Vec<Piece>,
    piece: Piece,
    inside: Inside,
    /// Where the row that is being read ends, and the last of its cells.
    row: (usize, usize),
}

impl<'a> Reader<'a> {
    fn new(body: &'a str, start: usize, reading: &'a Reading) -> Self {
        let (pieces, piece) = (Vec::new(), Piece::default());
        Self { body, start, reading, pieces, piece, inside: Inside::Text, row: (0, 0) }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Text(text) | Event::Html(text) => self.text(&text, &span),
            Event::Code(text) => self.push(&text, span.start),
            Event::Start(Tag::HtmlBlock) => self.inside = Inside::Html(span.start, String::new()),
            Event::End(TagEnd::HtmlBlock) => self.html(),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.flush();
                self.inside = self.code(&kind);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.flush();
                self.inside = Inside::Text;
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                self.flush();
                self.piece.moves = true;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.flush();
                self.piece.moves = false;
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
            | Event::SoftBreak
            | Event::HardBreak => {}
            Event::Start(Tag::TableRow) => self.row = (span.end, span.end),
            Event::Start(Tag::TableCell) => {
                self.flush();
                self.row.1 = span.end;
            }
            Event::End(TagEnd::TableRow) => self.row(),
            Event::InlineHtml(tag) => {
                self.flush();
                // `Vec<T>` in text.
                let name = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).unwrap_or_default();
                let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
                let is_closed = || self.body.contains(&format!("</{name}>"));
                if is_word && is_unknown_element(&name.to_ascii_lowercase()) && !is_closed() {
                    self.pieces.push(Piece::gone(self.start + span.start));
                }
            }
            // On either side of a picture or a tag is what a page may have there.
            _ => self.flush(),
        }
    }

    fn code(&self, kind: &CodeBlockKind<'_>) -> Inside {
        let CodeBlockKind::Fenced(info) = kind else { return Inside::Code(None) };
        let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let language = words.next().unwrap_or_default();
        if self.reading.draws && language.eq_ignore_ascii_case("mermaid") {
            return Inside::Nothing;
        }
        let own = words.find_map(|word| word.strip_prefix("hidelines="));
        let prefix = own.or_else(|| self.reading.hidden_lines.get(language).map(String::as_str));
        // Marks are no letters.
        Inside::Code(prefix.filter(|prefix| prefix.contains(char::is_alphanumeric)).map(str::to_string))
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        match &mut self.inside {
            Inside::Text => {
                for (line, at) in self.lines(text, span) {
                    self.push(line, at);
                }
            }
            Inside::Nothing => {}
            Inside::Html(_, html) => html.push_str(text),
            Inside::Code(prefix) => {
                let prefix = prefix.take();
                for (line, at) in self.lines(text, span) {
                    let shown = prefix.as_deref().and_then(|prefix| line.trim_start().strip_prefix(prefix));
                    self.push(shown.unwrap_or(line), at);
                }
                self.inside = Inside::Code(prefix);
            }
        }
    }

    /// The lines of `text`, which is at `span`, with their places.
    fn lines<'t>(&self, text: &'t str, span: &Range<usize>) -> Vec<(&'t str, usize)> {
        let is_verbatim = self.body.get(span.clone()) == Some(text);
        let mut at = span.start;
        let line = |line: &'t str| {
            let place = at;
            at += if is_verbatim { line.len() } else { 0 };
            (line, place)
        };
        text.split_inclusive('\n').map(line).collect()
    }

    /// Adds the letters of `text`, which is at byte `at` of the body. Where a formula or directive was, the piece ends.
    fn push(&mut self, text: &str, at: usize) {
        for (index, part) in text.split('$').enumerate() {
            if index > 0 {
                self.flush();
            }
            let before = self.piece.letters.len();
            self.piece.letters.extend(part.chars().filter(|c| c.is_alphanumeric()));
            if self.piece.letters.len() > before {
                self.piece.parts.push((before, self.start + at));
            }
        }
    }

    /// The cells of a row that its table has no column for.
    fn row(&mut self) {
        self.flush();
        let (end, cells) = self.row;
        let rest = self.body.get(cells..end).unwrap_or_default();
        if let Some(at) = rest.find(|c: char| c.is_alphanumeric()) {
            self.pieces.push(Piece::gone(self.start + cells + at));
        }
    }

    fn flush(&mut self) {
        let moves = self.piece.moves;
        let piece = std::mem::replace(&mut self.piece, Piece { moves, ..Piece::default() });
        if !piece.letters.is_empty() {
            self.pieces.push(piece);
        }
    }

    /// The texts of a block of HTML.
    fn html(&mut self) {
        let Inside::Html(at, html) = std::mem::replace(&mut self.inside, Inside::Text) else { return };
        let lines: Vec<usize> = [0].into_iter().chain(html.match_indices('\n').map(|(at, _)| at + 1)).collect();
        for (line, text) in texts(&html) {
            if text.is_empty() {
                self.flush();
            }
            // A block in a quotation has marks between its lines: the right line is not far.
            let offset = lines.get(line - 1).copied().unwrap_or(0);
            self.push(&text, at + offset);
        }
        self.flush();
        if let Some(open) = html.rfind("<!--").filter(|open| !html[*open..].contains("-->")) {
            self.pieces.push(Piece::gone(self.start + at + open));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::maths::Dollars;
    use std::collections::HashMap;

    /// The pieces of `text`; what Markdown drops is `!` and its beginning.
    fn read(text: &str) -> Vec<String> {
        let reading = Reading { dollars: Dollars::All, hidden_lines: HashMap::new(), draws: true };
        let show = |piece: Piece| {
            let at = piece.place_where(|_| true);
            if piece.is_gone { format!("!{}", text[at..].chars().take(4).collect::<String>()) } else { piece.letters }
        };
        pieces(text, &reading).into_iter().map(show).collect()
    }

    #[test]
    fn a_piece_is_what_stands_together_on_a_page() {
        for (text, pieces) in [
            ("# A *b* `c`\n\nd [e](f.md \"g\"),\nh\\\ni\n", &["Abc", "dehi"][..]),
            ("| a | b |\n|---|---|\n| c | d e |\n", &["a", "b", "c", "de"]),
            ("a ![b](c.png) d[^1]e\n\n[^1]: f\n", &["a", "b", "d", "e", "f"]),
            ("```rust\n# use a;\nfn b() {}\n```\n\n    c d\n", &["useafnb", "cd"]),
            ("```x,hidelines=no\nno a\nb\n```\n", &["ab"]),
            ("<div class=\"a\">\n<b>c</b>\n\nd &amp; e\n\n</div>\n", &["c", "de"]),
            ("+++\na = 1\n+++\n\nb\n", &["b"]),
            ("---\ntitle: a\n---\n\nb\n", &["b"]),
            ("a $x$ b {{#snippet c}} d\n\n```mermaid\ne\n```\n\n<!-- f -->\n", &["a", "b", "d"]),
            ("> [!NOTE]\n> a\n\n- [x] b\n\nc\n: d\n", &["a", "b", "c", "d"]),
        ] {
            assert_eq!(read(text), pieces, "{text}");
        }
    }

    #[test]
    fn what_markdown_drops_is_known() {
        for (text, pieces) in [
            ("| a |\n|---|\n| b | c d |\n", &["a", "b", "!c d "][..]),
            ("a\n\n<!-- b\n\nc\n", &["a", "!<!--"]),
            ("a\n\n[b]: c\n", &["a", "![b]:"]),
            ("a [b] Vec<T> c\n\n[b]: c\n[d]: http://e.f\n", &["abVec", "!<T> ", "c"]),
        ] {
            assert_eq!(read(text), pieces, "{text}");
        }
    }
}
