//! The command: what it answers without mdBook.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mdbook-questions")).args(arguments).output().unwrap()
}

#[test]
fn help_is_no_error() {
    for option in ["--help", "-h"] {
        let output = run(&[option]);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{option}");
        assert!(printed.contains("\nusage: mdbook-questions install BOOK "), "{printed}");
    }
    let version = String::from_utf8(run(&["--version"]).stdout).unwrap();
    assert_eq!(version, format!("mdbook-questions {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn an_unknown_argument_is_an_error() {
    let output = run(&["build"]);
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(printed.starts_with("this is an mdBook preprocessor"), "{printed}");
    assert!(printed.contains("\n    hint: name it in book.toml as [preprocessor.questions]"), "{printed}");
    assert_eq!(run(&["supports", "html"]).status.code(), Some(0));
}
