//! Ids for headings: where mdBook's own are empty, as for `## ？！`, or for all, readable where an address is percent-encoded.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::splice::Splice;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::Document;
use crate::rule::{CHINESE, Mistake};
use crate::slug::{slug, unique};

/// What happens to the headings of a chapter.
#[derive(Default)]
pub(crate) struct Ids {
    /// The attributes to be written.
    pub(crate) splices: Vec<Splice>,
    /// The id that each heading, by its event, gets.
    pub(crate) given: HashMap<usize, String>,
    /// Explicit ids that are used twice.
    pub(crate) mistakes: Vec<Mistake>,
}

/// A heading without an id.
struct Heading {
    event: usize,
    span: Range<usize>,
    has_attributes: bool,
    text: String,
    /// Where its text ends.
    end: usize,
}

/// Which headings without an id get one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    /// Those that mdBook would give an empty one.
    Nameless,
}

/// Gives an id to each heading of `document` that has none and is one of `which`, those in the top-level blocks `skip` left
/// out.
pub(crate) fn ids(document: &Document<'_>, skip: &HashSet<usize>, which: Which) -> Ids {
    let mut ids = Ids::default();
    let mut taken = taken_by_html(document);
    let mut explicit = HashSet::new();
    let mut counts = HashMap::new();
    let mut nameless = Vec::new();
    for (index, (event, span)) in document.events().iter().enumerate() {
        let Event::Start(Tag::Heading { id, classes, attrs, .. }) = event else { continue };
        ids.mistakes.extend(lost_braces(document, index, span));
        if let Some(id) = id {
            taken.insert(id.to_string());
            if !explicit.insert(id) {
                ids.mistakes.push(duplicate(id, span.start));
            }
        } else if !skip.contains(&document.block_at(span.start)) {
            let has_attributes = !classes.is_empty() || !attrs.is_empty();
            nameless.push(heading(document, index, span.clone(), has_attributes));
        }
    }
    nameless.retain(|heading| which == Which::All || !has_id_in_mdbook(&heading.text));
    for heading in nameless {
        let Some(place) = place(document, &heading) else { continue };
        let id = unique(&slug(&heading.text), &mut taken, &mut counts);
        let text = if heading.has_attributes { format!("#{id} ") } else { format!(" {{#{id}}}") };
        ids.splices.push(Splice { span: place..place, text });
        ids.given.insert(heading.event, id);
    }
    ids
}

/// Whether mdBook makes an id of a heading's `text` that isn't empty.
fn has_id_in_mdbook(text: &str) -> bool {
    text.trim().contains(|c: char| c.is_alphanumeric() || c.is_whitespace() || c == '_' || c == '-')
}

fn heading(document: &Document<'_>, event: usize, span: Range<usize>, has_attributes: bool) -> Heading {
    let mut heading = Heading { event, end: span.start, span, has_attributes, text: String::new() };
    for (index, (event, span)) in document.events().iter().enumerate().skip(event + 1) {
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            // The source rather than the event: formulas are blotted out there.
            Event::Text(text) => heading.text.push_str(document.verbatim(index).unwrap_or(text)),
            Event::Code(text) => heading.text.push_str(text),
            Event::SoftBreak | Event::HardBreak => heading.text.push(' '),
            _ => {}
        }
        heading.end = heading.end.max(span.end);
    }
    heading
}

/// Where the id is written: in the braces that are there, else at the end of the heading's last line.
fn place(document: &Document<'_>, heading: &Heading) -> Option<usize> {
    let source = document.source();
    let rest = source.get(heading.end..heading.span.end)?;
    let place = if heading.has_attributes {
        heading.end + rest.find('{')? + 1
    } else if source[heading.span.clone()].starts_with('#') {
        heading.span.start + source[heading.span.clone()].trim_end().len()
    } else {
        heading.end
    };
    (!document.is_frozen(&(place..place))).then_some(place)
}

/// The ids in the page's raw HTML.
fn taken_by_html(document: &Document<'_>) -> HashSet<String> {
    let mut taken = HashSet::new();
    for (event, _) in document.events() {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        let values = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        taken.extend(values.map(str::to_string));
    }
    taken
}

/// Braces at the end of a heading that hold neither id nor class nor value: they are taken for attributes, and what they say
/// is lost.
fn lost_braces(document: &Document<'_>, event: usize, heading: &Range<usize>) -> Option<Mistake> {
    let line = document.source().get(heading.clone())?.trim_end().lines().next()?.trim_end();
    let line = if line.starts_with('#') { line.trim_end_matches('#').trim_end() } else { line };
    let open = line.strip_suffix('}')?.rfind('{')?;
    let braces = &line[open..];
    if braces.contains(['#', '.', '='])
        || line[..open].ends_with('\\')
        || document.is_frozen(&(heading.start + open..heading.start + open + braces.len()))
    {
        return None;
    }
    // Inside code they are text.
    let at = heading.start + open;
    let inside =
        document.events()[event..].iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
    let is_text = inside
        .filter(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)))
        .any(|(_, span)| span.contains(&at));
    (!is_text).then(|| {
        let message = format!("`{braces}` at the end of a heading is taken for attributes and would be lost");
        (
            heading.start + open,
            CHINESE.broken(message, "write `&#123;` for the opening brace, or put the braces into code"),
        )
    })
}

fn duplicate(id: &str, offset: usize) -> Mistake {
    let message = format!("the heading id `{id}` is on this page already");
    (offset, CHINESE.broken(message, "give one of the two headings another id: a link can only reach the first"))
}
