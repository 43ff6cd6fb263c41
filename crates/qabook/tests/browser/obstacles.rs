//! What browsers refuse or lack: storage, caches, connections. And addresses that say odd things.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::time::Duration;

use crate::browser::Browser;
use crate::host::{Host, SUB_PATH};
use crate::offline::{Development, visit_and_keep};
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    storage_that_is_refused_is_no_error,
    a_cache_that_cannot_be_opened_leaves_the_network,
    a_book_without_room_is_not_fetched_on_each_visit,
    signs_that_mean_something_to_a_program_are_marked_as_they_are,
    nine_tabs_of_a_book_under_development_are_answered @Tabs,
    a_book_whose_server_has_stopped_says_so,
    a_tab_that_was_hidden_catches_up @Tabs,
];

/// A small book with `text` in its preface, built for readers.
fn built(text: &str) -> Result<SmallBook> {
    let book = SmallBook::new();
    book.replace("book.toml", "https://books.test/small/", SUB_PATH);
    book.write("src/README.md", format!("# 前言\n\n{text}\n"));
    let built = book.build();
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Ok(book)
}

async fn storage_that_is_refused_is_no_error(browser: Browser) -> Result<()> {
    let book = built("正文")?;
    let host = Host::serve(&book.root().join("book"), SUB_PATH).await?;
    // As with cookies switched off: asking for the storage itself is refused. Then as with storage that is full.
    for source in [
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, \
         { configurable: true, get() { throw new DOMException('denied', 'SecurityError'); } });",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    ] {
        let added = browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        browser.driver.goto(host.address("")).await?;
        browser.until("document.querySelector('#mdbook-sidebar .chapter a[href$=\"maths/sum.html\"]')").await?;
        browser.find("#mdbook-sidebar .chapter a[href$='maths/sum.html']").await?.click().await?;
        browser
            .until("location.pathname.endsWith('maths/sum.html') && document.querySelector('#mdbook-sidebar .active')")
            .await?;
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{source}");
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": added["identifier"] })).await?;
    }
    Ok(())
}

async fn a_cache_that_cannot_be_opened_leaves_the_network(browser: Browser) -> Result<()> {
    let book = built("正文")?;
    let worker = book.read("book/sw.js");
    let breakable = "const whole = CacheStorage.prototype.open; let broken = false;\
                     CacheStorage.prototype.open = function (name) {\
                         return broken ? Promise.reject(new Error('broken')) : whole.call(this, name); };\
                     self.addEventListener('message', event => { broken ||= event.data === 'break'; });\n";
    book.write("book/sw.js", format!("{breakable}{worker}"));
    let host = Host::serve(&book.root().join("book"), SUB_PATH).await?;
    visit_and_keep(&browser, host.address("")).await?;
    browser.js::<()>("navigator.serviceWorker.controller.postMessage('break')").await?;
    browser.driver.goto(host.address("maths/sum.html")).await?;
    browser.until("document.querySelector('main')?.textContent.includes('正文')").await?;
    browser.until("navigator.serviceWorker.controller").await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn a_book_without_room_is_not_fetched_on_each_visit(browser: Browser) -> Result<()> {
    let book = built("正文")?;
    let host = Host::serve(&book.root().join("book"), SUB_PATH).await?;
    let origin = host.address("");
    let origin = origin.trim_end_matches(SUB_PATH);
    browser.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": 20_000 })).await?;
    let source = "const whole = ServiceWorkerContainer.prototype.register;\
                  ServiceWorkerContainer.prototype.register = function (...asked) {\
                      globalThis.registered = true; return whole.apply(this, asked); };";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    let full = "Object.keys(localStorage).find(key => key.endsWith(':full'))";
    browser.driver.goto(host.address("")).await?;
    browser.until(&format!("globalThis.registered && {full}")).await?;

    browser.driver.goto(host.address("maths/sum.html")).await?;
    // The page would do it in the task after this event.
    browser.until("document.readyState === 'complete' && new Promise(done => setTimeout(done, 300, true))").await?;
    let asked: bool = browser.js("return Boolean(globalThis.registered)").await?;
    assert!(!asked, "a book that had no room is fetched again");

    // A week later.
    browser.js::<()>(&format!("localStorage.setItem({full}, String(Date.now() - 8 * 24 * 3600 * 1000))")).await?;
    browser.driver.refresh().await?;
    browser.until("globalThis.registered").await
}

async fn signs_that_mean_something_to_a_program_are_marked_as_they_are(browser: Browser) -> Result<()> {
    let book = built("会 c++ 和 (a|b)* 吗？[x] 和 a.b$ 呢？")?;
    let host = Host::serve(&book.root().join("book"), SUB_PATH).await?;
    for word in ["c++", "(a|b)*", "[x]", "a.b$", "吗？", "\\ c++", "* [x]", "+", "{ c++", "c++ 呢？"] {
        let address = format!("{}?highlight={}", host.address("index.html"), encoded(word));
        browser.driver.goto(&address).await?;
        browser.until("CSS.highlights.get('zh-search')?.size >= 1").await.context(word.to_string())?;
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{word}");
    }
    Ok(())
}

/// Every byte as an address writes it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A book that `qabook serve` shows, and its address.
fn developed() -> Result<(SmallBook, Development, String)> {
    let book = SmallBook::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let server = Development::serve(book.root(), port)?;
    Ok((book, server, format!("http://127.0.0.1:{port}/")))
}

async fn nine_tabs_of_a_book_under_development_are_answered(browser: Browser) -> Result<()> {
    let (_book, _server, address) = developed()?;
    browser.driver.set_page_load_timeout(Duration::from_mins(1)).await?;
    for tab in 0..9 {
        let handle = browser.driver.new_tab().await?;
        browser.driver.switch_to_window(handle).await?;
        browser.driver.goto(&address).await.with_context(|| format!("tab {tab}"))?;
        browser.until("document.querySelector('main')").await.with_context(|| format!("tab {tab}"))?;
    }
    Ok(())
}

async fn a_tab_that_was_hidden_catches_up(browser: Browser) -> Result<()> {
    let (book, _server, address) = developed()?;
    let first = browser.driver.window().await?;
    browser.driver.goto(&address).await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    browser.driver.goto(&address).await?;
    book.write("src/README.md", "# 前言\n\n改过的正文\n");
    browser.until("document.querySelector('main').textContent.includes('改过的正文')").await?;
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('main').textContent.includes('改过的正文')").await
}

async fn a_book_whose_server_has_stopped_says_so(browser: Browser) -> Result<()> {
    let (book, server, address) = developed()?;
    browser.driver.goto(&address).await?;
    let stopped = "document.querySelector('.serve-building')?.textContent.startsWith('连不上本机的 qabook serve')";
    ensure!(!browser.js::<bool>(&format!("return Boolean({stopped})")).await?, "it runs");
    drop(server);
    browser.until(&format!("Boolean({stopped})")).await?;
    let port = url::Url::parse(&address)?.port().context("a port")?;
    let _server = Development::serve(book.root(), port)?;
    browser.until("!document.querySelector('.serve-building')").await
}
