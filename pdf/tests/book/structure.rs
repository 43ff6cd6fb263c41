//! Outline and links.

use crate::{chapters, made};
use document::{BlockKind, for_each_block};
use lopdf::{Dictionary, Object};
use std::sync::OnceLock;

fn parsed() -> &'static lopdf::Document {
    static PARSED: OnceLock<lopdf::Document> = OnceLock::new();
    PARSED.get_or_init(|| lopdf::Document::load_mem(&made().pdf.bytes).expect("a PDF"))
}

fn resolve<'a>(value: &'a Object) -> &'a Object {
    match value {
        Object::Reference(id) => parsed().get_object(*id).expect("an object"),
        other => other,
    }
}

fn get<'a>(dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dictionary.get(key.as_bytes()).ok().map(resolve)
}

/// How many entries stand below `node`, on every level.
fn outline_entries(node: &Dictionary) -> usize {
    let mut count = 0;
    let mut next = get(node, "First");
    while let Some(entry) = next {
        let entry = entry.as_dict().expect("an outline entry");
        count += 1 + outline_entries(entry);
        next = get(entry, "Next");
    }
    count
}

#[test]
fn the_outline_holds_every_part_chapter_and_section() {
    let catalog = parsed().catalog().expect("a catalog");
    let outlines = get(catalog, "Outlines").and_then(|outlines| outlines.as_dict().ok()).expect("an outline");
    let parts = made().document.parts.iter().filter(|part| part.title.is_some()).count();
    let mut sections = 0;
    for chapter in chapters() {
        for_each_block(&chapter.blocks, &mut |block| {
            sections += usize::from(matches!(&block.kind, BlockKind::Heading(heading) if heading.level > 1));
        });
    }
    // Contents and index are the renderer's own.
    assert_eq!(outline_entries(outlines), parts + chapters().len() + sections + 2);
}

#[test]
fn every_link_leads_to_a_page_or_an_address() {
    let pages: std::collections::HashSet<_> = parsed().get_pages().into_values().collect();
    let catalog = parsed().catalog().expect("a catalog");
    let names = get(catalog, "Names").is_some() || get(catalog, "Dests").is_some();
    let (mut jumps, mut addresses) = (0, 0);
    for object in parsed().objects.values() {
        let Ok(annotation) = object.as_dict() else { continue };
        if annotation.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Link") {
            continue;
        }
        let action = get(annotation, "A").and_then(|action| action.as_dict().ok());
        if let Some(uri) = action.and_then(|action| get(action, "URI")) {
            let uri = String::from_utf8_lossy(uri.as_str().expect("an address")).into_owned();
            assert!(uri.starts_with("https://") || uri.starts_with("http://"), "{uri}");
            addresses += 1;
            continue;
        }
        let destination = get(annotation, "Dest").or_else(|| action.and_then(|action| get(action, "D")));
        match destination.expect("a destination") {
            Object::Array(place) => {
                let page = place[0].as_reference().expect("a page");
                assert!(pages.contains(&page), "a link to what is no page");
            }
            // Named destinations are kept in a tree that the exporter makes of the same places.
            named => assert!(names, "{named:?} without names"),
        }
        jumps += 1;
    }
    assert!(jumps > 1000 && addresses > 500, "{jumps} jumps, {addresses} addresses");
}
