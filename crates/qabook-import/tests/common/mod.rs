//! What tests of whole lists share.
#![allow(dead_code)]

use pulldown_cmark::Event;
use qabook_import::{Drawing, Lists, Options, Plan, Told, plan, read};
use qabook_support::markdown;
use std::collections::BTreeMap;
use std::path::Path;

/// Draws every formula and every diagram.
pub(crate) struct Trusting;

impl Drawing for Trusting {
    fn formula(&self, _: &str, _: bool) -> bool {
        true
    }

    fn diagram(&self, _: &str) -> bool {
        true
    }
}

/// The plan for the list at `path`.
pub(crate) fn planned(path: &Path, options: &Options) -> Result<(Lists, Plan), String> {
    let lists = read(&[path.into()]).map_err(|problems| problems.to_string())?;
    let plan = plan(&lists, options, &Trusting).map_err(|problems| problems.to_string())?;
    Ok((lists, plan))
}

/// How often each word is in Markdown: what readers see, without marks, tags and addresses; an ideograph is a word.
pub(crate) fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for text in texts {
        let mut seen = String::new();
        for (event, _) in markdown::parse(text) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                // Code stands apart from the words beside it.
                Event::Code(text) => seen.push_str(&format!(" {text} ")),
                Event::Html(html) | Event::InlineHtml(html) => seen.push_str(&without_tags(&html)),
                Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => seen.push(' '),
                _ => {}
            }
        }
        for word in seen.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let is_ideograph = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
            for ideograph in word.chars().filter(|c| is_ideograph(*c)) {
                *words.entry(ideograph.to_string()).or_insert(0) += 1;
            }
            for word in word.split(is_ideograph).filter(|word| !word.is_empty()) {
                *words.entry(word.to_string()).or_insert(0) += 1;
            }
        }
    }
    words
}

/// `html` without its tags; its text stays.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else { return text };
        text.push(' ');
        rest = &rest[open + close + 1..];
    }
    text + rest
}

/// Words of `lists` that are neither in the pages of `plan` nor left out by rule; numbers don't count.
pub(crate) fn lost(lists: &Lists, plan: &Plan) -> Vec<String> {
    let mut left = pages(plan);
    let left_out = words(plan.left_out.iter().map(String::as_str));
    for (word, count) in left_out {
        *left.entry(word).or_insert(0) += count;
    }
    let wanted = words(lists.sources.iter().map(|source| source.text.as_str()));
    missing(&wanted, &left)
}

/// Words of the pages of `plan` that are not in `lists`, and that no note says were added.
pub(crate) fn added(lists: &Lists, plan: &Plan) -> Vec<String> {
    let mut allowed = words(lists.sources.iter().map(|source| source.text.as_str()));
    let said =
        plan.notes.iter().filter(|note| matches!(note.what, Told::AltText | Told::DiagramTitle | Told::Footnote));
    for (word, count) in words(said.map(|note| note.detail.as_str())) {
        *allowed.entry(word).or_insert(0) += count;
    }
    // Tags that are shown.
    let tags = plan.notes.iter().filter(|note| note.what == Told::Tag).map(|note| note.detail.replace('<', " "));
    for (word, count) in words(tags.collect::<Vec<_>>().iter().map(String::as_str)) {
        *allowed.entry(word).or_insert(0) += count;
    }
    // Titles that are names of files, and of parts whose introductions are on the home page, too.
    for (word, count) in pages(&Plan { chapters: headed(plan), home: plan.title.clone(), ..Plan::default() }) {
        *allowed.entry(word).or_insert(0) += count;
    }
    // The directive of the home page.
    *allowed.entry("questions".into()).or_insert(0) += 1;
    missing(&pages(plan), &allowed)
}

/// A chapter without text for each of `plan`.
fn headed(plan: &Plan) -> Vec<qabook_import::Chapter> {
    plan.chapters.iter().map(|chapter| qabook_import::Chapter { text: String::new(), ..chapter.clone() }).collect()
}

/// The words of all pages, and of the parts' titles.
fn pages(plan: &Plan) -> BTreeMap<String, usize> {
    let mut parts: Vec<&str> = Vec::new();
    for chapter in &plan.chapters {
        let part = chapter.part.as_deref().unwrap_or_default();
        if parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    words(plan.chapters.iter().map(|chapter| chapter.text.as_str()).chain([plan.home.as_str()]).chain(parts))
}

fn missing(wanted: &BTreeMap<String, usize>, there: &BTreeMap<String, usize>) -> Vec<String> {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    wanted
        .iter()
        .filter(|(word, count)| !is_number(word) && there.get(*word).copied().unwrap_or(0) < **count)
        .map(|(word, count)| format!("{word}: {} of {count}", there.get(word).copied().unwrap_or(0)))
        .collect()
}
