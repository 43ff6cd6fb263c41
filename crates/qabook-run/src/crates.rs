//! Which crates a package uses, as `cargo tree` lists them.
//!
//! `cargo metadata` would say the same, but it downloads what the whole workspace uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cargo::said_by;
use crate::toolchain::{Rust, cargo};
use crate::{Cancel, Error};

/// Name and version of a package.
pub(crate) type Id = (String, String);

/// The crates of a package.
pub(crate) struct Crates {
    /// Those that its programs may name, by the name that code uses.
    pub(crate) direct: BTreeMap<String, Id>,
    /// All that are compiled for them.
    pub(crate) all: BTreeSet<Id>,
    /// The lock file that chooses their versions.
    pub(crate) lock: PathBuf,
}

impl Crates {
    pub(crate) fn of(package: &Path, rust: &Rust, cancel: &Cancel) -> Result<Self, Error> {
        let tree = |arguments: &[&str]| {
            let mut command = cargo(package);
            command.args(["tree", "--target", &rust.host, "--no-dedupe", "--prefix", "none", "--format", "{p}\t{lib}"]);
            command.args(arguments);
            said_by(command, cancel)
        };
        let renamed = renamed(package)?;
        let nearest = tree(&["--edges", "normal", "--depth", "1"])?;
        // The first line is the package itself.
        let direct = nearest.lines().skip(1).filter_map(|line| {
            let (id, library) = read(line)?;
            Some((renamed.get(&id.0).cloned().unwrap_or(library), id))
        });
        let direct = direct.collect();
        let all = tree(&["--edges", "normal,build"])?.lines().skip(1).filter_map(|line| Some(read(line)?.0)).collect();
        let mut command = cargo(package);
        command.args(["locate-project", "--workspace", "--message-format", "plain"]);
        let root = said_by(command, cancel)?;
        Ok(Self { direct, all, lock: Path::new(root.trim_end()).with_file_name("Cargo.lock") })
    }
}

/// A line such as `tokio v1.53.0 (/a/folder)`, a tab, `tokio`.
fn read(line: &str) -> Option<(Id, String)> {
    let (package, library) = line.split_once('\t')?;
    let mut words = package.split(' ');
    let id = (words.next()?.to_string(), words.next()?.strip_prefix('v')?.to_string());
    Some((id, library.trim_end_matches(" (*)").to_string()))
}

/// The names that code uses, by package, where the manifest chooses others than the libraries have.
fn renamed(package: &Path) -> Result<BTreeMap<String, String>, Error> {
    let text = std::fs::read_to_string(package.join("Cargo.toml"))?;
    let manifest: toml::Table =
        toml::from_str(&text).map_err(|error| Error::Dependencies(format!("Cargo.toml: {error}")))?;
    let for_some_targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let tables = std::iter::once(&manifest).chain(for_some_targets.filter_map(|(_, target)| target.as_table()));
    let dependencies = tables.filter_map(|table| table.get("dependencies")?.as_table()).flatten();
    Ok(dependencies
        .filter_map(|(name, value)| Some((value.get("package")?.as_str()?.to_string(), name.replace('-', "_"))))
        .collect())
}

/// The id in cargo's messages, such as `registry+https://…#tokio@1.53.0` or `path+file:///a/name#0.1.0`.
pub(crate) fn id(package_id: &str) -> Option<Id> {
    let (source, end) = package_id.rsplit_once('#')?;
    let (name, version) = end.split_once('@').unwrap_or_else(|| {
        let path = source.split('?').next().unwrap_or(source);
        (path.rsplit('/').next().unwrap_or_default(), end)
    });
    Some((name.into(), version.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, version: &str) -> Id {
        (name.into(), version.into())
    }

    #[test]
    fn ids_name_package_and_version() {
        let registry = "registry+https://github.com/rust-lang/crates.io-index#tokio@1.53.0";
        assert_eq!(id(registry), Some(pair("tokio", "1.53.0")));
        assert_eq!(id("path+file:///a/small#0.1.0"), Some(pair("small", "0.1.0")));
        assert_eq!(id("git+https://example.org/a/name.git?rev=1#name@0.2.0"), Some(pair("name", "0.2.0")));
        assert_eq!(id("git+https://example.org/a/name?branch=x/y#0.2.0"), Some(pair("name", "0.2.0")));
    }

    #[test]
    fn renamed_crates_are_known_by_the_name_that_code_uses() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = "[dependencies]\nserde = \"1\"\nold-rand = { package = \"rand\", version = \"0.8\" }\n\n\
                        [target.'cfg(unix)'.dependencies]\nsys = { package = \"libc\", version = \"0.2\" }\n";
        std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let expected = [("libc", "sys"), ("rand", "old_rand")].map(|(package, name)| (package.into(), name.into()));
        assert_eq!(renamed(folder.path()).unwrap(), BTreeMap::from(expected));
    }

    #[test]
    fn lines_of_the_tree_name_package_version_and_library() {
        assert_eq!(read("tokio v1.53.0\ttokio"), Some((pair("tokio", "1.53.0"), "tokio".into())));
        let macros = "serde_derive v1.0.1 (proc-macro)\tserde_derive (*)";
        assert_eq!(read(macros), Some((pair("serde_derive", "1.0.1"), "serde_derive".into())));
        assert_eq!(read("small v0.1.0 (/a/b c)\tsmall"), Some((pair("small", "0.1.0"), "small".into())));
        assert_eq!(read(""), None);
    }
}
