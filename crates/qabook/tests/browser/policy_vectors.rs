//! Hostile texts, each on a page with the policy of a built one: none runs a script or reaches another host.
//!
//! `build` refuses every one of them (the tests of `text_guard` read the same list); here the policy stands alone.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::browser::Browser;
use crate::host::Host;
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![nothing_of_a_hostile_text_runs_or_is_loaded];

const VECTORS: &str = include_str!("../../../qabook-site/src/text_guard/vectors.txt");

/// Does what a reader may do: clicks what is a button or runs a script, and sends the events that handlers wait for.
const READ: &str = "const scripts = /^\\s*(javascript|data|vbscript):/i;
    for (const element of document.querySelectorAll('main *')) {
        try {
            if (element.matches('button, summary, p, [type=submit], [onclick]')) element.click();
            if (element.matches('a, area') && scripts.test(element.href?.baseVal ?? element.href ?? element.getAttribute('xlink:href') ?? '')) {
                element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
            }
            element.focus?.();
            for (const name of ['mouseover', 'pointerdown', 'input', 'animationstart', 'transitionend', 'beforematch']) {
                element.dispatchEvent(new Event(name, { bubbles: true }));
            }
        } catch { /* The next one may do better. */ }
    }";

/// The other host: counts who comes, and answers with a script.
struct Other {
    task: JoinHandle<()>,
    visits: Arc<AtomicUsize>,
    address: String,
}

impl Other {
    async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let visits = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&visits);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&count)));
            }
        });
        Ok(Self { task, visits, address })
    }
}

/// Answers one request. A connection without one is no visit: a browser may open it before it asks the policy.
async fn answer(mut stream: TcpStream, count: Arc<AtomicUsize>) {
    let mut request = [0; 1024];
    if stream.read(&mut request).await.is_ok_and(|bytes| bytes > 0) {
        count.fetch_add(1, Ordering::SeqCst);
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nAccess-Control-Allow-Origin: *\r\n\
                              Content-Length: 9\r\nConnection: close\r\n\r\ntop.ran=1";
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Which of `vectors` run or load something, each on a copy of `page` in the served `folder`.
async fn that_get_through(browser: &Browser, page: &str, folder: &Path, vectors: &[&str]) -> Result<Vec<String>> {
    let (host, other) = (Host::serve(folder, "/").await?, Other::start().await?);
    let mut through = Vec::new();
    for (number, vector) in vectors.iter().enumerate() {
        let text = vector.replace("RUN", "top.ran=1").replace("OTHER", &other.address);
        let name = format!("vector-{number}.html");
        fs::write(folder.join(&name), page.replacen("<p>占位</p>", &text, 1))?;
        let before = other.visits.load(Ordering::SeqCst);
        browser.driver.goto(host.address(&name)).await.with_context(|| vector.to_string())?;
        browser.until("document.readyState === 'complete'").await?;
        browser.js::<()>(READ).await?;
        // A frame and a painted page later everything that was asked for has begun.
        let ran: bool = browser
            .js("return new Promise(done => setTimeout(() => done(window.ran === 1), 30))")
            .await
            .unwrap_or_default();
        if ran || other.visits.load(Ordering::SeqCst) > before {
            through.push((*vector).to_string());
        }
    }
    Ok(through)
}

async fn nothing_of_a_hostile_text_runs_or_is_loaded(browser: Browser) -> Result<()> {
    let book = SmallBook::plain("# 甲\n\n占位\n");
    let built = book.build();
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let folder = book.root().join("book");
    // The worker would answer for pages that the book doesn't have.
    let page = fs::read_to_string(folder.join("a.html"))?.replace("\"qabook:worker\"", "\"none\"");
    ensure!(page.contains("<p>占位</p>"), "{page}");
    let vectors: Vec<&str> = VECTORS.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '~'])).collect();
    ensure!(vectors.len() >= 100, "only {} texts", vectors.len());

    let through = that_get_through(&browser, &page, &folder, &vectors).await?;
    assert_eq!(through, Vec::<String>::new(), "under the policy");
    // Where no policy is, most of them do run: the list says something.
    let open = page.replace("http-equiv=\"Content-Security-Policy\"", "name=\"none\"");
    let some: Vec<&str> = vectors.into_iter().step_by(4).collect();
    let through = that_get_through(&browser, &open, &folder, &some).await?;
    ensure!(through.len() * 2 > some.len(), "only {} of {} get through without a policy", through.len(), some.len());
    Ok(())
}
