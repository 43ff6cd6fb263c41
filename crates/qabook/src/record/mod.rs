//! Recording what the programs of the book print.

mod stub;

use anyhow::{Result, ensure};
use clap::Args;
use qabook_document::Opened;
use qabook_record::{Program, Programs, Recorded};
use qabook_support::{Diagnostic, Diagnostics};
use rayon::prelude::*;
use std::path::PathBuf;

use crate::interrupt::Interrupt;

/// What `qabook record` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Programs to record; without any, all
    pub names: Vec<String>,
    /// Compare only: exit with 1 when a program prints something else than its record, or has none
    #[arg(long)]
    pub check: bool,
    /// Begin the program NAME for the first Python example of a chapter that has none yet
    #[arg(long, value_name = "NAME", requires = "chapter", conflicts_with_all = ["names", "check"])]
    pub new: Option<String>,
    /// The chapter's file
    #[arg(long, value_name = "FILE", requires = "new")]
    pub chapter: Option<PathBuf>,
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

/// Runs programs of the book and records what they print, where that is new; or begins a program.
///
/// # Errors
/// The problems of all programs: those that fail, don't end, print something else each time, or, with `--check`, something
/// else than was recorded. The others are recorded all the same.
pub fn run(settings: &Settings) -> Result<()> {
    let book = qabook_document::open(&settings.root)?;
    let config = mdbook_snippets::Config::from_book(&book.config)?;
    let package = book.root.join(&config.package);
    if let (Some(name), Some(chapter)) = (&settings.new, &settings.chapter) {
        return stub::begin(&book, &package, name, chapter);
    }
    if !package.exists() && settings.names.is_empty() {
        eprintln!("this book has no programs: there is no folder {}", package.display());
        return Ok(());
    }
    let programs = list(settings, &book, &config)?;
    let interrupt = Interrupt::new()?;
    let programs = programs.build(&interrupt.cancel)?;
    let ran: Vec<Result<Recorded, Diagnostic>> = programs
        .par_iter()
        .filter(|program| program.skipped().is_none())
        .map(|program| {
            let done = if settings.check {
                program.compare(&interrupt.cancel).map(|()| Recorded::Same)
            } else {
                program.record(&interrupt.cancel)
            };
            done.inspect(|recorded| tell(program, recorded))
        })
        .collect();
    ensure!(!interrupt.cancel.is_cancelled(), "cancelled");
    summarize(&programs, &ran);
    let mut problems = Diagnostics::default();
    problems.extend(ran.into_iter().filter_map(Result::err));
    Ok(problems.into_result(())?)
}

fn list(settings: &Settings, book: &Opened, config: &mdbook_snippets::Config) -> Result<Programs> {
    let (package, src) = (book.root.join(&config.package), book.root.join(&book.config.book.src));
    let programs = Programs::list(&package, &src, &config.edition)?;
    for name in programs.unknown_linux_only() {
        eprintln!("{}: `linux-only` names {name}, which is no program", package.join("Cargo.toml").display());
    }
    Ok(if settings.names.is_empty() { programs } else { programs.named(&settings.names)? })
}

fn tell(program: &Program, recorded: &Recorded) {
    match recorded {
        Recorded::Same => {}
        Recorded::New => eprintln!("{}: recorded", program.id()),
        Recorded::Changed(difference) => eprintln!("{}: changed\n{difference}", program.id()),
    }
}

/// Says how many programs there are, and of those that weren't run, why.
fn summarize(programs: &[Program], ran: &[Result<Recorded, Diagnostic>]) {
    for program in programs {
        if let Some(reason) = program.skipped() {
            eprintln!("{}: not run: {reason}", program.id());
        }
    }
    let same = ran.iter().filter(|done| matches!(done, Ok(Recorded::Same))).count();
    let failed = ran.iter().filter(|done| done.is_err()).count();
    let recorded = ran.len() - same - failed;
    let skipped = programs.len() - ran.len();
    let counts = [(same, "as recorded"), (recorded, "recorded now"), (failed, "failed"), (skipped, "not run")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let counts: Vec<String> = counts.collect();
    eprintln!("programs: {}", if counts.is_empty() { "none".into() } else { counts.join(", ") });
}
