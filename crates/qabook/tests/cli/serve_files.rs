//! What `qabook serve` answers, byte by byte: parts, heads, types, addresses that can't be.

use crate::server::{Answer, Server};
use crate::small_book::SmallBook;
use std::io::{Read, Write};

/// The answer to a request with these lines after the first.
fn asked(server: &Server, method: &str, path: &str, lines: &str) -> Answer {
    let mut stream = server.connect();
    let request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{lines}\r\n", server.address);
    stream.write_all(request.as_bytes()).unwrap();
    Answer::read(stream)
}

fn has(answer: &Answer, header: &str) -> bool {
    answer.headers.lines().any(|line| line == header)
}

#[test]
fn parts_of_pages_and_of_other_files_are_right() {
    let book = SmallBook::new();
    book.write("src/notes.txt", "0123456789");
    let server = Server::start(&book);
    let whole = asked(&server, "GET", "/maths/sum.html", "").body;
    let length = whole.len();
    for (range, from, to) in
        [("bytes=0-99", 0, 100), ("bytes=100-", 100, length), ("bytes=-20", length - 20, length), ("bytes=5-5", 5, 6)]
    {
        let part = asked(&server, "GET", "/maths/sum.html", &format!("Range: {range}\r\n"));
        assert_eq!(part.status, 206, "{range}");
        assert!(has(&part, &format!("content-range: bytes {from}-{}/{length}", to - 1)), "{range}: {}", part.headers);
        assert!(has(&part, &format!("content-length: {}", to - from)), "{range}: {}", part.headers);
        let bytes = &whole.as_bytes()[from..to];
        assert_eq!(part.body, String::from_utf8_lossy(bytes), "{range}");
    }
    let behind = asked(&server, "GET", "/maths/sum.html", &format!("Range: bytes={length}-\r\n"));
    assert_eq!((behind.status, behind.body.as_str()), (416, ""));
    assert!(has(&behind, &format!("content-range: bytes */{length}")), "{}", behind.headers);

    let part = asked(&server, "GET", "/notes.txt", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "234"));
    assert!(has(&part, "content-range: bytes 2-4/10"), "{}", part.headers);
    assert_eq!(asked(&server, "GET", "/notes.txt", "Range: bytes=10-\r\n").status, 416);
    // A page that isn't there has no parts.
    assert_eq!(asked(&server, "GET", "/nowhere.html", "Range: bytes=0-9\r\n").status, 404);
}

#[test]
fn a_head_is_that_of_the_page_with_its_scripts() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let page = asked(&server, "GET", "/maths/sum.html", "");
    let head = asked(&server, "HEAD", "/maths/sum.html", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(has(&head, &format!("content-length: {}", page.body.len())), "{}", head.headers);
    assert_eq!(asked(&server, "POST", "/maths/sum.html", "Content-Length: 0\r\n").status, 405);
}

#[test]
fn texts_say_that_they_are_utf_8() {
    let book = SmallBook::new();
    book.write("src/笔记.txt", "汉字");
    book.write("src/data.csv", "汉字");
    let server = Server::start(&book);
    for (path, kind) in [("/%E7%AC%94%E8%AE%B0.txt", "text/plain"), ("/data.csv", "text/csv")] {
        let answer = server.get(path);
        assert!(has(&answer, &format!("content-type: {kind}; charset=utf-8")), "{path}: {}", answer.headers);
        assert_eq!(answer.body, "汉字");
    }
}

#[test]
fn an_address_that_no_file_can_have_is_too_long() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    for (path, status) in [
        (format!("/{}.html", "a".repeat(200)), 404),
        (format!("/{}.html", "a".repeat(300)), 414),
        (format!("/{}", "汉".repeat(100)).replace('汉', "%E6%B1%89"), 414),
        (format!("/{}", "a/".repeat(1500)), 414),
        (format!("/{}", "a".repeat(60_000)), 414),
        (format!("/?{}", "a".repeat(10_000)), 200),
    ] {
        assert_eq!(server.get(&path).status, status, "{} bytes: {}", path.len(), &path[..20]);
    }
}

#[test]
fn a_request_that_never_ends_is_ended() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    // Ends when the server closes; the read times out, and the test fails, when it doesn't.
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}
