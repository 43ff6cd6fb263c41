//! Sources and site to a list of everything that is wrong with them.
//!
//! ```text
//! SUMMARY.md, chapters, snippets ──> source ─┐
//!        └─ built into a temporary folder ──> site ──> findings ──> report
//!                        external links ──> online ─┘
//! ```
//!
//! Nothing stops at the first problem: a preprocessor that fails is noted and left out, and only when the book can't be
//! rendered at all is the site not looked at. The names of the rules and the JSON report are stable.

mod levels;
mod lost;
mod online;
mod order;
mod report;
pub mod rules;
mod site;
mod source;
mod words;

pub use report::Format;

use anyhow::{Context, Result, ensure};
use clap::Args;
use mdbook_driver::MDBook;
use qabook_document::{Failures, Opened};
use qabook_support::maths::Dollars;
use qabook_support::{Diagnostic, Severity};
use std::fs;
use std::path::{Path, PathBuf};

use crate::build::{self, BookArgs, Stages, Verbosity};
use crate::exemptions::Settings;
use crate::site::Address;
use order::{in_order, slashed};
use rules::findings;
use site::Site;
use source::Sources;
#[cfg(feature = "prose")]
use source::spacing;

/// Whether this qabook checks spacing, and how to have one that does.
const PROSE: bool = cfg!(feature = "prose");
const HOW_PROSE: &str = "build it with `--features qabook/prose`";

/// What is checked, and how it is reported.
#[derive(Debug, Clone, Args)]
// Independent switches, as they are on the command line.
#[allow(clippy::struct_excessive_bools)]
pub struct Options {
    /// The book.
    #[command(flatten)]
    pub book: BookArgs,
    /// Fix spacing and punctuation in the sources first
    #[arg(long)]
    pub fix: bool,
    /// Form of the report; in GitHub's workflows `github`, else `human`
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Check the links to other hosts, too
    #[arg(long)]
    pub online: bool,
    /// Check the site in this folder instead of building one
    #[arg(long, value_name = "FOLDER")]
    pub site: Option<PathBuf>,
    /// Add the pages and ids of the site to published.txt
    #[arg(long)]
    pub update_published: bool,
}

/// Checks the book, prints the report to stdout, and returns whether there is no error.
///
/// # Errors
/// No book, files that can't be written, or an option that this build doesn't have.
pub fn run(options: &Options) -> Result<bool> {
    ensure!(!options.fix || PROSE, "this qabook can't fix anything\n    hint: {HOW_PROSE}");
    let how = "build it with `--features qabook/online`";
    ensure!(!options.online || cfg!(feature = "online"), "this qabook has no HTTP client\n    hint: {how}");
    let findings = check(options)?;
    let format = options.format.unwrap_or_else(Format::by_environment);
    print!("{}", format.write(&findings));
    if format == Format::Github {
        // Annotations don't show in the log where they are found.
        eprint!("{}", Format::Human.write(&findings));
    }
    if !PROSE && options.book.verbosity() != Verbosity::Quiet {
        eprintln!("note: spacing and punctuation were not checked by this qabook: {HOW_PROSE}");
    }
    Ok(report::count(&findings, Severity::Error) == 0)
}

/// Everything that is wrong with the book, in order.
///
/// # Errors
/// See [`run`].
pub fn check(options: &Options) -> Result<Vec<Diagnostic>> {
    let mut stages = Stages::new(options.book.verbosity());
    let opened = qabook_document::open(&options.book.root)?;
    let config = &opened.config;
    let mut findings = Vec::new();
    let settings = Settings::read(&options.book.root).unwrap_or_else(|finding| {
        findings.push(finding);
        Settings::default()
    });
    findings.extend(check_settings(&opened, &settings));

    let mut sources = source::load(&opened);
    if options.fix {
        fix(&opened, &mut sources)?;
    }
    findings.append(&mut sources.findings);
    let found = stages.time("check sources", || anyhow::Ok(source::check(&options.book.root, config, &sources)))?;
    findings.extend(found);
    findings.extend(words::check(&opened));

    let plain = source::words_with_marks(&sources);
    let written = lost::Written::of(&opened, sources.book.as_ref());
    let folder = tempfile::tempdir().context("a temporary folder")?;
    let (site, label) = match (&options.site, sources.book.take()) {
        (Some(site), _) => (site.clone(), slashed(site)),
        (None, Some(book)) => {
            let site = folder.path().join("site");
            findings.extend(render(&opened, book, &site, &mut stages));
            (site, slashed(&opened.destination()))
        }
        (None, None) => (PathBuf::new(), String::new()),
    };
    if options.site.is_some() || site.is_dir() {
        let site = stages.time("read site", || Site::read(&site, label, config, &sources.chapters))?;
        if options.update_published {
            let added = site::update_published(&site, &options.book.root)?;
            eprintln!("added {added} pages and ids to published.txt");
        }
        findings.extend(stages.time("check site", || site::check(&site, &options.book.root, &settings, &plain))?);
        let lost = stages.time("compare text", || anyhow::Ok(written.map(|written| written.check(&opened, &site))))?;
        findings.extend(lost.into_iter().flatten());
        if options.online {
            let links = site.external_links();
            let online = || anyhow::Ok(online::check(&links, &settings.external_link));
            findings.extend(stages.time("check links", online)?);
        }
        findings.extend(settings.unused(&options.book.root, options.online));
        stages.note(&format!("{} chapters and {} pages checked", sources.chapters.len(), site.len()));
    } else {
        eprintln!("note: the site was not checked: it can't be built before the errors are fixed");
    }
    let levels = levels::Levels::of_book(&settings, config);
    Ok(in_order(levels.apply(findings)))
}

/// What is wrong with the settings of the book and of its checks, beside what keeps them from being read.
fn check_settings(opened: &Opened, settings: &Settings) -> Vec<Diagnostic> {
    let root = &opened.root;
    let mut findings = rules::no_house_rule(settings, root);
    findings.extend(build::clash(root, &opened.config, &opened.destination()));
    #[cfg(feature = "prose")]
    findings.extend(spacing::configure(root).err());
    findings
}

/// Fixes what can be fixed without asking.
fn fix(opened: &Opened, sources: &mut Sources) -> Result<()> {
    let dollars = Dollars::of(&opened.config);
    let mut count = 0;
    for chapter in &sources.chapters {
        if let Some(fixed) = source::fixed(chapter, &chapter.prose(dollars)) {
            chapter.rewrite(&fixed).with_context(|| chapter.file.clone())?;
            count += 1;
        }
    }
    eprintln!("fixed spacing and punctuation in {count} files");
    if count > 0 {
        *sources = source::load(opened);
    }
    Ok(())
}

/// Renders the book into `site`; on any problem there is no such folder afterwards.
fn render(opened: &Opened, mut book: MDBook, site: &Path, stages: &mut Stages) -> Vec<Diagnostic> {
    let root = &opened.root;
    let preprocessed = match build::preprocess(opened, &mut book, *stages) {
        Ok(preprocessed) => preprocessed,
        Err(failures) => return findings(root, failures),
    };
    // `qabook build` says when there is none.
    let address = Address::from_config(root, &opened.config).unwrap_or_else(|_| Address::local("/"));
    let error = match build::render(&book, preprocessed, &address, None, site, stages) {
        Ok(rendered) => return [rendered.finished.scripts, rendered.astray].concat(),
        Err(error) => error,
    };
    // A site that is half there would only be half right; a failed deletion leaves it to the temporary folder.
    let _ = fs::remove_dir_all(site);
    let mut failures = Failures::default();
    failures.push(error);
    findings(root, failures)
}

/// For the benchmark: reads the site in `folder`, which is that of the book in `root`, and checks it.
///
/// Returns the number of its HTML files and of its findings.
///
/// # Errors
/// No book, or a file that can't be read.
pub fn check_site(root: &Path, folder: &Path) -> Result<(usize, usize)> {
    let opened = qabook_document::open(root)?;
    let sources = source::load(&opened);
    let site = Site::read(folder, String::new(), &opened.config, &sources.chapters)?;
    let plain = source::words_with_marks(&sources);
    let findings = site::check(&site, root, &Settings::read(root).unwrap_or_default(), &plain)?;
    Ok((site.len(), findings.len()))
}
