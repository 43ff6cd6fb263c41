//! What is checked.

use qabook_support::Rule;

/// What would leave a hole in the book.
pub const DOCUMENT: Rule = Rule::error("document");
/// What is shown, though perhaps not as its author meant.
pub const DOUBTFUL: Rule = Rule::warning("doubtful");
