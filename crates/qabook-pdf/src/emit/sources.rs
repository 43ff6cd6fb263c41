//! The addresses that a section of sources writes out in full.

use qabook_document::{Block, BlockKind, Chapter, Document, Inline, Link, PageKind, Section, Target, for_each_inline};
use std::collections::{HashMap, HashSet};

/// The addresses that a chapter's 参考 writes out: a link to one of them needs no footnote.
pub(crate) struct External<'a> {
    listed: HashMap<&'a str, HashSet<&'a str>>,
    /// Of all chapters: what the made pages at the end of the book may take as known.
    anywhere: HashSet<&'a str>,
}

impl<'a> External<'a> {
    /// The sources that the chapters of `document` list.
    pub(super) fn of(document: &'a Document) -> Self {
        let listed: HashMap<_, _> =
            document.chapters().map(|chapter| (chapter.path.as_str(), listed_in(chapter))).collect();
        let anywhere = listed.values().flatten().copied().collect();
        Self { listed, anywhere }
    }

    pub(super) fn is_listed(&self, chapter: &Chapter, url: &str) -> bool {
        let url = page_of(url);
        let in_chapter = &self.listed[chapter.path.as_str()];
        // A page without sources of its own, such as the one that collects all errata.
        if in_chapter.is_empty() { self.anywhere.contains(url) } else { in_chapter.contains(url) }
    }
}

/// The addresses in the section of sources.
fn listed_in(chapter: &Chapter) -> HashSet<&str> {
    let mut urls = HashSet::new();
    let mut in_references = is_collection_of_sources(chapter);
    for block in &chapter.blocks {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 2 && !is_collection_of_sources(chapter) => {
                in_references = heading.section == Some(Section::References);
            }
            _ if in_references => collect_urls(block, &mut urls),
            _ => {}
        }
    }
    urls
}

/// The page that lists the sources of all chapters.
pub(super) fn is_collection_of_sources(chapter: &Chapter) -> bool {
    chapter.kind == PageKind::References
}

fn collect_urls<'a>(block: &'a Block, urls: &mut HashSet<&'a str>) {
    for_each_inline(std::slice::from_ref(block), &mut |inline| {
        if let Inline::Link(Link { target: Target::External(url), .. }) = inline {
            urls.insert(page_of(url));
        }
    });
}

/// The address without the place on the page.
pub(super) fn page_of(url: &str) -> &str {
    url.split_once('#').map_or(url, |(page, _)| page)
}
