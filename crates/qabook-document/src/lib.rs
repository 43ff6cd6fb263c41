//! The preprocessed book as typed blocks, for renderers that aren't HTML.
//!
//! ```text
//! src/*.md ─ preprocessors ─> mdBook's Book ─ this crate ─> Document ─┬─> EPUB (qabook epub)
//!                                                                     ├─> PDF (qabook-pdf)
//!                                                                     └─> deck for Anki (qabook-anki)
//! ```
//!
//! - [`open`] is the one way into a book on disk: its settings, its chapters, the preprocessors that are linked in.
//! - [`load`] runs the preprocessors over a book on disk; [`from_render_context`] takes what mdBook hands to a renderer.
//! - [`Document`] owns the tree: parts, chapters, [`Block`]s, [`Inline`]s. Links are resolved, formulas are MathML,
//!   diagrams are SVG, images are files that exist.
//! - [`Edition`] says which state of the sources a book was made of.
//!
//! Preprocessors write plain Markdown for renderers other than HTML, and next to it what they know as a block of JSON:
//! the [`Program`], the [`Question`], the [`Related`] ones, the [`Errata`], the [`FollowUp`]s, the [`PageKind`]. This crate reads these back
//! as the same types; a renderer that knows only Markdown shows the rest.
//!
//! What is wrong is named with file and line. What would leave a hole in the book (a link to nowhere, a missing image, a
//! formula or diagram that can't be drawn) is an error; where the text can still be shown (an unknown HTML tag) it is a
//! warning: see [`Loaded::warnings`].

mod builder;
mod defaults;
mod edition;
mod formula;
mod html;
mod lines;
mod links;
mod load;
mod model;
mod name;
mod open;
mod options;
mod rule;
mod settings;
mod site;
mod visit;

pub use defaults::is_on;
pub use edition::{Edition, EditionError};
pub use formula::Formulas;
pub use load::{Loaded, from_book, from_render_context, load, preprocess, take_variants};
pub use mdbook_questions::{AnswerOption, Errata, Erratum, FollowUp, PageKind, Question, Related};
pub use mdbook_snippets::{Kind as ProgramKind, Program};
pub use model::*;
pub use open::{AfterEach, Failures, Opened, open};
pub use options::Options;
pub use qabook_words::Words;
pub use rule::{DOCUMENT, DOUBTFUL, SETTINGS};
pub use settings::other_outputs;
pub use site::Site;
pub use visit::{for_each_block, for_each_inline, plain_text};
