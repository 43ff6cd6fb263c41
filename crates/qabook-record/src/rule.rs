//! What is checked.

use qabook_support::Rule;

/// A program that doesn't compile, doesn't end, or doesn't print what was recorded.
pub const RECORD: Rule = Rule::error("record");
