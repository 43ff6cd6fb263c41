//! The package as a whole: its crates are those of the Playground, and every program is used by a chapter.

use mdbook_snippets::{Package, embeds};
use qabook_support::markdown::Parsed;
use semver::{Version, VersionReq};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Playground {
    crates: BTreeMap<String, PlaygroundCrate>,
}

#[derive(Deserialize)]
struct PlaygroundCrate {
    package: String,
    version: Version,
}

#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, Dependency>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Dependency {
    Short(VersionReq),
    Long { version: VersionReq },
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: Version,
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let path = package().join(path);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_playground_has_every_crate_in_a_compatible_version() {
    let playground: Playground = read("playground-crates.toml");
    let manifest: Manifest = read("Cargo.toml");
    let lock: Lock = read("../Cargo.lock");
    let mut problems = Vec::new();
    for (name, Dependency::Short(wanted) | Dependency::Long { version: wanted }) in
        &manifest.dependencies
    {
        // Old major versions of a crate are linked under other names, such as `futures_0_1_31`.
        let id = name.replace('-', "_");
        let Some(there) = playground
            .crates
            .get(&id)
            .filter(|krate| krate.package == *name)
        else {
            problems.push(format!("the Playground has no crate `{name}`"));
            continue;
        };
        if !wanted.matches(&there.version) {
            problems.push(format!(
                "Cargo.toml wants {name} {wanted}, the Playground has {}",
                there.version
            ));
        }
        let compatible =
            VersionReq::parse(&format!("{}.{}", there.version.major, there.version.minor)).unwrap();
        let mut locked = lock.package.iter().filter(|locked| locked.name == *name);
        if !locked.any(|locked| compatible.matches(&locked.version)) {
            problems.push(format!(
                "Cargo.lock has no {name} compatible with the Playground's {}",
                there.version
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_program_is_used_by_a_chapter() {
    let mut used = BTreeSet::new();
    for chapter in chapters(&package().join("../src")) {
        let text = fs::read_to_string(&chapter).unwrap();
        let references = embeds(&Parsed::new(&text))
            .into_iter()
            .filter_map(|embed| embed.attributes.ok()?.snippet);
        used.extend(references.map(|reference| reference.name));
    }
    let unused: Vec<String> = Package::open(package())
        .unwrap()
        .names()
        .unwrap()
        .into_iter()
        .filter(|name| !used.contains(name))
        .collect();
    assert!(
        unused.is_empty(),
        "no chapter shows {}: delete the program, or embed it",
        unused.join(", ")
    );
}

fn chapters(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                chapters(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect()
}
