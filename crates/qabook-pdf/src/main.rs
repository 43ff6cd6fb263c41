//! The `qabook-pdf` command: a PDF of the book in the current folder.

use clap::Parser;
use qabook_pdf::cli::{Cli, run};
use qabook_support::{cache, eprintln};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cache::open();
    // On a thread of the pool that sets the pages: what it gives back, the exporter can use. Another thread would take new
    // memory, for the C library keeps a stock for each.
    match rayon::join(|| run(&cli), || ()).0 {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
