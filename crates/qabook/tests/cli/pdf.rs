//! `qabook pdf` finds the program that makes the PDF, or says how to build it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of `qabook` in a folder of its own, where no other program is next to it.
fn lonely_qabook(folder: &Path) -> PathBuf {
    let program = folder.join(format!("qabook{}", std::env::consts::EXE_SUFFIX));
    fs::copy(env!("CARGO_BIN_EXE_qabook"), &program).unwrap();
    program
}

fn run(program: &Path, path: &Path, arguments: &[&str]) -> Output {
    Command::new(program).env("PATH", path).arg("pdf").args(arguments).output().unwrap()
}

#[test]
fn without_the_program_pdf_says_how_to_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&lonely_qabook(folder.path()), &folder.path().join("nothing"), &[]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(message.starts_with("error: qabook-pdf is not built\n    hint: `cargo build --release -p"), "{message}");
}

#[cfg(unix)]
#[test]
fn pdf_passes_every_option_and_failure_on() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let qabook = lonely_qabook(folder.path());
    let tools = folder.path().join("tools");
    fs::create_dir(&tools).unwrap();
    let program = tools.join("qabook-pdf");
    fs::write(&program, "#!/bin/sh\necho \"$@\"\ntest \"$1\" != --fail\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();

    let output = run(&qabook, &tools, &["--paper", "a5", "--help"]);
    assert_eq!((output.status.success(), output.stdout.as_slice()), (true, &b"--paper a5 --help\n"[..]));
    let output = run(&qabook, &tools, &["--fail"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: no PDF was made\n");
    assert!(!output.status.success());
}
