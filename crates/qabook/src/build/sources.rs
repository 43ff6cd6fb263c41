//! What can be wrong with a book's files before any preprocessor sees them.
//!
//! mdBook stops at the first such problem, without a line, or (a missing include) only logs it and builds on.

use mdbook_driver::config::Config;
use mdbook_summary::{Link, Summary, SummaryItem, parse_summary};
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Diagnostics, shown};
use std::fs;
use std::path::{Path, PathBuf};

use super::text::{SOURCE, Unreadable, read_text};
use super::{includes, inside};

/// Templates of the theme by the names that they had, with those that they have.
const RENAMED: [(&str, &str); 1] = [("card.svg", "share-image.svg")];

/// Checks `SUMMARY.md`, every chapter that it names, and what they include.
/// Errors: All problems found.
pub(crate) fn check(root: &Path, config: &Config) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    let settings = fs::read_to_string(root.join("book.toml")).unwrap_or_default();
    problems.extend(inside::check_settings(&settings, config));
    problems.extend(renamed(root, config));
    match check_chapters(&shown(&root.join(&config.book.src))) {
        Ok(found) => problems.extend(found),
        Err(problem) => problems.push(problem),
    }
    problems.into_result(())
}

/// The problems of the chapters in the folder `src`, or that of their list.
fn check_chapters(src: &Path) -> Result<Diagnostics, Diagnostic> {
    let summary_path = src.join("SUMMARY.md");
    let text = read_text(&summary_path).map_err(|reason| {
        let hint = "a book's chapters are listed there";
        SOURCE.broken(reason.message, hint).in_file(&summary_path).on_line(reason.line)
    })?;
    let summary = parse_summary(&text).map_err(|error| {
        let hint = "see https://rust-lang.github.io/mdBook/format/summary.html";
        SOURCE.broken(format!("{error:#}"), hint).in_file(&summary_path)
    })?;
    let mut problems = Diagnostics::default();
    let line_of = |location: &Path| {
        let name = slashed(location);
        text.lines().position(|line| line.contains(&name)).map(|index| index + 1)
    };
    if links(&summary).iter().all(|link| link.location.is_none()) {
        let hint = "list one: `- [title](file.md)`";
        problems.push(SOURCE.broken("it lists no chapter that is written", hint).in_file(&summary_path));
    }
    for link in links(&summary) {
        let Some(location) = &link.location else { continue };
        if let Some(problem) = inside::check_chapter(location) {
            problems.push(problem.in_file(&summary_path).on_line(line_of(location)));
            continue;
        }
        let path = src.join(location);
        match read_text(&path) {
            Ok(content) => problems.extend(includes::check(&path, &content)),
            Err(Unreadable { missing: true, .. }) => {
                let message = format!("the chapter `{}` does not exist", slashed(location));
                let hint = "write it, or make it a draft: `[title]()`";
                problems.push(SOURCE.broken(message, hint).in_file(&summary_path).on_line(line_of(location)));
            }
            Err(reason) => {
                let problem = SOURCE.broken(reason.message, "save the file as UTF-8 text");
                problems.push(problem.in_file(&path).on_line(reason.line));
            }
        }
    }
    Ok(problems)
}

/// The book's summary, with a draft in the place of each chapter that can't be read; `None` when it can't be read itself.
pub(crate) fn readable_summary(root: &Path, config: &Config) -> Option<Summary> {
    let src = root.join(&config.book.src);
    let mut summary = parse_summary(&read_text(&src.join("SUMMARY.md")).ok()?).ok()?;
    for items in [&mut summary.prefix_chapters, &mut summary.numbered_chapters, &mut summary.suffix_chapters] {
        make_drafts(items, &src);
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

fn make_drafts(items: &mut [SummaryItem], src: &Path) {
    for item in items {
        if let SummaryItem::Link(link) = item {
            let unusable = |location: &mut PathBuf| {
                let path = src.join(&*location);
                inside::leads_out(location) || read_text(&path).map_or(true, |text| includes::is_endless(&path, &text))
            };
            link.location.take_if(unusable);
            make_drafts(&mut link.nested_items, src);
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
