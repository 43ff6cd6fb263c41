//! Sources to a finished site.
//!
//! The site is rendered into a folder of its own and takes the place of the last one only when everything succeeded.

mod archive;
mod destination;
mod downloads;
mod includes;
mod inside;
mod maths;
pub(crate) mod sources;
mod stages;
mod staging;

use anyhow::{Context, Result, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_questions::Catalog;
use mdbook_renderer::{RenderContext, Renderer};
use qabook_support::{Diagnostics, shown};
use std::path::{Path, PathBuf};

use crate::site::{self, Address, Audience, Sources, Weight};
use destination::Destination;
use maths::MathsPreprocessor;
pub(crate) use stages::Stages;
use staging::Staging;

/// How a build is done.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How much is printed.
    pub verbosity: Verbosity,
    /// Takes the place of `output.html.site-url`.
    pub site_url: Option<String>,
    /// Where to put the site as one archive, too.
    pub archive: Option<PathBuf>,
    /// Who reads the site.
    pub audience: Audience,
}

/// How much a build prints to stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// A line per stage.
    #[default]
    Stages,
    /// What mdBook logs, too.
    Verbose,
}

/// The book's configuration and where its site goes.
///
/// # Errors
/// No book.toml in `root`, or one that isn't valid.
pub fn load_config(root: &Path) -> Result<(Config, PathBuf)> {
    let path = root.join("book.toml");
    ensure!(path.is_file(), "{} does not exist\n    hint: name the book's folder by --root", path.display());
    let mut config = Config::from_disk(&path).with_context(|| path.display().to_string())?;
    config.update_from_env()?;
    let destination = root.join(&config.build.build_dir);
    Ok((config, destination))
}

/// Builds the book in `root` into its build folder.
///
/// # Errors
/// Everything that is wrong with the sources, with file and line where there is one; then the build folder is as before.
pub fn build(root: &Path, options: &Options) -> Result<()> {
    let mut stages = Stages::new(options.verbosity);
    let (mut config, destination) = load_config(root)?;
    let destination = Destination::new(root, &config, &destination)?;
    let address = address(root, &config, options)?;
    if let Some(site_url) = &options.site_url {
        config.set("output.html.site-url", site_url)?;
    }
    // A site is built from what is there; mdBook would write an empty chapter into the author's sources.
    config.build.create_missing = false;

    stages.time("check sources", || sources::check(root, &config))?;
    let mut book = stages.time("load", || MDBook::load_with_config(root, config.clone()))?;
    register_preprocessors(&mut book, &stages, |preprocessor| preprocessor);

    let preprocessed = book.preprocess_book(&HtmlHandlebars::new())?;
    let staging = Staging::new(destination.folder())?;
    let site = staging.path();
    let pages = render(&book, preprocessed, &address, &site, &mut stages)?;
    stages.time("seal site", || site::seal(root, &config, &site, options.audience))?;
    let rendered = Rendered { pages: pages.len(), heaviest: site::heaviest(&site, &pages)? };
    let missing = downloads::keep(&config, destination.folder(), &site)?;
    if let Some(file) = &options.archive {
        stages.time("archive", || archive::write(&site, file))?;
    }
    destination.complete(&site)?;
    stages.time("swap", || staging.take_place_of(destination.folder()))?;
    stages.finish(&shown(destination.folder()), &rendered, &notes(&address, options, &missing));
    Ok(())
}

/// What a builder should know; a server of its own needs neither addresses nor downloads.
fn notes(address: &Address, options: &Options, missing: &[String]) -> Vec<String> {
    let mut notes: Vec<String> = note_on(address, options).map(Into::into).into_iter().collect();
    if options.audience == Audience::Readers && !missing.is_empty() {
        let files = missing.join(" and ");
        notes.push(format!(
            "the book offers {files} for download, not made yet: `qabook pdf` and `qabook epub` make them, and the next \
             build keeps them"
        ));
    }
    notes
}

/// What is to be said about addresses.
fn note_on(address: &Address, options: &Options) -> Option<&'static str> {
    match options.site_url {
        None if !address.is_full() => Some(
            "site-url in book.toml is a path: pages can't name their address, so there is no canonical link, card, sitemap \
             or feed",
        ),
        None if address.is_placeholder() => Some(
            "site-url in book.toml is a placeholder: before you publish, write the real address there, or set \
             MDBOOK_OUTPUT__HTML__SITE_URL",
        ),
        _ => None,
    }
}

/// Where the book will stand. A server of its own (`options.site_url`) does without, if book.toml doesn't say.
fn address(root: &Path, config: &Config, options: &Options) -> Result<Address> {
    match (Address::from_config(root, config), &options.site_url) {
        (Ok(address), Some(path)) => Ok(address.served_at(path)),
        (Err(_), Some(path)) => Ok(Address::local(path)),
        (address, None) => Ok(address.map_err(Diagnostics::from)?),
    }
}

/// What was rendered.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// The number of pages.
    pub(crate) pages: usize,
    /// What the heaviest of them costs its reader.
    pub(crate) heaviest: Option<Weight>,
}

/// Renders what the preprocessors made of `book` into the folder `site`, finishes it there, and returns the files of its
/// pages.
///
/// # Errors
/// What mdBook's renderer or the pass over the pages reports.
pub(crate) fn render(
    book: &MDBook,
    (preprocessed, preprocess_ctx): (Book, PreprocessorContext),
    address: &Address,
    site: &Path,
    stages: &mut Stages,
) -> Result<Vec<PathBuf>> {
    let catalog = catalog(&preprocess_ctx, book);
    let mut ctx = RenderContext::new(&book.root, preprocessed, book.config.clone(), site);
    ctx.chapter_titles.extend(preprocess_ctx.chapter_titles.borrow_mut().drain());
    stages.time("render pages", || HtmlHandlebars::new().render(&ctx))?;
    let sources = Sources { book: &ctx.book, catalog: &catalog };
    let pages =
        stages.time("finish site", || site::finish(&book.root, &ctx.config, address, &sources, &ctx.destination))?;
    stages.time("index search", || index_search(&book.root, &ctx.destination))?;
    Ok(pages)
}

/// The questions, where the book has any. What is wrong with them, their preprocessor has said.
fn catalog(ctx: &PreprocessorContext, book: &MDBook) -> Catalog {
    if !book.config.contains_key("preprocessor.questions") {
        return Catalog::default();
    }
    let settings = mdbook_questions::Config::from_book(&book.config).unwrap_or_default();
    Catalog::read(ctx, &book.book, &settings).unwrap_or_default()
}

/// Indexes the finished pages for the search box, by the settings in book.toml.
fn index_search(root: &Path, site: &Path) -> Result<()> {
    let config = mdbook_zh_search::Config::from_book_toml(&root.join("book.toml"))?;
    let report = mdbook_zh_search::index(site, &config)?;
    report.notes.iter().for_each(|note| eprintln!("{note}"));
    Ok(())
}

/// Puts the linked-in preprocessors, each as `wrap` returns it, in the place of the commands that book.toml names, in its
/// order.
pub(crate) fn register_preprocessors(
    book: &mut MDBook,
    stages: &Stages,
    wrap: impl Fn(Box<dyn Preprocessor>) -> Box<dyn Preprocessor>,
) {
    let maths: Box<dyn Preprocessor> = Box::new(MathsPreprocessor);
    for preprocessor in qabook_document::linked_preprocessors().into_iter().chain([maths]) {
        if book.config.contains_key(&format!("preprocessor.{}", preprocessor.name())) {
            book.with_preprocessor(stages.timed(wrap(preprocessor)));
        }
    }
}
