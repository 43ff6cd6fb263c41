//! What is inside a line.

use std::path::PathBuf;

/// Inline content.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text; never two in a row.
    Text(String),
    /// Code.
    Code(String),
    /// Text that is set off.
    Styled(Style, Vec<Inline>),
    /// A short form, whose long form a pointer that rests on it is shown: `<abbr title>`.
    Abbreviation {
        /// The long form, which isn't empty.
        title: String,
        /// The short form.
        text: Vec<Inline>,
    },
    /// A link.
    Link(Link),
    /// An image in the line.
    Image(Image),
    /// A formula; one with [`Formula::display`] wants a line of its own.
    Formula(Formula),
    /// A mark that leads to a footnote.
    FootnoteReference(FootnoteReference),
    /// The place of an `id` that links lead to.
    Anchor(String),
    /// A line break of the source: a space.
    SoftBreak,
    /// A line break that the author wants.
    HardBreak,
}

/// How text is set off, or what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Style {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    /// Highlighted: `<mark>`.
    Mark,
    /// A key or what is typed: `<kbd>`.
    Keyboard,
    /// Smaller: `<small>`.
    Small,
    /// Added later: `<ins>`.
    Inserted,
    /// Underlined: `<u>`.
    Underlined,
    /// A quotation, which gets the quotation marks of its language: `<q>`.
    Quoted,
    /// A variable: `<var>`.
    Variable,
    /// The title of a work: `<cite>`.
    Cited,
    /// A word where it is defined: `<dfn>`.
    Defined,
    /// Text with its reading: `<ruby>`. Each [`RubyText`](Self::RubyText) in it stands between two
    /// [`RubyParenthesis`](Self::RubyParenthesis), so that its text without marks can be read, too.
    Ruby,
    /// The reading of what is before it: `<rt>`.
    RubyText,
    /// A parenthesis where readings can't stand above: `<rp>`.
    RubyParenthesis,
}

impl Style {
    /// The element of HTML.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Strikethrough => "del",
            Self::Superscript => "sup",
            Self::Subscript => "sub",
            Self::Mark => "mark",
            Self::Keyboard => "kbd",
            Self::Small => "small",
            Self::Inserted => "ins",
            Self::Underlined => "u",
            Self::Quoted => "q",
            Self::Variable => "var",
            Self::Cited => "cite",
            Self::Defined => "dfn",
            Self::Ruby => "ruby",
            Self::RubyText => "rt",
            Self::RubyParenthesis => "rp",
        }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What a pointer that rests on it is shown; often empty.
    pub title: String,
    /// What it reads.
    pub text: Vec<Inline>,
    /// Line (from 1) in the chapter's file.
    pub line: Option<usize>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside the book, with its scheme.
    External(String),
    /// A place in the book that exists.
    Chapter {
        /// The chapter's [`path`](crate::Chapter::path).
        path: String,
        /// A heading, group, figure or anchor in it; `None` for its start.
        id: Option<String>,
    },
    /// A file of the book's `src` folder that isn't a chapter: text without a link where files can't be shipped.
    File(String),
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file, which exists.
    pub file: PathBuf,
    /// Its path below `src`, with forward slashes.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    /// What a pointer that rests on it is shown; often empty.
    pub title: String,
    /// Line (from 1) in the chapter's file.
    pub line: Option<usize>,
}

/// A formula that KaTeX accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// LaTeX, without dollars.
    pub tex: String,
    /// Whether it was written between `$$`.
    pub display: bool,
    /// A `<math>` element: XML in the MathML namespace.
    pub mathml: String,
    /// Line (from 1) in the chapter's file.
    pub line: Option<usize>,
}

/// A reference to a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FootnoteReference {
    /// The footnote's number, from 1.
    pub number: usize,
    /// The name between `[^` and `]`.
    pub label: String,
    /// Which reference to this footnote it is, from 1.
    pub occurrence: usize,
}
