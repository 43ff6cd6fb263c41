//! The lists that a chapter keeps in sections of a known id, such as its errata and sources.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::splice::{self, Splice};
use std::ops::Range;
use std::path::Path;

/// A link inside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLink {
    /// What it reads, without marks.
    pub(crate) text: String,
    /// Where it leads.
    pub(crate) url: String,
}

/// The byte spans of the top-level list items in the section of `content` whose heading has the id `id`.
pub(crate) fn items(content: &str, id: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut inside = false;
    let mut depth = 0;
    for (event, span) in markdown::parse(content) {
        match event {
            Event::Start(Tag::Heading { level, id: heading, .. }) if level <= HeadingLevel::H2 => {
                inside = heading.as_ref().is_some_and(|heading| **heading == *id);
            }
            Event::Start(Tag::Item) => {
                if inside && depth == 0 {
                    found.push(span);
                }
                depth += 1;
            }
            Event::End(TagEnd::Item) => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The links of an item's Markdown, images left out.
pub(crate) fn links(item: &str) -> Vec<ItemLink> {
    let mut found: Vec<ItemLink> = Vec::new();
    let mut inside = false;
    for (event, _) in markdown::parse(item) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                inside = true;
                found.push(ItemLink { text: String::new(), url: dest_url.to_string() });
            }
            Event::End(TagEnd::Link) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(link) = found.last_mut() {
                    link.text.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// `item` of the chapter at `chapter`, with its links to other pages written for a page at the book's root.
pub(crate) fn rebased(item: &str, chapter: &Path) -> String {
    let mut splices = Vec::new();
    for (event, span) in markdown::parse(item) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        // The destination as written; reference links and escapes are left as they are.
        let written = item[span.clone()].rfind(&format!("]({dest_url}")).map(|at| span.start + at + 2);
        if let (Some(start), Some(target)) = (written, at_root(&dest_url, chapter)) {
            splices.push(Splice { span: start..start + dest_url.len(), text: target });
        }
    }
    splice::apply(item, splices)
}

/// A relative link of the page `chapter` as seen from the root; `None` for a link that is the same everywhere.
fn at_root(link: &CowStr<'_>, chapter: &Path) -> Option<String> {
    if link.contains("://") || link.starts_with(['/']) || link.starts_with("mailto:") {
        return None;
    }
    let slashed = |path: &Path| path.display().to_string().replace('\\', "/");
    if link.starts_with('#') {
        return Some(format!("{}{link}", slashed(chapter)));
    }
    let mut parts: Vec<String> = chapter.parent().map(slashed).unwrap_or_default().split('/').map(Into::into).collect();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part.into()),
        }
    }
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# 题\n\n- 别处的列表\n\n## 易错 {#errata}\n\n- **误**：甲\n  - 子项\n- **误**：乙\n  续行\n\n### 更细\n\n- 丙\n\n## 参考 {#references}\n\n- [RFC](https://a)\n";

    #[test]
    fn the_items_of_a_section_are_found() {
        let found: Vec<&str> = items(CHAPTER, "errata").into_iter().map(|span| CHAPTER[span].trim_end()).collect();
        assert_eq!(found, ["- **误**：甲\n  - 子项", "- **误**：乙\n  续行", "- 丙"]);
        assert!(items(CHAPTER, "nowhere").is_empty());
    }

    #[test]
    fn links_are_read_without_marks() {
        let found = links("- [RFC **768**](https://a#b)、[`read`](c.md)，![图](d.png)");
        let expected = [("RFC 768", "https://a#b"), ("read", "c.md")];
        let expected = expected.map(|(text, url)| ItemLink { text: text.into(), url: url.into() });
        assert_eq!(found, expected);
    }

    #[test]
    fn links_are_rebased_to_the_root() {
        let item = "- [a](b.md)[c](../ops/d.md#e)[f](#g)[h](https://i/j)[k](./l.md)";
        assert_eq!(
            rebased(item, Path::new("network/x.md")),
            "- [a](network/b.md)[c](ops/d.md#e)[f](network/x.md#g)[h](https://i/j)[k](network/l.md)"
        );
    }
}
