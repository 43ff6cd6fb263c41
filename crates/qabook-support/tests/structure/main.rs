//! The modules of each crate of this workspace use one another in one direction: layers look down only.
//!
//! A module is a file with the inline modules in it, tests left out. It uses another when a path in it names something that
//! is defined there; a re-export counts as its origin.

mod circles;
mod paths;

use circles::circles;
use paths::uses;
use std::fs;
use std::path::{Path, PathBuf};

fn crates() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["crates", "preprocessors"].map(|group| fs::read_dir(root.join(group)).expect("a folder of crates"));
    let packages = folders.into_iter().flatten().map(|entry| entry.expect("an entry").path());
    packages.filter(|package| package.join("src/lib.rs").exists()).collect()
}

#[test]
fn no_crate_has_a_circle_of_modules() {
    let crates = crates();
    assert!(crates.len() > 5, "{crates:?}");
    let mut wrong = Vec::new();
    for package in crates {
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = circles(&uses(&package.join("src/lib.rs")));
        if !found.is_empty() {
            wrong.push(format!("{name}: these modules use one another: {}", found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_circle_is_found_wherever_it_hides() {
    let below = "mod deep { pub fn h() {} }";
    for (lib, a, b, circle) in [
        ("mod a; mod b;", "use crate::b::g; pub fn f() {}", "use super::a; fn g() { a::f() }", Some("a, b")),
        ("mod a; mod b;", "pub fn f() {}", "use super::a; fn g() { a::f() }", None),
        ("mod a; mod b; fn f() { a::f() }", "pub fn f() { println!(\"{}\", crate::f()) }", "", Some("a, lib")),
        ("mod a; mod b; pub use a::f;", "pub fn f() {}", "use crate::f;", None),
        ("mod a; mod b; pub use b::*;", "use crate::g;", "use super::a::A; pub fn g() {}", Some("a, b")),
        (
            "mod a; mod b; pub mod c { pub use crate::a::f; }",
            "fn f() { crate::b::g() }",
            "use crate::c::f;",
            Some("a, b"),
        ),
        ("mod a; mod b;", "#[cfg(test)] mod tests { use crate::b::g; }", "use super::a::f;", None),
        ("mod a; mod b;", below, "use super::a::deep::h; fn g(h: crate::b::H) {}", None),
        ("mod a; mod b;", "impl From<super::b::G> for F {}", "pub struct G(crate::a::F);", Some("a, b")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("lib.rs", lib), ("a.rs", a), ("b.rs", b)] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = circles(&uses(&folder.path().join("lib.rs")));
        assert_eq!(found, circle.map_or(vec![], |circle| vec![circle.to_string()]), "{lib} {a} {b}");
    }
}
