//! The `mdbook-mermaid-svg` command: see the library's documentation.

use mdbook_mermaid_svg::MermaidSvgPreprocessor;
use std::process::ExitCode;

fn main() -> ExitCode {
    qabook_install::run(&MermaidSvgPreprocessor, qabook_install::about!())
}
