//! From a program's text to what it printed.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

use crate::dependencies::Dependencies;
use crate::toolchain::{Python, Rust};
use crate::{Cancel, CrateType, End, Error, Job, Limits, Mode, Outcome, Request, Sandbox};

/// The folders of one run; gone when dropped.
pub(crate) struct Workshop {
    folder: TempDir,
}

impl Workshop {
    pub(crate) fn new() -> Result<Self, Error> {
        let folder = tempfile::Builder::new().prefix("qabook-run-").tempdir()?;
        let workshop = Self { folder };
        fs::create_dir_all(workshop.build().join("src"))?;
        fs::create_dir(workshop.empty())?;
        Ok(workshop)
    }

    /// Where the program's text is and the compiler writes.
    fn build(&self) -> PathBuf {
        self.folder.path().join("build")
    }

    /// Where the program runs.
    fn empty(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    fn executable(&self) -> PathBuf {
        self.build().join("playground").with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// Compiles a program in Rust. Messages name `src/main.rs`, as the Playground's do.
    pub(crate) fn compile(
        &self,
        request: &Request,
        rust: &Rust,
        dependencies: &Dependencies,
        sandbox: &Sandbox,
        cancel: &Cancel,
    ) -> Result<Outcome, Error> {
        let (source, kind) = match request.crate_type {
            CrateType::Bin => ("src/main.rs", "bin"),
            CrateType::Lib => ("src/lib.rs", "lib"),
        };
        fs::write(self.build().join(source), &request.code)?;
        let mut arguments: Vec<OsString> =
            [source, "--crate-name", "playground", "--edition", &request.edition].into_iter().map(Into::into).collect();
        let optimization = match request.mode {
            Mode::Debug => ["opt-level=0", "debug-assertions=on"],
            Mode::Release => ["opt-level=3", "debug-assertions=off"],
        };
        let debuginfo = if request.backtrace { "debuginfo=line-tables-only" } else { "debuginfo=0" };
        for option in optimization.into_iter().chain([debuginfo]) {
            arguments.extend(["-C".into(), option.into()]);
        }
        arguments.push(if request.tests { "--test".into() } else { format!("--crate-type={kind}").into() });
        arguments.extend(["-o".into(), self.executable().into()]);
        arguments.extend(dependencies.arguments());
        let mut readable = vec![rust.sysroot.clone()];
        readable.extend(dependencies.readable());
        let job = Job {
            program: rust.compiler(),
            arguments,
            environment: environment(&self.build(), false),
            folder: self.build(),
            readable,
            limits: Limits::of_compiler(),
        };
        Ok(sandbox.run(&job, cancel)?)
    }

    /// Runs what was compiled.
    pub(crate) fn execute(&self, backtrace: bool, sandbox: &Sandbox, cancel: &Cancel) -> Result<Outcome, Error> {
        let job = Job {
            program: self.executable(),
            arguments: Vec::new(),
            environment: environment(&self.empty(), backtrace),
            folder: self.empty(),
            readable: vec![self.build()],
            limits: Limits::of_program(),
        };
        Ok(sandbox.run(&job, cancel)?)
    }

    /// Runs a program in Python.
    pub(crate) fn interpret(
        &self,
        code: &str,
        python: &Python,
        sandbox: &Sandbox,
        cancel: &Cancel,
    ) -> Result<Outcome, Error> {
        let script = self.build().join("main.py");
        fs::write(&script, code)?;
        let mut readable = python.folders.clone();
        readable.push(self.build());
        let job = Job {
            program: python.executable.clone(),
            // No module of the current folder, no site of the user's; what is printed arrives even when a limit ends the
            // program; UTF-8 wherever the machine is.
            arguments: ["-I".into(), "-u".into(), "-X".into(), "utf8".into(), script.into()].into(),
            environment: environment(&self.empty(), false),
            folder: self.empty(),
            readable,
            limits: Limits::of_program(),
        };
        Ok(sandbox.run(&job, cancel)?)
    }
}

/// All that a program sees of the environment: nothing of the reader's but where the system's commands are.
fn environment(folder: &Path, backtrace: bool) -> Vec<(OsString, OsString)> {
    let mut variables: Vec<(OsString, OsString)> = vec![("LANG".into(), "C.UTF-8".into())];
    for name in ["HOME", "TMPDIR", "TEMP", "TMP"] {
        variables.push((name.into(), folder.into()));
    }
    // The linker is on it, and on Windows nothing starts without the system's folder.
    let system = ["PATH", "SystemRoot", "LIB", "INCLUDE"];
    let inherited = system.into_iter().filter_map(|name| Some((name.into(), std::env::var_os(name)?)));
    variables.extend(inherited);
    if backtrace {
        variables.push(("RUST_BACKTRACE".into(), "1".into()));
    }
    variables
}

/// How a run ended in the words of the Playground.
pub(crate) fn exit_detail(end: End) -> String {
    match end {
        End::Exited(status) => format!("Exited with status {status}"),
        End::Signal(signal) => match name(signal) {
            Some(name) => format!("Exited with signal {signal} ({name})"),
            None => format!("Exited with signal {signal}"),
        },
        End::OverLimit(limit) => format!("Ended: over the limit of {limit}"),
        End::Cancelled => "Cancelled".into(),
    }
}

/// The names of signals that end programs, the same number on every Unix.
fn name(signal: i32) -> Option<&'static str> {
    let names = [
        (1, "SIGHUP"),
        (2, "SIGINT"),
        (3, "SIGQUIT"),
        (4, "SIGILL"),
        (6, "SIGABRT"),
        (8, "SIGFPE"),
        (9, "SIGKILL"),
        (11, "SIGSEGV"),
        (13, "SIGPIPE"),
        (14, "SIGALRM"),
        (15, "SIGTERM"),
    ];
    names.iter().find(|(number, _)| *number == signal).map(|(_, name)| *name)
}

/// The time of `outcome` in milliseconds.
pub(crate) fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
