//! Requests of others than the reader's own page.

use super::{HELLO, Request, assert_runs, book, playground, token};
use crate::server::{Answer, Server};
use serde_json::json;

const OTHER_ORIGIN: &str = "the request comes from another origin";
const OTHER_SITE: &str = "the request comes from another site";
const OTHER_NAME: &str = "this server doesn't answer to that name";
const NO_TOKEN: &str = "the request lacks the token of this server";
const NO_JSON: &str = "the request is not application/json";
const MALFORMED: &str = "the request is not what the Playground takes";
const NO_POST: &str = "the request is not a POST";

/// What is tried, how, and what the server answers and says.
type Attack = (String, Request, u16, &'static str);

fn attacks(server: &Server) -> Vec<Attack> {
    let honest = Request::run(server, HELLO);
    [
        origins(server, &honest),
        hosts(server, &honest),
        tokens(server, &honest),
        sites(&honest),
        kinds(&honest),
        bodies(&honest),
    ]
    .concat()
}

fn origins(server: &Server, honest: &Request) -> Vec<Attack> {
    let simple = honest.clone().with("Origin", "http://attacker.example").with("Content-Type", "text/plain");
    let neighbour = format!("http://127.0.0.1:{}", server.port().parse::<u16>().unwrap() ^ 1);
    let of = |name: &str, origin: &str| (name.into(), honest.clone().with("Origin", origin), 403, OTHER_ORIGIN);
    vec![
        (
            "fetch with no-cors from another site".into(),
            simple.clone().with("Sec-Fetch-Site", "cross-site").without("X-Qabook-Token"),
            403,
            OTHER_SITE,
        ),
        ("the same by an old browser".into(), simple.clone().without("Sec-Fetch-Site"), 403, OTHER_ORIGIN),
        ("the same without a token".into(), simple.without("Sec-Fetch-Site").without("X-Qabook-Token"), 401, NO_TOKEN),
        of("another port of this host", &neighbour),
        of("no port", "http://127.0.0.1"),
        of("localhost, not 127.0.0.1", &format!("http://localhost:{}", server.port())),
        of("https", &format!("https://{}", server.address)),
        of("a longer name", &format!("http://{}.attacker.example", server.address)),
        of("null", "null"),
        ("no origin".into(), honest.clone().without("Origin"), 403, OTHER_ORIGIN),
        ("two origins".into(), honest.clone().and("Origin", &format!("http://{}", server.address)), 403, OTHER_ORIGIN),
    ]
}

/// A name that the attacker's DNS leads to 127.0.0.1, and others that aren't ours.
fn hosts(server: &Server, honest: &Request) -> Vec<Attack> {
    let rebound = format!("rebound.example:{}", server.port());
    let page = |path: &str| Request::get(server, path).with("Host", &rebound);
    let of = |name: &str, host: &str| (name.into(), honest.clone().with("Host", host), 421, OTHER_NAME);
    let (_, own) = (&rebound, &server.address);
    vec![
        (
            "a rebound name, its page complete".into(),
            honest.clone().with("Host", &rebound).with("Origin", &format!("http://{rebound}")),
            421,
            OTHER_NAME,
        ),
        ("a rebound name reads a page".into(), page("/maths/sum.html"), 421, OTHER_NAME),
        ("a rebound name reads what is not there".into(), page("/nowhere.html"), 421, OTHER_NAME),
        ("a rebound name listens to the events".into(), page("/-/qabook/events"), 421, OTHER_NAME),
        ("a rebound name asks how far a run is".into(), page("/-/qabook/runs/run"), 421, OTHER_NAME),
        of("a host without its port", "127.0.0.1"),
        of("a host with a dot", &format!("localhost.:{}", server.port())),
        of("an empty host", ""),
        ("two hosts, both ours".into(), honest.clone().and("Host", own), 421, OTHER_NAME),
        ("two hosts, the second rebound".into(), honest.clone().and("Host", &rebound), 421, OTHER_NAME),
        ("no host".into(), honest.clone().without("Host"), 421, OTHER_NAME),
    ]
}

fn tokens(server: &Server, honest: &Request) -> Vec<Attack> {
    let token = token(server);
    let guessed = format!("{}{}", &token[1..], &token[..1]);
    assert_ne!(guessed, token, "64 equal digits are not random");
    let progress = Request::get(server, "/-/qabook/runs/run");
    let of = |name: &str, request: Request| (name.into(), request, 401, NO_TOKEN);
    vec![
        of("no token", honest.clone().without("X-Qabook-Token")),
        of("a wrong token", honest.clone().with("X-Qabook-Token", &guessed)),
        of("an empty token", honest.clone().with("X-Qabook-Token", "")),
        of("half a token", honest.clone().with("X-Qabook-Token", &token[..32])),
        of("a token with one digit more", honest.clone().with("X-Qabook-Token", &format!("{token}A"))),
        of("two tokens", honest.clone().and("X-Qabook-Token", &token)),
        of(
            "the token in the query",
            honest.clone().without("X-Qabook-Token").path(&format!("/execute?x-qabook-token={token}")),
        ),
        of("the token as a cookie", honest.clone().without("X-Qabook-Token").and("Cookie", &format!("token={token}"))),
        of("how far a run is, without a token", progress.clone()),
        of("how far a run is, with a wrong token", progress.and("X-Qabook-Token", &guessed)),
    ]
}

fn sites(honest: &Request) -> Vec<Attack> {
    let of =
        |site: &str| (format!("Sec-Fetch-Site: {site}"), honest.clone().with("Sec-Fetch-Site", site), 403, OTHER_SITE);
    vec![
        of("cross-site"),
        of("same-site"),
        of("none"),
        of(""),
        ("two sites".into(), honest.clone().and("Sec-Fetch-Site", "same-origin"), 403, OTHER_SITE),
    ]
}

fn kinds(honest: &Request) -> Vec<Attack> {
    let of = |kind: &str| (format!("Content-Type: {kind}"), honest.clone().with("Content-Type", kind), 415, NO_JSON);
    let method = |method| (format!("{method} /execute"), honest.clone().method(method), 405, NO_POST);
    vec![
        of("text/plain"),
        of("text/plain; application/json"),
        of("application/x-www-form-urlencoded"),
        of("multipart/form-data; boundary=a"),
        of("application/json-patch+json"),
        ("no Content-Type".into(), honest.clone().without("Content-Type"), 415, NO_JSON),
        ("two types".into(), honest.clone().and("Content-Type", "text/plain"), 415, NO_JSON),
        method("GET"),
        method("PUT"),
        method("HEAD"),
        (
            "OPTIONS: may I send this from elsewhere?".into(),
            honest
                .clone()
                .method("OPTIONS")
                .with("Origin", "http://attacker.example")
                .and("Access-Control-Request-Method", "POST")
                .and("Access-Control-Request-Headers", "x-qabook-token,content-type"),
            405,
            NO_POST,
        ),
    ]
}

fn bodies(honest: &Request) -> Vec<Attack> {
    let of = |name: &str, body: &str| (name.into(), honest.clone().body(body), 400, MALFORMED);
    let with = |name: &str, value: serde_json::Value| {
        let mut body = playground(HELLO);
        body[name] = value;
        honest.clone().body(body.to_string())
    };
    let large = "x".repeat(20_000_000);
    vec![
        ("20 MB".into(), with("code", json!(large)), 413, "the request is longer than 1 MB"),
        (
            "a body that doesn't come".into(),
            honest.clone().body("{\"code\": ").with("Content-Length", "100"),
            408,
            "the request takes too long to arrive",
        ),
        of("no JSON", "code=fn main() {}"),
        of("nothing", ""),
        of("half of it", &playground(HELLO).to_string()[..40]),
        of("a list", "[]"),
        of("no code", "{\"channel\": \"stable\"}"),
        ("a number as code".into(), with("code", json!(1)), 400, MALFORMED),
        ("a text as yes or no".into(), with("tests", json!("true")), 400, MALFORMED),
        ("an unknown mode".into(), with("mode", json!("fast")), 400, MALFORMED),
        ("an unknown type of crate".into(), with("crateType", json!("cdylib")), 400, MALFORMED),
        ("an unknown language".into(), with("language", json!("sh")), 400, MALFORMED),
        ("an unknown channel".into(), with("channel", json!("canary")), 400, "the program wants a canary compiler"),
        ("options as a channel".into(), with("channel", json!("-Zhelp")), 400, "the program wants a -Zhelp compiler"),
        ("an unknown edition".into(), with("edition", json!("2023")), 400, "there is no edition 2023"),
        ("options as an edition".into(), with("edition", json!("--help")), 400, "there is no edition --help"),
    ]
}

/// What is wrong with the answer to an attack.
fn fault(answer: &Answer, status: u16, reason: &str, token: &str) -> Option<String> {
    if answer.status != status {
        return Some(format!("{} in place of {status}: {}", answer.status, answer.body));
    }
    let says_why = answer.body.is_empty() || answer.body.contains(reason);
    let leaks = answer.body.contains(token) || answer.headers.contains("access-control");
    (!says_why || leaks).then(|| format!("{}\n{}", answer.headers, answer.body))
}

#[test]
fn attacks_are_refused_and_an_honest_run_works_before_and_after() {
    let book = book();
    let server = Server::start(&book);
    let token = token(&server);
    assert_runs(&server);
    let attacks = attacks(&server);
    let mut refused = 0;
    for (name, request, status, reason) in &attacks {
        server.forget();
        let answer = request.send(&server);
        if let Some(fault) = fault(&answer, *status, reason, &token) {
            eprintln!("NOT REFUSED  {name}: {fault}");
            continue;
        }
        server.wait_for_line(reason);
        eprintln!("{status}  {name}");
        refused += 1;
    }
    assert_runs(&server);
    println!("refused {refused} of {}", attacks.len());
    assert_eq!(refused, attacks.len());
}
