//! The `mdbook-snippets` command: see the library's documentation.

use mdbook_snippets::SnippetPreprocessor;
use std::process::ExitCode;

fn main() -> ExitCode {
    qabook_install::run(&SnippetPreprocessor, qabook_install::about!())
}
