//! Outline and links.

use crate::{chapters, document, made};
use lopdf::{Dictionary, Object, ObjectId};
use qabook_document::{BlockKind, for_each_block};
use qabook_support::testing::Test;
use qabook_support::tests;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub(crate) const TESTS: &[Test] =
    tests![the_outline_holds_every_part_chapter_and_section, every_link_leads_to_a_page_or_an_address];

fn parsed() -> &'static lopdf::Document {
    static PARSED: OnceLock<lopdf::Document> = OnceLock::new();
    PARSED.get_or_init(|| lopdf::Document::load_mem(&made().pdf.bytes).expect("a PDF"))
}

fn resolve(value: &Object) -> &Object {
    match value {
        Object::Reference(id) => parsed().get_object(*id).expect("an object"),
        other => other,
    }
}

fn get<'a>(dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dictionary.get(key.as_bytes()).ok().map(resolve)
}

/// How many entries are below `node`, on every level.
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

fn the_outline_holds_every_part_chapter_and_section() {
    let catalog = parsed().catalog().expect("a catalog");
    let outlines = get(catalog, "Outlines").and_then(|outlines| outlines.as_dict().ok()).expect("an outline");
    let parts = document().parts.iter().filter(|part| part.title.is_some()).count();
    let mut sections = 0;
    for chapter in chapters() {
        for_each_block(&chapter.blocks, &mut |block| {
            sections += usize::from(matches!(&block.kind, BlockKind::Heading(heading) if heading.level > 1));
        });
    }
    // Contents and index are the renderer's own.
    assert_eq!(outline_entries(outlines), parts + chapters().len() + sections + 2);
}

/// The places that have a name: what links to headings lead to.
fn named_places() -> HashMap<&'static [u8], &'static Object> {
    let catalog = parsed().catalog().expect("a catalog");
    let tree = get(catalog, "Names").and_then(|names| get(names.as_dict().ok()?, "Dests"));
    let pairs = tree.and_then(|tree| get(tree.as_dict().ok()?, "Names")).and_then(|pairs| pairs.as_array().ok());
    let pairs = pairs.expect("a flat tree of names").chunks(2);
    pairs.map(|pair| (pair[0].as_str().expect("a name"), resolve(&pair[1]))).collect()
}

/// The page that `destination` leads to.
fn page_of(destination: &'static Object, names: &HashMap<&[u8], &'static Object>) -> ObjectId {
    match destination {
        Object::Array(place) => place[0].as_reference().expect("a page"),
        Object::Dictionary(wrapped) => page_of(get(wrapped, "D").expect("a place"), names),
        Object::String(name, _) => page_of(names.get(&name[..]).expect("a known name"), names),
        other => panic!("{other:?} is no destination"),
    }
}

fn every_link_leads_to_a_page_or_an_address() {
    let pages: HashSet<_> = parsed().get_pages().into_values().collect();
    let names = named_places();
    let (mut jumps, mut addresses) = (0, 0);
    for object in parsed().objects.values() {
        let Ok(link) = object.as_dict() else { continue };
        if link.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Link") {
            continue;
        }
        let action = get(link, "A").and_then(|action| action.as_dict().ok());
        if let Some(uri) = action.and_then(|action| get(action, "URI")) {
            let uri = String::from_utf8_lossy(uri.as_str().expect("an address"));
            assert!(uri.starts_with("https://") || uri.starts_with("http://"), "{uri}");
            addresses += 1;
        } else {
            let destination = get(link, "Dest").or_else(|| action.and_then(|action| get(action, "D")));
            assert!(pages.contains(&page_of(destination.expect("a destination"), &names)), "{link:?}");
            jumps += 1;
        }
    }
    assert!(jumps > 1000 && addresses > 500, "{jumps} jumps, {addresses} addresses");
}
