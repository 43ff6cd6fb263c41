//! What depends on every other byte of a page: its policy, and where its manifest and the worker for offline reading are.

use lol_html::html_content::ContentType;
use qabook_support::{Diagnostic, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::grants::{BookGrants, POLICY};
use super::policy::{Needs, text_of};
use super::rewriting::{Occurs, Rewriting};
use super::text_guard::{self, Refused};
use super::text_places::Places;
use super::{manifest, offline, weight};

/// Who a site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Readers: browsers keep the book for reading offline.
    #[default]
    Readers,
    /// Its author, while writing: nothing is kept, since any page may change at any moment.
    Author,
}

/// How pages are sealed.
#[derive(Debug)]
pub(super) struct Seal {
    /// Who reads them; pages for nobody are only looked at.
    pub(super) audience: Option<Audience>,
    /// The file of the icon for iOS.
    pub(super) apple_icon: Option<String>,
    /// What the book's settings let pages run and load.
    pub(super) grants: BookGrants,
    pub(super) origins: Origins,
}

/// Where what is on a page comes from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// The chapter of each page, on disk.
    pub(super) chapters: BTreeMap<String, PathBuf>,
    /// The templates that are the author's own.
    pub(super) templates: Vec<PathBuf>,
}

impl Origins {
    /// The number of chapters that are written.
    pub(super) fn written(&self) -> usize {
        self.chapters.values().collect::<BTreeSet<_>>().len()
    }

    /// The author's own template of whole pages.
    pub(super) fn frame(&self) -> Option<&PathBuf> {
        self.templates.iter().find(|path| path.ends_with("index.hbs"))
    }
}

/// A sealed page.
pub(super) struct Sealed {
    pub(super) html: String,
    /// The style sheets and scripts that it loads.
    pub(super) assets: BTreeSet<PathBuf>,
}

impl Seal {
    /// Seals the page `html`, which nothing may change afterwards.
    /// Errors: What it holds that its policy refuses; without a place where that can't be told.
    pub(super) fn page(&self, file: &str, html: &str) -> Result<Sealed, Vec<Diagnostic>> {
        let mut rewriting = Rewriting::default();
        let needs = Needs::gather(file, html, &self.grants, &mut rewriting);
        let assets = weight::gather(Path::new(file), &mut rewriting);
        name_files_of_folders(&mut rewriting);
        let up = "../".repeat(file.matches('/').count());
        if let Some(icon) = &self.apple_icon {
            // At the end: a `<base>` must be before every link.
            let link = format!("<link rel=\"apple-touch-icon\" href=\"{up}{icon}\">\n");
            rewriting.element("head", Occurs::Freely, move |head| {
                head.append(&link, ContentType::Html);
                Ok(())
            });
        }
        let rewritten = rewriting.run(html)?;
        let needs = needs.borrow();
        let refused = self.refused(file, html, &needs);
        if !refused.is_empty() {
            return Err(refused);
        }
        let Some((head, rest)) = needs.place().and_then(|place| rewritten.split_at_checked(place)) else {
            let hint = "keep the `<meta charset>` of mdBook's template in theme/index.hbs";
            return Err(vec![POLICY.broken("the page has no `<meta charset>`, after which its policy goes", hint)]);
        };
        let tags = tags(&needs.policy(), &up, self.audience.unwrap_or_default());
        Ok(Sealed { html: format!("{head}{tags}{rest}"), assets: assets.take() })
    }

    /// The scripts in the text of the page `html`, which would stop a build. What it loads from other hosts, `check` finds by
    /// itself.
    pub(super) fn scripts(&self, file: &str, html: &str) -> Vec<Diagnostic> {
        if !self.origins.chapters.contains_key(file) {
            // Pages that are made repeat what chapters say.
            return Vec::new();
        }
        let loads = |_: &str, _: bool| true;
        self.located(
            file,
            &text_guard::refused(&html[text_of(html)], &self.grants.of_text(file, &loads)),
            &BTreeSet::new(),
        )
    }

    /// What the page `html` holds that its policy would refuse, with its place in the sources where that is found.
    fn refused(&self, file: &str, html: &str, needs: &Needs<'_>) -> Vec<Diagnostic> {
        let loads = |address: &str, is_script: bool| self.grants.loads(address, is_script);
        let grants = self.grants.of_text(file, &loads);
        self.located(file, &text_guard::refused(&html[text_of(html)], &grants), needs.refused())
    }

    /// What was refused in the text of the page `file` and in its template, with its places. What is in none of the author's
    /// files has the chapter's, or no place where it isn't of the text.
    fn located(&self, file: &str, in_text: &BTreeSet<Refused>, in_template: &BTreeSet<Refused>) -> Vec<Diagnostic> {
        if in_text.is_empty() && in_template.is_empty() {
            return Vec::new();
        }
        let loads = |address: &str, is_script: bool| self.grants.loads(address, is_script);
        let grants = self.grants.of_text(file, &loads);
        let chapter = self.origins.chapters.get(file);
        let of_chapter = |path: &PathBuf| Some((path.clone(), Places::of_chapter(&text_of_file(path)?, &grants)));
        let of_template = |path: &PathBuf| Some((path.clone(), Places::of_template(&text_of_file(path)?, &grants)));
        let chapters: Vec<_> = chapter.and_then(of_chapter).into_iter().collect();
        let templates: Vec<_> = self.origins.templates.iter().filter_map(of_template).collect();
        let mut found = Vec::new();
        for refused in in_text {
            let placed = [&chapters, &templates].map(|sources| placed(refused, sources));
            let first = placed.into_iter().find(|placed| !placed.is_empty());
            found.extend(first.unwrap_or_else(|| match chapter {
                Some(path) => vec![problem(refused).in_file(shown(path))],
                None => vec![problem(refused)],
            }));
        }
        for refused in in_template {
            let placed = placed(refused, &templates);
            found.extend(if placed.is_empty() { vec![problem(refused)] } else { placed });
        }
        found
    }
}

/// The problem that `refused` is, at each of its places in `sources`.
fn placed(refused: &Refused, sources: &[(PathBuf, Places)]) -> Vec<Diagnostic> {
    let problem = problem(refused);
    let in_source = |(path, places): &(PathBuf, Places)| {
        let on_line = |line| problem.clone().in_file(shown(path)).on_line(line);
        places.lines(refused).into_iter().map(on_line).collect::<Vec<_>>()
    };
    sources.iter().flat_map(in_source).collect()
}

fn text_of_file(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The problem that `refused` is.
fn problem(refused: &Refused) -> Diagnostic {
    let hint = if refused.is_load {
        "put the file into `src/`, or allow the address by [[other-host]] in check.toml"
    } else {
        "a page runs no script of its text: put scripts into `additional-js`, or allow the page's own by [[text-script]] in \
         check.toml; a sample is inline code"
    };
    POLICY.broken(refused.message.as_str(), hint)
}

/// A server shows the `index.html` of a folder; a book that was opened as a file has no server.
fn name_files_of_folders(rewriting: &mut Rewriting<'_>) {
    rewriting.element("a[href]", Occurs::Freely, |link| {
        let href = link.get_attribute("href").unwrap_or_default();
        let (path, rest) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
        let relative = !path.starts_with('/') && !path.contains(':');
        let folder = path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | ".."));
        if relative && folder {
            link.set_attribute("href", &format!("{}/index.html{rest}", path.trim_end_matches('/')))?;
        }
        Ok(())
    });
}

/// What is added to the head of a page. A script links the manifest and starts the worker: of a book that was opened as a
/// file, a browser would refuse both with an error.
fn tags(policy: &str, up: &str, audience: Audience) -> String {
    let mut tags = vec![
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
        // No site that a link leads to learns what the reader was reading.
        "<meta name=\"referrer\" content=\"no-referrer\">".into(),
        format!("<meta name=\"qabook:manifest\" content=\"{up}{}\">", manifest::FILE),
    ];
    if audience == Audience::Readers {
        tags.push(format!("<meta name=\"qabook:worker\" content=\"{up}{}\">", offline::FILE));
    }
    tags.iter().map(|tag| format!("\n        {tag}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_files_of_folders(page: &str) -> String {
        let mut rewriting = Rewriting::default();
        name_files_of_folders(&mut rewriting);
        rewriting.run(page).unwrap()
    }

    #[test]
    fn links_to_folders_name_the_file() {
        for (href, named) in [
            ("../network/", "../network/index.html"),
            ("network/#list", "network/index.html#list"),
            ("network/?search=a", "network/index.html?search=a"),
            ("./", "./index.html"),
            ("..", "../index.html"),
        ] {
            let page = with_files_of_folders(&format!("<a href=\"{href}\">x</a>"));
            assert_eq!(page, format!("<a href=\"{named}\">x</a>"));
        }
    }

    #[test]
    fn other_links_stay() {
        for href in ["a.html", "", "#a/", "?a=/", "https://a.example/", "/elsewhere/", "mailto:a@b.example"] {
            let page = format!("<a href=\"{href}\">x</a>");
            assert_eq!(with_files_of_folders(&page), page);
        }
    }

    #[test]
    fn the_worker_is_for_readers() {
        assert!(tags("", "../", Audience::Readers).contains("name=\"qabook:worker\" content=\"../sw.js\""));
        assert!(!tags("", "../", Audience::Author).contains("worker"));
    }
}
