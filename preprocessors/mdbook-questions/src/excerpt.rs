//! A stretch of a chapter that is shown on another page.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qabook_support::splice::{self, Splice};
use std::ops::Range;
use std::path::Path;

use crate::address::at_root;

/// The parser's events with their spans.
pub(crate) type Events<'a> = [(Event<'a>, Range<usize>)];

/// The Markdown of `span` of `text` as it may stand on a page at the book's root; `events` are those of `text`, the chapter
/// at `chapter`.
pub(crate) fn at_the_root(text: &str, span: Range<usize>, events: &Events<'_>, chapter: &Path) -> String {
    let start = events.partition_point(|(_, found)| found.start < span.start);
    let inside = &events[start..];
    let end = inside.partition_point(|(_, found)| found.start < span.end);
    let moved =
        |splice: Splice| Splice { span: splice.span.start - span.start..splice.span.end - span.start, ..splice };
    let splices = for_the_root(text, &inside[..end], chapter).into_iter().map(moved).collect();
    splice::apply(&text[span], splices).trim().to_string()
}

/// What makes a stretch of the chapter at `chapter` mean the same at the book's root: links and pictures lead from there and
/// need no definition that stands elsewhere; marks of footnotes go, since the notes stay behind.
pub(crate) fn for_the_root(text: &str, events: &Events<'_>, chapter: &Path) -> Vec<Splice> {
    let mut splices = Vec::new();
    // Links and pictures that are open: what follows their text, and where that ends.
    let mut open: Vec<(Option<String>, usize, usize)> = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
            ) => {
                extend(&mut open, span);
                let mark = if matches!(event, Event::Start(Tag::Image { .. })) { 2 } else { 1 };
                // The parser's span of `[text][]` ends before the empty brackets.
                let brackets = *link_type == LinkType::Collapsed && text[span.end..].starts_with("[]");
                let end = span.end + if brackets { 2 } else { 0 };
                open.push((tail(*link_type, dest_url, title, chapter), span.start + mark, end));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((Some(tail), start, end)) = open.pop() {
                    splices.push(Splice { span: start..end, text: tail });
                }
            }
            Event::FootnoteReference(_) => splices.push(Splice { span: span.clone(), text: String::new() }),
            Event::End(_) => {}
            _ => extend(&mut open, span),
        }
    }
    splices
}

/// The text of all open links goes on to the end of `span`.
fn extend(open: &mut [(Option<String>, usize, usize)], span: &Range<usize>) {
    for (_, text_end, _) in open {
        *text_end = (*text_end).max(span.end);
    }
}

/// What comes after the text of a link; `None` for one that stays as it is.
fn tail(kind: LinkType, url: &str, title: &str, chapter: &Path) -> Option<String> {
    let moved = at_root(url, chapter);
    let is_inline = match kind {
        LinkType::Inline => true,
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => false,
        _ => return None,
    };
    if is_inline && moved.is_none() {
        return None;
    }
    let url = moved.unwrap_or_else(|| url.to_string());
    let plain = !url.is_empty() && !url.contains([' ', '(', ')', '<', '>']);
    let url = if plain { url } else { format!("<{}>", url.replace('<', "%3C").replace('>', "%3E")) };
    let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", title.replace('"', "\\\"")) };
    Some(format!("]({url}{title})"))
}

/// What leaves of the links to pages for which `is_gone` holds only their text; addresses are those at the book's root, without
/// their fragments.
pub(crate) fn unlinked(events: &Events<'_>, chapter: &Path, is_gone: impl Fn(&Path) -> bool) -> Vec<Splice> {
    let mut splices = Vec::new();
    // The link that is open and goes, and where its text is.
    let mut open: Option<(Range<usize>, Range<usize>)> = None;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let target = at_root(dest_url, chapter).unwrap_or_default();
                let path = target.split('#').next().unwrap_or_default();
                open = is_gone(Path::new(path)).then(|| (span.clone(), span.start + 1..span.start + 1));
            }
            Event::End(TagEnd::Link) => {
                if let Some((link, text)) = open.take() {
                    let gone = [link.start..text.start, text.end..link.end];
                    splices.extend(gone.map(|span| Splice { span, text: String::new() }));
                }
            }
            _ => {
                if let Some((_, text)) = &mut open {
                    text.end = text.end.max(span.end);
                }
            }
        }
    }
    splices
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::markdown::Parsed;

    fn moved(text: &str) -> String {
        let parsed = Parsed::new(text);
        at_the_root(text, 0..text.len(), parsed.events(), Path::new("network/x.md"))
    }

    #[test]
    fn links_lead_from_the_root() {
        assert_eq!(
            moved("[a](b.md)[c](../ops/d.md#e)[**f**](#g)[h](https://i/j)[k](./l.md)"),
            "[a](network/b.md)[c](ops/d.md#e)[**f**](network/x.md#g)[h](https://i/j)[k](network/l.md)"
        );
        assert_eq!(moved("![图 `a`](p.svg \"t \\\" u\")"), "![图 `a`](network/p.svg \"t \\\" u\")");
        assert_eq!(moved("[![x](p.svg)](b.md)"), "[![x](network/p.svg)](network/b.md)");
        assert_eq!(moved("[](b.md) [a](<b c.md>)"), "[](network/b.md) [a](<network/b c.md>)");
        assert_eq!(moved("<https://a/b>"), "<https://a/b>");
    }

    #[test]
    fn links_need_no_definition() {
        let end = "\n\n[r]: b.md\n[s]: https://a/b 'T'\n";
        for (link, expected) in
            [("[t][r]", "[t](network/b.md)"), ("[r][]", "[r](network/b.md)"), ("[s]", "[s](https://a/b \"T\")")]
        {
            let text = format!("{link}{end}");
            let parsed = Parsed::new(&text);
            let made = at_the_root(&text, 0..link.len(), parsed.events(), Path::new("network/x.md"));
            assert_eq!(made, expected);
        }
    }

    #[test]
    fn a_link_to_a_page_that_is_gone_becomes_its_text() {
        let text = "[**a** `b`](../gone.md#x)、[c](d.md)";
        let is_gone = |path: &Path| path == Path::new("gone.md");
        let splices = unlinked(Parsed::new(text).events(), Path::new("network/x.md"), is_gone);
        assert_eq!(splice::apply(text, splices), "**a** `b`、[c](d.md)");
    }

    #[test]
    fn marks_of_footnotes_go() {
        let text = "甲[^1]。\n\n[^1]: 注\n";
        let parsed = Parsed::new(text);
        let end = text.find('\n').unwrap();
        assert_eq!(at_the_root(text, 0..end, parsed.events(), Path::new("x.md")), "甲。");
    }
}
