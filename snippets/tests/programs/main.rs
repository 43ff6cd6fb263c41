//! One test per program of the book: `runs::NAME`, `fails-to-compile::NAME`, and `python::NAME` for its Python twins.
//! What is compared, and how, is `qabook-record`, which `qabook record` uses, too.
//!
//! `SNAPSHOTS=overwrite cargo test -p snippets` records outputs instead of comparing them.

use libtest_mimic::{Arguments, Failed, Trial};
use qabook_record::{Program, Programs};
use qabook_run::Cancel;
use std::path::Path;
use std::process::ExitCode;

const EDITION: &str = "2024";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = Programs::list(package, &package.join("../src"), EDITION)
        .and_then(|programs| programs.build(&Cancel::default()));
    match programs {
        Ok(programs) => {
            let trials = programs.into_iter().map(trial).collect();
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn trial(program: Program) -> Trial {
    let (id, skipped) = (program.id(), program.skipped());
    if let Some(reason) = skipped {
        eprintln!("{id} is not run: {reason}");
    }
    let test = move || {
        let cancel = Cancel::default();
        let done = if overwriting() {
            program.record(&cancel).map(drop)
        } else {
            program.compare(&cancel)
        };
        done.map_err(Failed::from)
    };
    Trial::test(id, test).with_ignored_flag(skipped.is_some())
}

/// Whether `SNAPSHOTS=overwrite` asks to record instead of compare.
fn overwriting() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite")
}
