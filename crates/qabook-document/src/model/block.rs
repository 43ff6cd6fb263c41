//! Blocks.

use mdbook_questions::Question;
use mdbook_snippets::Program;

use super::inline::{Formula, Image, Inline, Target};
use super::table::{Alignment, Scope};

/// A block and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Line (from 1) in the chapter's file; `None` for what was made, not written.
    pub line: Option<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph; in a tight list the text of an item.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading(Heading),
    /// A numbered or bulleted list.
    List(List),
    /// Terms with their descriptions.
    Definitions(Vec<Definition>),
    /// Code that is no program of the snippet package.
    Code(Code),
    /// A table.
    Table(Table),
    /// A quotation.
    Quote(Vec<Block>),
    /// A note, tip or warning (`> [!NOTE]`).
    Callout(Callout),
    /// Text under a summary; open where nothing can be clicked.
    Details(Details),
    /// A program with its output.
    Snippet(Box<Program>),
    /// A drawing.
    Diagram(Diagram),
    /// A formula on a line of its own.
    Formula(Formula),
    /// An image alone in its paragraph.
    Image(Image),
    /// A picture, table or code with a caption: `<figure>`.
    Figure(Figure),
    /// What is below the title of a question: its front matter.
    QuestionHeader(Box<Question>),
    /// Links to related questions.
    Related(Vec<RelatedQuestion>),
    /// Blocks that an HTML element with an `id` holds together, so that links can lead to it.
    Group(Group),
    /// A thematic break.
    Rule,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in the chapter, never empty.
    pub id: String,
    /// What kind of section it opens.
    pub section: Option<Section>,
    /// Its text.
    pub text: Vec<Inline>,
}

/// A section that every question has, known by the id of its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// 追问: `{#follow-up}`.
    FollowUp,
    /// 易错点与勘误: `{#errata}`.
    Errata,
    /// 参考: `{#references}`.
    References,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number; `None` for bullets.
    pub start: Option<u64>,
    /// Whether its items are without space between them.
    pub tight: bool,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Of a task list: whether it is done.
    pub done: Option<bool>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// An entry of a definition list.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// What is defined.
    pub terms: Vec<Vec<Inline>>,
    /// The descriptions.
    pub descriptions: Vec<Vec<Block>>,
}

/// Code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The fence's language in lower case, such as `rust`.
    pub language: Option<String>,
    /// The code; its last line is ended.
    pub text: String,
}

/// A note, tip or warning.
#[derive(Debug, Clone, PartialEq)]
pub struct Callout {
    /// Its kind.
    pub kind: CalloutKind,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The five kinds that GitHub's Markdown has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CalloutKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl CalloutKind {
    /// The name in lower case, as CSS classes use it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// A `<details>` element.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// What is next to the triangle.
    pub summary: Vec<Inline>,
    /// What it hides.
    pub blocks: Vec<Block>,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// The caption, which is also the drawing's accessible name.
    pub title: String,
    /// An SVG element with explicit colours and the font of [`crate::Options::diagram_font`]; ids inside are unique in
    /// the chapter.
    pub svg: String,
    /// The mermaid source.
    pub source: String,
}

/// A `<figure>` that isn't a snippet.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its `id`.
    pub id: Option<String>,
    /// The text of its `<figcaption>`.
    pub caption: Vec<Inline>,
    /// What it shows.
    pub blocks: Vec<Block>,
}

/// Blocks with an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Unique in the chapter.
    pub id: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A question that is worth reading, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedQuestion {
    /// What it is.
    pub question: mdbook_questions::RelatedQuestion,
    /// Its chapter.
    pub target: Target,
}

impl RelatedQuestion {
    /// Its number and title.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.question.number, self.question.title)
    }
}

/// A table: each of its rows covers each column once, with those cells of rows above that reach into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows; empty for most, as Markdown has no captions.
    pub caption: Vec<Inline>,
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The rows of the head; a table that is written as HTML may have none, or more than one.
    pub head: Vec<Vec<Cell>>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Its cells in reading order.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(&self.rows).flatten()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it is the header of; `None` for a cell of data.
    pub header: Option<Scope>,
    /// How many columns it covers, at least one.
    pub columns: usize,
    /// How many rows it covers, at least one.
    pub rows: usize,
    /// What it says: most often one paragraph.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// A cell of one column and row that says `text`; in the head of a table it is its column's header.
    #[must_use]
    pub fn of_text(text: Vec<Inline>, header: Option<Scope>) -> Self {
        Self { header, columns: 1, rows: 1, blocks: vec![Block { line: None, kind: BlockKind::Paragraph(text) }] }
    }

    /// Its spans as attributes of HTML, each after a space; most cells have none.
    #[must_use]
    pub fn spans(&self) -> String {
        let span = |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
        span("colspan", self.columns) + &span("rowspan", self.rows)
    }

    /// Its text when it is one paragraph, as every cell of a table in Markdown is.
    #[must_use]
    pub fn line(&self) -> Option<&[Inline]> {
        match self.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph(text), .. }] => Some(text),
            _ => None,
        }
    }
}
