//! Programs that run where the book is served: `POST /execute` of a real `qabook serve`.

mod attacks;
mod crowd;
mod ends;
mod limits;
mod options;
mod processes;

use crate::server::{Answer, Server};
use crate::small_book::SmallBook;
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;

/// A package outside of any workspace, with the standard library alone.
const PACKAGE: &str = "[package]\nname = \"snippets\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";

const HELLO: &str = "fn main() {\n    println!(\"hello\");\n}\n";

fn book() -> SmallBook {
    let book = SmallBook::new();
    book.write("snippets/Cargo.toml", PACKAGE);
    book
}

/// A request, as it is sent.
#[derive(Clone)]
struct Request {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Request {
    /// What a page of `server` sends to run `code`.
    fn run(server: &Server, code: &str) -> Self {
        Self::execute(server, &playground(code))
    }

    fn execute(server: &Server, body: &Value) -> Self {
        let headers = vec![
            ("Host", server.address.clone()),
            ("Origin", format!("http://{}", server.address)),
            ("Sec-Fetch-Site", "same-origin".into()),
            ("Content-Type", "application/json".into()),
            ("X-Qabook-Token", token(server)),
            ("X-Qabook-Page", "page".into()),
            ("X-Qabook-Run", "run".into()),
        ];
        Self { method: "POST", path: "/execute".into(), headers, body: body.to_string().into() }
    }

    fn get(server: &Server, path: &str) -> Self {
        Self { method: "GET", path: path.into(), headers: vec![("Host", server.address.clone())], body: Vec::new() }
    }

    /// The same with another value in place of all of that name.
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.and(name, value)
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    /// The same with one more header.
    fn and(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    fn path(mut self, path: &str) -> Self {
        self.path = path.into();
        self
    }

    fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it, and leaves the answer to be read.
    fn begin(&self, server: &Server) -> TcpStream {
        let Self { method, path, headers, body } = self;
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
        // One that says how long it is may send less.
        if !headers.iter().any(|(name, _)| *name == "Content-Length") {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        let mut stream = server.connect();
        // A server that refuses may hang up before it has read all.
        let _ = stream.write_all(&[head.as_bytes(), b"\r\n", body].concat());
        stream
    }

    fn send(&self, server: &Server) -> Answer {
        Answer::read(self.begin(server))
    }
}

/// The body of a request that the Playground takes.
fn playground(code: &str) -> Value {
    json!({
        "channel": "stable", "mode": "debug", "edition": "2024", "crateType": "bin",
        "tests": false, "backtrace": false, "code": code,
    })
}

/// The token that the pages of `server` carry.
fn token(server: &Server) -> String {
    let page = server.get("/maths/sum.html").body;
    let (_, rest) = page.split_once("data-token=\"").unwrap_or_else(|| panic!("no token: {page}"));
    rest.split('"').next().unwrap().to_string()
}

/// Runs `code`, which the server must do; returns what it answers.
fn run(server: &Server, code: &str) -> Value {
    answer(server, &playground(code))
}

fn answer(server: &Server, body: &Value) -> Value {
    let answer = Request::execute(server, body).send(server);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// That the server still does what it is there for.
fn assert_runs(server: &Server) {
    let answer = run(server, HELLO);
    assert_eq!((&answer["success"], &answer["stdout"]), (&json!(true), &json!("hello\n")), "{answer}");
}

/// Says that a test was skipped.
fn skip(what: &str) {
    eprintln!("skipped: {what}");
}
