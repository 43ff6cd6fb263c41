//! One test per program of the book.
//!
//! - `runs::NAME`: the example is built, run twice with a time limit, and its stdout compared with `output.txt`.
//! - `fails-to-compile::NAME`: rustc refuses it with the error code in `error.txt`, and with no other.
//! - `python::NAME`: its Python twins run on CPython 3.11 or later, twice, and print what `python.txt` holds.
//!
//! `SNAPSHOTS=overwrite cargo test -p snippets` records outputs instead of comparing them.

mod build;
mod limited;
mod python;
mod record;
mod trials;

use libtest_mimic::Arguments;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let trials = trials::programs(package).and_then(|mut trials| {
        trials.extend(trials::compile_errors(package)?);
        trials.extend(python::twins(package)?);
        Ok(trials)
    });
    match trials {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
