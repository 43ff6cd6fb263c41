//! The theme as mdBook finds it: the embedded files, with those of the book over them, in a folder of their own.
//!
//! mdBook's renderer reads the theme and what `additional-css` and `additional-js` name below the book's root. So it gets another
//! root, which holds both. Nothing is written into the author's folders.

use anyhow::{Context, Result};
use mdbook_driver::config::{Config, HtmlConfig};
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Diagnostics, Rule, shown};
use qabook_words::Words;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::{DirEntry, WalkDir};

use super::destination::carry;
use super::hidden::is_hidden;
use super::inside::leads_out;
use super::links;
use super::text::read_text;
use crate::site::icons;

/// A file of the theme, or one that pages are to load, that can't be used.
pub(crate) const THEME: Rule = Rule::error("theme");

/// The theme's folder in the made root, whatever it is called in the book's.
const FOLDER: &str = "theme";

/// The folder of the sources in the made root: of those of the book mdBook reads nothing any more but the text for missing pages.
const SOURCES: &str = ".sources";

/// The text for missing pages, where the settings name no other.
const MISSING_PAGE: &str = "404.md";

/// A root for mdBook's renderer, which is removed when dropped.
#[derive(Debug)]
pub(super) struct MadeRoot {
    folder: TempDir,
    root: PathBuf,
    html: HtmlConfig,
    problems: Diagnostics,
}

impl MadeRoot {
    /// Makes a root next to `site` for the book in `root`.
    /// Errors: Everything that can't be used; a folder that can't be read or written.
    pub(super) fn new(root: &Path, config: &Config, site: &Path) -> Result<Self> {
        let beside = site.parent().unwrap_or(root);
        let folder = tempfile::Builder::new().prefix("theme-").tempdir_in(beside);
        let folder = folder.with_context(|| format!("no folder can be made in {}", shown(beside).display()))?;
        let html = config.html_config().unwrap_or_default();
        let mut made = Self { folder, root: root.to_path_buf(), html, problems: Diagnostics::default() };
        made.take_own_theme()?;
        made.add_embedded()?;
        made.take_additional()?;
        made.add_icon(config)?;
        made.take_missing_page(config)?;
        std::mem::take(&mut made.problems).into_result(made).map_err(Into::into)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The settings with which mdBook renders from here.
    /// Errors: A folder whose place isn't known.
    pub(super) fn settings(&self, config: &Config) -> Result<Config> {
        let mut settings = config.clone();
        // Its files are copied by us.
        settings.book.src = std::path::absolute(self.path())?.join(SOURCES);
        settings.build.build_dir = std::path::absolute(self.root.join(&config.build.build_dir))?;
        // The pages that the finishing pass has no description for say at least which book they are of.
        settings.book.description = config.book.description.clone().or_else(|| config.book.title.clone());
        settings.set("output.html.theme", FOLDER)?;
        Ok(settings)
    }

    /// The book's own files.
    fn take_own_theme(&mut self) -> Result<()> {
        let own = self.html.theme_dir(&self.root);
        if !own.is_dir() {
            if own.symlink_metadata().is_ok() {
                self.problem(&own, "the theme is no folder", "move the file away, or set `theme` in [output.html]");
            } else if self.html.theme.is_some() {
                self.problem(&own, "there is no such folder", "make it, or take `theme` out of [output.html]");
            }
            return Ok(());
        }
        let is_wanted = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
        for entry in WalkDir::new(&own).follow_links(true).into_iter().filter_entry(is_wanted) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => {
                    let below = entry.path().strip_prefix(&own).unwrap_or(entry.path());
                    self.check_template(entry.path());
                    self.take(entry.path(), &Path::new(FOLDER).join(below))?;
                }
                Ok(entry) => self.problem(entry.path(), "it is no file", "move it out of the theme"),
                Err(error) => self.problems.extend(links::unreadable(THEME, &own, error)),
            }
        }
        Ok(())
    }

    /// Sees that `file`, when it is a template of mdBook's pages, is text.
    fn check_template(&mut self, file: &Path) {
        if file.extension().is_some_and(|extension| extension == "hbs")
            && let Err(reason) = read_text(file)
        {
            let problem = THEME.broken(reason.message, "save the file as UTF-8 text");
            self.problems.push(problem.in_file(shown(file)).on_line(reason.line));
        }
    }

    /// The embedded files that the book doesn't have.
    fn add_embedded(&mut self) -> Result<()> {
        for path in qabook_theme::files() {
            let file = self.path().join(FOLDER).join(path);
            if file.is_file() {
                continue;
            }
            let own = self.html.theme_dir(&self.root);
            let blocking = path.match_indices('/').map(|(end, _)| &path[..end]).chain([path]);
            let blocking = blocking
                .map(|part| own.join(part))
                .find(|part| part.is_file() || part.ends_with(path) && part.is_dir());
            if let Some(blocking) = blocking {
                let message = format!("the theme's file {path} would be in this place");
                self.problem(&blocking, &message, "give yours another name");
                continue;
            }
            let content = qabook_theme::file(path).unwrap_or_default();
            fs::create_dir_all(file.parent().unwrap_or(self.path()))
                .and_then(|()| fs::write(&file, content))
                .context(path)?;
        }
        Ok(())
    }

    /// The files that `additional-css` and `additional-js` name: those of the book, else of the theme.
    fn take_additional(&mut self) -> Result<()> {
        let sheets = self.html.additional_css.iter().map(|file| ("additional-css", file.clone()));
        let scripts = self.html.additional_js.iter().map(|file| ("additional-js", file.clone()));
        for (key, file) in sheets.chain(scripts).collect::<Vec<_>>() {
            let (own, made) = (self.root.join(&file), self.path().join(&file));
            if leads_out(&file) {
                let hint = "name a file below the book's folder, without `..` and a leading `/`";
                self.setting(
                    &file,
                    &format!("`{}` in `{key}` would be written outside the site", slashed(&file)),
                    hint,
                );
            } else if own.is_file() && !(made.is_file() && own.starts_with(self.html.theme_dir(&self.root))) {
                self.take(&own, &file)?;
            } else if !made.is_file() {
                let message = format!("the file `{}` in `{key}` does not exist", slashed(&file));
                self.setting(&file, &message, "write it, or take it out of the list");
            }
        }
        Ok(())
    }

    /// What is said where no page is: the book's text for it, or words in its language.
    fn take_missing_page(&mut self, config: &Config) -> Result<()> {
        fs::create_dir(self.path().join(SOURCES)).context(SOURCES)?;
        let named = self.html.input_404.clone().filter(|name| !name.is_empty()).map(PathBuf::from);
        let file = named.clone().unwrap_or_else(|| MISSING_PAGE.into());
        let own = self.root.join(&config.book.src).join(&file);
        if own.is_file() && !leads_out(&file) {
            self.take(&own, &Path::new(SOURCES).join(&file))?;
        } else if named.is_some() {
            let message = format!("the file `{}` in `input-404` does not exist", slashed(&file));
            self.setting(&file, &message, "write it, in the folder of the chapters, or take the key out");
        } else {
            let words = Words::of_book(&self.root, config)?;
            let text = format!("# {}\n\n{}\n", words.text("site.not-found"), words.text("site.not-found-text"));
            fs::write(self.path().join(SOURCES).join(MISSING_PAGE), text).context(MISSING_PAGE)?;
        }
        Ok(())
    }

    /// The icon in the browser's tab, where the book has none.
    fn add_icon(&self, config: &Config) -> Result<()> {
        if !icons::has_favicon(&self.html.theme_dir(&self.root)) {
            let icon = icons::from_title(&self.root, config, icons::Shape::Round)?;
            fs::write(self.path().join(FOLDER).join("favicon.svg"), icon).context("favicon.svg")?;
        }
        Ok(())
    }

    /// Puts the book's file `from` at `to` in the made root.
    fn take(&mut self, from: &Path, to: &Path) -> Result<()> {
        let to = self.path().join(to);
        match from.canonicalize().and_then(|real| fs::File::open(&real).map(|_| real)) {
            Err(error) => self.unreadable(from, &error.to_string()),
            Ok(real) => {
                if to.is_file() {
                    fs::remove_file(&to).with_context(|| to.display().to_string())?;
                }
                carry(&real, &to).with_context(|| format!("{} can't be written", to.display()))?;
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, file: &Path, reason: &str) {
        self.problem(file, &format!("it can't be read: {reason}"), "make it readable, or move it out of the theme");
    }

    fn problem(&mut self, file: &Path, message: &str, hint: &str) {
        self.problems.push(THEME.broken(message, hint).in_file(shown(file)));
    }

    /// What is wrong with a `file` that book.toml names.
    fn setting(&mut self, file: &Path, message: &str, hint: &str) {
        let settings = self.root.join("book.toml");
        let text = fs::read_to_string(&settings).unwrap_or_default();
        let line = text.lines().position(|line| line.contains(&slashed(file))).map(|index| index + 1);
        let problem: Diagnostic = THEME.broken(message, hint);
        self.problems.push(problem.in_file(shown(&settings)).on_line(line));
    }
}
