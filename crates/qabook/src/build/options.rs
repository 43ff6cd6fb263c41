//! How a build is done.

use clap::Args;
use std::path::PathBuf;

use crate::site::Audience;

/// Which book, and how much is printed about it.
#[derive(Debug, Clone, Args)]
pub struct BookArgs {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
    /// Print errors only
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print what mdBook does, too
    #[arg(long, short)]
    pub verbose: bool,
}

impl BookArgs {
    /// How much is printed.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Stages,
        }
    }
}

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
