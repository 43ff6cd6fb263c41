//! A drawing without what nobody sees: a page has several, and readers wait for every byte.

use std::fmt::Write;

/// What the renderer writes for scripts of its own.
const OF_SCRIPTS: [&str; 2] = ["data-", "class=\"edge"];

/// Attributes that say what holds without them.
const DEFAULTS: [&str; 3] = ["stroke-dasharray=\"1,0\"", "dy=\"0.00\"", "fill-opacity=\"1\""];

/// `svg` as it looks, in fewer bytes: no heads of arrows that no line has, no paper that is clear, numbers as short as the
/// hundredth of a pixel allows.
pub(crate) fn slim(svg: &str) -> String {
    let svg = without_unused_markers(svg);
    let mut out = String::with_capacity(svg.len());
    let mut parts = svg.split('<');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let Some((tag, text)) = part.split_once('>') else {
            let _ = write!(out, "<{part}");
            continue;
        };
        if !(tag.starts_with("rect ") && tag.contains(" fill-opacity=\"0\"") && !tag.contains(" stroke=")) {
            let _ = write!(out, "<{}>", slim_tag(tag));
        }
        out.push_str(text);
    }
    out
}

/// `svg` without the heads of arrows that no line has.
fn without_unused_markers(svg: &str) -> String {
    let mut parts = svg.split("<marker ");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let id = part.strip_prefix("id=\"").and_then(|rest| rest.split('"').next());
        let end = part.find("</marker>").map(|at| at + "</marker>".len());
        match (id, end) {
            (Some(id), Some(end)) if !svg.contains(&format!("url(#{id})")) => out.push_str(&part[end..]),
            _ => {
                out.push_str("<marker ");
                out.push_str(part);
            }
        }
    }
    out
}

/// A tag, without its brackets: the spaces in values are those between numbers, too.
fn slim_tag(tag: &str) -> String {
    let mut attributes = attributes(tag);
    let mut out = attributes.next().unwrap_or_default().to_string();
    for attribute in attributes {
        let is_needless = OF_SCRIPTS.iter().any(|start| attribute.starts_with(start)) || DEFAULTS.contains(&attribute);
        if !is_needless {
            out.push(' ');
            out.push_str(&short_numbers(attribute));
        }
    }
    out
}

/// The name of a tag and its attributes, which are in double quotes.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let parts = tag.split(move |c: char| {
        is_quoted ^= c == '"';
        c == ' ' && !is_quoted
    });
    parts.filter(|part| !part.is_empty())
}

/// `attribute` with its decimal fractions rounded to hundredths, without zeros at the end.
fn short_numbers(attribute: &str) -> String {
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let mut out = String::with_capacity(attribute.len());
    let mut rest = attribute;
    while let Some(start) = rest.find(is_of_number) {
        let end = rest[start..].find(|c| !is_of_number(c)).map_or(rest.len(), |length| start + length);
        let before = rest[..start].chars().next_back();
        // Not a part of a name, a colour or a reference.
        let is_alone = before.is_none_or(|c| matches!(c, ' ' | '"' | ',' | '('))
            && rest[end..].chars().next().is_none_or(|c| matches!(c, ' ' | '"' | ',' | ')'));
        out.push_str(&rest[..start]);
        let number = &rest[start..end];
        match number.parse::<f64>() {
            Ok(value) if is_alone && number.contains('.') => {
                let text = format!("{value:.2}");
                let text = text.trim_end_matches('0').trim_end_matches('.');
                out.push_str(if text == "-0" { "0" } else { text });
            }
            _ => out.push_str(number),
        }
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_goes() {
        let svg = "<svg viewBox=\"0 0 9.50 9\"><title>1.50 秒 &lt; 2.0</title><defs><marker id=\"a\"><path d=\"M 0 0\"/>\
                   </marker><marker id=\"b\"/></marker></defs><rect data-edge-id=\"x\" x=\"1.00\" fill-opacity=\"0\"/>\
                   <path class=\"edgePath\" d=\"M 1.250,2.999 L -0.001 3\" stroke-dasharray=\"1,0\" \
                   marker-end=\"url(#a)\" id=\"n-1.50\"/></svg>";
        assert_eq!(
            slim(svg),
            "<svg viewBox=\"0 0 9.5 9\"><title>1.50 秒 &lt; 2.0</title><defs><marker id=\"a\"><path d=\"M 0 0\"/>\
             </marker></defs><path d=\"M 1.25,3 L 0 3\" marker-end=\"url(#a)\" id=\"n-1.50\"/></svg>"
        );
    }

    #[test]
    fn paper_with_a_border_stays() {
        let svg = "<svg><rect x=\"1\" fill-opacity=\"0\" stroke=\"#000\"/></svg>";
        assert_eq!(slim(svg), svg);
    }
}
