//! The list that a diagram is told in.

use crate::stand_in::plain;

/// What is told, in order.
pub(super) enum Item {
    Step(String),
    /// A part with a name: a frame, a group.
    Part(String, Vec<Item>),
}

/// `items` as a list in HTML; none are the empty string.
pub(super) fn list(items: &[Item]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let inside = items.iter().map(|item| match item {
        Item::Step(text) => format!("<li>{}</li>", escaped(text)),
        Item::Part(name, items) => format!("<li>{}{}</li>", escaped(name), list(items)),
    });
    format!("<ol>{}</ol>", inside.collect::<String>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `label` as one line.
pub(super) fn line(label: &str) -> String {
    let mut out = String::new();
    for part in label.replace("<br />", "<br/>").replace("<br>", "<br/>").split("<br/>") {
        let part = plain(part.trim().trim_matches('"'));
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if is_latin(out.chars().last()) && is_latin(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(&part);
    }
    out
}
