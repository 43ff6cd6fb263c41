//! `SUMMARY.md`.

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Tag};
use qabook_support::{markdown, path};
use std::collections::HashSet;

use super::manifest::Entry;
use crate::plain::escape;
use crate::plan::Plan;

/// The table of contents of `plan`, with chapters of questions that are `gone` from the list at the end of their parts.
pub(super) fn summary(plan: &Plan, gone: &[(&String, &Entry)]) -> String {
    let mut out = format!("# Summary\n\n[{}](README.md)\n", escape(&plan.title));
    let mut parts: Vec<&Option<String>> = Vec::new();
    for chapter in &plan.chapters {
        if parts.last() != Some(&&chapter.part) {
            parts.push(&chapter.part);
        }
    }
    for (_, entry) in gone.iter().filter(|(_, entry)| !parts.contains(&&entry.part)).collect::<Vec<_>>() {
        if !parts.contains(&&entry.part) {
            parts.push(&entry.part);
        }
    }
    for part in parts {
        out.push('\n');
        if let Some(part) = part {
            out.push_str(&format!("# {}\n\n", escape(part)));
        }
        let chapters = plan.chapters.iter().filter(|chapter| chapter.part == *part);
        let chapters = chapters.map(|chapter| (&chapter.question, &chapter.path));
        let gone = gone.iter().filter(|(_, entry)| entry.part == *part).map(|(path, entry)| (&entry.question, *path));
        for (question, path) in chapters.chain(gone) {
            out.push_str(&line(question, path));
            out.push('\n');
        }
    }
    out
}

/// The line of a chapter.
fn line(question: &str, path: &str) -> String {
    format!("- [{}]({path})", escape(question))
}

/// The lines of the chapters of `plan` that `own`, the author's table of contents, has not, below the titles of their parts.
pub(super) fn unlisted(plan: &Plan, own: &str) -> Vec<String> {
    let listed: HashSet<String> = markdown::parse(own)
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url),
            _ => None,
        })
        .map(|link| path::joined("", &percent_decode_str(&link).decode_utf8_lossy()))
        .collect();
    let mut lines = Vec::new();
    let mut part = &None;
    for chapter in plan.chapters.iter().filter(|chapter| !listed.contains(&chapter.path)) {
        if let Some(title) = chapter.part.as_ref().filter(|_| chapter.part != *part) {
            lines.push(format!("# {}", escape(title)));
        }
        part = &chapter.part;
        lines.push(line(&chapter.question, &chapter.path));
    }
    lines
}
