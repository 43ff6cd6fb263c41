//! What searching loads.

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use url::Url;

use crate::browser::Browser;
use crate::search::{first_result, search};
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, DEADLOCK};

pub(crate) const TESTS: &[Test] = tests![a_page_loads_nothing_of_the_index_before_the_box_is_opened @Requests, the_first_query_loads_at_most_40_kb @Requests,];

async fn a_page_loads_nothing_of_the_index_before_the_box_is_opened(browser: Browser) -> Result<()> {
    browser.go(DEADLOCK).await?;
    browser.until("document.readyState === 'complete'").await?;
    let requests = browser.requests().await?;
    assert!(requests.iter().any(|request| request.contains("/zh-search-")), "the client is loaded: {requests:?}");
    let of_the_index: Vec<_> = requests.iter().filter(|request| is_of_the_index(request)).collect();
    assert!(of_the_index.is_empty(), "{of_the_index:?}");
    Ok(())
}

async fn the_first_query_loads_at_most_40_kb(browser: Browser) -> Result<()> {
    for query in ["死锁", "进程和线程的区别", "TCP 三次握手为什么不是两次"] {
        browser.go(ARP).await?;
        browser.requests().await?;
        search(&browser, query).await?;
        first_result(&browser).await?;
        let site = browser.setup.site().folder();
        let mut bytes = 0;
        for request in browser.requests().await?.iter().filter(|request| is_of_the_index(request)) {
            let file = site.join(Url::parse(request)?.path().trim_start_matches('/'));
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(&fs::read(&file).with_context(|| file.display().to_string())?)?;
            bytes += gzip.finish()?.len();
        }
        println!("first query {query}: {bytes} bytes of the index, by gzip");
        assert!((1..=40_000).contains(&bytes), "{query} loads {bytes} bytes");
    }
    Ok(())
}

/// Whether an address is below the index folder: `/zh-search-HASH/…`.
fn is_of_the_index(address: &str) -> bool {
    address.split_once("/zh-search-").is_some_and(|(_, rest)| rest.contains('/'))
}
