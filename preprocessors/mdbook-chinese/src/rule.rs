//! What is checked.

use qabook_support::{Diagnostic, Rule};

/// Text whose meaning is open, such as emphasis that never ends.
pub const CHINESE: Rule = Rule::error("chinese");

/// mdBook's smart punctuation is on.
pub const SMART_PUNCTUATION: Rule = Rule::error("smart-punctuation");

/// A place where the author's meaning is open: its byte in the chapter, and the problem, whose file isn't known yet.
pub type Mistake = (usize, Diagnostic);
