//! Tests that need a tool: where it is missing they are reported as ignored, never as passed.

use libtest_mimic::{Arguments, Failed, Trial};
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

fn trial(test: Test) -> Trial {
    let missing = test.tool.filter(|tool| !(tool.is_here)());
    let required = missing.is_some_and(|tool| std::env::var(tool.required_by).is_ok_and(|value| value == "1"));
    let name = test.name.split_once("::").map_or(test.name, |(_, name)| name);
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
