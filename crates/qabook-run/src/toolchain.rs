//! The compiler and the interpreter of this machine.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An installed Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rust {
    /// The version, such as `1.95.0`.
    pub version: String,
    /// The target that it compiles for, such as `x86_64-unknown-linux-gnu`.
    pub(crate) host: String,
    /// Where compiler and standard library are.
    pub(crate) sysroot: PathBuf,
}

impl Rust {
    /// The Rust that `cargo` and `rustc` on the `PATH` are in `folder`, where a `rust-toolchain.toml` may choose; `None`
    /// where one of them is missing.
    #[must_use]
    pub fn find(folder: &Path) -> Option<Self> {
        print(cargo(folder).arg("--version"))?;
        let about = print(Command::new("rustc").arg("-vV").current_dir(folder))?;
        let field = |name: &str| about.lines().find_map(|line| line.strip_prefix(name)).map(str::to_string);
        let sysroot = print(Command::new("rustc").args(["--print", "sysroot"]).current_dir(folder))?;
        Some(Self { version: field("release: ")?, host: field("host: ")?, sysroot: sysroot.trim_end().into() })
    }

    /// The compiler itself, not rustup's, which would read the home folder.
    pub(crate) fn compiler(&self) -> PathBuf {
        self.sysroot.join("bin").join("rustc").with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// `stable`, `beta` or `nightly`.
    pub(crate) fn channel(&self) -> &str {
        match self.version.split_once('-') {
            None => "stable",
            Some((_, channel)) => channel.split('.').next().unwrap_or(channel),
        }
    }
}

/// `cargo` as it is in `folder`.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// An installed CPython.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Python {
    /// The version, such as `3.11.7`.
    pub version: String,
    pub(crate) executable: PathBuf,
    /// Where its library is.
    pub(crate) folders: Vec<PathBuf>,
}

/// The oldest version that the twins of a book are written for.
const OLDEST: (u32, u32) = (3, 11);

impl Python {
    /// The interpreter itself.
    #[must_use]
    pub fn executable(&self) -> &Path {
        &self.executable
    }

    /// The first of `python3` and `python` on the `PATH` that is CPython 3.11 or later.
    #[must_use]
    pub fn find() -> Option<Self> {
        let (major, minor) = OLDEST;
        let program = format!(
            "import json, platform, sys\n\
             assert sys.version_info >= ({major}, {minor}) and sys.implementation.name == 'cpython'\n\
             print(json.dumps({{'version': platform.python_version(), 'executable': sys.executable,\n\
             'folders': sorted({{sys.prefix, sys.base_prefix, sys.exec_prefix}})}}))"
        );
        let ask = |name: &&str| {
            serde_json::from_str(&print(Command::new(name).args(["-I", "-X", "utf8", "-c", &program]))?).ok()
        };
        ["python3", "python"].iter().find_map(ask)
    }
}

/// What `command` prints, if it ends with success.
fn print(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_names_its_channel() {
        let rust = |version: &str| Rust { version: version.into(), host: String::new(), sysroot: PathBuf::new() };
        assert_eq!(rust("1.95.0").channel(), "stable");
        assert_eq!(rust("1.96.0-beta.3").channel(), "beta");
        assert_eq!(rust("1.97.0-nightly").channel(), "nightly");
    }

    #[test]
    fn the_compiler_that_tests_this_is_found() {
        let rust = Rust::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("cargo runs this test");
        assert!(rust.compiler().is_file(), "{rust:?}");
        assert!(rust.host.contains('-'), "{rust:?}");
    }
}
