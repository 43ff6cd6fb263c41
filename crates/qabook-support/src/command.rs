//! The `main` of a preprocessor binary.

use mdbook_preprocessor::{Preprocessor, parse_input};
use std::io::{self, Write};
use std::process::ExitCode;

use crate::cache;

/// Serves mdBook's preprocessor protocol for `preprocessor`.
///
/// `NAME supports RENDERER` exits with 0 or 1; without arguments the book is read from stdin as JSON and written to
/// stdout. `--help` and `--version` are the binary's own. Errors go to stderr, and then nothing is written to stdout.
/// See <https://rust-lang.github.io/mdBook/for_developers/preprocessors.html>.
#[must_use]
pub fn run(preprocessor: &dyn Preprocessor) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => transform(preprocessor),
        ["supports", renderer] => match preprocessor.supports_renderer(renderer) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        _ => Err(anyhow::anyhow!(
            "this is an mdBook preprocessor, which takes no such arguments\n    hint: name it in book.toml as \
             [preprocessor.{}] and run `mdbook build`",
            preprocessor.name()
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn transform(preprocessor: &dyn Preprocessor) -> anyhow::Result<()> {
    cache::open();
    let (ctx, book) = parse_input(io::stdin().lock())?;
    let book = preprocessor.run(&ctx, book)?;
    let json = serde_json::to_vec(&book)?;
    io::stdout().lock().write_all(&json)?;
    Ok(())
}
