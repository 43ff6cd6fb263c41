//! What is checked.

use qabook_support::Rule;

/// A Python example without a replacement, an unknown snippet or attribute, a program without caption or output.
pub const SNIPPET: Rule = Rule::error("snippet");
