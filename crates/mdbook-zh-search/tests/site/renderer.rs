//! As a renderer of mdBook.

use mdbook_zh_search::{Error, render};
use std::fs;

use crate::engine::Engine;
use crate::small_site::SmallSite;

/// What mdBook sends, as far as it is read.
fn book(site: &SmallSite, output: &str) -> String {
    let destination = site.path().join("book/zh-search");
    let destination = destination.display().to_string().replace('\\', "/");
    format!(
        "{{\"version\":\"0.5.4\",\"root\":\".\",\"book\":{{\"items\":[]}},\"destination\":\"{destination}\",\
         \"config\":{{\"book\":{{\"title\":\"B\"}},\"output\":{{\"html\":{{}},\"zh-search\":{output}}}}}}}"
    )
}

#[test]
fn the_site_beside_its_own_folder_is_indexed() {
    let site = SmallSite::new(&[("book/html/a.html", "<h1 id=t>套接字</h1><p>一头一个。</p>")]);
    fs::create_dir(site.path().join("book/zh-search")).unwrap();
    let report = render(book(&site, "{\"synonyms\":[[\"套接字\",\"socket\"]]}").as_bytes()).unwrap();
    assert_eq!(report.pages, 1);
    assert!(!site.path().join("book/zh-search").exists(), "an empty folder is not left");
    let answer = Engine::open(&site.path().join("book/html")).unwrap().ask("socket", 10).unwrap();
    assert_eq!(answer.pages.len(), 1, "the settings are those of the renderer");
}

#[test]
fn a_book_that_is_none_and_one_without_html_are_errors() {
    let error = render("{}".as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("this is no book from mdBook: missing field `destination`"), "{error}");
    let site = SmallSite::new(&[]);
    let error = render(book(&site, "{}").as_bytes()).unwrap_err();
    assert!(matches!(error, Error::NoHtml(_)), "{error:?}");
    assert!(error.to_string().contains("hint: [output.zh-search] indexes what [output.html] makes"), "{error}");
    let error = render(book(&site, "{\"synonym\":[]}").as_bytes()).unwrap_err().to_string();
    assert!(error.contains("unknown field `synonym`"), "{error}");
}
