//! Draws one mermaid source from stdin as SVG on stdout: `cargo run -p mdbook-mermaid-svg --example draw < a.mmd > a.svg`.

use mdbook_mermaid_svg::{Colours, svg};
use std::io::{self, Read};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut source = String::new();
    let drawn = io::stdin()
        .read_to_string(&mut source)
        .map_err(|error| error.to_string())
        .and_then(|_| svg(&source, "diagram", "draft", Colours::Light).map_err(|error| error.to_string()));
    match drawn {
        Ok(svg) => {
            println!("{svg}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
