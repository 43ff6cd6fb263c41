//! What a reader does with the book, in a real browser: headless Chromium, driven by ChromeDriver.
//!
//! The whole book is built once and served by `qabook serve`; a stand-in answers for the Playground. Where the browser is
//! missing every test is reported as ignored, unless `QABOOK_REQUIRE_BROWSER=1` makes that a failure. A test that fails
//! leaves a picture of its page in `target/browser/`.

mod browser;
mod driver;
mod labels;
mod pages;
mod playground;
mod site;
mod trials;

use libtest_mimic::Arguments;
use std::process::ExitCode;
use std::sync::Arc;
use trials::Setup;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests = [labels::TESTS, pages::TESTS].concat();
    let setup = if arguments.list { None } else { Setup::start() };
    if setup.is_none() && std::env::var("QABOOK_REQUIRE_BROWSER").is_ok_and(|required| required == "1") {
        eprintln!("QABOOK_REQUIRE_BROWSER=1, but chromium or chromedriver is not on the PATH");
        return ExitCode::FAILURE;
    }
    let setup = setup.map(Arc::new);
    let trials = tests.iter().map(|test| test.trial(setup.clone())).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    // The servers end here; exiting from `conclusion` would leave them running.
    drop(setup);
    conclusion.exit_code()
}
