//! What the book asks its readers is what its chapters hold, and all of it.

use anyhow::{Context, Result};
use qabook_support::testing::Test;
use qabook_support::tests;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{root, site};

pub(crate) const TESTS: &[Test] = tests![everything_that_the_chapters_hold_is_asked, every_card_has_an_id_of_its_own];

/// The chapters with front matter, as they are written.
fn questions() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for part in fs::read_dir(root().join("src"))?.map(|part| part.map(|part| part.path())) {
        let part = part?;
        if part.is_dir() {
            for chapter in fs::read_dir(part)? {
                found.push(fs::read_to_string(chapter?.path())?);
            }
        }
    }
    found.retain(|text| text.starts_with("+++\n"));
    Ok(found)
}

/// The lines of the section whose heading has the id `id`.
fn section<'a>(chapter: &'a str, id: &str) -> Vec<&'a str> {
    let lines = chapter.lines().skip_while(|line| !line.starts_with("## ") || !line.ends_with(&format!("{{#{id}}}")));
    lines.skip(1).take_while(|line| !line.starts_with("## ")).collect()
}

/// The ids of the cards of a page.
fn cards(site: &Path, page: &str) -> Result<Vec<String>> {
    let html = fs::read_to_string(site.join(page)).context(page.to_string())?;
    let ids = html.split(" data-card=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    Ok(ids.map(|(id, _)| id.to_string()).collect())
}

fn everything_that_the_chapters_hold_is_asked() {
    let chapters = questions().unwrap();
    let lines = |id: &str, starts: &[&str]| {
        let is_one = |line: &&str| starts.iter().any(|start| line.starts_with(start));
        chapters.iter().map(|chapter| section(chapter, id).into_iter().filter(is_one).count()).sum::<usize>()
    };
    let embedded = |name: &str| {
        let names = [format!("snippet={name}"), format!("{{{{#snippet {name}")];
        let is_end = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let home = fs::read_to_string(root().join("src/README.md")).unwrap();
        let guide = fs::read_to_string(root().join("src/guide.md")).unwrap();
        chapters.iter().chain([&home, &guide]).any(|chapter| {
            names
                .iter()
                .any(|name| chapter.match_indices(name.as_str()).any(|(at, _)| is_end(&chapter[at + name.len()..])))
        })
    };
    let programs =
        ["examples", "compile-fail"].iter().flat_map(|kind| fs::read_dir(root().join("snippets").join(kind)).unwrap());
    let programs = programs.map(|program| program.unwrap()).filter(|program| program.path().is_dir());
    let programs = programs.filter(|program| embedded(&program.file_name().to_string_lossy())).count();
    for (page, count) in [
        ("review.html", chapters.len()),
        ("statements.html", lines("errata", &["- **误**", "- **不准确**", "- **不完整**"])),
        ("follow-ups.html", lines("follow-up", &["### "])),
        ("outputs.html", programs),
    ] {
        assert!(count > 0, "{page}");
        assert_eq!(cards(&site(), page).unwrap().len(), count, "{page}");
    }
}

fn every_card_has_an_id_of_its_own() {
    let pages = ["review.html", "statements.html", "follow-ups.html", "outputs.html"];
    let all: Vec<String> = pages.iter().flat_map(|page| cards(&site(), page).unwrap()).collect();
    let different: BTreeSet<&String> = all.iter().collect();
    assert_eq!(all.len(), different.len());
}
