//! `qabook record` on a small book.

use crate::small_book::SmallBook;
use std::process::Output;

const SUM: &str = "snippets/examples/sum";

/// The small book, whose snippet package stands alone.
fn book() -> SmallBook {
    let book = SmallBook::new();
    book.write(
        "snippets/Cargo.toml",
        "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\n\n[workspace]\n",
    );
    book.write("snippets/src/lib.rs", "");
    book
}

fn record(book: &SmallBook, arguments: &[&str]) -> (Output, String) {
    let output = book.qabook(&[&["record"], arguments].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, said)
}

fn fails(book: &SmallBook, arguments: &[&str], messages: &[&str]) {
    let (output, said) = record(book, arguments);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for message in messages {
        assert!(said.contains(message), "{message:?} is not in\n{said}");
    }
}

fn succeeds(book: &SmallBook, arguments: &[&str], messages: &[&str]) {
    let (output, said) = record(book, arguments);
    assert!(output.status.success(), "{said}");
    for message in messages {
        assert!(said.contains(message), "{message:?} is not in\n{said}");
    }
}

#[test]
fn what_is_new_or_changed_is_recorded_and_the_rest_left_alone() {
    let book = book();
    fails(&book, &["sum", "--check"], &["recorded.toml doesn't say how it was recorded"]);
    succeeds(&book, &[], &["runs::sum: recorded"]);
    assert!(book.read("snippets/recorded.toml").contains("\nsum = { rustc = \"1."));
    succeeds(&book, &["--check"], &["as recorded"]);

    book.write(&format!("{SUM}/output.txt"), "3\n");
    let difference = "  recorded: \"3\"\n  now:      \"2\"";
    fails(
        &book,
        &["--check"],
        &["snippets/examples/sum/output.txt:1: sum prints something else", difference, "hint: "],
    );
    assert_eq!(book.read(&format!("{SUM}/output.txt")), "3\n");
    succeeds(&book, &["sum"], &["runs::sum: changed\n  was:    \"3\"\n  is now: \"2\""]);
    assert_eq!(book.read(&format!("{SUM}/output.txt")), "2\n");
}

#[test]
fn every_program_that_fails_is_told_and_the_others_are_recorded() {
    let book = book();
    std::fs::remove_file(book.root().join(format!("{SUM}/output.txt"))).unwrap();
    let program = |body: &str| format!("//! Caption\nfn main() {{\n    {body}\n}}\n");
    book.write("snippets/examples/broken/main.rs", program("let x: u8 = \"\";"));
    book.write("snippets/examples/panics/main.rs", program("panic!(\"on purpose\");"));
    book.write("snippets/examples/random/main.rs", program("println!(\"pid {}\", std::process::id());"));
    book.write("snippets/examples/endless/main.rs", program("loop { println!(\"{}\", \"x\".repeat(1000)); }"));
    book.write("snippets/compile-fail/compiles/main.rs", program(""));
    book.write("snippets/compile-fail/moved/main.rs", program("let a = vec![1]; drop(a); println!(\"{a:?}\");"));
    fails(
        &book,
        &[],
        &[
            "snippets/examples/broken/main.rs: it doesn't compile:\nerror[E0308]",
            "snippets/examples/panics/main.rs: it ended with exit status: 101",
            "on purpose",
            "snippets/examples/random/main.rs: two runs print different output, first at line 1",
            "  first run:  \"pid ",
            "snippets/examples/endless/main.rs: it prints more than 1 MiB",
            "snippets/compile-fail/compiles/main.rs: it compiles, but should not",
            "fails-to-compile::moved: recorded",
            "runs::sum: recorded",
        ],
    );
    assert_eq!(book.read(&format!("{SUM}/output.txt")), "2\n");
    assert!(book.read("snippets/compile-fail/moved/error.txt").starts_with("error[E0382]: borrow of moved value"));
    assert!(!book.root().join("snippets/examples/random/output.txt").exists());
}

#[test]
fn python_twins_share_a_record() {
    let book = book();
    let (_, said) = record(&book, &["sum"]);
    if said.contains("no CPython 3.11 or later") {
        eprintln!("skipped: {said}");
        return;
    }
    assert_eq!(book.read(&format!("{SUM}/python.txt")), "2\n");
    book.write("src/maths/other.md", "```python,snippet=sum\nprint(3)\n```\n");
    fails(
        &book,
        &["sum"],
        &["its twins share a record, but print different output at line 1", "maths/sum.md:   \"2\""],
    );
    book.write("src/maths/other.md", "```python,snippet=sum,no-record\nprint(3)\n```\n");
    succeeds(&book, &["sum", "--check"], &[]);
    book.write("src/maths/other.md", "");
    book.replace("src/maths/sum.md", "snippet=sum", "keep,reason=\"none\"");
    fails(&book, &["--check"], &["python.txt: no chapter holds a Python twin of sum\n    hint: delete it"]);
}

#[test]
fn programs_about_linux_are_named_in_the_package() {
    let book = book();
    book.write(
        "snippets/examples/proc/main.rs",
        "//! Caption\nfn main() {\n    println!(\"{}\", std::path::Path::new(\"/proc/self\").exists());\n}\n",
    );
    let manifest = book.read("snippets/Cargo.toml");
    book.write("snippets/Cargo.toml", manifest + "\n[package.metadata.qabook]\nlinux-only = [\"proc\", \"gone\"]\n");
    let expected =
        if cfg!(target_os = "linux") { "runs::proc: recorded" } else { "runs::proc: not run: it is about Linux" };
    succeeds(&book, &["proc"], &[expected, "`linux-only` names gone, which is no program"]);
}

#[test]
fn a_program_or_package_that_is_not_there_is_told() {
    let book = book();
    fails(&book, &["sun", "moon"], &["snippets: no program is called `moon`", "snippets: no program is called `sun`"]);
    book.write("snippets/Cargo.toml", "[package]\nname = \"programs\"\nversion.workspace = true\n");
    fails(&book, &["sum"], &["snippets/Cargo.toml: cargo can't build the programs:\n", "workspace"]);
    std::fs::remove_dir_all(book.root().join("snippets")).unwrap();
    succeeds(&book, &["--check"], &["this book has no programs"]);
    fails(&book, &["sum"], &["snippets/Cargo.toml: it can't be read"]);
}

#[test]
fn a_new_program_takes_the_place_of_the_python_that_waits() {
    let book = book();
    let waits = "```python,keep,reason=\"no Rust program yet\"\nprint(\n    1)\n```\n";
    book.write("src/maths/wait.md", format!("# Wait\n\n{waits}\n{waits}"));
    succeeds(
        &book,
        &["--new", "one-print", "--chapter", "maths/wait.md"],
        &["src/maths/wait.md:3 shows it", "qabook record one-print"],
    );
    assert_eq!(
        book.read("src/maths/wait.md"),
        format!("# Wait\n\n```python,snippet=one-print\nprint(\n    1)\n```\n\n{waits}")
    );
    let stub = book.read("snippets/examples/one-print/main.rs");
    assert!(
        stub.starts_with("//! One print\n\nfn main() {\n")
            && stub.contains("    // print(\n    //     1)\n    todo!()\n"),
        "{stub}"
    );
    fails(&book, &["one-print"], &["not yet implemented"]);

    for (name, chapter, message) in [
        ("one-print", "src/maths/wait.md", "snippets/examples/one-print: there is a program `one-print` already"),
        ("../one", "src/maths/wait.md", "`../one` is no name for a program"),
        ("two", "src/none.md", "src/none.md: there is no such file"),
        ("two", "src/maths/sum.md", "src/maths/sum.md: no Python example here waits for a program"),
    ] {
        fails(&book, &["--new", name, "--chapter", chapter], &[message, "hint: "]);
    }
    assert_eq!(book.read("snippets/examples/one-print/main.rs"), stub);
    assert!(!book.root().join("snippets/examples/two").exists());
}

#[test]
fn the_first_program_gets_a_package() {
    let book = SmallBook::plain("# One\n\n```python,keep,reason=\"no Rust program yet\"\nprint(1)\n```\n");
    succeeds(&book, &["--new", "one", "--chapter", "src/a.md"], &["made snippets/examples/one/main.rs"]);
    book.write("snippets/examples/one/main.rs", "//! One\n\nfn main() {\n    println!(\"1\");\n}\n");
    succeeds(&book, &[], &["runs::one: recorded"]);
    assert_eq!(book.read("snippets/examples/one/output.txt"), "1\n");
}
