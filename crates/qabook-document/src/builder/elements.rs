//! Raw HTML to frames.
//!
//! A start tag opens a frame and its end tag closes it, with Markdown between them or not.

use qabook_support::facts::ATTRIBUTE;

use super::Builder;
use super::frame::{Frame, Kind};
use crate::html::{Element, PieceKind, pieces};
use crate::{Block, BlockKind, Figure, Inline, Style};

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
                if let Kind::Fact { json, .. } = &mut self.top().kind {
                    json.push_str(&text);
                    return;
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
            name => match (inline_kind(name, element), block_kind(element)) {
                (Some(kind), _) => {
                    if let Some(id) = element.filled("id").or_else(|| anchor_name(element)) {
                        let id = self.written_id(&id, line);
                        self.push_inline(Inline::Anchor(id), line);
                    }
                    self.open_element(kind, element, line);
                }
                (None, Some(kind)) if self.top().holds_blocks() => self.open_element(kind, element, line),
                // Where only text can be, a block-level element is no more than its text.
                (None, Some(_)) => {}
                (None, None) => {
                    let hint = "its text is shown without it; write it in Markdown to be sure of its looks";
                    self.warn(line, format!("unknown HTML tag <{name}>"), hint);
                }
            },
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

/// Gives a summary to its `<details>`, a caption to its `<figure>`.
pub(super) fn settle_caption(builder: &mut Builder<'_>, frame: Frame) {
    let line = frame.line;
    let text = frame.into_text();
    if let Kind::Details { summary, .. } = &mut builder.top().kind {
        *summary = text;
    } else {
        let figure = Figure { id: None, caption: text, blocks: Vec::new() };
        builder.push_block(Block { line, kind: BlockKind::Figure(figure) });
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
        "span" | "abbr" | "bdi" | "bdo" | "cite" | "dfn" | "ins" | "q" | "time" | "u" | "var" => Kind::Transparent,
        "summary" => Kind::Summary,
        "figcaption" => Kind::Caption,
        _ => return None,
    })
}

/// What a block-level element becomes; `None` for one that isn't known.
fn block_kind(element: &Element) -> Option<Kind> {
    match element.name.as_str() {
        "details" => Some(Kind::Details { id: element.filled("id"), summary: Vec::new() }),
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
