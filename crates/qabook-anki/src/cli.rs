//! The command line of `qabook-anki`.

use anyhow::Result;
use clap::Parser;
use qabook_document::{Edition, Loaded, Options};
use qabook_support::write_whole;
use std::io::Write;
use std::path::PathBuf;

use crate::Ages;

/// Makes a deck for Anki of a book.
#[derive(Debug, Parser)]
#[command(name = "qabook-anki", version, about)]
pub struct Cli {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// File to write [default: the site's name in the build folder, such as book/wenxiu.apkg]
    #[arg(long, short, visible_alias = "output", value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

/// Makes the deck that `cli` asks for.
///
/// # Errors
/// What is wrong with the book, with file and line; then no file is written, and an old one stays.
pub fn run(cli: &Cli) -> Result<()> {
    let book = qabook_document::open(&cli.root)?;
    // The fonts of drawings are those of the device.
    let options = Options { renderer: "anki".into(), diagram_font: "sans-serif".into() };
    let Loaded { document, warnings } = qabook_document::load(&book, &options)?;
    let edition = Edition::of(&cli.root)?;
    let ages = Ages::of_book(&book, &document, &edition);
    let deck = crate::package(&document, &edition, &ages)?;
    let out = cli.out.clone().unwrap_or_else(|| book.destination().join(format!("{}.apkg", document.file_stem)));
    write_whole(&out, |mut file| Ok(file.write_all(&deck.bytes)?))?;
    if !cli.quiet {
        for warning in warnings {
            eprintln!("warning: {warning}");
        }
        eprintln!("{}: {} notes, {} KB", out.display(), deck.notes, deck.bytes.len() / 1024);
    }
    Ok(())
}
