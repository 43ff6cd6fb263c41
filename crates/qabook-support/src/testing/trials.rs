//! Tests that need a tool: where it is missing they are reported as ignored, never as passed.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use std::process::{Command, ExitCode};

/// A program that tests look at results with.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// Its name, for people.
    pub name: &'static str,
    /// Whether it can be run.
    pub is_here: fn() -> bool,
    /// The variable that turns a missing tool into a failure when it is 1: CI sets it.
    pub required_by: &'static str,
}

/// A test function, and the tool that it needs; [`tests!`](crate::tests) makes them.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    /// With its modules.
    pub name: &'static str,
    /// Without it there is nothing to test.
    pub tool: Option<Tool>,
    /// Panics when something is wrong.
    pub run: fn(),
}

/// `tests![one, two: TOOL]` for functions of the module; for a target with `harness = false`.
#[macro_export]
macro_rules! tests {
    (@tool) => { None };
    (@tool $tool:expr) => { Some($tool) };
    ($($(#[$attribute:meta])* $name:ident $(: $tool:expr)?),* $(,)?) => {
        &[$($(#[$attribute])* $crate::testing::Test {
            name: concat!(module_path!(), "::", stringify!($name)),
            tool: $crate::tests!(@tool $($tool)?),
            run: $name,
        }),*]
    };
}

/// Runs `tests` as the command line asks, like Rust's own harness.
#[must_use]
pub fn run(tests: &[Test]) -> ExitCode {
    let trials = tests.iter().copied().map(trial).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Runs `tests` of the book that has the file `chapter`. Where another book has taken its place, those whose names begin with
/// one of `any_book` run, and the others are reported as ignored.
#[must_use]
pub fn run_of_book(tests: &[Test], chapter: &Path, any_book: &[&str]) -> ExitCode {
    let is_here = chapter.is_file();
    if !is_here {
        eprintln!("{} is not here: tests of the book that it belongs to are ignored", chapter.display());
    }
    let trial = |test: &Test| {
        let concerned = is_here || any_book.iter().any(|start| short(test.name).starts_with(start));
        let other = || Err(Failed::from("the book is another"));
        if concerned { trial(*test) } else { Trial::test(short(test.name), other).with_ignored_flag(true) }
    };
    libtest_mimic::run(&Arguments::from_args(), tests.iter().map(trial).collect()).exit_code()
}

/// The name of a test without that of its target.
fn short(name: &'static str) -> &'static str {
    name.split_once("::").map_or(name, |(_, name)| name)
}

fn trial(test: Test) -> Trial {
    let missing = test.tool.filter(|tool| !(tool.is_here)());
    let required = missing.is_some_and(|tool| std::env::var(tool.required_by).is_ok_and(|value| value == "1"));
    let name = short(test.name);
    let run = move || {
        if let Some(tool) = missing {
            return Err(Failed::from(format!("{} can't be run", tool.name)));
        }
        (test.run)();
        Ok(())
    };
    Trial::test(name, run).with_ignored_flag(missing.is_some() && !required)
}

/// Whether there is a program of this name, whatever it makes of `argument`.
#[must_use]
pub fn is_installed(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok()
}
