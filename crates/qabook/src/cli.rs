//! The command line.

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tracing_subscriber::filter::LevelFilter;

use crate::build::{self, Options, Verbosity};
use crate::check;
use crate::epub;
use crate::pdf;
use crate::playground;
use crate::serve;

/// Makes a book of questions and answers.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into the book's build folder (`book/`)
    Build {
        #[command(flatten)]
        build: BuildArgs,
        /// Put the site into one archive, too (book.zip if no FILE is named), which also works as files without a server
        #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "book.zip")]
        zip: Option<PathBuf>,
    },
    /// Find everything that is wrong with the sources and the built site; exits with 1 on any error
    Check(CheckArgs),
    /// Print how the live Playground differs from what the book says, in Markdown; needs the feature `online`
    Playground(PlaygroundArgs),
    /// Build, serve on a local port, and reload the page on every change
    Serve(ServeArgs),
    /// Make a PDF of the book: `qabook pdf --help` shows the options of qabook-pdf
    #[command(disable_help_flag = true)]
    Pdf {
        /// Passed on to qabook-pdf
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Make an EPUB, the book for e-readers
    Epub(EpubArgs),
}

#[derive(Debug, Args)]
struct EpubArgs {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// File to write [default: the site's name in the build folder, such as book/wenxiu.epub]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
struct BuildArgs {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// Print errors only
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Print what mdBook does, too
    #[arg(long, short)]
    verbose: bool,
}

// Independent switches of a command line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    build: BuildArgs,
    /// Mend spacing and punctuation in the sources first
    #[arg(long)]
    fix: bool,
    /// Form of the report; in GitHub's workflows `github`, else `human`
    #[arg(long, value_enum)]
    format: Option<check::Format>,
    /// Check the links to other hosts, too
    #[arg(long)]
    online: bool,
    /// Check the site in this folder instead of building one
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// Add the pages and ids of the site to published.txt
    #[arg(long)]
    update_published: bool,
}

#[derive(Debug, Args)]
struct ServeArgs {
    #[command(flatten)]
    build: BuildArgs,
    /// Port to listen on; 0 takes a free one
    #[arg(long, short, default_value_t = 3000)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the book in the browser
    #[arg(long, short)]
    open: bool,
}

#[derive(Debug, Args)]
struct PlaygroundArgs {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// Ask this service instead of the one that book.toml names
    #[arg(long, value_name = "URL")]
    service: Option<String>,
    /// Milliseconds between two programs
    #[arg(long, default_value_t = 1000)]
    pause: u64,
}

impl BuildArgs {
    fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Stages,
        }
    }
}

/// Runs the command that `cli` names. The exit code is a failure when a check found errors.
///
/// # Errors
/// What the command reports; messages about the book's source carry file and line.
pub fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Build { build: args, zip } => {
            log_to_stderr(args.verbosity());
            let options = Options { verbosity: args.verbosity(), archive: zip.clone(), ..Options::default() };
            build::build(&args.root, &options)?;
        }
        Command::Playground(args) => {
            let drift = playground::run(&playground::Settings {
                root: args.root.clone(),
                service: args.service.clone(),
                pause: Duration::from_millis(args.pause),
            })?;
            print!("{drift}");
        }
        Command::Check(args) => {
            log_to_stderr(args.build.verbosity());
            let clean = check::run(&check::Options {
                root: args.build.root.clone(),
                verbosity: args.build.verbosity(),
                fix: args.fix,
                format: args.format.unwrap_or_else(check::Format::by_environment),
                online: args.online,
                site: args.site.clone(),
                update_published: args.update_published,
            })?;
            return Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Epub(args) => {
            log_to_stderr(if args.quiet { Verbosity::Quiet } else { Verbosity::Stages });
            epub::run(&epub::Settings { root: args.root.clone(), out: args.out.clone(), quiet: args.quiet })?;
        }
        Command::Serve(args) => {
            log_to_stderr(args.build.verbosity());
            serve::run(&serve::Settings {
                root: args.build.root.clone(),
                verbosity: args.build.verbosity(),
                host: args.host,
                port: args.port,
                open: args.open,
            })?;
        }
        Command::Pdf { arguments } => pdf::run(arguments)?,
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
    tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).without_time().init();
}
