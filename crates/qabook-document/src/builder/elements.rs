//! Raw HTML to frames.
//!
//! A start tag opens a frame and its end tag closes it, with Markdown between them or not.

use qabook_support::facts::ATTRIBUTE;

use super::Builder;
use super::frame::{Frame, Kind, OpenTable};
use super::tables;
use crate::html::{Element, PieceKind, pieces};
use crate::{Block, BlockKind, Cell, Figure, Inline, Style};

impl Builder<'_> {
    /// A block of HTML; `offsets` are those of its lines.
    pub(super) fn html_block(&mut self, html: &str, offsets: &[usize]) {
        for piece in pieces(html) {
            let line = offsets.get(piece.line).or(offsets.last()).and_then(|offset| self.lines.line(*offset));
            self.piece(piece.kind, line);
        }
    }

    /// A tag inside a paragraph.
    pub(super) fn inline_html(&mut self, html: &str, line: Option<usize>) {
        for piece in pieces(html) {
            self.piece(piece.kind, line);
        }
    }

    fn piece(&mut self, piece: PieceKind, line: Option<usize>) {
        match piece {
            PieceKind::Text(text) => {
                match &mut self.top().kind {
                    Kind::Fact { json: kept, .. } | Kind::Code { text: kept, .. } => {
                        // A line break after `<pre>` is for the author.
                        let first = if kept.is_empty() { text.strip_prefix('\n') } else { None };
                        return kept.push_str(first.unwrap_or(&text));
                    }
                    _ => {}
                }
                let between_blocks = self.top().text.is_empty() && text.trim().is_empty();
                if !between_blocks {
                    self.push_inline(Inline::Text(collapsed(&text)), line);
                }
            }
            PieceKind::Open(element) => self.open_tag(&element, line),
            PieceKind::Close(name) => self.close_tag(&name),
        }
    }

    fn open_tag(&mut self, element: &Element, line: Option<usize>) {
        self.end_before(&element.name);
        if matches!(self.top().kind, Kind::Code { .. }) {
            return self.open_in_code(element);
        }
        match element.name.as_str() {
            "br" => self.push_inline(Inline::HardBreak, line),
            "wbr" => {}
            "hr" => self.push_block(Block { line, kind: BlockKind::Rule }),
            "img" => {
                let [source, alt, title] = ["src", "alt", "title"].map(|name| element.attribute(name).unwrap_or(""));
                self.image(source, title, alt.into(), line);
            }
            "script" if element.attribute(ATTRIBUTE).is_some() => {
                let name = element.attribute(ATTRIBUTE).unwrap_or_default().to_string();
                self.open_element(Kind::Fact { name, json: String::new() }, element, line);
            }
            "script" | "style" | "template" => {
                let hint = "only the web page can use it; say the same in Markdown";
                self.warn(line, format!("<{}> is left out", element.name), hint);
                self.open_element(Kind::Hidden, element, line);
            }
            // An entry of a list of definitions as one box.
            "div" if matches!(self.top().kind, Kind::Definitions(_)) => {}
            "td" | "th" if matches!(self.top().kind, Kind::Table(_) | Kind::TableSection) => {
                let row = Frame::new(Kind::Row { head: false, cells: Vec::new() }, Some("tr".into()), line);
                self.frames.push(row);
                self.open_tag(element, line);
            }
            name if !self.is_in_place(name) => self.unknown(name, line),
            name => match (inline_kind(name, element), block_kind(element)) {
                (Some(kind), _) => self.open_inline(kind, element, line),
                (None, Some(kind)) => self.open_block(kind, element, line),
                (None, None) if name == "colgroup" => self.open_element(Kind::Hidden, element, line),
                (None, None) if name == "col" => {}
                (None, None) => self.unknown(name, line),
            },
        }
    }

    fn unknown(&mut self, name: &str, line: Option<usize>) {
        let hint = "its text is shown without it; write it in Markdown to be sure of its looks";
        self.warn(line, format!("unknown HTML tag <{name}>"), hint);
    }

    fn open_inline(&mut self, kind: Kind, element: &Element, line: Option<usize>) {
        if let Some(id) = element.filled("id").or_else(|| anchor_name(element)) {
            let id = self.written_id(&id, line);
            self.push_inline(Inline::Anchor(id), line);
        }
        self.open_element(kind, element, line);
    }

    fn open_block(&mut self, kind: Kind, element: &Element, line: Option<usize>) {
        let is_part = matches!(kind, Kind::Row { .. } | Kind::TableSection | Kind::Item { .. } | Kind::Cell(_))
            || matches!(kind, Kind::Term | Kind::Description);
        if !is_part && !self.top().holds_blocks() {
            // Where only text can be, a block-level element is no more than its text.
            if matches!(kind, Kind::Table(_) | Kind::List { .. } | Kind::Definitions(_) | Kind::Code { .. }) {
                self.unknown(&element.name, line);
            }
            return;
        }
        if element.name == "p" {
            self.loosen_list();
        }
        let kind = match kind {
            Kind::Cell(_) => Kind::Cell(tables::cell(element, self.is_in_head())),
            kind => kind,
        };
        let inside = matches!(kind, Kind::Item { .. } | Kind::Cell(_) | Kind::Term | Kind::Description);
        let around = matches!(kind, Kind::Table(_) | Kind::List { .. } | Kind::Definitions(_));
        self.open_element(kind, element, line);
        let id = element.filled("id");
        if around {
            self.top().id = id;
        } else if let Some(id) = id.filter(|_| inside) {
            let id = self.written_id(&id, line);
            self.push_inline(Inline::Anchor(id), line);
        }
    }

    /// Whether what is read is in the head of a table.
    fn is_in_head(&self) -> bool {
        let section = self.frames.iter().rev().find(|frame| matches!(frame.kind, Kind::TableSection));
        section.is_some_and(|frame| frame.tag.as_deref() == Some("thead"))
    }

    /// A tag inside `<pre>`, where text has no looks: all that it can say is the language, and a line break.
    fn open_in_code(&mut self, element: &Element) {
        let Kind::Code { info, text } = &mut self.top().kind else { return };
        let classes = element.attribute("class").unwrap_or_default();
        match element.name.as_str() {
            "br" => text.push('\n'),
            "code" if text.is_empty() => {
                *info = classes.split(' ').find_map(|class| class.strip_prefix("language-")).unwrap_or("").into();
            }
            _ => {}
        }
    }

    /// Closes the innermost element `name` and, with a warning, those left open in it; Markdown around it stays open.
    fn close_tag(&mut self, name: &str) {
        let in_markdown = self.frames.iter().rposition(|frame| frame.tag.is_none()).unwrap_or(0);
        let is_wanted = |frame: &Frame| frame.tag.as_deref() == Some(name);
        let Some(found) = self.frames.iter().rposition(is_wanted).filter(|found| *found > in_markdown) else { return };
        while self.frames.len() > found + 1 {
            if let Some(tag) = self.top().tag.clone() {
                self.unclosed(&tag);
            }
        }
        self.pop();
    }

    pub(super) fn settle_element(&mut self, element: &Element, mut frame: Frame) {
        let line = frame.line;
        if let Some(card) = frame.card.take() {
            self.push_block(Block { line, kind: card });
            return;
        }
        let id = element.filled("id");
        match element.name.as_str() {
            "figure" => {
                let id = id.map(|id| self.written_id(&id, line));
                let mut caption = Vec::new();
                let mut blocks = frame.into_blocks();
                if let Some(at) = blocks.iter().position(is_caption)
                    && let BlockKind::Figure(figure) = blocks.remove(at).kind
                {
                    caption = figure.caption;
                }
                self.push_block(Block { line, kind: BlockKind::Figure(Figure { id, caption, blocks }) });
            }
            "blockquote" => {
                let quote = Block { line, kind: BlockKind::Quote(frame.into_blocks()) };
                self.push_group(id, vec![quote], line);
            }
            _ => self.push_group(id, frame.into_blocks(), line),
        }
    }
}

/// A caption on its way to its figure: a figure of nothing else.
fn is_caption(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Figure(figure) if figure.blocks.is_empty() && figure.id.is_none())
}

/// Gives a summary to its `<details>`, a caption to its `<figure>` or `<table>`.
pub(super) fn settle_caption(builder: &mut Builder<'_>, frame: Frame) {
    let line = frame.line;
    let text = frame.into_text();
    match &mut builder.top().kind {
        Kind::Details { summary, .. } => *summary = text,
        Kind::Table(table) => table.caption = text,
        _ => {
            let figure = Figure { id: None, caption: text, blocks: Vec::new() };
            builder.push_block(Block { line, kind: BlockKind::Figure(figure) });
        }
    }
}

/// What an element inside a line becomes; `None` for one that isn't known.
fn inline_kind(name: &str, element: &Element) -> Option<Kind> {
    Some(match name {
        "em" | "i" => Kind::Styled(Style::Emphasis),
        "strong" | "b" => Kind::Styled(Style::Strong),
        "del" | "s" => Kind::Styled(Style::Strikethrough),
        "sup" => Kind::Styled(Style::Superscript),
        "sub" => Kind::Styled(Style::Subscript),
        "mark" => Kind::Styled(Style::Mark),
        "kbd" => Kind::Styled(Style::Keyboard),
        "small" => Kind::Styled(Style::Small),
        "code" | "samp" | "tt" => Kind::InlineCode,
        "a" => match element.filled("href") {
            Some(dest) => Kind::Link { dest, title: element.attribute("title").unwrap_or("").into() },
            None => Kind::Transparent,
        },
        "ins" => Kind::Styled(Style::Inserted),
        "u" => Kind::Styled(Style::Underlined),
        "q" => Kind::Styled(Style::Quoted),
        "var" => Kind::Styled(Style::Variable),
        "cite" => Kind::Styled(Style::Cited),
        "dfn" => Kind::Styled(Style::Defined),
        "ruby" => Kind::Styled(Style::Ruby),
        "rt" => Kind::Styled(Style::RubyText),
        "rp" => Kind::Styled(Style::RubyParenthesis),
        "abbr" => element.filled("title").map_or(Kind::Transparent, Kind::Abbreviation),
        "span" | "bdi" | "rb" | "time" => Kind::Transparent,
        "summary" => Kind::Summary,
        "figcaption" | "caption" => Kind::Caption,
        _ => return None,
    })
}

/// What a block-level element becomes; `None` for one that isn't known.
fn block_kind(element: &Element) -> Option<Kind> {
    let id = || element.filled("id");
    let list = |start| Some(Kind::List { start, tight: true, items: Vec::new() });
    match element.name.as_str() {
        "table" => Some(Kind::Table(OpenTable::default())),
        "thead" | "tbody" | "tfoot" => Some(Kind::TableSection),
        "tr" => Some(Kind::Row { head: false, cells: Vec::new() }),
        "td" | "th" => Some(Kind::Cell(Cell::of_text(Vec::new(), None))),
        "ul" => list(None),
        "ol" => list(Some(element.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1))),
        "li" => Some(Kind::Item { done: None }),
        "dl" => Some(Kind::Definitions(Vec::new())),
        "dt" => Some(Kind::Term),
        "dd" => Some(Kind::Description),
        "pre" => Some(Kind::Code { info: String::new(), text: String::new() }),
        "h1" => Some(Kind::Heading { level: 1, id: id() }),
        "h2" => Some(Kind::Heading { level: 2, id: id() }),
        "h3" => Some(Kind::Heading { level: 3, id: id() }),
        "h4" => Some(Kind::Heading { level: 4, id: id() }),
        "h5" => Some(Kind::Heading { level: 5, id: id() }),
        "h6" => Some(Kind::Heading { level: 6, id: id() }),
        "details" => Some(Kind::Details { id: id(), summary: Vec::new() }),
        "article" | "aside" | "blockquote" | "center" | "div" | "figure" | "footer" | "header" | "main" | "nav"
        | "p" | "section" => Some(Kind::Element(element.clone())),
        _ => None,
    }
}

fn anchor_name(element: &Element) -> Option<String> {
    element.filled("name").filter(|_| element.name == "a")
}

/// Runs of white space as one space each.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
