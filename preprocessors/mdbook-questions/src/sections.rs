//! The lists that a chapter keeps in sections of a known id, such as its errata and sources.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use std::ops::Range;
use std::path::Path;

use crate::excerpt::for_the_root;

/// The id of the section of errata; CONTRIBUTING.md tells authors.
pub(crate) const ERRATA: &str = "errata";
/// The id of the section of sources; CONTRIBUTING.md tells authors.
pub(crate) const REFERENCES: &str = "references";
/// The id of the section of further questions; CONTRIBUTING.md tells authors.
pub(crate) const FOLLOW_UPS: &str = "follow-up";

/// A link inside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLink {
    /// What it reads, without marks.
    pub(crate) text: String,
    /// Where it leads.
    pub(crate) url: String,
}

/// A top-level list item: a stretch of a chapter's text and the events of its parser.
#[derive(Debug, Clone)]
pub(crate) struct Item<'a> {
    /// The chapter's text.
    pub(crate) text: &'a str,
    /// Where the item is in it.
    pub(crate) span: Range<usize>,
    /// What the parser found in it; spans are those in the chapter.
    pub(crate) events: &'a [(Event<'a>, Range<usize>)],
}

/// The top-level list items in the section whose heading has the id `id`.
pub(crate) fn items<'a>(chapter: &'a Parsed<'a>, id: &str) -> Vec<Item<'a>> {
    let events = chapter.events();
    let mut found = Vec::new();
    let mut inside = false;
    let mut depth = 0;
    let mut first = 0;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id: heading, .. }) if *level <= HeadingLevel::H2 => {
                inside = heading.as_ref().is_some_and(|heading| **heading == *id);
            }
            Event::Start(Tag::Item) => {
                if depth == 0 {
                    first = index;
                }
                depth += 1;
            }
            Event::End(TagEnd::Item) => {
                depth -= 1;
                if inside && depth == 0 {
                    let events = &events[first..=index];
                    found.push(Item { text: chapter.text(), span: events[0].1.clone(), events });
                }
            }
            _ => {}
        }
    }
    found
}

impl Item<'_> {
    /// Its links, images left out.
    pub(crate) fn links(&self) -> Vec<ItemLink> {
        let mut found: Vec<ItemLink> = Vec::new();
        let mut inside = false;
        for (event, _) in self.events {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    inside = true;
                    found.push(ItemLink { text: String::new(), url: dest_url.to_string() });
                }
                Event::End(TagEnd::Link) => inside = false,
                Event::Text(text) | Event::Code(text) if inside => {
                    if let Some(link) = found.last_mut() {
                        link.text.push_str(text);
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// What makes it mean the same on a page at the book's root; it is of the chapter at `chapter`.
    pub(crate) fn rebased(&self, chapter: &Path) -> Vec<Splice> {
        for_the_root(self.text, self.events, chapter)
    }

    /// Its Markdown with `splices`, whose spans are those in the chapter.
    pub(crate) fn spliced(&self, mut splices: Vec<Splice>) -> String {
        let start = self.span.start;
        for Splice { span, .. } in &mut splices {
            *span = span.start - start..span.end - start;
        }
        qabook_support::splice::apply(self.text[self.span.clone()].trim_end(), splices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# 题\n\n- 别处的列表\n\n## 易错 {#errata}\n\n- **误**：甲\n  - 子项\n- **误**：乙\n  续行\n\n### 更细\n\n- 丙\n\n## 参考 {#references}\n\n- [RFC](https://a)\n";

    #[test]
    fn the_items_of_a_section_are_found() {
        let chapter = Parsed::new(CHAPTER);
        let found: Vec<String> = items(&chapter, ERRATA).iter().map(|item| item.spliced(Vec::new())).collect();
        assert_eq!(found, ["- **误**：甲\n  - 子项", "- **误**：乙\n  续行", "- 丙"]);
        assert!(items(&chapter, "nowhere").is_empty());
    }

    #[test]
    fn links_are_read_without_marks() {
        let chapter =
            Parsed::new("## 参考 {#references}\n\n- [RFC **768**](https://a#b)、[`read`](c.md)，![图](d.png)");
        let expected = [("RFC 768", "https://a#b"), ("read", "c.md")];
        let expected = expected.map(|(text, url)| ItemLink { text: text.into(), url: url.into() });
        assert_eq!(items(&chapter, REFERENCES)[0].links(), expected);
    }
}
