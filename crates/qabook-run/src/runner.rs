//! Answers what pages and terminals ask to run.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::compiled::Compiled;
use crate::program::{Workshop, exit_detail, milliseconds};
use crate::queue::{Queue, Refused};
use crate::toolchain::{Python, Rust};
use crate::{Answer, Cancel, CrateType, End, Error, Language, Limit, Limits, Outcome, Request, Sandbox, State};

/// Runs programs in the package of a book.
#[derive(Debug)]
pub struct Runner {
    package: PathBuf,
    rust: Option<Rust>,
    python: Option<Python>,
    sandbox: Sandbox,
    queue: Queue,
    dependencies: Compiled,
}

impl Runner {
    /// Runs programs with the crates of the cargo package in `package`, each in `sandbox`.
    #[must_use]
    pub fn new(package: &Path, sandbox: Sandbox) -> Self {
        Self {
            package: package.to_path_buf(),
            rust: Rust::find(package),
            python: Python::find(),
            sandbox,
            queue: Queue::default(),
            dependencies: Compiled::default(),
        }
    }

    /// What compiles programs, if this machine has it.
    #[must_use]
    pub fn rust(&self) -> Option<&Rust> {
        self.rust.as_ref()
    }

    /// What runs programs in Python, if this machine has it.
    #[must_use]
    pub fn python(&self) -> Option<&Python> {
        self.python.as_ref()
    }

    /// What keeps programs from doing harm.
    #[must_use]
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Runs a program that `page` asked for, after those that came before it; `tell` hears how far it is.
    ///
    /// # Errors
    /// No toolchain, crates that don't compile, too many that wait, `cancel`. How the program ends is never an error.
    pub fn run(&self, request: &Request, page: &str, cancel: &Cancel, tell: &dyn Fn(State)) -> Result<Answer, Error> {
        self.accepts(request)?;
        let turn = self.queue.enter(page, cancel, &|place| tell(State::Queued { place }));
        let _turn = turn.map_err(|refused| match refused {
            Refused::Full => Error::Full,
            Refused::Cancelled => Error::Cancelled,
        })?;
        let answer = match request.language {
            Language::Rust => self.run_rust(request, cancel, tell),
            Language::Python => self.run_python(request, cancel, tell),
        };
        if cancel.is_cancelled() { Err(Error::Cancelled) } else { answer }
    }

    /// Refuses at once what could never run.
    fn accepts(&self, request: &Request) -> Result<(), Error> {
        if request.language == Language::Python {
            return self.python.as_ref().map(drop).ok_or(Error::NoPython);
        }
        let rust = self.rust.as_ref().ok_or(Error::NoRust)?;
        // A nightly compiler takes what a stable one does, but not the other way round.
        if request.channel != "stable" && request.channel != rust.channel() {
            return Err(Error::Channel { wanted: request.channel.clone(), version: rust.version.clone() });
        }
        let known = ["2015", "2018", "2021", "2024"];
        if known.contains(&request.edition.as_str()) { Ok(()) } else { Err(Error::Edition(request.edition.clone())) }
    }

    fn run_rust(&self, request: &Request, cancel: &Cancel, tell: &dyn Fn(State)) -> Result<Answer, Error> {
        let rust = self.rust.as_ref().ok_or(Error::NoRust)?;
        let prepare = |done, of| tell(State::Preparing { done, of });
        let dependencies = self.dependencies.get(&self.package, rust, request.mode, cancel, &prepare)?;
        let workshop = Workshop::new()?;
        tell(State::Compiling);
        let compiled = workshop.compile(request, rust, &dependencies, &self.sandbox, cancel)?;
        let version = format!("rustc {}", rust.version);
        let said = text(&compiled.stderr);
        let stderr = format!("   Compiling playground v0.0.1\n{said}");
        if compiled.end != End::Exited(0) {
            return Ok(not_compiled(&compiled, stderr, version));
        }
        let finished = format!("{stderr}    Finished in {:.2}s\n", compiled.elapsed.as_secs_f64());
        if request.crate_type == CrateType::Lib && !request.tests {
            let done = Outcome { stdout: Vec::new(), stderr: Vec::new(), ..compiled.clone() };
            return Ok(answer(&done, Duration::ZERO, compiled.elapsed, finished, version));
        }
        tell(State::Running);
        let ran = workshop.execute(request.backtrace, &self.sandbox, cancel)?;
        let stderr = format!("{finished}     Running `playground`\n");
        Ok(answer(&ran, ran.elapsed, compiled.elapsed, stderr, version))
    }

    fn run_python(&self, request: &Request, cancel: &Cancel, tell: &dyn Fn(State)) -> Result<Answer, Error> {
        let python = self.python.as_ref().ok_or(Error::NoPython)?;
        let workshop = Workshop::new()?;
        tell(State::Running);
        let ran = workshop.interpret(&request.code, python, &self.sandbox, cancel)?;
        let version = format!("CPython {}", python.version);
        Ok(answer(&ran, ran.elapsed, Duration::ZERO, String::new(), version))
    }
}

/// The answer about a program that doesn't compile, or whose compiler went over a limit.
fn not_compiled(compiled: &Outcome, mut stderr: String, version: String) -> Answer {
    if !matches!(compiled.end, End::Exited(_)) {
        // rustc didn't come to say why.
        stderr += &format!("error: rustc didn't finish: {}\n", exit_detail(compiled.end));
    }
    Answer {
        success: false,
        exit_detail: exit_detail(compiled.end),
        stdout: String::new(),
        stderr: stderr + "error: could not compile `playground`\n",
        milliseconds: 0,
        compile_milliseconds: milliseconds(compiled.elapsed),
        version,
        limit: limit_of(compiled),
    }
}

/// The answer about a program that ran; `stderr` is what was said before it did.
fn answer(ran: &Outcome, elapsed: Duration, compiling: Duration, stderr: String, version: String) -> Answer {
    Answer {
        success: ran.end == End::Exited(0),
        exit_detail: exit_detail(ran.end),
        stdout: text(&ran.stdout),
        stderr: stderr + &text(&ran.stderr),
        milliseconds: milliseconds(elapsed),
        compile_milliseconds: milliseconds(compiling),
        version,
        limit: limit_of(ran),
    }
}

fn limit_of(outcome: &Outcome) -> Option<Limit> {
    if let End::OverLimit(limit) = outcome.end { Some(limit) } else { None }
}

/// What was printed, as text. An end in the middle of a character is the limit's doing, not the program's; and what isn't
/// text grows when it is shown as such, but not above what a program may print.
fn text(printed: &[u8]) -> String {
    let printed = match str::from_utf8(printed) {
        Err(error) if error.error_len().is_none() => &printed[..error.valid_up_to()],
        _ => printed,
    };
    let mut text = String::from_utf8_lossy(printed).into_owned();
    text.truncate(text.floor_char_boundary(Limits::of_program().output));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_that_was_cut_ends_with_a_whole_character() {
        assert_eq!(text("éé".as_bytes()), "éé");
        assert_eq!(text(&"éé".as_bytes()[..3]), "é");
        assert_eq!(text(b"a\xffb"), "a\u{fffd}b");
        let most = Limits::of_program().output;
        assert!((most - 2..=most).contains(&text(&vec![0xff; most]).len()));
    }

    #[test]
    fn a_compiler_that_takes_too_long_is_named_with_its_limit() {
        let compiled = Outcome {
            stdout: vec![],
            stderr: vec![],
            end: End::OverLimit(Limit::Time),
            elapsed: Duration::from_mins(1),
        };
        let answer = not_compiled(&compiled, String::new(), String::new());
        assert_eq!((answer.limit, answer.milliseconds, answer.compile_milliseconds), (Some(Limit::Time), 0, 60_000));
        assert!(answer.stderr.starts_with("error: rustc didn't finish: Ended: over the limit of time\n"), "{answer:?}");
    }
}
