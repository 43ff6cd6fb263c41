//! Sources to a finished site.
//!
//! The site is rendered into a folder of its own and takes the place of the last one only when everything succeeded.

mod alone;
mod archive;
mod asked;
mod copies;
mod destination;
mod downloads;
mod footnotes;
mod hidden;
mod includes;
mod inputs;
mod inside;
mod leftovers;
mod links;
mod maths;
mod options;
mod selection;
mod shells;
mod sources;
mod stages;
mod staging;
mod strays;
mod summary;
mod templates;
pub(crate) mod text;
mod theme;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_questions::Catalog;
use mdbook_renderer::{RenderContext, Renderer};
use mdbook_zh_search::{Astray, Error as SearchError, Stamp};
use qabook_document::{AfterEach, Failures, Opened, other_outputs};
use qabook_support::{Diagnostics, shown};
use qabook_words::Words;
use std::path::Path;
use std::rc::Rc;

use crate::site::{self, Address, Audience, EditLinks, Finish, Finished, Sources};
pub use alone::Kept;
use alone::Rendered;
use archive::Archive;
use destination::Destination;
pub(crate) use destination::clash;
pub(crate) use hidden::{is_hidden, leads_outside};
pub(crate) use inputs::Inputs;
pub(crate) use leftovers::check_footnotes;
use maths::MathsPreprocessor;
pub use options::{BookArgs, Options, Verbosity};
use shells::Shells;
pub(crate) use stages::Stages;
use staging::Staging;
use theme::MadeRoot;
pub(crate) use theme::THEME;

/// Builds the book in `root` into its build folder.
///
/// # Errors
/// Everything that is wrong with the sources, with file and line where there is one; then the build folder is as before.
pub fn build(root: &Path, options: &Options) -> Result<()> {
    build_keeping(root, options).map(drop)
}

/// Builds the book as [`build`] does, and keeps what is needed to make one of its pages again.
///
/// # Errors
/// See [`build`].
pub fn build_keeping(root: &Path, options: &Options) -> Result<Kept> {
    let mut stages = Stages::new(options.verbosity);
    let mut opened = qabook_document::open(root)?;
    let destination = Destination::new(root, &opened.config, &opened.destination())?;
    if let Some(site_url) = &options.site_url {
        opened.config.set("output.html.site-url", site_url)?;
    }
    let Prepared { address, book, preprocessed } = prepare(&opened, options, &mut stages)?;
    let config = &opened.config;
    let staging = Staging::new(destination.folder())?;
    let site = staging.path();
    let rendered = render(&book, preprocessed, &address, Some(options.audience), &site, &mut stages)?;
    rendered.astray.iter().for_each(|problem| eprintln!("warning: {problem}"));
    let finished = &rendered.finished;
    let archive = options.archive.as_deref().map(|file| Archive::new(file, &destination));
    archive.iter().try_for_each(|archive| archive.check(&site))?;
    let missing = downloads::keep(config, destination.folder(), &site)?;
    let packed = archive.as_ref().map(|archive| stages.time("archive", || archive.pack(&site))).transpose()?;
    destination.complete(&site)?;
    archive.iter().zip(packed).try_for_each(|(archive, packed)| archive.write(&packed, &site))?;
    stages.time("swap", || staging.take_place_of(destination.folder()))?;
    let notes = notes(config, &address, options, &missing, &finished.hidden);
    stages.finish(&shown(destination.folder()), finished, &notes);
    let folder = destination.folder().to_path_buf();
    Ok(Kept::new(opened, folder, rendered))
}

/// What a builder should know; a server of its own needs neither addresses nor downloads.
fn notes(config: &Config, address: &Address, options: &Options, missing: &[String], hidden: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    for name in other_outputs(config) {
        notes.push(format!("[output.{name}] in book.toml does nothing here: `mdbook build` runs mdbook-{name}"));
    }
    if options.site_url.is_none() && !address.is_full() {
        let what = if address.is_known() { "is a path" } else { "is not set" };
        notes.push(format!(
            "site-url in book.toml {what}: pages can't name their address, so there is no canonical link, share image, \
             sitemap or feed"
        ));
    } else if options.site_url.is_none() && address.is_placeholder() {
        notes.push(
            "site-url in book.toml is a placeholder: before you publish, write the real address there, or set \
             MDBOOK_OUTPUT__HTML__SITE_URL"
                .into(),
        );
    }
    if options.audience == Audience::Readers && !missing.is_empty() {
        let files = missing.join(" and ");
        notes.push(format!(
            "the book offers {files} for download, not made yet: `qabook pdf`, `qabook epub` and `qabook anki` make them, \
             and the next build keeps them"
        ));
    }
    if options.audience == Audience::Readers && !hidden.is_empty() {
        notes.push(format!(
            "not in the site, because they are hidden, left by an editor, or linked from outside the book: {}",
            hidden.join(", ")
        ));
    }
    notes
}

/// Where the book will be; for a server of its own (`options.site_url`), where that is.
fn address(opened: &Opened, options: &Options) -> Result<Address, Diagnostics> {
    match (Address::from_config(&opened.root, &opened.config), &options.site_url) {
        (Ok(address), Some(path)) => Ok(address.served_at(path)),
        (Err(_), Some(path)) => Ok(Address::local(path)),
        (address, None) => Ok(address?),
    }
}

/// A book that can be rendered.
struct Prepared {
    address: Address,
    book: MDBook,
    preprocessed: (Book, PreprocessorContext),
}

/// Checks, loads and preprocesses the book. A stage that finds something wrong doesn't keep the next from looking.
fn prepare(opened: &Opened, options: &Options, stages: &mut Stages) -> Result<Prepared, Failures> {
    let mut failures = Failures::default();
    let address = failures.take(address(opened, options));
    let preprocessed = load(opened, stages, &mut failures).and_then(|mut book| {
        let preprocessed = failures.take(preprocess(opened, &mut book, *stages));
        preprocessed.map(|preprocessed| (book, preprocessed))
    });
    match (address, preprocessed) {
        (Some(address), Some((book, preprocessed))) if failures.is_empty() => {
            Ok(Prepared { address, book, preprocessed })
        }
        _ => Err(failures),
    }
}

/// Loads the book as far as it can be read; what is wrong with its files is added to `failures`.
pub(crate) fn load(opened: &Opened, stages: &mut Stages, failures: &mut Failures) -> Option<MDBook> {
    failures.take(stages.time("check sources", || sources::check(&opened.root, &opened.config)));
    failures.take(strays::check(&opened.root, &opened.config));
    let summary = sources::readable_summary(&opened.root, &opened.config)?;
    failures.take(stages.time("load", || opened.load_listed(summary)))
}

/// Runs the preprocessors over `book`, for pages, with a line for each.
/// Errors: See [`Opened::preprocess`]; what none of them took and a reader would see.
pub(crate) fn preprocess(
    opened: &Opened,
    book: &mut MDBook,
    stages: Stages,
) -> Result<(Book, PreprocessorContext), Failures> {
    let after_each: AfterEach = Rc::new(move |name, time| stages.line(name, time));
    let preprocessed = opened.preprocess(book, &HtmlHandlebars::new(), MathsPreprocessor, &after_each)?;
    let mut failures = Failures::default();
    failures.take(leftovers::check(&opened.root, &opened.config, &preprocessed.0));
    failures.into_result()?;
    Ok(preprocessed)
}

/// Renders what the preprocessors made of `book` into the folder `site`, and finishes it there for `audience`; a site for
/// nobody isn't sealed.
/// Errors: What mdBook's renderer or the pass over the pages reports, with the author's template that may be the cause.
pub(crate) fn render(
    book: &MDBook,
    preprocessed: (Book, PreprocessorContext),
    address: &Address,
    audience: Option<Audience>,
    site: &Path,
    stages: &mut Stages,
) -> Result<Rendered> {
    let theme = book.config.html_config().unwrap_or_default().theme_dir(&book.root);
    make(book, preprocessed, address, audience, site, stages).map_err(|error| templates::blame(&theme, error))
}

fn make(
    book: &MDBook,
    (preprocessed, preprocess_ctx): (Book, PreprocessorContext),
    address: &Address,
    audience: Option<Audience>,
    site: &Path,
    stages: &mut Stages,
) -> Result<Rendered> {
    let root = &book.root;
    let catalog = catalog(&preprocess_ctx, book);
    let made = stages.time("lay out theme", || MadeRoot::new(root, &book.config, site))?;
    let settings = made.settings(&book.config)?;
    let edit_links = EditLinks::new(&book.config, &settings);
    let mut ctx = RenderContext::new(made.path(), preprocessed, settings, site);
    ctx.chapter_titles.extend(preprocess_ctx.chapter_titles.borrow_mut().drain());
    stages.time("render pages", || HtmlHandlebars::new().render(&ctx))?;
    let theme = made.path().join(ctx.config.html_config().unwrap_or_default().theme.unwrap_or_default());
    let is_for_author = audience == Some(Audience::Author);
    let is_told = is_told_as_loaded(&book.book, &catalog);
    let shells = (is_for_author && is_told).then(|| Shells::of(&ctx.book, &theme, site).ok()).flatten();
    let hidden = copies::copy(root, &book.config, address, site)?;
    let prepared = stages.time("shrink files", || site::prepare(root, made.path(), &book.config, site))?;
    let words = Words::of_book(root, &book.config)?;
    let (stamp, astray) = stages.time("index search", || index_search(root, &book.config, site, &words))?;
    let astray = asked::problems(root, &book.config, &ctx.book, &astray);
    let sources = Sources { book: &ctx.book, catalog: &catalog };
    let finish = Finish { root, config: &book.config, address: address.clone(), sources, stamp, audience, edit_links };
    let finished = stages.time("finish site", || finish.run(prepared, site))?;
    Ok(Rendered {
        finished: Finished { hidden, ..finished },
        book: ctx.book,
        titles: ctx.chapter_titles,
        catalog,
        shells,
        astray,
    })
}

/// Whether the chapters of `book`, as they were loaded, say of their questions what the pages show: not where a text that is included
/// may be the first.
fn is_told_as_loaded(book: &Book, catalog: &Catalog) -> bool {
    let includes = |chapter: &Chapter| chapter.content.contains("{{#");
    let is_told = |chapter: &Chapter| chapter.path.as_ref().is_none_or(|path| catalog.is_told_by_front_matter(path));
    book.chapters().all(|chapter| !includes(chapter) || is_told(chapter))
}

/// The questions, where the book has any. What is wrong with them, their preprocessor has said.
fn catalog(ctx: &PreprocessorContext, book: &MDBook) -> Catalog {
    if !qabook_document::is_on(&book.config, "questions") {
        return Catalog::default();
    }
    let settings = mdbook_questions::Config::from_book(&book.config).unwrap_or_default();
    Catalog::read(ctx, &book.book, &settings).unwrap_or_default()
}

/// Indexes the pages for the search box, by the settings of the book in `root`.
fn index_search(root: &Path, config: &Config, site: &Path, words: &Words) -> Result<(Stamp, Vec<Astray>)> {
    // A mistake of the author's has a line there.
    mdbook_zh_search::Config::from_book_toml(&root.join("book.toml")).map_err(with_its_place)?;
    let settings: Option<mdbook_zh_search::Config> =
        config.get("preprocessor.zh-search").context("book.toml: [preprocessor.zh-search]")?;
    let mut settings = settings.unwrap_or_default();
    settings.more_synonyms = mdbook_zh_search::Synonyms::of_book(root)?;
    let (report, stamp) = mdbook_zh_search::write(site, &settings, words)?;
    report.notes.iter().for_each(|note| eprintln!("{note}"));
    Ok((stamp, report.astray))
}

/// The error of the search as one that reports know the place of.
fn with_its_place(error: SearchError) -> anyhow::Error {
    match error {
        SearchError::Settings(problem) => Diagnostics::from(*problem).into(),
        SearchError::Words(problems) => problems.into(),
        other => other.into(),
    }
}
