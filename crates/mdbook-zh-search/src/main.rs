//! The `mdbook-zh-search` command: as a renderer of mdBook, or by hand over a site that was built.

use mdbook_preprocessor::config::Config as BookConfig;
use mdbook_zh_search::{Config, Error, Report, index, render};
use qabook_words::Words;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const BY_HAND: &str = "       mdbook-zh-search SITE [BOOK_TOML]  indexes a site that mdBook has built into the folder SITE; the settings are
                                          in BOOK_TOML, else in a book.toml beside SITE
";

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let texts: Vec<String> = arguments.iter().map(|argument| argument.display().to_string()).collect();
    let about = qabook_install::about!().with_usage(BY_HAND);
    if let Some(code) = qabook_install::answer("zh-search", about, &texts) {
        return code;
    }
    let result = match arguments.as_slice() {
        // mdBook sends a book; at a terminal nobody does.
        [] if !io::stdin().is_terminal() => render(io::stdin().lock()),
        [site] => run(site, site.canonicalize().ok().and_then(|site| Some(site.parent()?.join("book.toml")))),
        [site, config] => run(site, Some(config.clone())),
        _ => {
            eprint!("{}", about.help("zh-search"));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(report) => {
            report.notes.iter().for_each(|note| eprintln!("{note}"));
            report.astray.iter().for_each(|one| eprintln!("{}: {one}", one.page));
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
    let Some(path) = config.filter(|path| path.exists()) else {
        return index(site, &Config::default(), &Words::of_language("en"));
    };
    let config = Config::from_book_toml(&path)?;
    let book =
        BookConfig::from_disk(&path).map_err(|error| Error::Book { path: path.clone(), reason: error.into() })?;
    let root = path.parent().unwrap_or(Path::new("."));
    index(site, &config, &Words::of_book(root, &book)?)
}
