//! What is checked.

use qabook_support::Rule;

/// A folder, a title or a language that no book can be made with.
pub const NEW_BOOK: Rule = Rule::error("new-book");
