//! What is checked.

use qabook_support::Rule;

/// What would leave a hole in the book.
pub const DOCUMENT: Rule = Rule::error("document");
/// What is shown, though perhaps not as its author meant.
pub const DOUBTFUL: Rule = Rule::warning("doubtful");
/// Settings in book.toml that can't be used.
pub const SETTINGS: Rule = Rule::error("settings");
