//! The programs of a book.

use qabook_run::{Cancel, Python, Rust};
use qabook_support::{Diagnostics, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::program::{Kind, Program};
use crate::python::{self, Twin};
use crate::recordings::Recordings;
use crate::rule::RECORD;
use crate::{examples, manifest};

/// The programs of a book, found but not compiled.
#[derive(Debug, Clone)]
pub struct Programs {
    package: PathBuf,
    edition: String,
    examples: BTreeSet<String>,
    compile_fail: BTreeSet<String>,
    twins: BTreeMap<String, Vec<Twin>>,
    linux_only: BTreeSet<String>,
}

impl Programs {
    /// The programs of the cargo package in the folder `package`, and their Python twins in the chapters below `src`.
    /// Those that must not compile are of this `edition`.
    ///
    /// # Errors
    /// A package or chapters that can't be read.
    pub fn list(package: &Path, src: &Path, edition: &str) -> Result<Self, Diagnostics> {
        let linux_only = manifest::linux_only(package)?;
        Ok(Self {
            package: package.to_path_buf(),
            edition: edition.into(),
            examples: folders(&package.join("examples"))?,
            compile_fail: folders(&package.join("compile-fail"))?,
            twins: python::by_program(src)?,
            linux_only,
        })
    }

    /// Those of them that are called one of `names`.
    ///
    /// # Errors
    /// The names that no program has.
    pub fn named(mut self, names: &[String]) -> Result<Self, Diagnostics> {
        let mut problems = Diagnostics::default();
        for name in names.iter().filter(|name| !self.examples.contains(*name) && !self.compile_fail.contains(*name)) {
            let hint =
                "see the names in the folders `examples` and `compile-fail`, or make it by `qabook record --new`";
            let file = shown(&self.package);
            problems.push(RECORD.broken(format!("no program is called `{name}`"), hint).in_file(file));
        }
        self.examples.retain(|name| names.contains(name));
        self.compile_fail.retain(|name| names.contains(name));
        self.twins.retain(|name, _| names.contains(name));
        problems.into_result(self)
    }

    /// The names that `linux-only` in the package's settings has, but no program.
    #[must_use]
    pub fn unknown_linux_only(&self) -> Vec<&str> {
        self.linux_only.difference(&self.examples).map(String::as_str).collect()
    }

    /// Compiles them. One that doesn't compile is among the result, and says so when it is run.
    ///
    /// # Errors
    /// No cargo, or a package that it can't build.
    pub fn build(self, cancel: &Cancel) -> Result<Vec<Program>, Diagnostics> {
        let elsewhere = |name: &str| !cfg!(target_os = "linux") && self.linux_only.contains(name);
        let here: Vec<&str> = self.examples.iter().map(String::as_str).filter(|name| !elsewhere(name)).collect();
        let built = examples::build(&self.package, &here, cancel)?;
        let rustc: Arc<str> = Rust::find(&self.package).map_or_else(String::new, |rust| rust.version).into();
        let recordings = Arc::new(Recordings::of(&self.package));
        let program = |parent: &str, name: &str, kind, skipped| Program {
            name: name.into(),
            folder: self.package.join(parent).join(name),
            kind,
            skipped,
            rustc: Arc::clone(&rustc),
            recordings: Arc::clone(&recordings),
        };
        let mut programs = Vec::new();
        for name in &self.examples {
            let skipped = elsewhere(name).then_some("it is about Linux");
            programs.push(program("examples", name, Kind::Runs(built.executable(name)), skipped));
        }
        for name in &self.compile_fail {
            programs.push(program("compile-fail", name, Kind::FailsToCompile(self.edition.clone()), None));
        }
        let python = if self.twins.is_empty() { None } else { Python::find() };
        let skipped = python.is_none().then_some("there is no CPython 3.11 or later here");
        for (name, twins) in &self.twins {
            programs.push(program("examples", name, Kind::Python(python.clone(), twins.clone()), skipped));
        }
        let has_twin = |name: &String| self.twins.get(name).is_some_and(|twins| twins.iter().any(|twin| twin.recorded));
        for name in self.examples.iter().filter(|name| !has_twin(name)) {
            if self.package.join("examples").join(name).join("python.txt").exists() {
                programs.push(program("examples", name, Kind::WithoutTwin, None));
            }
        }
        Ok(programs)
    }
}

/// The names of the folders in `parent`, which need not exist.
fn folders(parent: &Path) -> Result<BTreeSet<String>, Diagnostics> {
    let list = || -> std::io::Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            if entry.path().is_dir() {
                names.insert(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(names)
    };
    match list() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
        listed => listed.map_err(|error| {
            let problem = RECORD.broken(format!("it can't be listed: {error}"), "see that it can be read");
            problem.in_file(shown(parent)).into()
        }),
    }
}
