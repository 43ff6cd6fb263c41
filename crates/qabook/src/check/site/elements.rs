//! What the elements of a page refer to.

use html5ever::tokenizer::Tag;

use super::css;
use super::reference::{Reference, Use};

/// Attributes that hold a URL, by element; `*` means every element.
#[rustfmt::skip]
const ATTRIBUTES: &[(&str, &str, Use)] = &[
    ("a", "href", Use::Click), ("area", "href", Use::Click), ("a", "xlink:href", Use::Click), ("a", "ping", Use::Mention),
    ("blockquote", "cite", Use::Mention), ("del", "cite", Use::Mention), ("ins", "cite", Use::Mention), ("q", "cite", Use::Mention),
    ("audio", "src", Use::Fetch), ("body", "background", Use::Fetch), ("embed", "src", Use::Fetch), ("iframe", "src", Use::Fetch),
    ("image", "href", Use::Fetch), ("image", "xlink:href", Use::Fetch), ("img", "src", Use::Fetch), ("input", "src", Use::Fetch),
    ("object", "data", Use::Fetch), ("script", "src", Use::Fetch), ("source", "src", Use::Fetch), ("track", "src", Use::Fetch),
    ("use", "href", Use::Fetch), ("use", "xlink:href", Use::Fetch), ("video", "poster", Use::Fetch), ("video", "src", Use::Fetch),
    ("button", "formaction", Use::Fetch), ("form", "action", Use::Fetch), ("input", "formaction", Use::Fetch),
];

/// Attributes that hold several images with their sizes.
const SOURCE_SETS: &[(&str, &str)] = &[("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")];

/// Values of `rel` that only name another page: the browser fetches every other `<link>`.
#[rustfmt::skip]
const NAMING: &[&str] = &[
    "alternate", "author", "bookmark", "canonical", "external", "help", "license", "me", "next", "nofollow", "prev",
    "privacy-policy", "search", "tag", "terms-of-service",
];

/// The value of an attribute.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}

/// Adds what the start tag `tag` on `line` refers to.
pub(super) fn of_tag(tag: &Tag, line: usize, found: &mut Vec<Reference>) {
    if tag.attrs.is_empty() {
        return;
    }
    let name = &*tag.name;
    let mut push = |url: &str, purpose| found.push(Reference { url: url.trim().to_string(), purpose, line });
    for (_, key, purpose) in ATTRIBUTES.iter().filter(|(element, ..)| *element == name) {
        if let Some(url) = attribute(tag, key) {
            push(url, *purpose);
        }
    }
    for (_, key) in SOURCE_SETS.iter().filter(|(element, _)| *element == name) {
        for url in attribute(tag, key).into_iter().flat_map(source_set) {
            push(url, Use::Fetch);
        }
    }
    if let (true, Some(url)) = (name == "link", attribute(tag, "href")) {
        push(url, of_link(attribute(tag, "rel").unwrap_or_default()));
    }
    if name == "meta" && attribute(tag, "http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
        // `0; URL=there`
        let target = attribute(tag, "content").and_then(|content| content.split_once('='));
        if let Some((_, url)) = target {
            push(url.trim().trim_matches(['"', '\'']), Use::Fetch);
        }
    }
    if let Some(style) = attribute(tag, "style") {
        found.extend(css::references(style, line));
    }
}

fn of_link(rel: &str) -> Use {
    let mut words = rel.split_ascii_whitespace();
    if words.all(|word| NAMING.contains(&word.to_ascii_lowercase().as_str())) { Use::Mention } else { Use::Fetch }
}

/// The URLs of `a.png 1x, b.png 2x`; a comma inside a URL isn't followed by a space.
fn source_set(set: &str) -> impl Iterator<Item = &str> {
    let candidates = set.split(", ").flat_map(|part| part.split(",\n"));
    candidates.filter_map(|candidate| candidate.split_ascii_whitespace().next()).map(|url| url.trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    fn found(html: &str) -> Vec<(String, Use)> {
        let page = read("a.html", html);
        page.references.into_iter().map(|reference| (reference.url, reference.purpose)).collect()
    }

    #[test]
    fn every_attribute_with_an_address_is_read() {
        for (html, url, purpose) in [
            ("<a href='b.html#c'>", "b.html#c", Use::Click),
            ("<img src=b.png>", "b.png", Use::Fetch),
            ("<video poster=b.png>", "b.png", Use::Fetch),
            ("<svg><use xlink:href='b.svg#c'/></svg>", "b.svg#c", Use::Fetch),
            ("<link rel='shortcut icon' href=b.ico>", "b.ico", Use::Fetch),
            ("<link rel='preconnect' href='//b'>", "//b", Use::Fetch),
            ("<link rel='canonical' href='https://b/'>", "https://b/", Use::Mention),
            ("<link rel='alternate stylesheet' href=b.css>", "b.css", Use::Fetch),
            ("<meta http-equiv=Refresh content='0; URL=b.html'>", "b.html", Use::Fetch),
            ("<p style='background: url(b.png)'>", "b.png", Use::Fetch),
            ("<style>@import 'b.css';</style>", "b.css", Use::Fetch),
            ("<noscript><iframe src=b.html></iframe></noscript>", "b.html", Use::Fetch),
            ("<form action='/b'>", "/b", Use::Fetch),
        ] {
            assert_eq!(found(html), [(url.to_string(), purpose)], "{html}");
        }
        let set: Vec<_> = found("<img srcset='a,b.png 1x, c.png 2x'>").into_iter().map(|(url, _)| url).collect();
        assert_eq!(set, ["a,b.png", "c.png"]);
        assert_eq!(found("<script>\"<a href='x'>\"</script><!-- <a href='x'> -->"), []);
    }
}
