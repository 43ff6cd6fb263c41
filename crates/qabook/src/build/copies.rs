//! The files of the sources that are no chapters, such as pictures: they go into the site as they are.
//!
//! mdBook would copy them, too: over what it has made, with those that no reader is to have, and up to the first link that
//! leads nowhere.

use anyhow::{Context, Result};
use mdbook_driver::config::{Config, HtmlConfig};
use qabook_support::path::slashed;
use qabook_support::{Diagnostics, Rule, shown};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

use super::destination::same_content;
use super::hidden::{is_hidden, leads_outside};
use super::links;
use super::staging::PREFIX;
use super::text::SOURCE;
use crate::site::{self, Address};

/// A file in the place of one that is made.
const MADE: Rule = Rule::error("made-page");

/// The only file of mdBook's that says nothing but that it is there.
const EMPTY: &str = ".nojekyll";

/// Copies the files of the sources of the book in `root` into `site`, where its pages are already.
///
/// Returns the names of what no reader is to have: hidden files, and linked folders from elsewhere.
/// Errors: Every file in the place of one that the build makes, every link that leads nowhere; a file that can't be copied.
pub(super) fn copy(root: &Path, config: &Config, address: &Address, site: &Path) -> Result<Vec<String>> {
    let src = root.join(&config.book.src);
    let last = root.join(&config.build.build_dir).canonicalize().ok();
    let html = config.html_config().unwrap_or_default();
    let (theme, problems) = (html.theme_dir(root), Diagnostics::default());
    let mut copies = Copies { root, html, theme, address, site, src, last, problems, left_out: Vec::new() };
    copies.copy_all()?;
    Ok(copies.problems.into_result(copies.left_out)?)
}

struct Copies<'a> {
    root: &'a Path,
    html: HtmlConfig,
    theme: PathBuf,
    address: &'a Address,
    site: &'a Path,
    src: PathBuf,
    /// The last site, which may be among the sources.
    last: Option<PathBuf>,
    problems: Diagnostics,
    left_out: Vec<String>,
}

impl Copies<'_> {
    fn copy_all(&mut self) -> Result<()> {
        let mut walk = WalkDir::new(&self.src).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.extend(links::unreadable(SOURCE, &self.src, error));
                    continue;
                }
            };
            let below = entry.path().strip_prefix(&self.src).unwrap_or(entry.path()).to_path_buf();
            let goes = self.is_wanted(&entry, &below) && !self.is_taken(&entry, &below);
            if entry.file_type().is_dir() {
                if !goes {
                    walk.skip_current_dir();
                }
            } else if goes && entry.file_type().is_file() && !is_markdown(&below) {
                let to = self.site.join(&below);
                fs::create_dir_all(to.parent().unwrap_or(self.site))
                    .and_then(|()| fs::copy(entry.path(), &to))
                    .with_context(|| format!("{} can't be copied", shown(entry.path()).display()))?;
            }
        }
        Ok(())
    }

    /// Whether readers are to have it; what they aren't, though mdBook would copy it, is told.
    fn is_wanted(&mut self, entry: &DirEntry, below: &Path) -> bool {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy());
        let is_dir = entry.file_type().is_dir();
        let is_last = is_dir && self.last.is_some() && path.canonicalize().ok() == self.last;
        if is_last || name == ".git" || name.starts_with(PREFIX) {
            return false;
        }
        let is_unwanted = is_hidden(entry.file_name()) || entry.path_is_symlink() && leads_outside(self.root, path);
        if is_unwanted && !is_markdown(below) {
            self.left_out.push(slashed(below));
        }
        !is_unwanted
    }

    /// Whether the build makes what would be in the same place; it is told where the author can't have meant it.
    fn is_taken(&mut self, entry: &DirEntry, below: &Path) -> bool {
        let (name, to) = (slashed(below), self.site.join(below));
        if entry.file_type().is_dir() {
            return to.is_file() && self.take(entry, &name);
        }
        if is_markdown(below) {
            return false;
        }
        let is_there = to.symlink_metadata().is_ok();
        if is_there && (name == EMPTY || self.is_loaded(entry.path(), below) || same_content(entry.path(), &to)) {
            return true;
        }
        (is_there || site::makes(self.root, &self.theme, self.address, self.site, &name)) && self.take(entry, &name)
    }

    /// Whether `file` is what pages load by the settings: mdBook has written it, with what it names.
    fn is_loaded(&self, file: &Path, below: &Path) -> bool {
        let is_named = self.html.additional_css.iter().chain(&self.html.additional_js).any(|named| named == below);
        is_named && same_file::is_same_file(file, self.root.join(below)).unwrap_or(false)
    }

    /// Says that the place called `name` is taken, which is so.
    fn take(&mut self, entry: &DirEntry, name: &str) -> bool {
        let is_template = site::TEMPLATES.iter().any(|templates| templates.iter().any(|(file, _)| *file == name));
        let hint = match name {
            "404.html" => "write its text into 404.md in the same folder".into(),
            "favicon.svg" | "favicon.png" => format!("move it into the theme: theme/{name}"),
            _ if is_template => {
                format!("delete it; the file is made from theme/templates/{name}, where you may write your own")
            }
            _ => "give the file another name".into(),
        };
        let message = format!("the build makes {name} itself: this file would take its place");
        self.problems.push(MADE.broken(message, hint).in_file(shown(entry.path())));
        true
    }
}

/// Whether the file is written in Markdown, of which mdBook copies nothing.
fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}
