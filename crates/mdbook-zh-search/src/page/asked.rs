//! Questions in other words.

/// A question in the words of readers: `How …? {#id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) text: String,
    /// The id of the section that answers; empty for the page as a whole.
    pub(crate) anchor: String,
}

impl Asked {
    /// The questions in `attribute`, which stand between `|`.
    pub(super) fn all_of(attribute: &str) -> impl Iterator<Item = Self> {
        let asked = |text: &str| {
            let id = text.strip_suffix('}').and_then(|text| text.rsplit_once("{#"));
            let (text, anchor) = id.unwrap_or((text, ""));
            Self { text: text.trim().to_string(), anchor: anchor.to_string() }
        };
        attribute.split('|').map(move |text| asked(text.trim())).filter(|asked| !asked.text.is_empty())
    }
}
