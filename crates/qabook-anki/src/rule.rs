//! What the problems of this crate are called.

use qabook_support::Rule;

/// A book that no deck can be made of.
pub const ANKI: Rule = Rule::error("anki");
