//! The chapters of a book as pages show them.

use mdbook_preprocessor::book::{Book, BookItem, Chapter, SectionNumber};
use qabook_support::splice::{self, Splice};
use qabook_support::{Diagnostics, facts};
use std::collections::HashMap;
use std::path::PathBuf;

use crate::catalog::Catalog;
use crate::chapter::ParsedChapter;
use crate::kind::PageKind;
use crate::practice::Practice;
use crate::render::Renderer;
use crate::storage::Storage;
use crate::{address, excerpt, listing, places, templates};

/// What [`rewritten`] makes of `chapters`, by their paths; what is wrong with one is added to `problems`.
pub(crate) fn all_rewritten(
    chapters: &[ParsedChapter<'_>],
    catalog: &Catalog,
    practice: &Practice<'_>,
    renderer: &Renderer,
    problems: &mut Diagnostics,
) -> HashMap<PathBuf, String> {
    let mut contents = HashMap::new();
    for chapter in chapters {
        match rewritten(chapter, catalog, practice, renderer) {
            Ok(content) => drop(contents.insert(chapter.path.to_path_buf(), content)),
            Err(found) => problems.extend(found),
        }
    }
    contents
}

/// Gives the chapters of `book` their new `contents`, and questions their numbers.
pub(crate) fn put(book: &mut Book, catalog: &Catalog, mut contents: HashMap<PathBuf, String>) {
    for_each_chapter(&mut book.items, &mut |chapter| {
        let path = chapter.path.as_deref();
        // mdBook counts drafts too, but its count isn't the number of a question.
        let entry = path.and_then(|path| catalog.entry(path));
        chapter.number = entry.map(|entry| SectionNumber::new([entry.question.number]));
        if let Some(content) = path.and_then(|path| contents.remove(path)) {
            chapter.content = content;
        }
    });
}

/// Ends each page with what its scripts read.
pub(crate) fn add_facts(book: &mut Book, catalog: &Catalog, renderer: &Renderer, storage: &Storage) {
    for_each_chapter(&mut book.items, &mut |chapter| {
        if !chapter.is_draft_chapter() {
            let is_practice = catalog.kind(chapter) == PageKind::Practice;
            let more = [(is_practice, "practice"), (is_practice && address::is_outputs(chapter), "outputs")];
            let more = more.into_iter().filter(|(needed, _)| *needed).map(|(_, part)| part);
            let words = renderer.words().for_scripts(&["page"].into_iter().chain(more).collect::<Vec<_>>());
            chapter.content += &format!("\n\n{}{}\n", facts::block(&words), facts::block(storage));
        }
    });
}

/// The text of `chapter` without its front matter, with its directives replaced and, if it answers a question, with what
/// belongs to that.
fn rewritten(
    chapter: &ParsedChapter<'_>,
    catalog: &Catalog,
    practice: &Practice<'_>,
    renderer: &Renderer,
) -> Result<String, Diagnostics> {
    let mut problems = Diagnostics::default();
    let mut splices = Vec::new();
    let of_question = chapter.entry.map(|entry| renderer.question(chapter, entry, catalog));
    let navigation = chapter.end_of_title().filter(|_| chapter.is_outputs).map(|end| {
        let text = format!("\n\n{}\n", practice.navigation(chapter.path, renderer)?);
        Ok(vec![Splice { span: end..end, text }])
    });
    let is_glossary = chapter.entry.is_none() && chapter.path == catalog.glossary();
    let filter = chapter.end_of_title().filter(|_| is_glossary && renderer.is_html()).map(|end| {
        let text = format!("\n\n{}\n", splice::html_block(&renderer.render(templates::GLOSSARY.0, &())?, ""));
        Ok(vec![Splice { span: end..end, text }])
    });
    let listed = listing::expanded(chapter, catalog, practice, renderer);
    for made in of_question.into_iter().chain(navigation).chain(filter).chain([listed]) {
        match made {
            Ok(made) => splices.extend(made),
            Err(found) => problems.extend(found),
        }
    }
    if renderer.is_html() {
        splices.extend(places::marks(chapter.body));
    } else {
        // Those pages are made for HTML alone.
        splices.extend(excerpt::unlinked(chapter.body.events(), chapter.path, address::is_practice));
    }
    problems.into_result(())?;
    let lines = |text: &str| text.matches('\n').count();
    // The header's lines take the place of as many of the front matter: all lines below keep their numbers.
    let header = splices.first().filter(|_| chapter.entry.is_some()).map_or(0, |splice| lines(&splice.text));
    let blank = "\n".repeat(lines(chapter.front_matter()).saturating_sub(header));
    let kind = (is_glossary && !renderer.is_html()).then(|| facts::block(&PageKind::Glossary) + "\n\n");
    Ok(kind.unwrap_or(blank) + &splice::apply(chapter.body.text(), splices))
}

/// Every chapter, drafts included.
fn for_each_chapter(items: &mut [BookItem], visit: &mut impl FnMut(&mut Chapter)) {
    for item in items {
        if let BookItem::Chapter(chapter) = item {
            for_each_chapter(&mut chapter.sub_items, visit);
            visit(chapter);
        }
    }
}
