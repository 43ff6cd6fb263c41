//! `qabook pdf` and `qabook anki` find the program that makes the book in that form, or say how to build it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The commands, the programs that they run, and what these make.
const PROGRAMS: [(&str, &str, &str); 2] = [("pdf", "qabook-pdf", "PDF"), ("anki", "qabook-anki", "deck")];

/// A copy of `qabook` in a folder of its own, where no other program is next to it.
fn lonely_qabook(folder: &Path) -> PathBuf {
    let program = folder.join(format!("qabook{}", std::env::consts::EXE_SUFFIX));
    fs::copy(env!("CARGO_BIN_EXE_qabook"), &program).unwrap();
    program
}

fn run(program: &Path, path: &Path, arguments: &[&str]) -> Output {
    Command::new(program).env("PATH", path).args(arguments).output().unwrap()
}

#[test]
fn without_the_program_a_command_says_how_to_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let qabook = lonely_qabook(folder.path());
    for (command, program, _) in PROGRAMS {
        let output = run(&qabook, &folder.path().join("nothing"), &[command]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        let expected = format!("error: {program} is not built\n    hint: `cargo build --release -p {program}`, ");
        assert!(message.starts_with(&expected), "{message}");
    }
}

#[test]
fn with_an_installed_typst_there_is_a_shorter_way_to_the_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let qabook = lonely_qabook(folder.path());
    let typst = folder.path().join(format!("typst{}", std::env::consts::EXE_SUFFIX));
    fs::write(&typst, "").unwrap();
    let said = |command| String::from_utf8(run(&qabook, folder.path(), &[command]).stderr).unwrap();
    let expected =
        format!("with `--no-default-features` it takes two and works with {}, if that is typst 0.15", typst.display());
    assert!(said("pdf").contains(&expected), "{}", said("pdf"));
    assert!(!said("anki").contains("typst"), "{}", said("anki"));
}

#[cfg(unix)]
#[test]
fn a_command_passes_every_option_and_failure_on() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let qabook = lonely_qabook(folder.path());
    let tools = folder.path().join("tools");
    fs::create_dir(&tools).unwrap();
    for (command, name, made) in PROGRAMS {
        let program = tools.join(name);
        fs::write(&program, format!("#!/bin/sh\necho {name} \"$@\"\ntest \"$1\" != --fail\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();

        let output = run(&qabook, &tools, &[command, "--root", "a5", "--help"]);
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{name} --root a5 --help\n"));
        let output = run(&qabook, &tools, &[command, "--fail"]);
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: no {made} was made\n"));
        assert!(!output.status.success());
    }
}
