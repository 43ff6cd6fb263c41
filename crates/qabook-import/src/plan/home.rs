//! The home page: what a list says outside of its questions, and all of these.

use std::collections::HashSet;
use std::fmt::Write;

use super::Plan;
use super::drafts::Drafts;
use super::site::{HOME, Site};
use crate::anchors::PageLinks;
use crate::body::{self, Context, Stretch, tags_as_text};
use crate::plain::{escape, title};
use crate::sections::{Role, Section};
use crate::told::{Note, Notes, Told};

/// The home page of `plan`.
pub(super) fn write(plan: &mut Plan, drafts: &Drafts, site: &Site<'_>) -> String {
    let mut introduction = String::new();
    let mut further = String::new();
    let first = drafts.questions.iter().map(|draft| (draft.source, draft.whole.start)).min().unwrap_or_default();
    for (source, section) in &drafts.outside {
        let heading = heading(section, drafts.title_line);
        let is_introduction = heading.is_none() && (*source, section.start) <= first;
        let text = text(*source, section, heading.is_some(), plan, site);
        if text.is_empty() {
            left_out_heading(*source, section, heading.as_deref(), &drafts.parts, plan, site);
            continue;
        }
        let out = if is_introduction { &mut introduction } else { &mut further };
        if let Some(above) = section.path.last().filter(|_| heading.is_some()) {
            let (title, _) = title(&tags_as_text(&above.raw).0);
            let _ = writeln!(out, "\n## {title}");
        }
        let _ = writeln!(out, "\n{text}");
    }
    other_title(drafts, plan, site);
    format!("# {}\n{introduction}\n{{{{#questions}}}}\n{further}", escape(&plan.title))
}

/// The list's title is left out where the book has another.
fn other_title(drafts: &Drafts, plan: &mut Plan, site: &Site<'_>) {
    let title =
        site.outlines.iter().flat_map(|outline| &outline.marks).find(|mark| Some(mark.line) == drafts.title_line);
    if let Some(mark) = title.filter(|mark| mark.title != plan.title) {
        let file = site.lists.sources[0].shown.clone();
        plan.notes.push(Note { what: Told::Heading, file, line: mark.line, detail: mark.title.clone() });
        plan.left_out.push(escape(&mark.title));
    }
}

/// The heading above `section`, unless it is the list's title.
fn heading(section: &Section, title_line: Option<usize>) -> Option<String> {
    let above = section.path.last()?;
    (Some(above.line) != title_line).then(|| above.title.clone())
}

/// A heading without text below it is a part, or said where it is neither.
fn left_out_heading(
    source: usize,
    section: &Section,
    heading: Option<&str>,
    parts: &HashSet<(usize, usize)>,
    plan: &mut Plan,
    site: &Site<'_>,
) {
    let (Some(heading), Some(above)) = (heading, section.path.last()) else { return };
    let name = crate::parts::name(heading);
    if parts.contains(&(source, above.line)) {
        if name != heading {
            let file = site.lists.sources[source].shown.clone();
            plan.notes.push(Note { what: Told::Number, file, line: above.line, detail: heading.into() });
        }
        return;
    }
    let file = site.lists.sources[source].shown.clone();
    plan.notes.push(Note { what: Told::Heading, file, line: above.line, detail: heading.into() });
    plan.left_out.push(above.raw.clone());
}

/// The text of `section` for the home page.
fn text(source: usize, section: &Section, has_heading: bool, plan: &mut Plan, site: &Site<'_>) -> String {
    let list = &site.lists.sources[source];
    let text = list.text[section.span.clone()].to_string();
    let stretch = Stretch { text, line: section.line, indent: 0, inside: 0, item_end: None };
    let mut notes = Notes::default();
    if matches!(section.role, Role::Contents) {
        notes.add(Told::Contents, section.line, "");
        plan.left_out.push(list.text[section.start..section.span.end].to_string());
        plan.notes.extend(notes.of_file(&list.shown));
        return String::new();
    }
    let links = PageLinks { places: &site.places, source, file: &list.path, page: HOME };
    let context = Context {
        title: &plan.title,
        above: if has_heading { 2 } else { 1 },
        is_outside: true,
        definitions: &site.outlines[source].definitions,
        footnotes: &site.footnotes[source],
        resolve: &links,
        drawing: site.drawing,
    };
    let body = body::body(&stretch, &context, &mut notes);
    if !body.text.is_empty() {
        notes.add(Told::Outside, section.line, crate::plain::collapse(&body.text).chars().take(60).collect::<String>());
    }
    plan.left_out.extend(body.left_out);
    plan.notes.extend(notes.of_file(&list.shown));
    body.text
}
