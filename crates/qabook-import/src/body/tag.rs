//! Tags of HTML, by their places.

use std::ops::Range;

/// A start or end tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// From `<` to `>`.
    pub(super) span: Range<usize>,
    /// As it is written.
    pub(super) name: String,
    pub(super) is_end: bool,
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// With the space in front of it.
    pub(super) span: Range<usize>,
    /// In lower case.
    pub(super) name: String,
    pub(super) value: String,
}

impl Tag {
    /// The value of the attribute `name`.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }
}

/// The tags of `html`, a piece that begins at byte `at` of its text; comments hold none.
pub(super) fn tags(html: &str, at: usize) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = html[from..].find('<').map(|open| from + open) {
        if let Some(comment) = html[open..].strip_prefix("<!--") {
            from = comment.find("-->").map_or(html.len(), |end| open + 4 + end + 3);
        } else if let Some(tag) = tag(html, open) {
            from = tag.span.end;
            found.push(shifted(tag, at));
        } else {
            from = open + 1;
        }
    }
    found
}

fn shifted(mut tag: Tag, at: usize) -> Tag {
    let shift = |span: &Range<usize>| span.start + at..span.end + at;
    tag.span = shift(&tag.span);
    tag.attributes.iter_mut().for_each(|attribute| attribute.span = shift(&attribute.span));
    tag
}

fn tag(html: &str, open: usize) -> Option<Tag> {
    let is_end = html[open + 1..].starts_with('/');
    let start = open + 1 + usize::from(is_end);
    let length = html[start..].find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '.' | '_'));
    let name_end = start + length?;
    let name = html[start..name_end].to_string();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        let rest = html[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let begin = html.len() - rest.len();
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('>') {
            return Some(Tag { span: open..begin + 1, name, is_end, attributes });
        }
        let (attribute, end) = attribute(html, at, begin)?;
        attributes.push(attribute);
        at = end;
    }
}

/// The attribute at `begin`, whose white space begins at `space`, and where it ends.
fn attribute(html: &str, space: usize, begin: usize) -> Option<(Attribute, usize)> {
    let length = html[begin..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
    let name_end = begin + length.max(1);
    let name = html.get(begin..name_end)?.to_lowercase();
    let rest = html[name_end..].trim_start();
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return Some((Attribute { span: space..name_end, name, value: String::new() }, name_end));
    };
    let value_start = html.len() - value.len();
    let (value, end) = if let quote @ ('"' | '\'') = value.chars().next()? {
        let close = value[1..].find(quote)?;
        (&value[1..=close], value_start + close + 2)
    } else {
        let close = value.find(|c: char| c.is_whitespace() || c == '>')?;
        (&value[..close], value_start + close)
    };
    Some((Attribute { span: space..end, name, value: value.to_string() }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_attributes() {
        let html = "<a HREF='#x' name=y>t</a><!-- <b> --><img src=\"a.png\"/> a < b <br";
        let found = tags(html, 10);
        let names: Vec<_> = found.iter().map(|tag| (tag.name.as_str(), tag.is_end, tag.attributes.len())).collect();
        assert_eq!(names, [("a", false, 2), ("a", true, 0), ("img", false, 1)]);
        assert_eq!((found[0].attribute("href"), found[0].attribute("name")), (Some("#x"), Some("y")));
        assert_eq!(&html[found[0].attributes[0].span.start - 10..found[0].attributes[0].span.end - 10], " HREF='#x'");
        assert_eq!(found[2].attribute("src"), Some("a.png"));
    }
}
