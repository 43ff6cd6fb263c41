//! `qabook import`: a book made of lists of questions.

use anyhow::Result;
use clap::Args;
use qabook_document::Formulas;
use qabook_import::{Drawing, Options, Plan};
use qabook_support::shell;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::scaffold;

/// What `qabook import` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Lists in Markdown, CSV or TSV, or folders of Markdown
    #[arg(required = true, value_name = "LIST")]
    pub lists: Vec<PathBuf>,
    /// Folder of the book; without it this folder if it has a book.toml, else LIST-book
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Level of the headings that are questions, from 1 to 6, where it is guessed wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub question_level: Option<u8>,
    /// Level of the headings that are parts
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub part_level: Option<u8>,
    /// Language of the book, such as en or zh-CN; without it that of the text
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Title of the book; without it the list's own
    #[arg(long)]
    pub title: Option<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrite chapters that you changed since the last import, and files that no import wrote
    #[arg(long)]
    pub force: bool,
    /// Name every place where text was changed
    #[arg(long, short)]
    pub verbose: bool,
}

/// Reads lists, writes a book of them, and says on stderr what was understood and done; the paths that were written, or would
/// be, are printed.
///
/// # Errors
/// Lists that can't be read or have no questions, a title or language that is none, files in the way, a disk without room: with file and line, and nothing is
/// written then.
pub fn run(settings: &Settings) -> Result<()> {
    let book = folder(settings);
    let lists = qabook_import::read_for(&settings.lists, &book)?;
    let options = Options {
        question_level: settings.question_level,
        part_level: settings.part_level,
        language: settings.language.clone(),
        title: settings.title.clone(),
    };
    let here = Here(Formulas::default());
    let plan = qabook_import::plan(&lists, &options, &here)?;
    // Whether the book is new or not: it is what the author says.
    described(&plan).check()?;
    let how = qabook_import::Settings { force: settings.force, dry_run: settings.dry_run };
    let outcome = qabook_import::write(&plan, &book, how, &mut |folder| scaffold(&plan, folder))?;
    let all = settings.verbose || settings.dry_run;
    eprint!("{}{}", qabook_import::report(&plan, all), qabook_import::next_steps(&plan, &outcome, all));
    let mut out = std::io::stdout().lock();
    for path in &outcome.written {
        writeln!(out, "{}", qabook_support::shown(&book.join(path)).display())?;
    }
    if !settings.dry_run {
        let shown = qabook_support::shown(&book);
        let root =
            if shown.as_os_str().is_empty() { String::new() } else { format!(" --root {}", shell::quoted(&shown)) };
        eprintln!(
            "{} files written, {} unchanged; see the book with: qabook serve{root}",
            outcome.written.len(),
            outcome.unchanged
        );
    }
    Ok(())
}

fn scaffold(plan: &Plan, folder: &Path) -> Result<(), String> {
    // What a new book says of itself, that its programs were run, isn't true of a list.
    let book = scaffold::Book { description: Some(plan.title.clone()), ..described(plan) };
    scaffold::write(folder, &book, false).map_err(|error| format!("{error:#}"))
}

/// What a book of `plan` says about itself.
fn described(plan: &Plan) -> scaffold::Book {
    scaffold::Book { title: plan.title.clone(), language: plan.language.clone(), description: None }
}

/// The folder of the book.
fn folder(settings: &Settings) -> PathBuf {
    if let Some(folder) = &settings.into {
        return folder.clone();
    }
    if Path::new("book.toml").is_file() {
        return PathBuf::from(".");
    }
    let first = settings.lists.first().and_then(|list| list.canonicalize().ok());
    let stem = first.as_deref().and_then(Path::file_stem).unwrap_or_default().to_string_lossy().into_owned();
    PathBuf::from(format!("{stem}-book"))
}

/// The KaTeX and the mermaid renderer that the book is built with.
struct Here(Formulas);

impl Drawing for Here {
    fn formula(&self, tex: &str, display: bool) -> bool {
        self.0.mathml(tex, display).is_ok()
    }

    fn diagram(&self, source: &str) -> bool {
        let colours = mdbook_mermaid_svg::Colours::CssVariables;
        mdbook_mermaid_svg::svg(source, "diagram", "diagram", colours).is_ok()
    }
}
