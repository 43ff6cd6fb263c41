//! What `qabook serve` builds again, and how pages learn of it.

use crate::server::{Answer, Server};
use crate::small_book::SmallBook;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

#[test]
fn files_elsewhere_that_the_book_reads_are_watched() {
    let book = SmallBook::plain("# 甲\n\n```text\n{{#include ../listings/one.txt}}\n```\n");
    book.write("listings/one.txt", "first text");
    book.write("extra/data.csv", "1");
    book.write("look.css", "main { color: red; }\n");
    let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n[build]\nextra-watch-dirs = [\"extra\"]\n\
                  [output.html]\nadditional-css = [\"look.css\"]\n";
    book.write("book.toml", config);
    let server = Server::start(&book);
    let mut events = server.events();
    let mut built = |generation: u64| assert!(events.any(|event| event["generation"] == generation));
    built(0);
    book.write("listings/one.txt", "second text, longer");
    built(1);
    assert!(server.get("/a.html").body.contains("second text"));
    book.write("extra/data.csv", "1,2");
    built(2);
    book.write("look.css", "main { color: blue; }\n");
    built(3);
    // A file that is included only now.
    book.write("listings/two.txt", "third text");
    book.write("src/a.md", "# 甲\n\n```text\n{{#include ../listings/two.txt}}\n```\n");
    built(4);
    book.write("listings/two.txt", "fourth text, longer");
    built(5);
    assert!(server.get("/a.html").body.contains("fourth text"));
}

#[test]
fn what_check_toml_lets_pass_is_built_at_once() {
    let book = SmallBook::plain("# 甲\n\n正文。\n");
    let server = Server::start(&book);
    let mut events = server.events();
    assert!(events.any(|event| event["generation"] == 0));
    book.write("src/a.md", "# 甲\n\n<img src=\"https://pictures.test/a.png\" alt=\"图\">\n");
    assert!(events.any(|event| event["error"].as_str().is_some_and(|error| error.contains("[[other-host]]"))));
    let grant = "[[other-host]]\nurl = \"https://pictures.test/*\"\nreason = \"ours\"\n";
    book.write("check.toml", grant);
    assert!(events.any(|event| event["generation"] == 1 && event["error"].is_null()));
    book.write("check.toml", grant.replace("pictures", "elsewhere"));
    assert!(events.any(|event| event["error"].is_string()));
    book.write("check.toml", grant);
    assert!(events.any(|event| event["generation"] == 2));
    std::fs::remove_file(book.root().join("check.toml")).unwrap();
    assert!(events.any(|event| event["error"].is_string()));
}

#[test]
fn other_folders_in_the_settings_are_built_and_served() {
    let book = SmallBook::plain("# 甲\n\n旧的。\n");
    let server = Server::start(&book);
    let mut events = server.events();
    let mut built = |generation: u64| assert!(events.any(|event| event["generation"] == generation));
    built(0);
    let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\nsrc = \"text\"\n[build]\nbuild-dir = \"out\"\n";
    book.write("text/SUMMARY.md", "- [甲](a.md)\n");
    book.write("text/a.md", "# 甲\n\n新的。\n");
    book.write("book.toml", config);
    built(1);
    assert!(server.get("/a.html").body.contains("新的。"));
    book.write("text/a.md", "# 甲\n\n更新的一句。\n");
    built(2);
    assert!(server.get("/a.html").body.contains("更新的一句。"));
}

#[test]
fn a_site_that_was_deleted_is_built_again() {
    let book = SmallBook::plain("# 甲\n\n正文。\n");
    let server = Server::start(&book);
    let mut events = server.events();
    assert!(events.any(|event| event["generation"] == 0));
    let site = book.root().join("book");
    std::fs::remove_dir_all(&site).unwrap();
    server.wait_for_line("the site was deleted: it is built again");
    assert!(events.any(|event| event["generation"] == 1));
    assert!(server.get("/a.html").body.contains("正文。"));

    // A build that fails isn't tried again until there is a reason; pages say how it is, and come when they can.
    book.write("src/SUMMARY.md", "- [甲](gone.md)\n");
    assert!(events.any(|event| event["error"].is_string()));
    std::fs::remove_dir_all(&site).unwrap();
    let waiting = server.get("/a.html");
    // One that waits is loaded again when there is a build to count.
    assert!(server.events().next().unwrap()["generation"].is_null());
    assert!(waiting.status == 503 && waiting.body.contains("/-/qabook/reload.js"), "{}", waiting.body);
    book.write("src/SUMMARY.md", "- [甲](a.md)\n");
    let next = events.find(|event| event["building"] == false && event["error"].is_null()).unwrap();
    assert_eq!(next["generation"], 2);
    assert_eq!(server.get("/a.html").status, 200);
}

/// Puts `new` in the place of `old` in the chapter of `book`, in one step, as editors do.
fn edit(book: &SmallBook, old: &str, new: &str) {
    let chapter = book.root().join("src/maths/sum.md");
    let text = std::fs::read_to_string(&chapter).unwrap();
    assert!(text.contains(old), "{old}");
    book.write("src/maths/.sum.md.new", text.replace(old, new));
    std::fs::rename(book.root().join("src/maths/.sum.md.new"), chapter).unwrap();
}

#[test]
fn the_page_of_a_chapter_is_made_before_the_book() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let mut events = server.events_of("/maths/sum.html");
    let before = events.next().unwrap();
    edit(&book, "正文。", "改过的正文。");
    let early = events.find(|event| event["page"]["text"] != before["page"]["text"]).unwrap();
    assert_eq!(early["generation"], 0);
    assert!(server.get("/maths/sum.html").body.contains("改过的正文。"));
    let built = events.find(|event| event["generation"] == 1).unwrap();
    assert_eq!(built["page"]["text"], early["page"]["text"], "the page is what a build makes");
    assert_ne!(built["page"]["index"], early["page"]["index"], "the search finds the new text");
}

#[test]
fn what_other_pages_show_of_a_chapter_waits_for_the_book() {
    let book = SmallBook::new();
    let server = Server::start(&book);
    let mut events = server.events_of("/maths/sum.html");
    let before = events.next().unwrap();
    edit(&book, "等于二。", "还是二。");
    let first = events.find(|event| event["page"]["text"] != before["page"]["text"]).unwrap();
    assert_eq!(first["generation"], 1);
    assert!(server.get("/maths/sum.html").body.contains("还是二。"));
}

#[test]
fn pages_are_told_what_of_them_has_changed() {
    let book = SmallBook::new();
    book.replace("book.toml", "site-url", "additional-css = [\"look.css\"]\nsite-url");
    book.write("look.css", "main { color: red; }\n");
    let server = Server::start(&book);
    let (mut pages, mut others) = (server.events_of("/maths/sum.html"), server.events_of("/gone.html"));
    let before = [pages.next().unwrap(), others.next().unwrap()];
    book.write("look.css", "main { color: blue; }\n");
    let restyled = pages.find(|event| event["generation"] == 1).unwrap();
    assert_eq!(restyled["page"]["text"], before[0]["page"]["text"]);
    assert_ne!(restyled["page"]["sheets"], before[0]["page"]["sheets"]);
    edit(&book, "正文。", "改过的正文。");
    let other = others.find(|event| event["generation"] == 2).unwrap();
    assert_eq!(other["page"]["text"], before[1]["page"]["text"]);
}

/// A preprocessor that waits for the file `go`.
#[cfg(unix)]
const SLOW: &str = "import os, sys, time, json\n\
                    if len(sys.argv) > 1: sys.exit(0)\n\
                    book = json.load(sys.stdin)[1]\n\
                    while not os.path.exists('go'): time.sleep(0.02)\n\
                    json.dump(book, sys.stdout)\n";

#[cfg(unix)]
#[test]
fn a_build_under_way_is_told() {
    let book = SmallBook::plain("# 甲\n\n正文。\n");
    book.write("slow.py", SLOW);
    let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n[preprocessor.slow]\ncommand = \"python3 slow.py\"\n";
    book.write("book.toml", config);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = book.qabook(&["serve", "--port", &port.to_string()]);
    // It blocks until the first build is there.
    let waiting = std::thread::scope(|scope| {
        let server = scope.spawn(|| Server::spawn(&mut command));
        let waiting = first_answer(port);
        book.write("go", "");
        (waiting, server.join().unwrap())
    });
    let (waiting, server) = waiting;
    assert_eq!(waiting.status, 503);
    assert!(waiting.body.contains("正在构建这本书") && waiting.body.contains("data-page=\"\""), "{}", waiting.body);
    assert!(server.get("/a.html").body.contains("正文。"));

    let mut events = server.events();
    assert!(events.any(|event| event["generation"] == 0 && event["building"] == false));
    std::fs::remove_file(book.root().join("go")).unwrap();
    book.write("src/a.md", "# 甲\n\n新的正文。\n");
    assert!(events.any(|event| event["generation"] == 0 && event["building"] == true));
    book.write("go", "");
    assert!(events.any(|event| event["generation"] == 1 && event["building"] == false));
}

/// What a server on `port` answers as soon as there is one.
#[cfg(unix)]
fn first_answer(port: u16) -> Answer {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").unwrap();
            return Answer::read(stream);
        }
        assert!(Instant::now() < deadline, "nobody listens");
        std::thread::sleep(Duration::from_millis(20));
    }
}
