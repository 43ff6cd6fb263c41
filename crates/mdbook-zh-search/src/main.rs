//! `mdbook-zh-search BOOK_DIR [BOOK_TOML]`: indexes an mdBook site that was built into `BOOK_DIR`.

use mdbook_zh_search::{Config, Error, Report, index};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: mdbook-zh-search BOOK_DIR [BOOK_TOML]
    BOOK_DIR   the folder that `mdbook build` wrote, such as `book`
    BOOK_TOML  where [preprocessor.zh-search] is; without it, book.toml in BOOK_DIR's parent, if there is one";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let result = match arguments.as_slice() {
        [help] if ["-h", "--help"].iter().any(|option| help.as_os_str() == *option) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [site] => run(site, site.canonicalize().ok().and_then(|site| Some(site.parent()?.join("book.toml")))),
        [site, config] => run(site, Some(config.clone())),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(report) => {
            report.notes.iter().for_each(|note| eprintln!("{note}"));
            eprintln!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(site: &Path, config: Option<PathBuf>) -> Result<Report, Error> {
    let config = config
        .filter(|path| path.exists())
        .map_or_else(|| Ok(Config::default()), |path| Config::from_book_toml(&path))?;
    index(site, &config)
}
