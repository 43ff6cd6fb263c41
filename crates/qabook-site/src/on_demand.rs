//! Scripts and style sheets that only some pages load, as `on-demand.toml` in the theme says.
//!
//! ```toml
//! [[load]]
//! files = ["theme/practice/"]        # beginnings of their paths in additional-js and additional-css
//! where = ['data-kind="review"']     # a page loads them whose <main> holds one of these texts
//! ```
//!
//! With `press` a script waits on other pages until the reader presses something:
//!
//! ```toml
//! press = { where = ['class="card"'], at = '.card [data-do="run"]' }     # `at` is a selector of CSS
//! ```
//!
//! The first entry that names a file counts; a file that none names is loaded by every page.

use anyhow::{Context, Result, ensure};
use lol_html::html_content::Element;
use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use super::rewriting::{Occurs, Rewriting};

/// The file in the theme's folder.
const FILE: &str = "on-demand.toml";

/// The attribute of scripts that wait: what is pressed, a selector of CSS; theme/js/press.js loads them.
const PRESS: &str = "data-press";

/// Which files are loaded where.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnDemand {
    #[serde(default)]
    load: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    files: Vec<String>,
    #[serde(rename = "where", default)]
    places: Vec<String>,
    press: Option<Press>,
}

/// What has to be pressed before scripts are loaded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    #[serde(rename = "where")]
    places: Vec<String>,
    /// A selector of CSS.
    at: String,
}

/// When a page loads the files of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Load {
    AtOnce,
    WhenPressed(String),
    Never,
}

impl Entry {
    fn load(&self, main: &str) -> Load {
        let holds_one_of = |places: &[String]| places.iter().any(|text| main.contains(text.as_str()));
        match &self.press {
            _ if holds_one_of(&self.places) => Load::AtOnce,
            Some(press) if holds_one_of(&press.places) => Load::WhenPressed(press.at.clone()),
            _ => Load::Never,
        }
    }
}

impl OnDemand {
    /// Reads the file of the book in `root`; without one it is that of the embedded theme.
    /// Errors: A file that can't be read or isn't of this form, an entry that names no file or no place.
    pub(super) fn read(root: &Path, config: &Config) -> Result<Self> {
        let html = config.html_config().unwrap_or_default();
        let path = html.theme_dir(root).join(FILE);
        let name = || path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::embedded(),
            text => text.with_context(name)?,
        };
        let found: Self = toml::from_str(&text).with_context(name)?;
        let known: Vec<String> =
            html.additional_css.iter().chain(&html.additional_js).map(|file| slashed(file)).collect();
        for entry in &found.load {
            let places = entry.press.as_ref().map_or(&entry.places, |press| &press.places);
            ensure!(!places.is_empty(), "{}: `where` of {:?} is empty", name(), entry.files);
            for start in &entry.files {
                ensure!(
                    known.iter().any(|file| file.starts_with(start)),
                    "{}: no file of additional-js or additional-css begins with `{start}`\n    hint: delete the entry, \
                     or write paths as book.toml does",
                    name()
                );
            }
        }
        Ok(found)
    }

    /// The theme's own, which may name files that this book doesn't load.
    fn embedded() -> Result<Self> {
        let bytes = qabook_theme::file(FILE).unwrap_or_default();
        toml::from_slice(&bytes).with_context(|| format!("the theme's {FILE}"))
    }

    /// The place of the entry that counts for the file at `address`, as a page names it; `None` when every page loads it.
    pub(super) fn entry(&self, address: &str) -> Option<usize> {
        let file = address.trim_start_matches("../");
        self.load.iter().position(|entry| entry.files.iter().any(|start| file.starts_with(start)))
    }

    /// Takes the links to files out of `page` that it doesn't need, and marks the scripts that wait until something is pressed
    /// by `data-press`.
    pub(super) fn drop_unused(self: &Arc<Self>, page: &str, rewriting: &mut Rewriting<'_>) {
        let main = page.split_once("<main>").map_or("", |(_, main)| main);
        let loads: Vec<Load> = self.load.iter().map(|entry| entry.load(main)).collect();
        for (selector, attribute) in [("script[src]", "src"), ("link[rel=\"stylesheet\"]", "href")] {
            let (on_demand, loads) = (Arc::clone(self), loads.clone());
            rewriting.element(selector, Occurs::Freely, move |element: &mut Element<'_, '_>| {
                let address = element.get_attribute(attribute).unwrap_or_default();
                match on_demand.entry(&address).map(|entry| &loads[entry]) {
                    Some(Load::Never) => element.remove(),
                    Some(Load::WhenPressed(at)) if attribute == "src" => element.set_attribute(PRESS, at)?,
                    _ => {}
                }
                Ok(())
            });
        }
    }

    /// Makes of the scripts that wait their addresses, in the place that they have by now.
    pub(super) fn hold(rewriting: &mut Rewriting<'_>) {
        rewriting.element("script[src]", Occurs::Freely, |script: &mut Element<'_, '_>| {
            if let Some(address) = script.get_attribute("src").filter(|_| script.has_attribute(PRESS)) {
                script.remove_attribute("src");
                script.remove_attribute("defer");
                // A type that browsers don't run.
                script.set_attribute("type", "text/plain")?;
                script.set_attribute("data-src", &address)?;
            }
            Ok(())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOAD: &str = "[[load]]\nfiles = [\"theme/drill/outputs\"]\nwhere = ['data-kind=\"outputs\"']\n\
                        [[load]]\nfiles = [\"theme/drill/\"]\nwhere = ['data-kind=', 'class=\"x\"']\n";

    /// A book whose theme says what is loaded where.
    fn read(text: &str) -> Result<OnDemand> {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("theme")).unwrap();
        fs::write(root.path().join("theme").join(FILE), text).unwrap();
        let config = "[output.html]\nadditional-js = [\"theme/drill/outputs.js\", \"theme/js/all.js\"]\n\
                      additional-css = [\"theme/drill/drill.css\"]\n";
        OnDemand::read(root.path(), &config.parse().unwrap())
    }

    /// The files that a page with `main` loads.
    fn loaded(main: &str) -> Vec<&'static str> {
        let page = format!(
            "<link rel=\"stylesheet\" href=\"../theme/drill/drill-1a.css\"><main>{main}</main>\
             <script src=\"../theme/drill/outputs-1a.js\"></script><script src=\"../theme/js/all-1a.js\"></script>"
        );
        let mut rewriting = Rewriting::default();
        Arc::new(read(LOAD).unwrap()).drop_unused(&page, &mut rewriting);
        let page = rewriting.run(&page).unwrap();
        ["drill-1a.css", "outputs-1a.js", "all-1a.js"].into_iter().filter(|file| page.contains(file)).collect()
    }

    #[test]
    fn a_page_loads_what_it_needs() {
        assert_eq!(loaded("<p data-kind=\"outputs\">"), ["drill-1a.css", "outputs-1a.js", "all-1a.js"]);
        assert_eq!(loaded("<p data-kind=\"review\">"), ["drill-1a.css", "all-1a.js"]);
        assert_eq!(loaded("<p class=\"x\">"), ["drill-1a.css", "all-1a.js"]);
        assert_eq!(loaded("x"), ["all-1a.js"]);
    }

    #[test]
    fn a_script_waits_until_something_is_pressed() {
        let load = format!("{LOAD}press = {{ where = ['class=\"card\"'], at = '.card [data-do=\"run\"]' }}\n");
        let script = "<script src=\"../theme/drill/cards-1a.js\"></script>";
        let page = |main: &str| {
            let page = format!("<link rel=\"stylesheet\" href=\"theme/drill/cards.css\"><main>{main}</main>{script}");
            let mut rewriting = Rewriting::default();
            Arc::new(read(&load).unwrap()).drop_unused(&page, &mut rewriting);
            OnDemand::hold(&mut rewriting);
            rewriting.run(&page).unwrap().split_once("</main>").unwrap().1.to_string()
        };
        assert_eq!(
            page("<p class=\"card\">"),
            "<script data-press=\".card [data-do=&quot;run&quot;]\" type=\"text/plain\" \
             data-src=\"../theme/drill/cards-1a.js\"></script>"
        );
        // What a page needs in any case it has at once.
        assert_eq!(page("<p class=\"card\"><p data-kind=\"review\">"), script);
        assert_eq!(page(""), "");
    }

    #[test]
    fn without_the_file_that_of_the_theme_counts() {
        let root = tempfile::tempdir().unwrap();
        let embedded = OnDemand::read(root.path(), &Config::default()).unwrap();
        assert!(embedded.entry("../theme/js/random-1a.js").is_some());
        assert_eq!(embedded.entry("theme/js/shared-1a.js"), None);
    }

    #[test]
    fn what_can_not_be_is_an_error() {
        for (text, message) in [
            (LOAD.replace("theme/drill/outputs", "theme/gone"), "begins with `theme/gone`"),
            (LOAD.replace("['data-kind=\"outputs\"']", "[]"), "`where` of [\"theme/drill/outputs\"] is empty"),
            (LOAD.replace("where", "were"), "theme/on-demand.toml"),
            (format!("{LOAD}press = {{ where = [], at = '.x' }}\n"), "`where` of [\"theme/drill/\"] is empty"),
        ] {
            let error = format!("{:#}", read(&text).unwrap_err());
            assert!(error.contains(message), "{error}");
        }
    }
}
