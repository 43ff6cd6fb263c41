//! The crates that the programs of a package may use, compiled.
//!
//! cargo compiles them in the package's own target folder, by its own lock file; every program is then compiled by one
//! call of rustc that names the results.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cargo::{self, Ended};
use crate::crates::{self, Crates, Id};
use crate::toolchain::{Rust, cargo};
use crate::{Cancel, Error, Mode};

/// What a program is compiled with.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// The crates by the name that code uses.
    crates: BTreeMap<String, PathBuf>,
    /// Where the crates that these use are.
    folders: BTreeSet<PathBuf>,
    /// Where build scripts put libraries, in rustc's form: `native=/folder`.
    native: BTreeSet<String>,
    /// The manifest and the lock file, with the times when they were read.
    made_of: Vec<(PathBuf, Option<SystemTime>)>,
}

impl Dependencies {
    /// Compiles them; `tell` gets the number of crates that are done, and of all.
    pub(crate) fn compile(
        package: &Path,
        rust: &Rust,
        mode: Mode,
        cancel: &Cancel,
        tell: &dyn Fn(usize, usize),
    ) -> Result<Self, Error> {
        let used = Crates::of(package, rust, cancel)?;
        let made_of = [package.join("Cargo.toml"), used.lock];
        let made_of = made_of.map(|file| (changed(&file), file)).map(|(time, file)| (file, time)).into();
        let built = build(package, mode, cancel, &used.all, tell)?;
        let mut crates = BTreeMap::new();
        for (name, id) in used.direct {
            let file = built.files.get(&id).ok_or_else(|| Error::Dependencies(format!("cargo built no {name}")))?;
            crates.insert(name, file.clone());
        }
        let used = built.files.iter().filter(|(id, _)| used.all.contains(*id));
        let folders = used.filter_map(|(_, file)| Some(file.parent()?.to_path_buf())).collect();
        Ok(Self { crates, folders, native: built.native, made_of })
    }

    /// Whether they are still those of the package.
    pub(crate) fn are_current(&self) -> bool {
        self.made_of.iter().all(|(file, time)| changed(file) == *time) && self.crates.values().all(|file| file.exists())
    }

    /// The arguments that let rustc find them.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = Vec::new();
        for folder in &self.folders {
            arguments.extend(["-L".into(), joined("dependency=", folder)]);
        }
        for folder in &self.native {
            arguments.extend(["-L".into(), folder.into()]);
        }
        for (name, file) in &self.crates {
            arguments.extend(["--extern".into(), joined(&format!("{name}="), file)]);
        }
        arguments
    }

    /// The folders that rustc reads for them.
    pub(crate) fn readable(&self) -> impl Iterator<Item = PathBuf> {
        let native = self.native.iter().map(|folder| folder.split_once('=').map_or(folder.as_str(), |(_, path)| path));
        self.folders.iter().cloned().chain(native.map(PathBuf::from))
    }
}

fn joined(prefix: &str, path: &Path) -> OsString {
    let mut text = OsString::from(prefix);
    text.push(path);
    text
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// A line of `cargo build --message-format json`.
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact { package_id: String, target: Target, filenames: Vec<PathBuf> },
    #[serde(rename = "build-script-executed")]
    BuildScript { linked_paths: Vec<String> },
    #[serde(rename = "compiler-message")]
    Said { message: Rendered },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Rendered {
    level: String,
    rendered: Option<String>,
}

/// What cargo built.
#[derive(Default)]
struct Built {
    /// The library of each package.
    files: BTreeMap<Id, PathBuf>,
    native: BTreeSet<String>,
    errors: String,
}

impl Built {
    fn take(&mut self, message: Message) {
        match message {
            Message::Artifact { package_id, target, mut filenames } => {
                let is_library = target.kind.iter().any(|kind| matches!(kind.as_str(), "lib" | "rlib" | "proc-macro"));
                // Of a library and its summary for the compiler, the library comes first.
                if let Some(id) = crates::id(&package_id)
                    && is_library
                    && !filenames.is_empty()
                {
                    self.files.insert(id, filenames.swap_remove(0));
                }
            }
            Message::BuildScript { linked_paths } => self.native.extend(linked_paths),
            Message::Said { message } if message.level == "error" => {
                self.errors += &message.rendered.unwrap_or_default();
            }
            Message::Said { .. } | Message::Other => {}
        }
    }
}

fn build(
    package: &Path,
    mode: Mode,
    cancel: &Cancel,
    all: &BTreeSet<Id>,
    tell: &dyn Fn(usize, usize),
) -> Result<Built, Error> {
    let mut command = cargo(package);
    command.args(["build", "--message-format", "json"]);
    if mode == Mode::Release {
        command.arg("--release");
    }
    let Ended { success, read: built, stderr } = cargo::run(command, cancel, |stdout| {
        let mut built = Built::default();
        let mut told = 0;
        tell(0, all.len());
        for message in messages(stdout) {
            built.take(message);
            let done = built.files.keys().filter(|id| all.contains(*id)).count();
            if done != told {
                told = done;
                tell(done, all.len());
            }
        }
        built
    })?;
    if success { Ok(built) } else { Err(Error::Dependencies(built.errors + &stderr)) }
}

/// cargo's messages; what a later cargo may print besides is passed over.
fn messages<T: DeserializeOwned>(pipe: impl Read) -> impl Iterator<Item = T> {
    let lines = BufReader::new(pipe).lines().map_while(Result::ok);
    lines.filter_map(|line| serde_json::from_str(&line).ok())
}
