//! The one run over each page.

use anyhow::{Context, Result, ensure};
use mdbook_preprocessor::book::Chapter;
use mdbook_zh_search::Stamp;
use qabook_support::{Diagnostic, Diagnostics, Templates};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Debug};
use std::fs;
use std::path::{Path, PathBuf};

use super::address::Address;
use super::edit_links::EditLinks;
use super::frame::{Feedback, Frame};
use super::kept::{Finished, Kept};
use super::model::Model;
use super::on_demand::OnDemand;
use super::policy::text_of;
use super::prepare::{HOME, Prepared};
use super::repeated::once;
use super::rewriting::{Occurs, Rewriting};
use super::seal::{Seal, Sealed};
use super::weight::Load;
use super::{
    assets, contents, head, home, katex, labels, landmarks, not_found, offline, print, redirects, scripts, word_breaks,
};

/// What is done to every page of a site.
pub struct Pass {
    pub(super) model: Model,
    pub(super) address: Address,
    pub(super) templates: Templates,
    /// Where the page of each moved chapter leads.
    pub(super) redirects: BTreeMap<String, String>,
    /// The folder of the chapter that is the home page, too, where it has one.
    pub(super) home_folder: Option<String>,
    /// mdBook's theme for a light and for a dark system.
    pub(super) themes: [Option<String>; 2],
    pub(super) prepared: Prepared,
    pub(super) edit_links: Option<EditLinks>,
    /// Where readers edit pages and report what is wrong.
    pub(super) feedback: Option<Feedback>,
    /// Which search index is the pages' own.
    pub(super) stamp: Stamp,
    pub(super) seal: Seal,
}

/// What is known of the pages when all are finished.
#[derive(Default)]
pub(super) struct Pages {
    /// The hash of each file.
    pub(super) hashes: HashMap<String, String>,
    /// What each page that readers should find loads.
    pub(super) loads: Vec<Load>,
    /// Of a site for nobody: the scripts in its texts.
    pub(super) scripts: BTreeSet<Diagnostic>,
}

/// A finished file.
struct Written {
    hash: String,
    load: Option<Load>,
    scripts: Vec<Diagnostic>,
}

impl Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pass").field("stamp", &self.stamp).finish_non_exhaustive()
    }
}

impl Pass {
    /// All that a page is finished by besides its text.
    fn basis(&self) -> impl Debug + '_ {
        // By their names, so that no new part is forgotten.
        let Self {
            model,
            address,
            templates,
            redirects,
            home_folder,
            themes,
            prepared,
            edit_links,
            feedback,
            stamp,
            seal,
        } = self;
        // The home page's text is a page's; of the formulas' style sheet, pages have its address.
        let Prepared { home: _, joined, on_demand, katex, shrunk_katex } = prepared;
        let style_sheet = shrunk_katex.as_ref().map(|shrunk| &shrunk.address);
        let assets = (joined, on_demand, katex, style_sheet);
        let links = (address, redirects, home_folder, edit_links, feedback);
        (model, templates, themes, assets, links, stamp.without_index(), seal)
    }

    /// Whether the page `file` is described as it would be if its chapter were `chapter`.
    #[must_use]
    pub fn describes(&self, file: &str, chapter: &Chapter) -> bool {
        self.model.describes(file, chapter)
    }

    /// The page that mdBook rendered again, as `html`, and that is `file` of the site, finished as the others are, which stay
    /// as they are.
    ///
    /// # Errors
    /// A template that is wrong, everything about the page that isn't as it must be, or a page that the others would have to be
    /// finished anew for.
    pub fn page(&self, file: &str, html: &str) -> Result<String> {
        ensure!(file != HOME && self.model.page(file).is_some(), "{file} is no page of its own");
        let lacks_rules = self.prepared.shrunk_katex.as_ref().is_some_and(|shrunk| shrunk.lacks_rules_of(html));
        ensure!(!lacks_rules, "{file} has formulas of another kind");
        let finished = self.finished(file, html)?.map_err(|found| {
            let mut problems = Diagnostics::default();
            problems.extend(found);
            problems
        })?;
        Ok(self.stamp.complete(&finished.html))
    }

    /// Finishes `files`, which are HTML below `site`, in this order: each is read once and written once.
    /// Errors: A file or template that is wrong, or everything about all pages that isn't as it must be.
    pub(super) fn run(&self, site: &Path, files: Vec<PathBuf>) -> Result<Pages> {
        let kept = Kept::by(&self.basis());
        let mut finished: Vec<(String, Result<Written, Vec<Diagnostic>>)> = files
            .into_par_iter()
            .with_max_len(1)
            .map(|path| {
                let file = path.strip_prefix(site).unwrap_or(&path).display().to_string().replace('\\', "/");
                let finished = self.finish_file(&file, &path, &kept).with_context(|| file.clone())?;
                Ok((file, finished))
            })
            .collect::<Result<_>>()?;
        finished.sort_by(|(file, _), (other, _)| file.cmp(other));
        let mut pages = Pages::default();
        let mut problems = Diagnostics::default();
        let mut found_on_pages = Vec::new();
        for (file, finished) in finished {
            match finished {
                Ok(Written { hash, load, scripts }) => {
                    pages.hashes.insert(file, hash);
                    pages.scripts.extend(scripts);
                    pages.loads.extend(load);
                }
                Err(found) => found_on_pages.extend(found.into_iter().map(|problem| (file.clone(), problem))),
            }
        }
        let origins = &self.seal.origins;
        problems.extend(once(found_on_pages, origins.written(), origins.frame()));
        Ok(problems.into_result(pages)?)
    }

    /// Finishes one file; what isn't as it must be is returned, without a place, and the file is as before then.
    fn finish_file(&self, file: &str, path: &Path, kept: &Kept) -> Result<Result<Written, Vec<Diagnostic>>> {
        let html = self.read(file, path)?;
        let Finished { html, load, scripts } = match kept.finished(file, &html, || self.finished(file, &html))? {
            Ok(finished) => finished,
            Err(problems) => return Ok(Err(problems)),
        };
        let html = self.stamp.complete(&html);
        fs::write(path, &html)?;
        Ok(Ok(Written { hash: offline::hash_of(html), load, scripts }))
    }

    /// The file whose text is `html`, finished but for the name of its index, or what isn't as it must be, without a place.
    /// It is made of nothing but what [`Kept`] goes by.
    fn finished(&self, file: &str, html: &str) -> Result<Result<Finished, Vec<Diagnostic>>> {
        let rewritten = match self.rewritten(file, html)? {
            Ok(rewritten) => rewritten,
            Err(problems) => return Ok(Err(problems)),
        };
        let stamped = self.stamp.without_index().stamped(file, &rewritten).unwrap_or(rewritten);
        let mut scripts = Vec::new();
        let (html, load) = match self.seal.audience.map(|_| self.seal.page(file, &stamped)) {
            None => {
                scripts = self.seal.scripts(file, &stamped);
                (stamped, None)
            }
            Some(Err(problems)) => return Ok(Err(problems)),
            Some(Ok(Sealed { html, assets })) => {
                let found_by_readers = self.model.pages.iter().any(|page| page.file == file);
                let load = found_by_readers.then(|| Load::new(Path::new(file), &html, assets));
                (html, load)
            }
        };
        Ok(Ok(Finished { html, load, scripts }))
    }

    /// The text of a file; that of the home page is there already.
    fn read(&self, file: &str, path: &Path) -> Result<String> {
        match &self.prepared.home {
            Some(home) if file == HOME => Ok(home.clone()),
            _ => {
                tracing::trace!(target: "html", file, "read");
                Ok(fs::read_to_string(path)?)
            }
        }
    }

    /// The text of a file with its head, labels and links; that of others than mdBook's own as it is.
    fn rewritten(&self, file: &str, html: &str) -> Result<Result<String, Vec<Diagnostic>>> {
        let mut rewriting = Rewriting::default();
        let mut html = Cow::Borrowed(html);
        // Only pages made from mdBook's index.hbs have it.
        if html.contains("<main>") {
            self.finish_page(file, &html, &mut rewriting)?;
        } else if file == contents::FILE {
            contents::finish(&self.model, &self.prepared, &mut rewriting);
            html = contents::mended(&self.model, &html).into();
        } else if let Some(target) = self.redirects.get(file) {
            redirects::finish(file, target, &self.model.language, &self.model.words, &self.address, &mut rewriting);
        } else {
            return Ok(Ok(html.into_owned()));
        }
        Ok(rewriting.run(&html))
    }

    fn finish_page<'h>(&'h self, file: &str, html: &str, rewriting: &mut Rewriting<'h>) -> Result<()> {
        labels::translate(html, &self.model.words, rewriting);
        // For the script in the page's head, which runs before anything of the page is there.
        rewriting.attribute("html", Occurs::Once, "data-storage", self.model.storage.clone());
        let is_not_found = file == "404.html";
        let up = if is_not_found { String::new() } else { "../".repeat(file.matches('/').count()) };
        let home = Some(format!("{up}index.html")).filter(|_| !self.model.title.is_empty());
        landmarks::finish(is_not_found, home.as_deref(), &self.model.words, rewriting);
        word_breaks::finish(&self.model.language, rewriting);
        let [light, dark] = &self.themes;
        head::theme_color(light.as_deref().unwrap_or("light"), dark.as_deref().unwrap_or("navy"), rewriting);
        if let Some(folder) = self.home_folder.as_ref().filter(|_| file == HOME) {
            home::mend(folder, rewriting);
        }
        if file == print::FILE {
            print::wrap_chapters(rewriting);
        }
        if let Some(page) = self.model.page(file) {
            let Self { model, address, templates, .. } = self;
            head::write(model, page, address, templates, rewriting)?;
            let frame = Frame { model, address, templates, feedback: self.feedback.as_ref() };
            frame.put(page, file, html, rewriting)?;
        } else if is_not_found {
            not_found::finish(&self.model, &self.address, &self.templates, rewriting)?;
        }
        if self.model.page(file).is_none() {
            // They lead nowhere.
            for empty in ["nav.nav-wrapper", "nav.nav-wide-wrapper"] {
                rewriting.element(empty, Occurs::Once, |stock| {
                    stock.remove();
                    Ok(())
                });
            }
        }
        if let Some(style_sheet) = &self.prepared.katex {
            let shrunk = self.prepared.shrunk_katex.as_ref();
            katex::drop_unused_style_sheet(html, style_sheet, shrunk.map(|shrunk| &*shrunk.address), rewriting);
        }
        if let Some(links) = &self.edit_links {
            links.mend(rewriting);
        }
        self.prepared.on_demand.drop_unused(html, rewriting);
        self.prepared.joined.link(file, true, rewriting);
        scripts::defer(text_of(html), rewriting);
        OnDemand::hold(rewriting);
        assets::drop_unused_icons(html, rewriting);
        rewriting.drop_comments_outside_main();
        drop_words_of_index(rewriting);
        Ok(())
    }
}

/// Takes out the words that a page is found by and doesn't show: the index has them.
fn drop_words_of_index(rewriting: &mut Rewriting<'_>) {
    for name in ["data-aliases", "data-asked"] {
        rewriting.element(format!("main [{name}]"), Occurs::Freely, move |element| {
            element.remove_attribute(name);
            Ok(())
        });
    }
}
