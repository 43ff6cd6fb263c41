//! What is open while a chapter is read.

use crate::html::Element;
use crate::{Alignment, Block, BlockKind, CalloutKind, Cell, Definition, Inline, Item, Style};

/// A construct that has begun and not yet ended, with what was found in it.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// The name of the HTML tag that opened it; `None` for Markdown.
    pub(super) tag: Option<String>,
    pub(super) line: Option<usize>,
    pub(super) blocks: Vec<Block>,
    /// Inline content after the last block.
    pub(super) text: Vec<Inline>,
    text_line: Option<usize>,
    /// What takes the place of an element and all that it holds.
    pub(super) card: Option<BlockKind>,
    /// Its `id`, where it can't be an anchor in the text.
    pub(super) id: Option<String>,
}

/// What an open table has got until now.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    pub(super) caption: Vec<Inline>,
    /// As Markdown says them; HTML says none.
    pub(super) alignments: Vec<Alignment>,
    pub(super) head: Vec<Vec<Cell>>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// What stands outside its cells.
    pub(super) stray: Vec<Block>,
}

/// What a frame becomes.
#[derive(Debug)]
pub(super) enum Kind {
    Chapter,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
    },
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item {
        done: Option<bool>,
    },
    Definitions(Vec<Definition>),
    Term,
    Description,
    Code {
        info: String,
        text: String,
    },
    Table(OpenTable),
    /// `<thead>`, `<tbody>`, `<tfoot>`.
    TableSection,
    Row {
        head: bool,
        cells: Vec<Cell>,
    },
    /// The cell, still empty.
    Cell(Cell),
    Quote(Option<CalloutKind>),
    Footnote(String),
    Styled(Style),
    /// An abbreviation's long form.
    Abbreviation(String),
    Link {
        dest: String,
        title: String,
    },
    Image {
        dest: String,
        title: String,
    },
    InlineCode,
    /// A block-level HTML element.
    Element(Element),
    Details {
        id: Option<String>,
        summary: Vec<Inline>,
    },
    Summary,
    Caption,
    /// Inline HTML that only its text is shown of.
    Transparent,
    /// HTML that nothing is shown of.
    Hidden,
    /// What a preprocessor knows: a fact in JSON.
    Fact {
        name: String,
        json: String,
    },
}

impl Frame {
    pub(super) fn new(kind: Kind, tag: Option<String>, line: Option<usize>) -> Self {
        Self { kind, tag, line, blocks: Vec::new(), text: Vec::new(), text_line: None, card: None, id: None }
    }

    /// Whether blocks inside it stay blocks.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(
            self.kind,
            Kind::Chapter
                | Kind::Paragraph
                | Kind::Item { .. }
                | Kind::Description
                | Kind::Cell(_)
                | Kind::Quote(_)
                | Kind::Footnote(_)
                | Kind::Element(_)
                | Kind::Details { .. }
        )
    }

    pub(super) fn push_inline(&mut self, inline: Inline, line: Option<usize>) {
        if self.text.is_empty() {
            self.text_line = line;
        }
        match (self.text.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => self.text.push(inline),
        }
    }

    pub(super) fn push_block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// Makes a paragraph of the inline content after the last block.
    pub(super) fn flush(&mut self) {
        let text = trimmed(std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.blocks.push(Block { line: self.text_line, kind: paragraph(text) });
        }
    }

    /// Everything in it as blocks.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    /// Everything in it as inline content: of blocks only the paragraphs' text.
    pub(super) fn into_text(self) -> Vec<Inline> {
        let mut all = Vec::new();
        for block in self.blocks {
            if let BlockKind::Paragraph(text) = block.kind {
                all.extend(text);
                all.push(Inline::SoftBreak);
            }
        }
        all.extend(self.text);
        trimmed(all)
    }
}

/// A paragraph, or what is alone in it.
pub(super) fn paragraph(mut text: Vec<Inline>) -> BlockKind {
    match text.pop() {
        Some(Inline::Formula(formula)) if text.is_empty() && formula.display => BlockKind::Formula(formula),
        Some(Inline::Image(image)) if text.is_empty() => BlockKind::Image(image),
        last => {
            text.extend(last);
            BlockKind::Paragraph(text)
        }
    }
}

/// `text` without white space at its ends.
fn trimmed(mut text: Vec<Inline>) -> Vec<Inline> {
    let blank = |inline: &Inline| match inline {
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    while text.last().is_some_and(blank) {
        text.pop();
    }
    let start = text.iter().position(|inline| !blank(inline)).unwrap_or(text.len());
    text.drain(..start);
    if let Some(Inline::Text(first)) = text.first_mut() {
        *first = first.trim_start().to_string();
    }
    if let Some(Inline::Text(last)) = text.last_mut() {
        *last = last.trim_end().to_string();
    }
    text
}
