//! What can be wrong with a book's files before any preprocessor sees them.
//!
//! mdBook stops at the first such problem, without a line, or (a missing include) only logs it and builds on.

use mdbook_driver::config::Config;
use mdbook_summary::{Link, Summary, SummaryItem, parse_summary};
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Diagnostics, shown};
use std::fs;
use std::path::{Path, PathBuf};

use super::summary::Pages;
use super::text::{SOURCE, Unreadable, read_text};
use super::{includes, inside, summary};

/// Templates of the theme by the names that they had, with those that they have.
const RENAMED: [(&str, &str); 1] = [("card.svg", "share-image.svg")];

/// Checks `SUMMARY.md`, every chapter that it names, and what they include.
/// Errors: All problems found.
pub(crate) fn check(root: &Path, config: &Config) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    let settings = fs::read_to_string(root.join("book.toml")).unwrap_or_default();
    problems.extend(inside::check_settings(&settings, config));
    problems.extend(renamed(root, config));
    match check_chapters(&shown(&root.join(&config.book.src)), config) {
        Ok(found) => problems.extend(found),
        Err(problem) => problems.push(problem),
    }
    problems.into_result(())
}

/// The problems of the chapters in the folder `src`, or that of their list.
fn check_chapters(src: &Path, config: &Config) -> Result<Diagnostics, Diagnostic> {
    let summary_path = src.join("SUMMARY.md");
    let text = read_text(&summary_path).map_err(|reason| {
        let hint = "a book's chapters are listed there";
        SOURCE.broken(reason.message, hint).in_file(&summary_path).on_line(reason.line)
    })?;
    let listed = summary::listed(&text);
    let mut problems = Diagnostics::default();
    let mut in_summary: Vec<Diagnostic> = summary::clashes(&listed, src, config);
    match parse_summary(&text) {
        Ok(summary) => {
            let links = links(&summary);
            in_summary.extend(summary::lost(&listed, &links));
            if links.iter().all(|link| link.location.is_none()) {
                in_summary.push(SOURCE.broken("it lists no chapter that is written", "list one: `- [title](file.md)`"));
            }
            for location in links.iter().filter_map(|link| link.location.as_ref()) {
                let line = listed.iter().find(|link| link.location.as_ref() == Some(location)).map(|link| link.line);
                match check_chapter(src, location) {
                    Ok(found) => problems.extend(found),
                    Err(problem) => in_summary.push(problem.on_line(line)),
                }
            }
        }
        // Of the same file twice it says no line.
        Err(_) if !in_summary.is_empty() => {}
        Err(error) => {
            let hint = "see https://rust-lang.github.io/mdBook/format/summary.html";
            in_summary.push(SOURCE.broken(format!("{error:#}"), hint));
        }
    }
    in_summary.sort_by_key(|problem| problem.place.line);
    problems.extend(in_summary.into_iter().map(|problem| problem.in_file(&summary_path)));
    Ok(problems)
}

/// The problems of the chapter in the file `location` below `src`.
/// Errors: That of its place in SUMMARY.md.
fn check_chapter(src: &Path, location: &Path) -> Result<Vec<Diagnostic>, Diagnostic> {
    if let Some(problem) = inside::check_chapter(location) {
        return Err(problem);
    }
    let path = src.join(location);
    match read_text(&path) {
        Ok(content) => summary::unlinkable(location).map_or_else(|| Ok(includes::check(&path, &content)), Err),
        Err(Unreadable { missing: true, .. }) => {
            let message = format!("the chapter `{}` does not exist", slashed(location));
            Err(SOURCE.broken(message, "write it, or make it a draft: `[title]()`"))
        }
        Err(reason) => {
            let problem = SOURCE.broken(reason.message, "save the file as UTF-8 text");
            Ok(vec![problem.in_file(&path).on_line(reason.line)])
        }
    }
}

/// The book's summary, with a draft in the place of each chapter that can't be read or has no page of its own; `None` when it
/// can't be read itself.
pub(crate) fn readable_summary(root: &Path, config: &Config) -> Option<Summary> {
    let src = root.join(&config.book.src);
    let mut summary = parse_summary(&read_text(&src.join("SUMMARY.md")).ok()?).ok()?;
    let mut pages = Pages::new(config);
    for items in [&mut summary.prefix_chapters, &mut summary.numbered_chapters, &mut summary.suffix_chapters] {
        make_drafts(items, &src, &mut pages);
    }
    Some(summary)
}

/// A summary with the chapter alone whose file is `location`, as the book's own names it; `None` when that can't be read or
/// doesn't name it.
pub(super) fn summary_of_one(root: &Path, config: &Config, location: &Path) -> Option<Summary> {
    let summary = parse_summary(&read_text(&root.join(&config.book.src).join("SUMMARY.md")).ok()?).ok()?;
    let mut link = links(&summary).into_iter().find(|link| link.location.as_deref() == Some(location))?.clone();
    link.nested_items.clear();
    let mut alone = Summary::default();
    alone.numbered_chapters.push(SummaryItem::Link(link));
    Some(alone)
}

fn make_drafts(items: &mut [SummaryItem], src: &Path, pages: &mut Pages<'_>) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            let unusable = |location: &mut PathBuf| {
                let path = src.join(&*location);
                inside::leads_out(location)
                    || !pages.give(location)
                    || read_text(&path).map_or(true, |text| includes::is_endless(&path, &text))
            };
            link.location.take_if(unusable);
            make_drafts(&mut link.nested_items, src, pages);
        }
    }
}

/// The files of the chapters in `summary`, below the folder of the sources.
pub(super) fn locations(summary: &Summary) -> Vec<PathBuf> {
    links(summary).into_iter().filter_map(|link| link.location.clone()).collect()
}

fn links(summary: &Summary) -> Vec<&Link> {
    let mut links = Vec::new();
    for items in [&summary.prefix_chapters, &summary.numbered_chapters, &summary.suffix_chapters] {
        collect(items, &mut links);
    }
    links
}

fn collect<'a>(items: &'a [SummaryItem], links: &mut Vec<&'a Link>) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            links.push(link);
            collect(&link.nested_items, links);
        }
    }
}

/// Templates in the theme that nothing reads any more.
fn renamed(root: &Path, config: &Config) -> Vec<Diagnostic> {
    let templates = shown(&config.html_config().unwrap_or_default().theme_dir(root).join("templates"));
    let left = RENAMED.iter().map(|(old, new)| (templates.join(old), new)).filter(|(file, _)| file.exists());
    let problem = |(file, new): (PathBuf, &&str)| {
        let message = format!("the template has a new name, {new}: under this one nothing reads it");
        SOURCE.broken(message, format!("rename the file to {new}")).in_file(file)
    };
    left.map(problem).collect()
}
