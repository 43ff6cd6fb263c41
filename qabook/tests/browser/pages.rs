//! What holds for every page.

use anyhow::Result;
use url::Url;

use crate::browser::Browser;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![nothing_comes_from_another_host, no_page_scrolls_sideways];

/// One page of each kind.
const PAGES: [&str; 5] =
    ["", "network/index.html", "network/tcp-handshake.html", "concurrency/deadlock.html", "glossary.html"];

async fn nothing_comes_from_another_host(browser: Browser) -> Result<()> {
    for page in PAGES {
        browser.go(page).await?;
        browser.until("document.readyState === 'complete'").await?;
        for request in browser.requests().await? {
            let host = Url::parse(&request)?.host_str().unwrap_or_default().to_string();
            assert!(request.starts_with("data:") || host == "127.0.0.1", "{page} requests {request}");
        }
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{page}");
    }
    Ok(())
}

async fn no_page_scrolls_sideways(browser: Browser) -> Result<()> {
    for width in [360, 1440] {
        browser.size(width, 800).await?;
        for page in PAGES {
            browser.go(page).await?;
            let wide: u32 = browser.js("return document.documentElement.scrollWidth").await?;
            assert!(wide <= width, "{page} is {wide} px wide on a screen of {width} px");
        }
    }
    Ok(())
}
