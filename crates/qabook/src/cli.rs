//! The command line.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::filter::LevelFilter;

use crate::build::{self, BookArgs, Options, Verbosity};
use crate::{check, config, epub, import, playground, programs, record, run as program, scaffold, serve, theme};

/// Makes a book of questions and answers.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a book of three questions in a new folder
    New(scaffold::Settings),
    /// Build the site into the book's build folder (`book/`)
    Build {
        #[command(flatten)]
        book: BookArgs,
        /// Put the site into one archive, too (book.zip if no FILE is named), which also works as files without a server
        #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "book.zip")]
        zip: Option<PathBuf>,
    },
    /// Find everything that is wrong with the sources and the built site; exits with 1 on any error
    Check(check::Options),
    /// Print how the live Playground differs from what the book says, in Markdown; needs the feature `online`
    Playground(playground::Settings),
    /// Build, serve on a local port, and reload the page on every change
    Serve(serve::Settings),
    /// Make a book of lists of questions in Markdown, CSV or TSV
    Import(import::Settings),
    /// Compile and run a program of the book on this machine, and compare its output with the record
    Run(program::Settings),
    /// Run the programs of the book and record what they print, where it has changed or wasn't recorded
    Record(record::Settings),
    /// Make a PDF of the book: `qabook pdf --help` shows the options of qabook-pdf
    #[command(disable_help_flag = true)]
    Pdf {
        /// Passed on to qabook-pdf
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Make a deck for Anki: `qabook anki --help` shows the options of qabook-anki
    #[command(disable_help_flag = true)]
    Anki {
        /// Passed on to qabook-anki
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Make an EPUB, the book for e-readers
    Epub(epub::Settings),
    /// Change the theme
    #[command(subcommand)]
    Theme(theme::Command),
    /// Print the book's settings
    Config(config::Settings),
}

/// Runs the command that `cli` names. The exit code is a failure when a check found errors.
///
/// # Errors
/// What the command reports; messages about the book's source carry file and line.
pub fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::New(settings) => scaffold::run(settings)?,
        Command::Build { book, zip } => {
            log_to_stderr(book.verbosity());
            let options = Options { verbosity: book.verbosity(), archive: zip.clone(), ..Options::default() };
            build::build(&book.root, &options)?;
        }
        Command::Playground(settings) => print!("{}", playground::run(settings)?),
        Command::Check(options) => {
            log_to_stderr(options.book.verbosity());
            return Ok(if check::run(options)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Epub(settings) => {
            log_to_stderr(if settings.quiet { Verbosity::Quiet } else { Verbosity::Stages });
            epub::run(settings)?;
        }
        Command::Import(settings) => import::run(settings)?,
        Command::Run(settings) => {
            return Ok(if program::run(settings)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Record(settings) => record::run(settings)?,
        Command::Serve(settings) => {
            log_to_stderr(settings.book.verbosity());
            serve::run(settings)?;
        }
        Command::Theme(command) => theme::run(command)?,
        Command::Config(settings) => print!("{}", config::explicit(settings)?),
        Command::Pdf { arguments } => programs::PDF.run(arguments)?,
        Command::Anki { arguments } => programs::ANKI.run(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what mdBook and mdbook-katex log.
fn log_to_stderr(verbosity: Verbosity) {
    let level = match verbosity {
        Verbosity::Quiet => LevelFilter::ERROR,
        Verbosity::Stages => LevelFilter::WARN,
        Verbosity::Verbose => LevelFilter::INFO,
    };
    // https://no-color.org
    let wants_no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && !wants_no_colour)
        .without_time()
        .log_internal_errors(false)
        .init();
}
