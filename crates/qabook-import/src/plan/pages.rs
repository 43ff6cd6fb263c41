//! Pages: their names, and their texts with links to one another.

use std::collections::{HashMap, HashSet};

use super::drafts::{Draft, Drafts};
use super::site::{HOME, Site};
use super::{Chapter, Plan, home};
use crate::anchors::{PageLinks, Place, Places};
use crate::body::{self, Context, Drawing};
use crate::plain::plain;
use crate::read::Lists;
use crate::scan::Outline;
use crate::slug::Names;
use crate::told::{Note, Notes, Told};

/// The folder of questions that are in no part.
const WITHOUT_PART: &str = "questions";

/// Writes the chapters and the home page of `drafts` into `plan`.
pub(super) fn write(plan: &mut Plan, lists: &Lists, outlines: &[Outline], drafts: &Drafts, drawing: &dyn Drawing) {
    let paths = paths(&drafts.questions);
    let mut places = places(lists, outlines, &drafts.questions, &paths);
    places_of_parts(&mut places, outlines, drafts, &paths);
    let footnotes = lists.sources.iter().zip(outlines).map(|(source, outline)| {
        let text = |span: &std::ops::Range<usize>| source.text[span.clone()].to_string();
        outline.footnotes.iter().map(|(label, span)| (label.clone(), text(span))).collect()
    });
    let site = Site { lists, outlines, places, footnotes: footnotes.collect(), drawing };
    for (what, source, line, detail) in &drafts.told {
        let file = lists.sources[*source].shown.clone();
        plan.notes.push(Note { what: *what, file, line: *line, detail: detail.clone() });
    }
    same_names(plan, lists, &drafts.questions);
    for (draft, path) in drafts.questions.iter().zip(&paths) {
        let chapter = chapter(draft, path, &site, plan);
        plan.chapters.push(chapter);
    }
    plan.home = home::write(plan, drafts, &site);
    plan.pictures = site.places.pictures();
}

/// The file of each question, relative to `src/`.
fn paths(drafts: &[Draft]) -> Vec<String> {
    let mut folders = Names::default();
    // Pages without a part have a folder of their own.
    folders.give(WITHOUT_PART, WITHOUT_PART);
    let mut parts: HashMap<Option<&str>, String> = HashMap::new();
    // A question is known by the name of its file, whatever its part.
    let mut names = reserved();
    let mut paths = Vec::with_capacity(drafts.len());
    for Draft { part, question, .. } in drafts {
        let folder = parts
            .entry(part.as_deref())
            .or_insert_with(|| part.as_ref().map_or_else(|| WITHOUT_PART.into(), |part| folders.give(part, "part")));
        paths.push(format!("{folder}/{}.md", names.give(question, "question")));
    }
    paths
}

/// Names that mean something else to mdBook.
fn reserved() -> Names {
    let mut names = Names::default();
    for name in ["index", "readme", "summary"] {
        names.give(name, name);
    }
    names
}

/// Where links into the lists lead.
fn places(lists: &Lists, outlines: &[Outline], drafts: &[Draft], paths: &[String]) -> Places {
    let mut places = Places::default();
    let mut by_source: Vec<Vec<(&Draft, &String)>> = vec![Vec::new(); outlines.len()];
    drafts.iter().zip(paths).for_each(|(draft, path)| by_source[draft.source].push((draft, path)));
    for (index, mut here) in by_source.into_iter().enumerate() {
        here.sort_by_key(|(draft, _)| draft.whole.start);
        let page = if let [(_, page)] = here[..] { page.clone() } else { HOME.into() };
        if let Ok(path) = lists.sources[index].path.canonicalize() {
            places.files.insert(path, (index, Place { page, id: None }));
        }
        for anchor in &outlines[index].anchors {
            let at = here.partition_point(|(draft, _)| draft.whole.end <= anchor.at);
            let Some((draft, page)) = here.get(at).filter(|(draft, _)| draft.whole.contains(&anchor.at)) else {
                continue;
            };
            let is_question = anchor.heading.is_empty() || anchor.at < draft.body_start;
            let id = Some(&anchor.heading)
                .filter(|_| !is_question)
                .and_then(|heading| id_of(heading, &outlines[index], draft));
            let place = Place { page: (*page).clone(), id };
            places.anchors.entry((index, anchor.name.to_lowercase())).or_insert(place);
        }
    }
    places
}

/// A link to a part leads to its first question.
fn places_of_parts(places: &mut Places, outlines: &[Outline], drafts: &Drafts, paths: &[String]) {
    for (index, outline) in outlines.iter().enumerate() {
        let here = drafts.questions.iter().zip(paths).filter(|(draft, _)| draft.source == index);
        let mut here: Vec<_> = here.map(|(draft, path)| (draft.whole.start, path)).collect();
        here.sort_by_key(|(start, _)| *start);
        let parts = outline.marks.iter().filter(|mark| drafts.parts.contains(&(index, mark.line)));
        let starts: HashSet<usize> = parts.map(|mark| mark.start).collect();
        for anchor in outline.anchors.iter().filter(|anchor| starts.contains(&anchor.at)) {
            let Some((_, page)) = here.get(here.partition_point(|(start, _)| *start < anchor.at)) else { continue };
            let place = Place { page: (*page).clone(), id: None };
            places.anchors.entry((index, anchor.name.to_lowercase())).or_insert(place);
        }
    }
}

/// The id that mdBook gives the heading on the page of `draft`; `None` where another has the same.
fn id_of(heading: &str, outline: &Outline, draft: &Draft) -> Option<String> {
    let id = |heading: &str| -> String {
        let kept =
            heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace());
        kept.map(|c| if c.is_whitespace() { '-' } else { c.to_ascii_lowercase() }).collect()
    };
    let wanted = id(heading);
    let first = outline.anchors.partition_point(|anchor| anchor.at < draft.body_start);
    let here = outline.anchors[first..].iter().take_while(|anchor| anchor.at < draft.whole.end);
    let same = here.filter(|anchor| id(&anchor.heading) == wanted);
    (same.count() == 1 && wanted.is_ascii() && !wanted.is_empty()).then_some(wanted)
}

fn same_names(plan: &mut Plan, lists: &Lists, drafts: &[Draft]) {
    let mut seen = HashSet::new();
    for draft in drafts.iter().filter(|draft| !seen.insert(draft.question.to_lowercase())) {
        let (file, detail) = (lists.sources[draft.source].shown.clone(), draft.question.clone());
        plan.notes.push(Note { what: Told::SameName, file, line: draft.line, detail });
    }
}

fn chapter(draft: &Draft, path: &str, site: &Site<'_>, plan: &mut Plan) -> Chapter {
    let source = &site.lists.sources[draft.source];
    let links = PageLinks { places: &site.places, source: draft.source, file: &source.path, page: path };
    let context = Context {
        title: &draft.question,
        above: 1,
        is_outside: false,
        definitions: &site.outlines[draft.source].definitions,
        footnotes: &site.footnotes[draft.source],
        resolve: &links,
        drawing: site.drawing,
    };
    let mut notes = Notes::default();
    let body = body::body(&draft.body, &context, &mut notes);
    let mut text = front_matter(&draft.tags);
    text.push_str(&format!("# {}\n", draft.title));
    for link in draft.links.iter().filter(|link| link.starts_with("http")) {
        text.push_str(&format!("\n<{link}>\n"));
    }
    if !body.text.is_empty() {
        text.push_str(&format!("\n{}\n", body.text));
    }
    plan.notes.extend(notes.of_file(&source.shown));
    plan.left_out.extend(body.left_out);
    let (question, part) = (plain(&draft.title), draft.part.clone());
    Chapter {
        path: path.into(),
        question,
        part,
        text,
        file: source.shown.clone(),
        line: draft.line,
        waiting: body.waiting,
    }
}

/// The tags of a table's row.
fn front_matter(tags: &[String]) -> String {
    if tags.is_empty() {
        return String::new();
    }
    let tags: Vec<toml::Value> = tags.iter().map(|tag| tag.clone().into()).collect();
    format!("+++\ntags = {}\n+++\n\n", toml::Value::Array(tags))
}
