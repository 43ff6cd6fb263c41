//! Reading without a network: the service worker of a published book.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::browser::Browser;
use crate::host::{Host, Published, SUB_PATH};
use crate::search::{first_result, search};
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    the_whole_book_reads_after_the_server_has_gone,
    a_new_version_is_offered_and_then_shown_whole,
    nothing_is_kept_of_a_site_that_mixes_two_versions,
    a_reader_who_saves_data_keeps_what_was_opened,
    a_full_disk_leaves_the_book_as_it_was_without_a_worker,
    qabook_serve_takes_the_place_of_a_kept_book,
];

/// Opens a page and waits until all of the book is kept.
pub(crate) async fn visit_and_keep(browser: &Browser, address: String) -> Result<()> {
    browser.driver.goto(address).await?;
    browser.until("navigator.serviceWorker.controller").await
}

/// The files of three questions: the first, one in the middle, the last. Whatever the book is about has them.
fn three_questions(published: &Published) -> Result<[String; 3]> {
    let mut questions = Vec::new();
    for page in published.pages()?.into_iter().filter(|page| page != "print.html") {
        if std::fs::read_to_string(published.folder.join(&page))?.contains("<header class=\"question-header\"") {
            questions.push(page);
        }
    }
    let (first, last) = (questions.first().context("a question")?, questions.last().context("a question")?);
    Ok([first.clone(), questions[questions.len() / 2].clone(), last.clone()])
}

/// Opens an address and checks that what shows is `file` of the site, without a complaint.
async fn shows(browser: &Browser, address: &str, published: &Published, file: &str) -> Result<()> {
    let html = std::fs::read_to_string(published.folder.join(file)).context(file.to_string())?;
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).context("a title")?.0;
    browser.driver.goto(address).await?;
    browser.until("document.readyState === 'complete'").await?;
    let meant =
        format!("new DOMParser().parseFromString({}, 'text/html').title", json!(format!("<title>{title}</title>")));
    browser.until(&format!("document.title === {meant}")).await.context(address.to_string())?;
    browser.until("document.querySelector('main').textContent.trim()").await?;
    browser.until("document.querySelector('#mdbook-sidebar .chapter a[href]')").await
}

async fn the_whole_book_reads_after_the_server_has_gone(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    let address = host.address("");
    let [first, middle, last] = three_questions(published)?;
    let (part, _) = middle.rsplit_once('/').context("a question in the folder of its part")?;
    visit_and_keep(&browser, address.clone()).await?;
    host.stop().await;
    browser.console_errors().await?;
    for (asked, file) in [
        (String::new(), "index.html".to_string()),
        (first.clone(), first.clone()),
        (format!("{middle}?search=a"), middle.clone()),
        (format!("{part}/index.html"), format!("{part}/index.html")),
        (format!("{part}/"), format!("{part}/index.html")),
        (last.clone(), last.clone()),
    ] {
        shows(&browser, &format!("{address}{asked}"), published, &file).await?;
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{asked}");
    }
    let question: String = browser.js("return document.querySelector('main h1').textContent").await?;
    shows(&browser, &format!("{address}{first}"), published, &first).await?;
    search(&browser, question.trim()).await?;
    let found = first_result(&browser).await?;
    ensure!(found.contains(&last), "the first result of {question} is {found}, not {last}");
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    // A page that never was: what the host would show.
    shows(&browser, &format!("{address}{part}/nothing.html"), published, "404.html").await
}

/// A small book with a style that tells the version.
struct Shelf {
    book: SmallBook,
}

impl Shelf {
    fn new() -> Result<Self> {
        let book = SmallBook::new();
        book.replace("book.toml", "https://books.test/small/", "/wenxiu/");
        book.replace("book.toml", "[output.html]\n", "[output.html]\nadditional-css = [\"theme/css/version.css\"]\n");
        let shelf = Self { book };
        shelf.publish("第一版")?;
        Ok(shelf)
    }

    /// Builds the book with `version` in a text and in a style.
    fn publish(&self, version: &str) -> Result<()> {
        self.book.write("src/README.md", format!("# 前言\n\n{version}的前言\n"));
        self.book.write("theme/css/version.css", format!(":root {{ --version: \"{version}\"; }}\n"));
        let built = self.book.build();
        ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Ok(())
    }

    fn site(&self) -> PathBuf {
        self.book.root().join("book")
    }
}

/// The version that the text of the home page and that its style tell.
async fn version_shown(browser: &Browser) -> Result<(String, String)> {
    browser
        .js("const style = getComputedStyle(document.documentElement).getPropertyValue('--version'); \
             return [document.querySelector('main p').textContent.slice(0, 3), style.slice(1, 4)]")
        .await
}

fn both(version: &str) -> (String, String) {
    (version.into(), version.into())
}

async fn a_new_version_is_offered_and_then_shown_whole(browser: Browser) -> Result<()> {
    let shelf = Shelf::new()?;
    let host = Host::serve(&shelf.site(), SUB_PATH).await?;
    visit_and_keep(&browser, host.address("")).await?;
    assert_eq!(version_shown(&browser).await?, both("第一版"));

    shelf.publish("第二版")?;
    browser.driver.goto(host.address("")).await?;
    browser.until("document.querySelector('.new-version')?.textContent.includes('新版本已就绪')").await?;
    // Until the reader accepts, the old version stays, whole, on a page that is opened now, too.
    browser.driver.goto(host.address("index.html")).await?;
    assert_eq!(version_shown(&browser).await?, both("第一版"));
    browser.until("document.querySelector('.new-version')").await?;

    let first = browser.driver.window().await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    browser.driver.goto(host.address("")).await?;
    browser.until("document.querySelector('.new-version button')").await?;
    browser.find(".new-version button").await?.click().await?;
    browser.until("document.querySelector('main p').textContent.startsWith('第二版')").await?;
    assert_eq!(version_shown(&browser).await?, both("第二版"));
    // No page of the old version is left open: it would get files of the new one.
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('main p').textContent.startsWith('第二版')").await?;

    host.stop().await;
    browser.driver.refresh().await?;
    assert_eq!(version_shown(&browser).await?, both("第二版"));
    let kept: Vec<String> = browser.js("return caches.keys()").await?;
    assert_eq!(kept.len(), 1, "the old version is gone: {kept:?}");
    Ok(())
}

/// What becomes of the worker: `installed`, or `redundant` when it could not keep the book.
async fn state_after_installing(browser: &Browser) -> Result<String> {
    browser
        .js("return navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' }).then(({ installing }) => \
             new Promise(done => { const tell = () => { if (installing.state !== 'installing') done(installing.state); }; \
             installing.addEventListener('statechange', tell); tell(); }))")
        .await
}

async fn nothing_is_kept_of_a_site_that_mixes_two_versions(browser: Browser) -> Result<()> {
    let shelf = Shelf::new()?;
    // As while a host is being updated: one page is newer than the worker.
    let page = shelf.site().join("maths/sum.html");
    let newer = std::fs::read_to_string(&page)?.replace("正文", "新文");
    std::fs::write(&page, newer)?;
    let host = Host::serve(&shelf.site(), SUB_PATH).await?;
    browser.driver.goto(host.address("")).await?;
    assert_eq!(state_after_installing(&browser).await?, "redundant");
    browser.driver.goto(host.address("maths/sum.html")).await?;
    let text: String = browser.js("return document.querySelector('main').textContent").await?;
    ensure!(text.contains("新文"), "{text}");
    let kept: bool = browser.js("return caches.match('maths/sum.html').then(Boolean)").await?;
    assert!(!kept, "the page of another version isn't kept");
    Ok(())
}

async fn a_reader_who_saves_data_keeps_what_was_opened(browser: Browser) -> Result<()> {
    let shelf = Shelf::new()?;
    let host = Host::serve(&shelf.site(), SUB_PATH).await?;
    // The emulation of the DevTools doesn't reach workers, so the worker is told by its own text.
    let worker = shelf.site().join("sw.js");
    let text = std::fs::read_to_string(&worker)?;
    let sparing = text.replace("Boolean(connection?.saveData)", "true");
    ensure!(sparing != text, "sw.js asks navigator.connection.saveData");
    std::fs::write(&worker, sparing)?;

    visit_and_keep(&browser, host.address("maths/sum.html")).await?;
    // The page tells the worker what was opened when both are there; one file after another is kept then.
    let cache = "caches.keys().then(names => caches.open(names[0]))";
    let sheets_kept = format!(
        "{cache}.then(cache => Promise.all(\
             Array.from(document.querySelectorAll('link[rel=stylesheet]'), link => cache.match(link.href))))\
         .then(kept => kept.length > 0 && kept.every(Boolean))"
    );
    browser.until(&sheets_kept).await?;
    let kinds: Vec<String> = browser
        .js(&format!(
            "return {cache}.then(cache => cache.keys())\
             .then(keys => keys.map(key => new URL(key.url).pathname.split('.').pop()))"
        ))
        .await?;
    assert_eq!(kinds.iter().filter(|kind| *kind == "html").count(), 1, "{kinds:?}");
    host_stopped_and_page_reads(&browser, host, "maths/sum.html").await
}

async fn host_stopped_and_page_reads(browser: &Browser, host: Host, page: &str) -> Result<()> {
    let address = host.address(page);
    host.stop().await;
    browser.driver.goto(address).await?;
    browser
        .until("getComputedStyle(document.documentElement).getPropertyValue('--version').includes('第一版')")
        .await?;
    browser.until("document.querySelector('main').textContent.includes('正文')").await
}

async fn a_full_disk_leaves_the_book_as_it_was_without_a_worker(browser: Browser) -> Result<()> {
    let shelf = Shelf::new()?;
    let host = Host::serve(&shelf.site(), SUB_PATH).await?;
    let origin = host.address("");
    let origin = origin.trim_end_matches(SUB_PATH);
    browser.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": 20_000 })).await?;
    browser.driver.goto(host.address("")).await?;
    assert_eq!(state_after_installing(&browser).await?, "redundant");
    assert_eq!(
        browser.js::<Vec<String>>("return caches.keys()").await?,
        Vec::<String>::new(),
        "the space is given back"
    );
    browser.driver.goto(host.address("maths/sum.html")).await?;
    browser.until("document.querySelector('main').textContent.includes('正文')").await
}

/// `qabook serve` on a port of our choice; ended when dropped.
pub(crate) struct Development(Child);

impl Drop for Development {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Development {
    pub(crate) fn serve(root: &Path, port: u16) -> Result<Self> {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_qabook"));
        command.args(["serve", "--port", &port.to_string(), "--root"]).arg(root).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stderr.take().context("a pipe")?).lines().map_while(Result::ok);
        let served = lines.any(|line| line.starts_with("serving at "));
        std::thread::spawn(move || lines.for_each(drop));
        let running = Self(child);
        ensure!(served, "qabook serve doesn't say where it serves");
        Ok(running)
    }
}

async fn qabook_serve_takes_the_place_of_a_kept_book(browser: Browser) -> Result<()> {
    let shelf = Shelf::new()?;
    shelf.book.replace("book.toml", "\"/wenxiu/\"", "\"/\"");
    shelf.publish("第一版")?;
    let host = Host::serve(&shelf.site(), "/").await?;
    let address = host.address("");
    visit_and_keep(&browser, address.clone()).await?;
    let port = host.stop().await;

    shelf.book.write("src/README.md", "# 前言\n\n正在写的前言\n");
    let server = Development::serve(shelf.book.root(), port)?;
    browser.cdp("ServiceWorker.enable", json!({})).await?;
    let mut visits = 0;
    loop {
        // As when the reader comes back another day: a worker that the DevTools watch is seldom idle, and only an idle one
        // is replaced.
        browser.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
        // The first answer is still that of the old worker; the page asks the server for news of it at the same time.
        browser.driver.goto(&address).await?;
        let news = "document.querySelector('main p').textContent.startsWith('正在写')";
        let shown = browser.until_within(Duration::from_secs(10), news).await;
        visits += 1;
        if shown.is_ok() {
            break;
        }
        ensure!(visits < 5, "after {visits} visits: {shown:?}");
    }
    let left: usize = browser.js("return navigator.serviceWorker.getRegistrations().then(all => all.length)").await?;
    assert_eq!(left, 0, "no worker stays");
    drop(server);
    Ok(())
}
