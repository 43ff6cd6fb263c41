//! `qabook config`: the book's settings as they are with the defaults.

use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

const HEADER: &str = "# Every setting of the book, as `qabook build` takes it. With this as book.toml and the files of `qabook theme eject`,\n\
                      # `mdbook build` and the preprocessors' own commands make the same pages.\n\n";

/// What `qabook config` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Print the whole book.toml, defaults included
    #[arg(long, required = true)]
    pub explicit: bool,
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

/// The book.toml that says what the defaults say, too.
///
/// # Errors
/// No book, or settings that are wrong.
pub fn explicit(settings: &Settings) -> Result<String> {
    let book = qabook_document::open(&settings.root)?;
    let text = toml::to_string_pretty(&book.config).context("the settings can't be written as TOML")?;
    Ok(format!("{HEADER}{text}"))
}
