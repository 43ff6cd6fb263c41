//! How a build is done.

use std::path::PathBuf;

use crate::site::Audience;

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
