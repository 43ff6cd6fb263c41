//! What depends on every other byte of a page: its policy, and where its manifest and the worker for offline reading are.

use lol_html::html_content::ContentType;
use qabook_support::{Diagnostic, Rule};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::policy::Needs;
use super::rewriting::{Occurs, Rewriting};
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

/// What a page may neither run nor load.
const POLICY: Rule = Rule::error("policy");

/// How pages are sealed.
pub(super) struct Seal {
    pub(super) audience: Audience,
    /// The file of the icon for iOS.
    pub(super) apple_icon: Option<String>,
}

/// A sealed page.
pub(super) struct Sealed {
    pub(super) html: String,
    /// The style sheets and scripts that it loads.
    pub(super) assets: BTreeSet<PathBuf>,
}

impl Seal {
    /// Seals the page `html`, which nothing may change afterwards.
    /// Errors: What it holds that its policy refuses, without a place.
    pub(super) fn page(&self, file: &str, html: &str) -> Result<Sealed, Vec<Diagnostic>> {
        let mut rewriting = Rewriting::default();
        let needs = Needs::gather(&mut rewriting);
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
        let needs = needs.take();
        let refused: Vec<Diagnostic> = needs.refused().map(refused).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        let Some((head, rest)) = needs.place().and_then(|place| rewritten.split_at_checked(place)) else {
            return Err(vec![self::refused("the page has no `<meta charset>`, after which its policy goes")]);
        };
        let tags = tags(&needs.policy(), &up, self.audience);
        Ok(Sealed { html: format!("{head}{tags}{rest}"), assets: assets.take() })
    }
}

fn refused(message: &str) -> Diagnostic {
    let hint = "a page runs no script of the text and loads nothing from elsewhere (its Content-Security-Policy): \
                put scripts into `additional-js`, and files into `src/`";
    POLICY.broken(message, hint)
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
