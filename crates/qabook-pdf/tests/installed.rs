//! An installed Typst: a script that stands for it, and is given what a real one is given.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use common::{book, settings};
use qabook_pdf::{Pdf, Settings, Typst, render};
use qabook_support::Diagnostics;

/// A `typst` in `folder` of `version` that then runs `script`, in which `$given` is the folder that it was given, and `$pdf` the
/// file to write.
fn typst(folder: &Path, version: &str, script: &str) -> PathBuf {
    fs::write(folder.join("made.pdf"), common::pdf("# 甲\n\n字。\n").unwrap().bytes).unwrap();
    let program = folder.join("typst");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '{version}'; exit; fi\ncd '{}' && echo \"$*\" >arguments && env >env\n\
         for pdf; do :; done\ngiven=${{pdf%/*}}\nrm -rf given && cp -r \"$given\" given\n{script}\n",
        folder.display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

const VERSION: &str = "typst 0.15.1 (0123abcd)";
const SUCCEEDS: &str = "cp made.pdf \"$pdf\"";

/// A book of two chapters, set by `program`.
fn set(folder: &Path, program: PathBuf) -> Result<Pdf, Diagnostics> {
    let chapters = [("a.md", "# 甲\n\n字。\n"), ("b.md", "# 乙\n\n一。\n\n二。\n")];
    let document = book(folder, &chapters).unwrap().document;
    render(&document, &Settings { typst: Typst::Installed(program), ..settings() })
}

/// The line and the column, as Typst counts them, where `code` says `text`.
fn place(code: &str, text: &str) -> String {
    let before = &code[..code.find(text).expect(text)];
    let column = before.chars().rev().take_while(|&c| c != '\n').count();
    format!("{}:{column}", before.matches('\n').count() + 1)
}

#[test]
fn it_gets_all_files_and_fonts_and_its_pdf_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = set(folder.path(), typst(folder.path(), "typst 0.15.9", SUCCEEDS)).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert!(pdf.pages > 0 && pdf.warnings.is_empty(), "{pdf:?}");
    let given = |path: &str| fs::metadata(folder.path().join("given").join(path)).map(|file| file.len() > 0);
    for path in ["main.typ", "settings.typ", "chapters/0.typ", "chapters/1.typ", "code.tmTheme", "fonts/0/font.ttf"] {
        assert!(given(path).unwrap(), "{path}");
    }
    let arguments = fs::read_to_string(folder.path().join("arguments")).unwrap();
    assert!(
        arguments.contains("--ignore-system-fonts") && arguments.contains("--pdf-standard ua-1,a-2a"),
        "{arguments}"
    );
    let fonts: Vec<_> = arguments.split("--font-path ").skip(1).map(|rest| rest.split(' ').next().unwrap()).collect();
    assert!(fonts.len() > 4 && fonts[0].ends_with("fonts/0") && fonts[4].ends_with("fonts/4"), "{fonts:?}");
    let environment = fs::read_to_string(folder.path().join("env")).unwrap();
    assert!(environment.contains("TYPST_IGNORE_EMBEDDED_FONTS=true"), "{environment}");
}

#[test]
fn what_it_says_names_the_authors_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    set(folder.path(), typst(folder.path(), VERSION, SUCCEEDS)).unwrap();
    let code = fs::read_to_string(folder.path().join("given/chapters/1.typ")).unwrap();
    let at = place(&code, "二。");
    let says = |mark: &str, then: &str| {
        format!("printf '{mark}: it is so\\n  ┌─ %s/chapters/1.typ:{at}\\n  = hint: x\\n' \"$given\" >&2\n{then}")
    };
    let pdf = set(folder.path(), typst(folder.path(), VERSION, &says("warning", SUCCEEDS))).unwrap();
    let warnings = pdf.warnings[0].to_string();
    assert!(pdf.warnings.len() == 1 && warnings.ends_with("src/b.md:5: it is so\n    hint: x"), "{warnings}");
    let errors = set(folder.path(), typst(folder.path(), VERSION, &says("error", "exit 1"))).unwrap_err().to_string();
    assert!(errors.contains("src/b.md:5: it is so\n    hint: x"), "{errors}");
}

#[test]
fn what_goes_wrong_is_told_with_what_the_command_said() {
    let folder = tempfile::tempdir().unwrap();
    for (script, said) in [
        ("echo 'thread main panicked' >&2; exit 101", "made no PDF (exit status: 101): thread main panicked"),
        (
            "echo 'warning: odd' >&2; echo 'out of memory' >&2; exit 1",
            "made no PDF (exit status: 1): warning: odd\nout of memory",
        ),
        ("kill -9 $$", "made no PDF (signal: 9"),
        ("true", "made no PDF (exit status: 0)"),
    ] {
        let problem = set(folder.path(), typst(folder.path(), VERSION, script)).unwrap_err().to_string();
        assert!(problem.contains(said), "{problem}");
    }
}

#[test]
fn another_version_or_none_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let of = |version: &str| set(folder.path(), typst(folder.path(), version, SUCCEEDS)).unwrap_err().to_string();
    let other = of("typst 0.13.1 (8ace67d9)");
    assert!(other.contains("is Typst 0.13.1, and books are set by Typst 0.15"), "{other}");
    assert!(other.contains("hint: install Typst 0.15"), "{other}");
    assert!(of("cat (GNU coreutils) 9.1").contains("is no Typst"), "{}", of("cat"));
    let none = set(folder.path(), folder.path().join("none")).unwrap_err().to_string();
    assert!(none.contains("none` can't be started"), "{none}");
}
