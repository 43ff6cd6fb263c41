//! `qabook playground`: does the live Rust Playground still do what the book says?
//!
//! Its crates are compared with the list that the programs were written for, and every program is run there and compared
//! with its recorded output. The difference is the drift: the Playground moves on by itself, the book doesn't.

mod drift;
#[cfg(feature = "online")]
mod http;
mod service;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use mdbook_driver::config::Config;
use mdbook_snippets::Package;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use drift::{Answer, CrateList, Drift, LiveCrate, RecordedCrate};
pub use service::Service;

/// What `qabook playground` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
    /// Ask this service instead of the one that book.toml names
    #[arg(long, value_name = "URL")]
    pub service: Option<String>,
    /// Milliseconds between two programs
    #[arg(long, default_value_t = 1000)]
    pub pause: u64,
}

/// Compares the book with the live service.
///
/// # Errors
/// No book, or a service that can't be asked; that is no drift.
#[cfg(feature = "online")]
pub fn run(settings: &Settings) -> Result<Drift> {
    let config = qabook_document::open(&settings.root)?.config;
    let snippets = mdbook_snippets::Config::from_book(&config)?;
    let origin = settings.service.clone().unwrap_or_else(|| snippets.playground.clone());
    compare(settings, &config, &http::Http::new(&origin))
}

/// Says how to have a command that can ask the service.
///
/// # Errors
/// Always.
#[cfg(not(feature = "online"))]
pub fn run(_: &Settings) -> Result<Drift> {
    anyhow::bail!(
        "this qabook was built without network access\n    \
         hint: run it by `cargo run --release --features online -- playground`"
    )
}

/// Compares the book in `settings.root` with `service`.
///
/// # Errors
/// A package that can't be read, or a service that can't be asked.
pub fn compare(settings: &Settings, config: &Config, service: &impl Service) -> Result<Drift> {
    let snippets = mdbook_snippets::Config::from_book(config)?;
    let folder = settings.root.join(&snippets.package);
    let package = Package::open(&folder)?;
    let mut drift = Drift::default();
    drift.compare_crates(&crate_list(&folder)?, &service.crates()?, &package);
    let names = package.names()?;
    ensure!(!names.is_empty(), "{}: there are no programs", folder.display());
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            std::thread::sleep(Duration::from_millis(settings.pause));
        }
        eprintln!("{:>3}/{} {name}", index + 1, names.len());
        let snippet =
            package.snippet(name).map_err(|problem| anyhow!("{}\n    hint: {}", problem.message, problem.hint))?;
        let answer = service.run(&snippet.program(), &snippets).with_context(|| format!("the program `{name}`"))?;
        drift.compare_program(&snippet, &answer);
    }
    Ok(drift)
}

/// The list that the programs were written for; empty when the package has none.
fn crate_list(package: &Path) -> Result<CrateList> {
    let file = package.join("playground-crates.toml");
    match std::fs::read_to_string(&file) {
        Ok(text) => toml::from_str(&text).with_context(|| file.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(CrateList { crates: BTreeMap::new() }),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}
