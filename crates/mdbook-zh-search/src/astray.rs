//! Questions in readers' words that lead nowhere.

use std::fmt;

/// A question in other words of a section that isn't there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray {
    /// The file of the page, such as `network/arp.html`.
    pub page: String,
    /// The question, as it is written.
    pub text: String,
    /// The id of the section.
    pub anchor: String,
}

/// What is wrong, without the page.
impl fmt::Display for Astray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is asked of #{}, which no heading has", self.text, self.anchor)
    }
}
