//! What depends on the last byte of every page: its policy, and the copy for reading offline.

use anyhow::{Context, Result};
use lol_html::html_content::ContentType;
use mdbook_driver::config::Config;
use qabook_support::{Diagnostic, Diagnostics};
use rayon::prelude::*;
use std::fs;
use std::path::Path;

use super::policy::Needs;
use super::rewriting::{Mismatch, Occurs, Rewriting};
use super::{manifest, offline};

/// Who a site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Readers: browsers keep the book for reading offline.
    #[default]
    Readers,
    /// Its author, while writing: nothing is kept, since any page may change at any moment.
    Author,
}

/// Seals the finished site in the folder `site`, made of the book in `root`. Nothing may change a file of it afterwards.
///
/// # Errors
/// Pages that hold what their policy refuses, icons that can't be used, a file that can't be read or written.
pub fn seal(root: &Path, config: &Config, site: &Path, audience: Audience) -> Result<()> {
    let apple_icon = manifest::write(root, config, site)?;
    let pages = super::pages(site)?;
    let sealed = pages.par_iter().map(|page| seal_page(site, page, apple_icon.as_deref(), audience));
    let mut problems = Diagnostics::default();
    for found in sealed.collect::<Result<Vec<_>>>()? {
        problems.extend(found);
    }
    problems.into_result(())?;
    if audience == Audience::Readers {
        offline::write(root, config, site)?;
    }
    Ok(())
}

/// Rewrites one page, or returns what is wrong with it.
fn seal_page(site: &Path, path: &Path, apple_icon: Option<&str>, audience: Audience) -> Result<Vec<Diagnostic>> {
    let file = path.strip_prefix(site).unwrap_or(path);
    let html = fs::read_to_string(path).with_context(|| file.display().to_string())?;
    let mut rewriting = Rewriting::default();
    let needs = Needs::gather(&mut rewriting);
    name_files_of_folders(&mut rewriting);
    let up = "../".repeat(file.components().count() - 1);
    if let Some(icon) = apple_icon {
        // At the end: a `<base>` must stand in front of every link.
        let link = format!("<link rel=\"apple-touch-icon\" href=\"{up}{icon}\">\n");
        rewriting.element("head", Occurs::Freely, move |head| {
            head.append(&link, ContentType::Html);
            Ok(())
        });
    }
    let problem = |message: String| {
        let hint = "a page runs no script of the text and loads nothing from elsewhere (its Content-Security-Policy): \
                    put scripts into `additional-js`, and files into `src/`";
        Diagnostic::new(file, None, message, hint)
    };
    let rewritten = match rewriting.run(&html) {
        Ok(rewritten) => rewritten,
        Err(mismatches) => return Ok(mismatches.into_iter().map(|Mismatch(message)| problem(message)).collect()),
    };
    let needs = needs.borrow();
    let refused: Vec<Diagnostic> = needs.refused().map(|message| problem(message.into())).collect();
    if !refused.is_empty() {
        return Ok(refused);
    }
    let Some((head, rest)) = needs.place().and_then(|place| rewritten.split_at_checked(place)) else {
        return Ok(vec![problem("the page has no `<meta charset>`, behind which its policy goes".into())]);
    };
    let tags = tags(&needs.policy(), &up, audience);
    fs::write(path, format!("{head}{tags}{rest}")).with_context(|| file.display().to_string())?;
    Ok(Vec::new())
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
