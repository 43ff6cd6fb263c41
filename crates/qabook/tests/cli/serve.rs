//! `qabook serve` on a small book.

use crate::server::Server;
use crate::small_book::SmallBook;
use std::net::TcpListener;

#[test]
fn pages_come_with_their_types() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    for (path, kind, text) in [
        ("/", "text/html", "前言"),
        ("/maths/sum.html", "text/html", "一加一"),
        ("/maths/", "text/html", "题目一览"),
        ("/.nojekyll", "application/octet-stream", ""),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.headers.contains(&format!("content-type: {kind}")), "{path}: {}", answer.headers);
        assert!(answer.body.contains(text), "{path}");
    }
    let page = server.get("/maths/sum.html").body;
    let style_sheet = page.split("href=\"../css/joined").nth(1).unwrap().split('"').next().unwrap();
    let answer = server.get(&format!("/css/joined{style_sheet}"));
    assert!(answer.headers.contains("content-type: text/css"), "{}", answer.headers);
}

#[test]
fn an_unknown_page_is_the_404_page_with_status_404() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let answer = server.get("/nowhere.html");
    assert_eq!(answer.status, 404);
    assert!(answer.headers.contains("content-type: text/html"));
    assert!(answer.body.contains("<base href=\"/\">"), "it finds its styles from any path");
}

#[test]
fn a_download_that_is_not_made_yet_is_told_how_to_make() {
    let book = SmallBook::new();
    let downloads = "[preprocessor.questions]\ndownloads = [\"小书.epub\"]\n";
    book.replace("book.toml", "[preprocessor.questions]\n", downloads);
    let server = Server::start(&book);
    let path = "/%E5%B0%8F%E4%B9%A6.epub";
    let answer = server.get(path);
    assert_eq!(answer.status, 404);
    assert!(answer.headers.contains("content-type: text/plain; charset=utf-8"), "{}", answer.headers);
    assert!(answer.body.contains("小书.epub 还没有生成：运行 qabook epub"), "{}", answer.body);
    book.write("book/小书.epub", "made");
    let answer = server.get(path);
    assert_eq!((answer.status, answer.body.as_str()), (200, "made"));
}

#[test]
fn nothing_outside_the_site_is_served() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    for path in [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/maths/../../book.toml",
        "/..%2fbook.toml",
        "//etc/passwd",
        "/..\\book.toml",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("小书\"\nlanguage"), "{path}");
    }
}

#[test]
fn a_change_rebuilds_and_tells_open_pages() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let page = server.get("/").body;
    assert!(page.contains("data-page=\"") && !page.contains("data-page=\"\""), "{page}");
    let mut events = server.events();
    assert_eq!(events.next().unwrap()["generation"], 0);

    book.replace("src/maths/sum.md", "正文。", "改过的正文。");
    // A file is empty for a moment while it is written: a build may see that first.
    assert!(events.any(|event| event["generation"] == 1 && event["error"].is_null()));
    assert!(server.get("/maths/sum.html").body.contains("改过的正文。"));

    book.replace("src/maths/sum.md", "snippet=sum", "snippet=gone");
    let message = "src/maths/sum.md:14: no snippet is called `gone`";
    let broken = events.find(|event| event["error"].as_str().is_some_and(|error| error.contains(message))).unwrap();
    assert_eq!(broken["generation"], 1);
    assert!(server.get("/maths/sum.html").body.contains("改过的正文。"), "the old page stays");

    book.replace("src/maths/sum.md", "snippet=gone", "snippet=sum");
    let fixed = events.find(|event| event["error"].is_null()).unwrap();
    assert_eq!(fixed["generation"], 2);
}

#[test]
fn a_busy_port_names_the_option() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = SmallBook::new().qabook(&["serve", "--port", &port]).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        printed.contains(&format!("port {port} of 127.0.0.1 can't be used\n    hint: choose another by --port")),
        "{printed}"
    );
}

#[test]
fn a_page_under_development_is_not_kept_and_an_old_worker_retires() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let page = server.get("/maths/sum.html");
    assert!(page.body.contains("Content-Security-Policy") && !page.body.contains("qabook:worker"), "{}", page.body);
    let worker = server.get("/sw.js");
    assert!(worker.headers.contains("content-type: text/javascript"), "{}", worker.headers);
    assert!(worker.body.contains("registration.unregister()"), "{}", worker.body);
    assert!(!book.root().join("book/sw.js").exists());
}
