//! The paper behind the texts of lines.

use std::fmt::Write;

/// Makes the paper behind the texts of lines as `opaque` as it is to be, without a border: it hides what runs there.
pub(crate) fn clear(svg: &str, opaque: &str) -> String {
    let mut parts = svg.split("<rect ");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out.push_str("<rect ");
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        if tag.contains("data-label-kind=") {
            let kept = tag
                .split(' ')
                .filter(|attribute| !attribute.starts_with("stroke") && !attribute.starts_with("fill-opacity"));
            out.push_str(&kept.collect::<Vec<_>>().join(" ").replace('/', ""));
            let _ = write!(out, " fill-opacity=\"{opaque}\"/>");
        } else {
            out.push_str(tag);
            out.push('>');
        }
        out.push_str(rest);
    }
    out
}
