//! What a reader does with the book, in a real browser: headless Chromium, driven by ChromeDriver.
//!
//! The whole book is built once and served by `qabook serve`; a stand-in answers for the Playground. Where the browser is
//! missing every test is reported as ignored, unless `QABOOK_REQUIRE_BROWSER=1` makes that a failure. A test that fails
//! leaves a picture of its page in `target/browser/`; `QABOOK_BROWSER_RETRIES=1` tries it once more.
//! `SCREENSHOTS=overwrite` makes the pictures of the README instead.

mod accessibility;
mod browser;
mod cards;
mod choice;
mod code;
mod contents;
mod diagrams;
mod driver;
mod edits;
mod filters;
mod frame;
mod home;
mod host;
mod labels;
mod layout;
mod metadata;
mod obstacles;
mod offline;
mod offline_files;
mod outputs;
mod outputs_look;
mod pages;
mod playground;
mod policy;
mod policy_vectors;
mod practice;
mod practice_drills;
mod practice_english;
mod practice_pages;
mod practice_views;
mod print_menu;
mod programs;
mod progress;
mod progress_files;
mod published;
mod resume;
mod run_here;
mod run_here_all;
mod run_here_python;
mod schedule;
mod screenshots;
mod search;
mod search_box;
mod search_copy;
mod search_recall;
mod search_weight;
mod site;
#[path = "../common/small_book.rs"]
mod small_book;
mod snippet_bar;
mod snippet_edit;
mod snippet_look;
mod snippet_run;
mod snippet_twin;
mod trials;
mod unpacked;
mod wenxiu;
mod whole_book;

use libtest_mimic::Arguments;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use trials::{Setup, Test};

/// The tests of every module.
const TESTS: &[&[Test]] = &[
    accessibility::TESTS,
    choice::TESTS,
    code::TESTS,
    contents::TESTS,
    diagrams::TESTS,
    edits::TESTS,
    filters::TESTS,
    frame::TESTS,
    home::TESTS,
    labels::TESTS,
    layout::TESTS,
    metadata::TESTS,
    obstacles::TESTS,
    offline::TESTS,
    offline_files::TESTS,
    outputs::TESTS,
    outputs_look::TESTS,
    pages::TESTS,
    policy::TESTS,
    policy_vectors::TESTS,
    practice::TESTS,
    practice_drills::TESTS,
    practice_english::TESTS,
    practice_pages::TESTS,
    practice_views::TESTS,
    print_menu::TESTS,
    progress::TESTS,
    progress_files::TESTS,
    published::TESTS,
    resume::TESTS,
    run_here::TESTS,
    run_here_all::TESTS,
    schedule::TESTS,
    search::TESTS,
    search_box::TESTS,
    search_recall::TESTS,
    search_weight::TESTS,
    snippet_bar::TESTS,
    snippet_edit::TESTS,
    snippet_look::TESTS,
    snippet_run::TESTS,
    snippet_twin::TESTS,
    unpacked::TESTS,
    whole_book::TESTS,
];

/// Those that run Python: ignored where there is no CPython 3.11 or later.
const PYTHON_TESTS: &[&[Test]] = &[run_here_all::PYTHON_TESTS, run_here_python::TESTS];

/// Whether `python3` is one that runs the Python of the books.
fn has_python() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
    python.status().is_ok_and(|status| status.success())
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (tests, python_tests) = if std::env::var("SCREENSHOTS").is_ok_and(|wanted| wanted == "overwrite") {
        (vec![screenshots::TESTS], Vec::new())
    } else {
        (TESTS.to_vec(), PYTHON_TESTS.to_vec())
    };
    let (tests, python_tests) = (tests.concat(), python_tests.concat());
    let setup = if arguments.list { None } else { Setup::start() };
    if setup.is_none() && std::env::var("QABOOK_REQUIRE_BROWSER").is_ok_and(|required| required == "1") {
        eprintln!("QABOOK_REQUIRE_BROWSER=1, but chromium or chromedriver is not on the PATH");
        return ExitCode::FAILURE;
    }
    let setup = setup.map(Arc::new);
    if !wenxiu::is_here() {
        eprintln!("the book in the root isn't the one that most tests visit: they are ignored");
    }
    let for_python = setup.clone().filter(|_| has_python());
    let trials = tests.iter().map(|test| test.trial(setup.clone()));
    let trials = trials.chain(python_tests.iter().map(|test| test.trial(for_python.clone()))).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    // The servers end here; exiting from `conclusion` would leave them running.
    drop((setup, for_python));
    conclusion.exit_code()
}
