//! What an author sees of an edit in the pages that are open, under `qabook serve`.

use anyhow::Result;

use crate::browser::Browser;
use crate::site::Site;
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    an_edited_chapter_is_shown_at_the_place_where_its_reader_was,
    a_page_that_an_edit_leaves_as_it_is_stays_open_and_searches_the_new_text,
    a_new_style_is_taken_over_without_loading_the_page,
    a_sheet_that_only_the_server_sees_does_not_load_the_page_again_and_again,
];

/// A book of two chapters, the first of them long.
fn book() -> SmallBook {
    let book = SmallBook::plain(&chapter("第一版"));
    book.write("src/SUMMARY.md", "# 目录\n\n[前言](README.md)\n\n- [甲](a.md)\n- [乙](b.md)\n");
    book.write("src/README.md", "# 前言\n");
    book.write("src/b.md", "# 乙\n\n正文。\n");
    book.write("look.css", "main h1 { color: rgb(1, 2, 3); }\n");
    let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n\n[output.html]\nadditional-css = [\"look.css\"]\n";
    book.write("book.toml", config);
    book
}

fn chapter(edition: &str) -> String {
    let paragraphs: String = (1..200).map(|number| format!("第 {number} 段。\n\n")).collect();
    format!("# 甲\n\n{paragraphs}## 结尾\n\n这是{edition}。\n")
}

/// Opens a page, which is marked until it is loaded again.
async fn open(browser: &Browser, site: &Site, page: &str) -> Result<()> {
    browser.driver.goto(format!("{}/{page}", site.address())).await?;
    browser.until("document.readyState === 'complete'").await?;
    browser.js("window.isMarked = true").await
}

async fn an_edited_chapter_is_shown_at_the_place_where_its_reader_was(browser: Browser) -> Result<()> {
    let book = book();
    let site = Site::serve(book.root(), "");
    open(&browser, &site, "a.html").await?;
    browser.js::<()>("scrollTo(0, 2000)").await?;
    book.write("src/a.md", chapter("第二版"));
    browser.until("!window.isMarked && document.querySelector('main')?.textContent.includes('这是第二版')").await?;
    browser.until("scrollY === 2000").await
}

async fn a_page_that_an_edit_leaves_as_it_is_stays_open_and_searches_the_new_text(browser: Browser) -> Result<()> {
    let book = book();
    let site = Site::serve(book.root(), "");
    open(&browser, &site, "b.html").await?;
    let index: String = browser.js("return document.querySelector('script[data-zh-search]').dataset.index").await?;
    book.write("src/a.md", chapter("崭新版"));
    browser.until(&format!("document.querySelector('script[data-zh-search]').dataset.index !== '{index}'")).await?;
    assert!(browser.js::<bool>("return window.isMarked === true").await?, "the page was loaded again");
    browser.find("#mdbook-search-toggle").await?.click().await?;
    browser.find("#mdbook-searchbar").await?.send_keys("崭新").await?;
    browser.until("document.querySelector('#mdbook-searchresults a')?.href.includes('a.html')").await
}

async fn a_new_style_is_taken_over_without_loading_the_page(browser: Browser) -> Result<()> {
    let book = book();
    let site = Site::serve(book.root(), "");
    open(&browser, &site, "b.html").await?;
    let colour = |colour: &str| format!("getComputedStyle(document.querySelector('main h1')).color === '{colour}'");
    browser.until(&colour("rgb(1, 2, 3)")).await?;
    for (times, number) in [4, 7].into_iter().enumerate() {
        book.write("look.css", format!("main h1 {{ color: rgb({number}, 5, 6); }}\n"));
        browser.until(&colour(&format!("rgb({number}, 5, 6)"))).await?;
        assert!(browser.js::<bool>("return window.isMarked === true").await?, "loaded again by change {times}");
    }
    browser.until("[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)").await
}

async fn a_sheet_that_only_the_server_sees_does_not_load_the_page_again_and_again(browser: Browser) -> Result<()> {
    let book = book();
    book.write("src/b.md", "# 乙\n\n<!-- <link rel=\"stylesheet\" href=\"old.css\"> -->\n\n正文。\n");
    let site = Site::serve(book.root(), "");
    open(&browser, &site, "b.html").await?;
    // The server tells each page once how it is; then this one is as it was.
    let told = "window.told = new EventSource('/-/qabook/events?page=/b.html');
                window.told.onmessage = () => { window.isTold = true; };";
    browser.js::<()>(told).await?;
    browser.until("window.isTold").await?;
    assert!(browser.js::<bool>("return window.isMarked === true").await?, "the page was loaded again");
    book.write("src/b.md", "# 乙\n\n<!-- <link rel=\"stylesheet\" href=\"old.css\"> -->\n\n新的正文。\n");
    browser.until("!window.isMarked && document.querySelector('main')?.textContent.includes('新的正文')").await
}
