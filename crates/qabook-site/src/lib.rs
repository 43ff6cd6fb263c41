//! The pass over rendered pages, and what else a site needs.
//!
//! mdBook's own theme files stay as they are; what the site needs beyond them is done here: each page is read and written once
//! ([`lol_html`]). A selector that no longer matches is an error with its name, so that an mdBook upgrade can't silently
//! lose a feature. What is inside `<main>` isn't touched, but for words that only the search's index reads: that comes
//! from the preprocessors, and the stock `mdbook build` makes it, too.
//!
//! - labels, landmarks: the page's own words and how it is reached by keyboard;
//! - frame: breadcrumbs, contents, neighbours, links to the sources; contents: those of the book without scripts;
//! - head: title, description, addresses, Open Graph, JSON-LD, from the typed model of the book;
//! - discovery: sitemap, feed, robots.txt; `404.html`, redirects; share images (what a shared link shows);
//! - assets, scripts, join, `on_demand`, weight: what a page loads, and when;
//! - pass: all of these, over each page; kept: what it finished before; repeated: what it finds on several pages;
//! - seal, policy, manifest, icons, offline: what depends on every other byte of a page;
//! - `text_guard`, `text_places`, allowed, `css_loads`, origin, grants: what a page may run and load, and what its text may hold.

mod address;
mod allowed;
mod assets;
mod contents;
mod css_loads;
pub mod dates;
mod discovery;
#[cfg(feature = "share-images")]
pub mod drawing;
mod edit_links;
pub mod exemptions;
mod files;
mod frame;
mod grants;
mod head;
mod home;
pub mod icons;
mod inputs;
mod join;
mod json_ld;
mod katex;
mod kept;
mod labels;
mod landmarks;
pub mod lines;
mod made;
mod manifest;
mod model;
mod movable;
mod not_found;
mod numbers;
mod offline;
mod on_demand;
mod origin;
mod pass;
mod plain;
mod policy;
mod prepare;
mod print;
mod redirects;
mod repeated;
mod rewriting;
mod scripts;
mod seal;
#[cfg(feature = "share-images")]
pub mod share_images;
mod text_guard;
mod text_places;
mod weight;
mod word_breaks;

use anyhow::Result;
use mdbook_driver::config::Config;
use mdbook_zh_search::Stamp;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Diagnostics, Templates};
use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

pub use address::Address;
pub use edit_links::EditLinks;
pub use files::files;
pub use inputs::inputs;
pub use made::makes;
pub use model::Sources;
pub use pass::Pass;
pub use prepare::{Prepared, prepare};
pub use seal::Audience;
pub use weight::Weight;

use files::files_below;
use frame::Feedback;
use grants::BookGrants;
use model::Model;
use seal::{Origins, Seal};

/// The built-in templates of what is added to the pages, by file name; one of that name under `theme/templates/` wins. That of
/// share images isn't among them: a book that has it needs the fonts that it names.
pub const TEMPLATES: [&[(&str, &str)]; 4] = [
    &[head::TEMPLATE, not_found::TEMPLATE, icons::TEMPLATE],
    &offline::TEMPLATES,
    &discovery::TEMPLATES,
    &frame::TEMPLATES,
];

/// Whether browsers know no element `name`, in lower case, and show nothing of its tag.
#[must_use]
pub fn is_unknown_element(name: &str) -> bool {
    allowed::element(name) == allowed::Kind::Unknown && !name.contains('-')
}

/// How a site is finished.
#[derive(Debug)]
pub struct Finish<'a> {
    /// The folder of book.toml.
    pub root: &'a Path,
    /// The book's settings.
    pub config: &'a Config,
    /// Where the site is to be.
    pub address: Address,
    /// What the site is made of.
    pub sources: Sources<'a>,
    /// Which search index is the pages' own.
    pub stamp: Stamp,
    /// Who reads it: pages get their policy, and readers a copy for reading offline. `None` leaves both out.
    pub audience: Option<Audience>,
    /// How links to the sources are mended, where pages have some.
    pub edit_links: Option<EditLinks>,
}

/// What was finished.
#[derive(Debug)]
pub struct Finished {
    /// The number of pages that readers should find.
    pub pages: usize,
    /// What the heaviest of them costs its reader, in a sealed site.
    pub heaviest: Option<Weight>,
    /// Files of the sources that the site leaves out.
    pub hidden: Vec<String>,
    /// Of a site for nobody: the scripts in its texts, which a build would refuse.
    pub scripts: Vec<Diagnostic>,
    /// What finished its pages, and finishes one that is rendered again as long as nothing else of the site changes.
    pub pass: Pass,
}

impl Finish<'_> {
    /// Finishes the site in the folder `site`. Nothing may change a file of it afterwards.
    ///
    /// # Errors
    /// A file that can't be read or written, a template that is wrong, icons that can't be used, pages that don't have the
    /// form this pass relies on or that hold what their policy refuses.
    pub fn run(self, prepared: Prepared, site: &Path) -> Result<Finished> {
        let Self { root, config, .. } = self;
        let html = config.html_config().unwrap_or_default();
        let theme = html.theme_dir(root);
        let templates =
            [&[head::TEMPLATE, not_found::TEMPLATE][..], &discovery::TEMPLATES[..], &frame::TEMPLATES[..]].concat();
        let templates = Templates::load(&theme.join("templates"), &templates)?;
        #[cfg(feature = "share-images")]
        let has_share_images = share_images::are_drawn(root, &theme);
        #[cfg(not(feature = "share-images"))]
        let has_share_images = false;
        let model = Model::new(root, config, &self.sources, has_share_images)?;
        let apple_icon = if self.audience.is_some() { manifest::write(root, config, site)? } else { None };
        let grants = BookGrants::of_book(root, config).map_err(Diagnostics::from)?;
        let seal = Seal { audience: self.audience, apple_icon, grants, origins: self.origins(&theme) };
        let audience = self.audience;
        let pass = Pass {
            model,
            address: self.address,
            templates,
            redirects: redirects::of_config(config),
            home_folder: home::folder(self.sources.book),
            themes: [html.default_theme, html.preferred_dark_theme],
            prepared,
            edit_links: self.edit_links,
            feedback: Feedback::of(root, config),
            stamp: self.stamp,
            seal,
        };
        // What an author put among the sources, such as a file by which a search engine knows the owner, is no page.
        let src = root.join(&config.book.src);
        let mut pages = files_below(site, "html")?;
        pages.retain(|page| !page.strip_prefix(site).is_ok_and(|file| src.join(file).is_file()));
        // The page of all chapters takes as long as many others: begun last, it would keep one core busy alone.
        pages.sort_by_key(|path| Reverse(fs::metadata(path).map(|file| file.len()).unwrap_or_default()));
        let Pass { model, address, templates, .. } = &pass;
        numbers::write(model, site)?;
        let pages = pass.run(site, pages)?;
        discovery::write(model, address, templates, site)?;
        #[cfg(feature = "share-images")]
        if model.has_share_images {
            share_images::write(root, &theme, model, site)?;
        }
        if audience == Some(Audience::Readers) {
            offline::write(root, config, &pass.model, site, &pages.hashes)?;
        }
        Ok(Finished {
            pages: model.pages.len(),
            heaviest: weight::heaviest(site, &pages.loads)?,
            hidden: Vec::new(),
            scripts: pages.scripts.into_iter().collect(),
            pass,
        })
    }

    /// Where what is on the pages comes from; `theme` holds the templates.
    fn origins(&self, theme: &Path) -> Origins {
        let src = self.root.join(&self.config.book.src);
        let mut origins = Origins::default();
        for chapter in self.sources.book.chapters() {
            if let (Some(path), Some(source)) = (&chapter.path, &chapter.source_path) {
                let source = src.join(source);
                // mdBook writes the first chapter there, too.
                origins.chapters.entry("index.html".into()).or_insert_with(|| source.clone());
                origins.chapters.insert(slashed(&path.with_extension("html")), source);
            }
        }
        origins.templates = own_templates(theme);
        origins
    }
}

/// The templates among the files of the author's `theme`.
fn own_templates(theme: &Path) -> Vec<PathBuf> {
    let files = [theme.to_path_buf(), theme.join("templates")].map(|folder| fs::read_dir(folder).into_iter().flatten());
    let paths = files.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_template = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "hbs" || kind == "html");
    let mut templates: Vec<PathBuf> = paths.filter(is_template).collect();
    templates.sort();
    templates
}
