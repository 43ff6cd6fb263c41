//! Footnotes: each page has those that it refers to, and no others.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown;
use qabook_support::splice::Splice;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::text::stretches;
use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::plain::collapse;
use crate::told::Told;

static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\^([^\]\s]+)\]").ok());

/// `text` with the footnotes of the list that it refers to and that were elsewhere, without those that other pages refer to,
/// and with what only looks like a reference escaped.
pub(super) fn rewrite(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    if !text.text.contains("[^") {
        return text.clone();
    }
    let here = definitions(&text.text);
    let is_in_definition = |at: usize| here.values().any(|span| span.contains(&at));
    let references = references(&text.text);
    let outside = references.iter().filter(|(_, place)| !is_in_definition(place.start)).map(|(label, _)| label.clone());
    let wanted = with_their_own(outside.collect(), |label| match here.get(label) {
        Some(span) => Some(&text.text[span.clone()]),
        None => pass.context.footnotes.get(label).map(String::as_str),
    });
    let mut splices = Vec::new();
    for span in here.iter().filter(|(label, _)| !wanted.contains(*label)).map(|(_, span)| span) {
        pass.leave_out(Told::FootnoteLeftOut, text, span.clone());
        splices.push(Splice { span: span.clone(), text: String::new() });
    }
    let is_gone = |at: usize| splices.iter().any(|gone: &Splice| gone.span.contains(&at));
    let is_known = |label: &String| here.contains_key(label) || pass.context.footnotes.contains_key(label);
    let loose: Vec<_> = references
        .iter()
        .filter(|(label, place)| !is_known(label) && !is_gone(place.start))
        .map(|(_, place)| place)
        .collect();
    for place in loose {
        pass.notes.add(Told::Escaped, text.line(place.start), excerpt(&text.text[place.clone()]));
        splices.push(Splice { span: place.start..place.start, text: "\\".into() });
    }
    let mut added = String::new();
    for label in wanted.iter().filter(|label| !here.contains_key(*label)) {
        if let Some(footnote) = pass.context.footnotes.get(label) {
            pass.notes.add(Told::Footnote, text.line(0), collapse(footnote));
            added.push_str(&format!("\n\n{}", footnote.trim_end()));
        }
    }
    let text = text.spliced(splices);
    let end = text.text.trim_end().len();
    text.spliced(if added.is_empty() { Vec::new() } else { vec![Splice { span: end..text.text.len(), text: added }] })
}

/// The footnotes that `source` defines.
fn definitions(source: &str) -> BTreeMap<String, Range<usize>> {
    let found = markdown::parse(source).filter_map(|(event, span)| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some((label.to_string(), span)),
        _ => None,
    });
    // Of two of one name pages show the first.
    found.fold(BTreeMap::new(), |mut all, (label, span)| {
        all.entry(label).or_insert(span);
        all
    })
}

/// What looks like a reference to a footnote in the text of `source`, with its label, in order.
fn references(source: &str) -> Vec<(String, Range<usize>)> {
    let defined = markdown::parse(source).filter_map(|(event, span)| match event {
        Event::FootnoteReference(label) => Some((label.to_string(), span)),
        _ => None,
    });
    let mut found: Vec<_> = defined.collect();
    for stretch in stretches(source) {
        for captures in REFERENCE.iter().flat_map(|reference| reference.captures_iter(&source[stretch.clone()])) {
            let (Some(whole), Some(label)) = (captures.get(0), captures.get(1)) else { continue };
            let place = stretch.start + whole.start()..stretch.start + whole.end();
            let is_escaped = source[..place.start].ends_with('\\');
            found.extend((!is_escaped).then(|| (label.as_str().to_string(), place)));
        }
    }
    found
}

/// `labels` and those that their footnotes refer to.
fn with_their_own<'a>(labels: BTreeSet<String>, text: impl Fn(&str) -> Option<&'a str>) -> BTreeSet<String> {
    let mut all = labels.clone();
    let mut next: Vec<String> = labels.into_iter().collect();
    while let Some(label) = next.pop() {
        for (label, _) in text(&label).map(references).unwrap_or_default() {
            if all.insert(label.clone()) {
                next.push(label);
            }
        }
    }
    all
}
