//! Which tags of HTML may be left out, and where an element can stand.

use super::Builder;
use super::frame::Kind;

/// Elements whose end tag the next one of their kind or the end of their parent stands for: HTML's rules
/// (<https://html.spec.whatwg.org/multipage/syntax.html#optional-tags>), without paragraphs.
const ENDED_BY: &[(&str, &[&str])] = &[
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("rt", &["rt", "rp"]),
    ("rp", &["rt", "rp"]),
    ("td", &["td", "th", "caption", "colgroup"]),
    ("th", &["td", "th", "caption", "colgroup"]),
    ("tr", &["tr", "td", "th", "caption", "colgroup"]),
    ("thead", SECTION),
    ("tbody", SECTION),
    ("tfoot", SECTION),
];

const SECTION: &[&str] = &["thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"];

/// Elements inside which a start tag ends nothing that is around them.
const SCOPES: &[&str] = &["table", "ul", "ol", "dl", "ruby"];

impl Builder<'_> {
    /// Whether its parent's end tag, or the end of the text around it, may stand for that of `tag`.
    pub(super) fn may_stay_open(tag: &str) -> bool {
        ENDED_BY.iter().any(|(name, _)| *name == tag)
    }

    /// Closes what the start tag of `name` ends.
    pub(super) fn end_before(&mut self, name: &str) {
        let Some((_, ended)) = ENDED_BY.iter().find(|(opens, _)| *opens == name) else { return };
        let is_wall = |tag: &Option<String>| tag.as_deref().is_none_or(|tag| SCOPES.contains(&tag));
        let first = self.frames.iter().rposition(|frame| is_wall(&frame.tag)).unwrap_or(0) + 1;
        let is_ended = |tag: &Option<String>| tag.as_deref().is_some_and(|tag| ended.contains(&tag));
        let Some(at) = self.frames.iter().skip(first).position(|frame| is_ended(&frame.tag)) else { return };
        while self.frames.len() > first + at {
            match self.top().tag.clone() {
                Some(tag) => self.unclosed(&tag),
                None => return,
            }
        }
    }

    /// Whether an element that is a part of another one is directly in that one.
    pub(super) fn is_in_place(&mut self, name: &str) -> bool {
        let kind = &self.top().kind;
        match name {
            "li" => matches!(kind, Kind::List { .. }),
            "dt" | "dd" => matches!(kind, Kind::Definitions(_)),
            "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => matches!(kind, Kind::Table(_)),
            "tr" => matches!(kind, Kind::Table(_) | Kind::TableSection),
            "td" | "th" => matches!(kind, Kind::Row { .. }),
            _ => true,
        }
    }
}
