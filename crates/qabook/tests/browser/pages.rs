//! What holds for every page.

use anyhow::Result;
use url::Url;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{DEADLOCK, GLOSSARY, PART, TCP};

pub(crate) const TESTS: &[Test] =
    tests![nothing_comes_from_another_host @Requests, each_kind_of_page_has_its_landmarks_and_headings];

/// One page of each kind.
pub(crate) const PAGES: [&str; 5] = ["", PART, TCP, DEADLOCK, GLOSSARY];

/// Every page that the table of contents names, and the page for addresses that don't exist.
pub(crate) async fn all_pages(browser: &Browser) -> Result<Vec<String>> {
    browser.go("").await?;
    browser.find("#mdbook-sidebar a").await?;
    browser
        .js("const root = new URL(path_to_root || '.', location.href).href;
             const links = document.querySelectorAll('#mdbook-sidebar .chapter-link-wrapper > a[href]:not([href^=\"#\"])');
             return [...links].map(link => link.href.slice(root.length)).concat('404.html')")
        .await
}

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

async fn each_kind_of_page_has_its_landmarks_and_headings(browser: Browser) -> Result<()> {
    for page in PAGES {
        browser.go(page).await?;
        let one: (u32, u32) =
            browser.js("return ['main', 'h1'].map(name => document.querySelectorAll(name).length)").await?;
        assert_eq!(one, (1, 1), "{page} has one <main> and one <h1>");
        let unnamed: u32 = browser.js("return document.querySelectorAll('nav:not([aria-label])').length").await?;
        assert_eq!(unnamed, 0, "{page}: every <nav> says which");
        let levels: Vec<u32> = browser
            .js("return [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')].map(h => Number(h.tagName[1]))")
            .await?;
        assert_eq!(levels.first(), Some(&1), "{page} begins with its title");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{page} skips a level: {levels:?}");
    }
    Ok(())
}
