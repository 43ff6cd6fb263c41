//! Sources to a finished site.
//!
//! The site is rendered into a folder of its own and takes the place of the last one only when everything succeeded.

mod archive;
mod includes;
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
use mdbook_renderer::{RenderContext, Renderer};
use std::path::{Path, PathBuf};

use crate::site::{self, Audience};
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
    if let Some(site_url) = &options.site_url {
        config.set("output.html.site-url", site_url)?;
    }
    // A site is built from what is there; mdBook would write an empty chapter into the author's sources.
    config.build.create_missing = false;

    stages.time("check sources", || sources::check(root, &config))?;
    let mut book = stages.time("load", || MDBook::load_with_config(root, config.clone()))?;
    register_preprocessors(&mut book, &stages, |preprocessor| preprocessor);

    let preprocessed = book.preprocess_book(&HtmlHandlebars::new())?;
    let staging = Staging::new(&destination)?;
    let site = staging.path();
    let pages = render(root, config.clone(), preprocessed, &site, &mut stages)?;
    stages.time("seal site", || site::seal(root, &config, &site, options.audience))?;
    if let Some(file) = &options.archive {
        stages.time("archive", || archive::write(&site, file))?;
    }
    stages.time("swap", || staging.take_place_of(&destination))?;
    stages.finish(&destination, pages);
    Ok(())
}

/// Renders the preprocessed book into the folder `site`, finishes it there, and returns the number of its pages.
///
/// # Errors
/// What mdBook's renderer or the pass over the pages reports.
pub(crate) fn render(
    root: &Path,
    config: Config,
    (book, preprocess_ctx): (Book, PreprocessorContext),
    site: &Path,
    stages: &mut Stages,
) -> Result<usize> {
    let mut ctx = RenderContext::new(root, book, config, site);
    ctx.chapter_titles.extend(preprocess_ctx.chapter_titles.borrow_mut().drain());
    stages.time("render pages", || HtmlHandlebars::new().render(&ctx))?;
    stages.time("finish site", || site::finish(root, &ctx.config, &ctx.destination))?;
    stages.time("index search", || index_search(root, &ctx.destination))?;
    Ok(ctx.book.chapters().count())
}

/// Indexes the finished pages for the search box, by the settings in book.toml.
fn index_search(root: &Path, site: &Path) -> Result<()> {
    let config = search::Config::from_book_toml(&root.join("book.toml"))?;
    let report = search::index(site, &config)?;
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
    for preprocessor in document::linked_preprocessors().into_iter().chain([maths]) {
        if book.config.contains_key(&format!("preprocessor.{}", preprocessor.name())) {
            book.with_preprocessor(stages.timed(wrap(preprocessor)));
        }
    }
}
