//! The `main` of a part's binary.

use mdbook_preprocessor::Preprocessor;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use crate::parts::Part;
use crate::{install, uninstall};

/// How a part presents itself: `qabook_install::about!()`.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The version of its package.
    pub version: &'static str,
    /// The description of its package.
    pub description: &'static str,
    /// Further lines of usage.
    pub usage: &'static str,
}

impl About {
    /// With further lines of usage.
    #[must_use]
    pub const fn with_usage(mut self, usage: &'static str) -> Self {
        self.usage = usage;
        self
    }

    /// What `--help` says of the part `name`.
    #[must_use]
    pub fn help(&self, name: &str) -> String {
        let Self { description, usage, .. } = self;
        let description = description.split_once(": ").map_or(*description, |(_, rest)| rest);
        let mut start = description.chars();
        let description: String = start.next().into_iter().flat_map(char::to_uppercase).chain(start).collect();
        format!(
            "{description}.

usage: mdbook-{name} install BOOK      adds it to the book in the folder BOOK: settings, style sheets, scripts
       mdbook-{name} uninstall BOOK    takes out what install added
       mdbook-{name} --version
{usage}
mdBook runs it by itself when it builds the book. A second install brings the files of a new version.
"
        )
    }
}

/// What the package of the caller says of itself.
#[macro_export]
macro_rules! about {
    () => {
        $crate::About { version: env!("CARGO_PKG_VERSION"), description: env!("CARGO_PKG_DESCRIPTION"), usage: "" }
    };
}

/// Runs a preprocessor: `install BOOK`, `uninstall BOOK`, `--help`, `--version`; else mdBook's protocol, see
/// [`qabook_support::command::run`].
#[must_use]
pub fn run(preprocessor: &dyn Preprocessor, about: About) -> ExitCode {
    let name = preprocessor.name();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // At a terminal nobody sends a book.
    if arguments.is_empty() && io::stdin().is_terminal() {
        eprint!("{}", about.help(name));
        return ExitCode::from(2);
    }
    answer(name, about, &arguments).unwrap_or_else(|| qabook_support::command::run(preprocessor))
}

/// Answers the arguments that every part knows; `None` when these are others.
#[must_use]
pub fn answer(name: &str, about: About, arguments: &[String]) -> Option<ExitCode> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = match arguments[..] {
        ["--help" | "-h" | "help"] => {
            print!("{}", about.help(name));
            return Some(ExitCode::SUCCESS);
        }
        ["--version" | "-V"] => {
            println!("mdbook-{name} {}", about.version);
            return Some(ExitCode::SUCCESS);
        }
        ["install" | "uninstall"] => {
            eprintln!("{}: name the folder of a book", arguments[0]);
            return Some(ExitCode::from(2));
        }
        ["install", book] => install(Part::named(name)?, about.version, Path::new(book)),
        ["uninstall", book] => uninstall(Part::named(name)?, Path::new(book)),
        _ => return None,
    };
    Some(match said {
        Ok(notes) => {
            for note in notes {
                eprintln!("{note}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    })
}
