//! SVG as an EPUB may hold it: without a document type, which would name a file outside.

use std::borrow::Cow;

/// `svg` without its document type declaration, which Graphviz, Inkscape and Illustrator write; the entities that it
/// declares are replaced by what they stand for.
pub(super) fn without_type(svg: &str) -> Cow<'_, str> {
    let Some(start) = declaration(svg) else { return Cow::Borrowed(svg) };
    let Some(end) = end_of(&svg[start..]) else { return Cow::Borrowed(svg) };
    let (declaration, rest) = svg[start..].split_at(end);
    let mut rest = rest.to_string();
    // An entity may stand for others: as many rounds as there are, and none for one that stands for itself.
    let entities = entities(declaration);
    for _ in 0..entities.len().min(8) {
        for (name, value) in entities.iter().filter(|(name, value)| !value.contains(&format!("&{name};"))) {
            rest = rest.replace(&format!("&{name};"), value);
        }
        if rest.len() > svg.len().saturating_mul(64) {
            return Cow::Borrowed(svg);
        }
    }
    Cow::Owned(format!("{}{}", &svg[..start], rest.trim_start()))
}

/// Where the declaration begins: before the first element, and not in a remark.
fn declaration(svg: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = svg[at..].find('<') {
        at += found;
        let rest = &svg[at..];
        if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            return Some(at);
        }
        at += match (rest.starts_with("<!--"), rest.starts_with("<?")) {
            (true, _) => rest.find("-->")?,
            (_, true) => rest.find("?>")?,
            _ => return None,
        };
    }
    None
}

/// Where the declaration at the start of `text` ends: its own `>` is in no quotation marks, remark or brackets.
fn end_of(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_inside = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '<') if text[at..].starts_with("<!--") => {
                at += text[at..].find("-->")? + 3;
                continue;
            }
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => is_inside = true,
            (None, ']') => is_inside = false,
            (None, '>') if !is_inside => return Some(at + 1),
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// The entities that `declaration` declares, with their values.
fn entities(declaration: &str) -> Vec<(&str, &str)> {
    let parts = declaration.split("<!ENTITY").skip(1);
    let entity = |part: &'_ str| -> Option<(usize, usize, usize)> {
        let name_end = part.trim_start().find(char::is_whitespace)?;
        let skipped = part.len() - part.trim_start().len();
        let quote_at = skipped + name_end + part[skipped + name_end..].find(['"', '\''])?;
        let quote = part[quote_at..].chars().next()?;
        let end = part[quote_at + 1..].find(quote)?;
        Some((skipped + name_end, quote_at + 1, quote_at + 1 + end))
    };
    let found = parts.filter_map(|part| {
        let (name_end, start, end) = entity(part)?;
        let (name, between) = (part[..name_end].trim(), part[name_end..start - 1].trim());
        // One of another file (`SYSTEM "…"`) can't be put in.
        (between.is_empty() && name != "%").then(|| (name, &part[start..end]))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_type_is_left_out() {
        for (svg, without) in [
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"svg11.dtd\">\n<svg/>",
                "<?xml version=\"1.0\"?>\n<svg/>",
            ),
            ("<!-- <!DOCTYPE x> --><!doctype svg><svg>甲</svg>", "<!-- <!DOCTYPE x> --><svg>甲</svg>"),
            (
                "<!DOCTYPE svg [\n<!-- \">\" -->\n<!ENTITY a \"x>&b;\">\n<!ENTITY b 'y'>\n]>\n<svg n=\"&a;\"/>",
                "<svg n=\"x>y\"/>",
            ),
            ("<!DOCTYPE svg [ <!ENTITY a \"&a;&a;\"> ]><svg>&a;</svg>", "<svg>&a;</svg>"),
            ("<svg><!DOCTYPE x></svg>", "<svg><!DOCTYPE x></svg>"),
            ("<!DOCTYPE svg", "<!DOCTYPE svg"),
            ("<svg/>", "<svg/>"),
        ] {
            assert_eq!(without_type(svg), without, "{svg}");
        }
    }
}
