//! The `mdbook-diagrams` command: see the library's documentation.

use mdbook_diagrams::DiagramsPreprocessor;
use std::process::ExitCode;

fn main() -> ExitCode {
    support::command::run(&DiagramsPreprocessor)
}
