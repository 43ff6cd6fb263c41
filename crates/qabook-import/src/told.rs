//! What an import did to the author's text: told, never silent.

use std::path::PathBuf;

/// Something that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// A question's number is gone.
    Number,
    /// A question's body lost its indentation.
    Dedented,
    /// Front matter of another tool was left out, but for its title.
    FrontMatter,
    /// A table of contents was left out.
    Contents,
    /// A link to the top of the page was left out.
    BackToTop,
    /// A picture that says nothing, or HTML around such pictures, was left out.
    Badge,
    /// A heading that is neither question nor part was left out.
    Heading,
    /// A fence or heading without anything in it was left out.
    Empty,
    /// A rule between questions was left out.
    Rule,
    /// Headings in a body begin at the second level and skip none.
    Level,
    /// Prose in a fence is text now.
    Prose,
    /// Prose inside a program became comments.
    Commented,
    /// A Python example is kept until a Rust program replaces it.
    Python,
    /// Indented code, or code between tildes, is between backticks now.
    Fence,
    /// A link leads to the page that its target is on now.
    Link,
    /// A link without a target is its text now.
    LinkDropped,
    /// A local picture was copied.
    Image,
    /// A picture on another host is a link now: pages load nothing from elsewhere.
    RemoteImage,
    /// A picture that isn't there is its text now.
    MissingImage,
    /// A picture without a text got one.
    AltText,
    /// A bare address is a link now.
    BareUrl,
    /// A dollar that is no formula is escaped.
    Dollar,
    /// What would be a directive, front matter or an unclosed mark is escaped.
    Escaped,
    /// A tag that pages can't have, or that nothing closes, is gone or shown as text.
    Tag,
    /// A diagram got a title.
    DiagramTitle,
    /// A diagram that can't be drawn is shown as code.
    Diagram,
    /// A question has the name of another.
    SameName,
    /// Text outside of questions is on the home page.
    Outside,
    /// A footnote was copied to the page that refers to it.
    Footnote,
    /// A footnote was left out of a page that doesn't refer to it.
    FootnoteLeftOut,
}

impl Told {
    /// What was done, for a count of `count`.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Number => "numbers stripped from questions and parts",
            Self::Dedented => "bodies dedented",
            Self::FrontMatter => "front matters of other tools left out",
            Self::Contents => "tables of contents left out",
            Self::BackToTop => "links to the top left out",
            Self::Badge => "badges and banners left out",
            Self::Heading => "headings that are neither questions nor parts left out",
            Self::Empty => "empty fences and headings left out",
            Self::Rule => "rules between questions left out",
            Self::Level => "headings in bodies moved to the next level of the page",
            Self::Prose => "stretches of prose in fences made text",
            Self::Commented => "stretches of prose inside programs made comments",
            Self::Python => "Python examples kept until a Rust program replaces them",
            Self::Fence => "pieces of code put between backticks",
            Self::Link => "links rewritten to the new pages",
            Self::LinkDropped => "links that lead nowhere in the book made text",
            Self::Image => "pictures copied",
            Self::RemoteImage => "pictures on other hosts made links",
            Self::MissingImage => "missing pictures made text",
            Self::AltText => "pictures given a text",
            Self::BareUrl => "bare addresses made links",
            Self::Dollar => "dollars that are no formula escaped",
            Self::Escaped => "marks that would mean something else escaped",
            Self::Tag => "HTML tags left out or shown as text",
            Self::DiagramTitle => "diagrams given a title",
            Self::Diagram => "diagrams that can't be drawn kept as code",
            Self::SameName => "questions that have the name of another",
            Self::Outside => "stretches of text outside of questions put on the home page",
            Self::Footnote => "footnotes copied to their pages",
            Self::FootnoteLeftOut => "footnotes left out of pages that don't refer to them",
        }
    }
}

/// One thing that was done, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What was done.
    pub what: Told,
    /// The list's file, as messages show it.
    pub file: PathBuf,
    /// The line (from 1) in it.
    pub line: usize,
    /// What it was done to, or became; may be empty.
    pub detail: String,
}

/// What was done to one stretch of a list.
#[derive(Debug, Default)]
pub(crate) struct Notes(Vec<(Told, usize, String)>);

impl Notes {
    pub(crate) fn add(&mut self, what: Told, line: usize, detail: impl Into<String>) {
        self.0.push((what, line, detail.into()));
    }

    /// The notes, all of `file`.
    pub(crate) fn of_file(self, file: &std::path::Path) -> impl Iterator<Item = Note> {
        self.0.into_iter().map(move |(what, line, detail)| Note { what, file: file.into(), line, detail })
    }
}
