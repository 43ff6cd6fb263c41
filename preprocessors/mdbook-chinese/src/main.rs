//! The `mdbook-chinese` command: see the library's documentation.

use mdbook_chinese::ChinesePreprocessor;
use std::process::ExitCode;

fn main() -> ExitCode {
    qabook_install::run(&ChinesePreprocessor, qabook_install::about!())
}
