//! The `qabook` command.

use clap::Parser;
use qabook::cli::{Cli, run};
use qabook_support::{cache, eprintln};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything else: a program that `serve` and `run` start begins as this program, which puts it into a sandbox.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == qabook::SANDBOXED) {
        return qabook_run::helper(std::env::args_os().skip(2));
    }
    cache::open();
    match run(&Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
