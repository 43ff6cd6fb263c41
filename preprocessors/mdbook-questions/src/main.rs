//! The `mdbook-questions` command: see the library's documentation.

use mdbook_questions::QuestionsPreprocessor;
use std::process::ExitCode;

fn main() -> ExitCode {
    qabook_install::run(&QuestionsPreprocessor, qabook_install::about!())
}
