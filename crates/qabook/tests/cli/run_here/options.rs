//! With which options, and where, programs run.

use super::{HELLO, Request, assert_runs, book, playground, token};
use crate::server::Server;
use crate::small_book::SmallBook;
use serde_json::json;
use tempfile::TempDir;

/// A request that would run a program, if the server had given out `token`.
fn request(server: &Server, token: &str) -> Request {
    let host = format!("127.0.0.1:{}", server.port());
    Request { headers: Vec::new(), ..Request::get(server, "/execute") }
        .method("POST")
        .and("Host", &host)
        .and("Origin", &format!("http://{host}"))
        .and("Content-Type", "application/json")
        .and("X-Qabook-Token", token)
        .body(playground(HELLO).to_string())
}

fn assert_runs_nothing(server: &Server) {
    for path in ["/", "/maths/sum.html", "/nowhere.html"] {
        let page = server.get(path).body;
        assert!(
            page.contains("/-/qabook/reload.js") && !page.contains("run.js") && !page.contains("data-token"),
            "{page}"
        );
    }
    for method in ["GET", "POST", "OPTIONS"] {
        let answer = request(server, "").method(method).send(server);
        assert!(matches!(answer.status, 404 | 405), "{method}: {}", answer.status);
    }
}

fn serve(book: &SmallBook, options: &[&str]) -> Server {
    Server::spawn(&mut book.qabook(&[&["serve", "--port", "0"], options].concat()))
}

#[test]
fn without_running_pages_carry_nothing_of_it() {
    let book = book();
    let server = serve(&book, &["--no-run"]);
    assert!(!server.said_first.iter().any(|line| line.contains("programs run")), "{:?}", server.said_first);
    assert_runs_nothing(&server);
}

#[test]
fn where_other_machines_reach_the_server_it_runs_nothing() {
    let book = book();
    let server = serve(&book, &["--host", "0.0.0.0"]);
    let line =
        "programs run on the Playground: others reach this server; --allow-remote-run lets them run programs here";
    assert!(server.said_first.iter().any(|said| said == line), "{:?}", server.said_first);
    assert_runs_nothing(&server);
}

#[test]
fn where_other_machines_may_run_programs_a_name_may_not() {
    let book = book();
    let server = serve(&book, &["--host", "0.0.0.0", "--allow-remote-run"]);
    let here = format!("127.0.0.1:{}", server.port());
    let rebound = format!("rebound.example:{}", server.port());
    let page = Request::get(&server, "/maths/sum.html");
    let token = token(&server);
    let by_name = page.clone().with("Host", &rebound).send(&server);
    assert_eq!(by_name.status, 200);
    assert!(by_name.body.contains("/-/qabook/reload.js") && !by_name.body.contains(&token), "{}", by_name.body);
    assert!(page.with("Host", &here).send(&server).body.contains(&token));

    let run = request(&server, &token);
    let refused = run.clone().with("Host", &rebound).with("Origin", &format!("http://{rebound}")).send(&server);
    assert_eq!(refused.status, 421, "{}", refused.body);
    let ran = run.send(&server);
    assert_eq!(ran.status, 200, "{}", ran.body);
    assert_eq!(ran.json()["stdout"], json!("hello\n"));
}

#[test]
fn without_rust_the_book_is_served_and_a_run_is_told_why_not() {
    let (book, empty) = (book(), TempDir::new().unwrap());
    let server = Server::spawn(book.qabook(&["serve", "--port", "0"]).env("PATH", empty.path()));
    let line = "programs run on the Playground: cargo or rustc is not on the PATH";
    assert!(server.said_first.iter().any(|said| said == line), "{:?}", server.said_first);
    let page = server.get("/maths/sum.html").body;
    assert!(page.contains("data-token=") && !page.contains("data-rustc=") && !page.contains("data-python="), "{page}");
    let answer = Request::run(&server, HELLO).send(&server);
    assert_eq!((answer.status, answer.json()), (503, json!({ "error": "cargo or rustc is not on the PATH" })));
    server.wait_for_line("a request to run a program is refused: cargo or rustc is not on the PATH");
    let python = Request::execute(&server, &json!({ "language": "python", "code": "" })).send(&server);
    assert_eq!(python.status, 503, "{}", python.body);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "a sandbox that needs nothing can always be made")]
fn where_no_sandbox_can_be_made_the_book_is_served() {
    let book = book();
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing");
    let server = Server::spawn(book.qabook(&["serve", "--port", "0"]).env("TMPDIR", missing));
    let line = "programs run on the Playground: no sandbox can be made here: ";
    assert!(server.said_first.iter().any(|said| said.starts_with(line)), "{:?}", server.said_first);
    assert_runs_nothing(&server);
}

#[test]
fn the_token_of_another_server_opens_nothing() {
    let book = book();
    let other_book = super::book();
    let (one, other) = (Server::start(&book), Server::start(&other_book));
    let foreign = Request::run(&one, HELLO).with("X-Qabook-Token", &token(&other));
    assert_eq!(foreign.send(&one).status, 401);
    assert_runs(&one);
    assert_runs(&other);
}
