//! The `qabook-anki` command: a deck for Anki of the book in the current folder.

use clap::Parser;
use qabook_anki::cli::{Cli, run};
use qabook_support::{cache, eprintln};
use std::process::ExitCode;

fn main() -> ExitCode {
    cache::open();
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
