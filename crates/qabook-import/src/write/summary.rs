//! `src/SUMMARY.md`.

use super::manifest::Entry;
use crate::plain::escape;
use crate::plan::Plan;

/// The table of contents of `plan`, with chapters of questions that are `gone` from the list at the end of their parts.
pub(super) fn summary(plan: &Plan, gone: &[(String, Entry)]) -> String {
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
        let gone = gone.iter().filter(|(_, entry)| entry.part == *part).map(|(path, entry)| (&entry.question, path));
        for (question, path) in chapters.chain(gone) {
            out.push_str(&format!("- [{}]({path})\n", escape(question)));
        }
    }
    out
}
