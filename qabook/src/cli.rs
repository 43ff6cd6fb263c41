//! The command line.

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use tracing_subscriber::filter::LevelFilter;

use crate::build::{self, Options, Verbosity};
use crate::{pdf, serve};

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
    Build(BuildArgs),
    /// Build, serve on a local port, and reload the page on every change
    Serve(ServeArgs),
    /// Make a PDF of the book: `qabook pdf --help` shows the options of qabook-pdf
    #[command(disable_help_flag = true)]
    Pdf {
        /// Passed on to qabook-pdf
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
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

impl BuildArgs {
    fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Stages,
        }
    }
}

/// Runs the command that `cli` names.
///
/// # Errors
/// What the command reports; messages about the book's source carry file and line.
pub fn run(cli: &Cli) -> Result<()> {
    match &cli.command {
        Command::Build(args) => {
            log_to_stderr(args.verbosity());
            build::build(&args.root, &Options { verbosity: args.verbosity(), site_url: None })
        }
        Command::Serve(args) => {
            log_to_stderr(args.build.verbosity());
            serve::run(&serve::Settings {
                root: args.build.root.clone(),
                verbosity: args.build.verbosity(),
                host: args.host,
                port: args.port,
                open: args.open,
            })
        }
        Command::Pdf { arguments } => pdf::run(arguments),
    }
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
