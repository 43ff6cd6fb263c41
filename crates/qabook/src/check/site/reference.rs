//! A URL that a page or style sheet refers to.

use percent_encoding::percent_decode_str;

use super::origin::Needle;

/// What becomes of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A reader clicks it.
    Click,
    /// It is only named, as the canonical address is.
    Mention,
    /// The browser fetches it by itself.
    Fetch,
    /// The browser fetches it by itself, unless it knows the format of the one before.
    Alternative,
}

/// A URL in an attribute or style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) url: String,
    pub(super) purpose: Use,
    /// Line of the built file, from 1.
    pub(super) line: usize,
}

impl Reference {
    /// Whether a reader clicks it.
    pub(super) fn is_click(&self) -> bool {
        self.purpose == Use::Click
    }

    /// How a chapter's source may have it.
    pub(super) fn needles(&self) -> Vec<Needle> {
        let decoded = percent_decode_str(&self.url).decode_utf8_lossy().into_owned();
        let mut needles = Vec::new();
        for url in [&self.url, &decoded] {
            // mdBook writes the links of chapters anew.
            for url in [&url.replace(".html", ".md"), url] {
                needles.push(Needle { text: format!("({url})"), at: 1 });
                needles.push(Needle { text: format!("\"{url}\""), at: 1 });
                needles.push(url.clone().into());
            }
        }
        needles.retain(|needle| needle.text.len() > 1);
        needles
    }
}
