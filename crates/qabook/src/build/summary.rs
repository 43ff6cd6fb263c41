//! What SUMMARY.md lists, line by line: chapters that mdBook doesn't take from it, and those that share a page or can have none.

use mdbook_driver::config::Config;
use mdbook_summary::Link;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Rule};
use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::text::SOURCE;

/// A page that is made in the place of a chapter.
const MADE: Rule = Rule::error("made-page");

/// What mdBook writes into links as it is, though it means something else there (<https://url.spec.whatwg.org/#url-parsing>).
const NOT_IN_LINKS: [char; 4] = ['#', '?', '%', '\\'];

/// A link of SUMMARY.md.
#[derive(Debug)]
pub(super) struct Listed {
    name: String,
    /// The chapter's file; a draft has none.
    pub(super) location: Option<PathBuf>,
    pub(super) line: usize,
}

/// The links in `text`, that of SUMMARY.md, as mdBook reads them; those to other hosts are none.
pub(super) fn listed(text: &str) -> Vec<Listed> {
    let mut links: Vec<Listed> = Vec::new();
    let mut is_inside = false;
    for (event, span) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let location = dest_url.replace("%20", " ");
                let line = 1 + text.get(..span.start).unwrap_or_default().matches('\n').count();
                let location = Some(PathBuf::from(location)).filter(|location| !location.as_os_str().is_empty());
                links.push(Listed { name: String::new(), location, line });
                is_inside = true;
            }
            Event::End(TagEnd::Link) => is_inside = false,
            Event::Text(part) | Event::Code(part) if is_inside => add(&mut links, &part),
            Event::SoftBreak if is_inside => add(&mut links, " "),
            _ => {}
        }
    }
    links.retain(|link| link.location.as_ref().is_none_or(|location| !is_elsewhere(&slashed(location))));
    links
}

fn add(links: &mut [Listed], part: &str) {
    if let Some(link) = links.last_mut() {
        link.name.push_str(part);
    }
}

/// Whether `location` is an address, such as one on another host.
fn is_elsewhere(location: &str) -> bool {
    location.contains("://") || location.starts_with("mailto:")
}

/// Those of the links `listed` that are not among `taken`, the chapters of the book that mdBook reads.
pub(super) fn lost(listed: &[Listed], taken: &[&Link]) -> Vec<Diagnostic> {
    let names = |link: &Link| link.location.is_none().then(|| link.name.clone());
    let drafts: HashSet<String> = taken.iter().filter_map(|link| names(link)).collect();
    let locations: HashSet<&Path> = taken.iter().filter_map(|link| link.location.as_deref()).collect();
    let is_lost = |link: &&Listed| match &link.location {
        Some(location) => !locations.contains(location.as_path()),
        None => !drafts.contains(&link.name),
    };
    let problem = |link: &Listed| {
        let what = link.location.as_ref().map_or_else(|| link.name.clone(), |location| slashed(location));
        let message = format!("the link to `{what}` is where mdBook takes no chapter from");
        let hint = "write it on a line of its own that begins as those of its list do, with `- `";
        SOURCE.broken(message, hint).on_line(link.line)
    };
    listed.iter().filter(is_lost).map(problem).collect()
}

/// The chapters `listed` whose pages take each other's place or that of one that the build makes, by the settings `config`; the
/// files are in `src`.
pub(super) fn clashes(listed: &[Listed], src: &Path, config: &Config) -> Vec<Diagnostic> {
    let ignores_case =
        listed.iter().filter_map(|link| link.location.as_ref()).any(|path| ignores_case(&src.join(path)));
    let mut pages: BTreeMap<String, &Listed> = BTreeMap::new();
    let mut problems = Vec::new();
    for link in listed {
        let Some(location) = &link.location else { continue };
        let page = page(location);
        if makes(config, &page, location) {
            let message =
                format!("the build makes {page} itself, and would make the page of `{}` there", slashed(location));
            problems.push(MADE.broken(message, "give the file another name").on_line(link.line));
        }
        let place = if ignores_case { page.to_lowercase() } else { page.clone() };
        match pages.get(&place) {
            Some(first) => problems.push(shared(first, link, location, &page)),
            None => drop(pages.insert(place, link)),
        }
    }
    problems
}

/// Two chapters of one page.
fn shared(first: &Listed, link: &Listed, location: &Path, page: &str) -> Diagnostic {
    let (name, at) = (slashed(location), first.line);
    let problem = if first.location.as_deref() == Some(location) {
        let message = format!("the chapter `{name}` is listed twice, first on line {at}");
        SOURCE.broken(message, "delete one of the two: a chapter has one place")
    } else {
        let other = first.location.as_deref().map(slashed).unwrap_or_default();
        let message = format!("the chapters `{other}` (line {at}) and `{name}` make the same page, {page}");
        SOURCE.broken(message, "give one of the two files another name")
    };
    problem.on_line(link.line)
}

/// The file of the site that the chapter in the file `location` is shown on.
fn page(location: &Path) -> String {
    let normal = location.components().filter(|part| matches!(part, Component::Normal(_)));
    let path: PathBuf = normal.collect();
    // mdBook makes the index of its folder of a README.
    let is_readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    slashed(&if is_readme { path.with_file_name("index.html") } else { path.with_extension("html") })
}

/// Whether mdBook makes `page` whatever the chapters are, and not of the file `location`.
fn makes(config: &Config, page: &str, location: &Path) -> bool {
    let html = config.html_config().unwrap_or_default();
    let missing = html.get_404_output_file();
    let text = html.input_404.unwrap_or_else(|| "404.md".into());
    ["print.html", "toc.html"].contains(&page) || !text.is_empty() && page == missing && location != Path::new(&text)
}

/// Whether `file` has another spelling, which differs by case alone.
fn ignores_case(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let swapped = if name.chars().any(char::is_uppercase) { name.to_lowercase() } else { name.to_uppercase() };
    swapped != name && same_file::is_same_file(file, file.with_file_name(swapped)).unwrap_or(false)
}

/// What is wrong with the name of the chapter in the file `location`, of which links are made.
pub(super) fn unlinkable(location: &Path) -> Option<Diagnostic> {
    let name = location.to_string_lossy();
    // There it stands between folders.
    let is_written = |character: char| name.contains(character) && !(cfg!(windows) && character == '\\');
    let found = NOT_IN_LINKS.into_iter().filter(|character| is_written(*character));
    let found: Vec<String> = found.chain(begins_with_scheme(&name).then_some(':')).map(|c| format!("`{c}`")).collect();
    (!found.is_empty()).then(|| {
        let message = format!("no link leads to the chapter `{name}`: its name has {}", found.join(" and "));
        SOURCE.broken(message, "rename the file or folder, here and on the disk")
    })
}

/// Whether `name`, as a link, would be an address with a scheme, such as `Q1:a.md`.
fn begins_with_scheme(name: &str) -> bool {
    name.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The pages of the chapters of a book.
pub(super) struct Pages<'a> {
    config: &'a Config,
    taken: HashSet<String>,
}

impl<'a> Pages<'a> {
    /// Those of a book with the settings `config`, as long as no chapter is known.
    pub(super) fn new(config: &'a Config) -> Self {
        Self { config, taken: HashSet::new() }
    }

    /// Gives the chapter in the file `location` its page; false when it can have none of its own, or no link leads to it.
    pub(super) fn give(&mut self, location: &Path) -> bool {
        let page = page(location);
        unlinkable(location).is_none() && !makes(self.config, &page, location) && self.taken.insert(page)
    }
}
