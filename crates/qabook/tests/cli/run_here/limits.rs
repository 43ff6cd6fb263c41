//! How runs end, as the page is told.

use super::{Request, answer, assert_runs, book, playground, run};
use crate::server::Server;
use regex::Regex;
use serde_json::{Value, json};

/// What `theme/js/snippet-run.js` goes by: whether the program was started.
fn was_started(answer: &Value) -> bool {
    Regex::new(r"(?m)^ {4,}(?:Finished|Running) .*$").unwrap().is_match(answer["stderr"].as_str().unwrap())
}

/// What it takes for an error of the compiler's.
fn has_error(answer: &Value) -> bool {
    Regex::new(r"(?m)^error(?:\[E\d+\])?:").unwrap().is_match(answer["stderr"].as_str().unwrap())
}

/// What the page shows of stderr: all but what cargo says.
fn shown(answer: &Value) -> String {
    let cargo = r"(?m)^ *(?:Updating|Locking|Downloading|Downloaded|Adding|Blocking|Compiling|Finished|Running) .*\n?";
    Regex::new(cargo).unwrap().replace_all(answer["stderr"].as_str().unwrap(), "").into_owned()
}

#[test]
fn a_program_without_an_end_is_ended_after_ten_seconds() {
    let book = book();
    let server = Server::start(&book);
    let answer = run(&server, "fn main() {\n    println!(\"on and on\");\n    loop {}\n}\n");
    assert_eq!((&answer["success"], &answer["limit"]), (&json!(false), &json!("time")), "{answer}");
    assert_eq!(answer["stdout"], "on and on\n");
    // How long after them depends on the machine.
    assert!(answer["milliseconds"].as_u64().unwrap() >= 10_000, "{answer}");
    assert!(was_started(&answer), "{answer}");
    assert_runs(&server);
}

#[test]
fn a_program_that_prints_without_an_end_is_ended() {
    let book = book();
    let server = Server::start(&book);
    // Characters of three bytes, which no power of two divides.
    for (code, stream) in [
        ("fn main() {\n    loop {\n        println!(\"中文\");\n    }\n}\n", "stdout"),
        ("fn main() {\n    loop {\n        eprintln!(\"中文\");\n    }\n}\n", "stderr"),
        (
            "use std::io::Write;\nfn main() {\n    while std::io::stdout().write_all(&[255; 1024]).is_ok() {}\n}\n",
            "stdout",
        ),
    ] {
        let answer = run(&server, code);
        assert_eq!((&answer["success"], &answer["limit"]), (&json!(false), &json!("output")));
        let printed = if stream == "stdout" { answer["stdout"].as_str().unwrap().into() } else { shown(&answer) };
        assert!((1_000_000..=1 << 20).contains(&printed.len()), "{stream}: {}", printed.len());
        assert!(printed.ends_with(['\n', '中', '文', '\u{fffd}']), "{stream}: {:?}", &printed[printed.len() - 9..]);
        assert_eq!(printed.contains('\u{fffd}'), code.contains("255"), "{stream} ends within a character");
        assert_runs(&server);
    }
}

#[test]
fn a_program_that_does_not_compile_says_what_rustc_says() {
    let book = book();
    let server = Server::start(&book);
    let answer = run(&server, "fn main() {\n    let x: u8 = \"\";\n}\n");
    assert_eq!((&answer["success"], &answer["limit"], &answer["stdout"]), (&json!(false), &Value::Null, &json!("")));
    assert!(has_error(&answer) && !was_started(&answer), "{answer}");
    let shown = shown(&answer);
    assert!(shown.starts_with("error[E0308]: mismatched types\n --> src/main.rs:2:17\n"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn a_program_that_fails_says_how() {
    let book = book();
    let server = Server::start(&book);
    let panicked = run(&server, "fn main() {\n    println!(\"before\");\n    panic!(\"at the worst\");\n}\n");
    assert_eq!((&panicked["success"], &panicked["exitDetail"]), (&json!(false), &json!("Exited with status 101")));
    assert_eq!(panicked["stdout"], "before\n");
    assert!(was_started(&panicked), "{panicked}");
    let said = shown(&panicked);
    assert!(said.contains("panicked at src/main.rs:3:5:\nat the worst\n"), "{said}");
    assert!(said.contains("RUST_BACKTRACE=1"), "{said}");

    let exited = run(&server, "fn main() {\n    std::process::exit(7);\n}\n");
    assert_eq!((&exited["success"], &exited["exitDetail"]), (&json!(false), &json!("Exited with status 7")));

    if cfg!(unix) {
        let aborted = run(&server, "fn main() {\n    std::process::abort();\n}\n");
        assert_eq!(aborted["exitDetail"], "Exited with signal 6 (SIGABRT)");
        assert_eq!((&aborted["success"], &aborted["limit"]), (&json!(false), &Value::Null));
    }
}

#[test]
fn a_program_is_compiled_as_it_is_asked_for() {
    let book = book();
    let server = Server::start(&book);
    let with = |name: &str, value: Value, code: &str| {
        let mut body = playground(code);
        body[name] = value;
        answer(&server, &body)
    };
    let library = with("crateType", json!("lib"), "pub fn one() -> u8 {\n    1\n}\n");
    assert_eq!((&library["success"], &library["stdout"]), (&json!(true), &json!("")), "{library}");
    let no_library = with("crateType", json!("lib"), "pub fn one() -> u8 {\n    \"\"\n}\n");
    assert!(has_error(&no_library) && shown(&no_library).contains("src/lib.rs:2:5"), "{no_library}");

    let tested =
        with("tests", json!(true), "#[test]\nfn holds() {}\n#[test]\nfn fails() {\n    panic!();\n}\nfn main() {}\n");
    assert_eq!((&tested["success"], &tested["exitDetail"]), (&json!(false), &json!("Exited with status 101")));
    let printed = tested["stdout"].as_str().unwrap();
    assert!(printed.contains("test holds ... ok") && printed.contains("1 passed; 1 failed"), "{printed}");

    let traced = with("backtrace", json!(true), "fn main() {\n    panic!();\n}\n");
    let said = shown(&traced);
    assert!(said.contains("stack backtrace:") && said.contains("src/main.rs:2:5"), "{said}");

    let mode = "fn main() {\n    println!(\"{}\", cfg!(debug_assertions));\n}\n";
    for (name, printed) in [("debug", "true\n"), ("release", "false\n")] {
        assert_eq!(with("mode", json!(name), mode)["stdout"], printed, "{name}");
    }
    // `gen` is a keyword since 2024.
    let keyword = "fn main() {\n    let gen = 1;\n    println!(\"{gen}\");\n}\n";
    assert_eq!(with("edition", json!("2021"), keyword)["stdout"], "1\n");
    assert!(has_error(&with("edition", json!("2024"), keyword)));
}

#[test]
fn python_runs_too() {
    let book = book();
    let server = Server::start(&book);
    let page = server.get("/maths/sum.html").body;
    if !page.contains("data-python=") {
        return super::skip("there is no CPython 3.11 or later");
    }
    let run = |code: &str| {
        let body = json!({ "language": "python", "code": code });
        let answer = Request::execute(&server, &body).send(&server);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let ran = run("import sys\nprint('你好', sys.flags.isolated)\n");
    assert_eq!((&ran["success"], &ran["stdout"], &ran["stderr"]), (&json!(true), &json!("你好 1\n"), &json!("")));
    assert!(ran["version"].as_str().unwrap().starts_with("CPython 3."), "{ran}");

    let failed = run("print('before')\n1 / 0\n");
    assert_eq!((&failed["success"], &failed["exitDetail"]), (&json!(false), &json!("Exited with status 1")));
    assert_eq!(failed["stdout"], "before\n");
    assert!(failed["stderr"].as_str().unwrap().ends_with("ZeroDivisionError: division by zero\n"), "{failed}");

    let endless = run("print('on and on')\nwhile True:\n    pass\n");
    assert_eq!((&endless["limit"], &endless["stdout"]), (&json!("time"), &json!("on and on\n")), "{endless}");
}
