//! The words of the page around the text, and reaching it by keyboard.

use anyhow::Result;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::host;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, IPTABLES, PART, TCP};

pub(crate) const TESTS: &[Test] = tests![
    no_english_label_is_left_around_the_text,
    the_copy_button_of_a_plain_block_speaks_chinese,
    the_skip_link_comes_first_and_leads_to_the_text,
    the_sidebar_opens_and_closes_by_keyboard,
];

/// Every title, accessible name, placeholder and visible text outside the chapter and its table of contents. Keys of the
/// keyboard and names, such as GitHub, may be Latin.
const ENGLISH_LABELS: &str = r"
    const outside = element => !element.closest('main, mdbook-sidebar-scrollbox, script, style, noscript, template, kbd');
    const words = [];
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
        if (outside(element)) {
            for (const name of ['title', 'aria-label', 'placeholder']) words.push(element.getAttribute(name) ?? '');
        }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        if (outside(texts.currentNode.parentElement)) words.push(texts.currentNode.textContent);
    }
    return words.map(text => text.trim()).filter(text => /[a-z]{2}/i.test(text) && !/\p{Script=Han}/u.test(text));
";

async fn no_english_label_is_left_around_the_text(browser: Browser) -> Result<()> {
    let book = host::title()?;
    for page in ["", PART, TCP, "404.html", "print.html"] {
        browser.go(page).await?;
        browser.until("document.readyState === 'complete'").await?;
        let english: Vec<String> = browser.js(ENGLISH_LABELS).await?;
        assert_eq!(english, Vec::<String>::new(), "{page}");
        let title = browser.driver.title().await?;
        assert!(title.contains(&book) && !title.contains("Page not found"), "{page}: {title}");
    }
    Ok(())
}

async fn the_copy_button_of_a_plain_block_speaks_chinese(browser: Browser) -> Result<()> {
    browser.go(IPTABLES).await?;
    let origin = browser.address("");
    let permission =
        serde_json::json!({ "permissions": ["clipboardReadWrite"], "origin": origin.trim_end_matches('/') });
    browser.cdp("Browser.grantPermissions", permission).await?;
    let button = browser.find("main pre .clip-button").await?;
    assert_eq!(button.attr("title").await?.as_deref(), Some("复制"));
    assert_eq!(button.attr("aria-label").await?.as_deref(), Some("复制"));
    browser.js::<()>("document.querySelector('main pre .clip-button').click();").await?;
    browser.until("document.querySelector('main pre .clip-button .tooltiptext').textContent === '已复制'").await?;
    let copied: bool = browser
        .js("return navigator.clipboard.readText().then(text => text === document.querySelector('main pre code').innerText)")
        .await?;
    assert!(copied, "the block's text is on the clipboard");
    Ok(())
}

async fn the_skip_link_comes_first_and_leads_to_the_text(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    browser.until("document.readyState === 'complete'").await?;
    let body = browser.find("body").await?;
    body.send_keys("" + Key::Tab).await?;
    browser.until("document.activeElement.textContent === '跳到正文'").await?;
    let visible = "document.activeElement.getBoundingClientRect().top >= 0";
    browser.until(visible).await?;
    browser.driver.active_element().await?.send_keys("" + Key::Enter).await?;
    browser.until("document.activeElement.id === 'mdbook-content'").await?;
    browser.driver.active_element().await?.send_keys("" + Key::Tab).await?;
    browser.until("document.activeElement.closest('main') !== null").await?;
    Ok(())
}

async fn the_sidebar_opens_and_closes_by_keyboard(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    browser.until("document.documentElement.classList.contains('sidebar-visible')").await?;
    let body = browser.find("body").await?;
    body.send_keys("" + Key::Tab + Key::Tab).await?;
    browser.until("document.activeElement.getAttribute('aria-label') === '目录'").await?;
    browser.driver.active_element().await?.send_keys(" ").await?;
    browser.until("!document.documentElement.classList.contains('sidebar-visible')").await?;
    browser.driver.active_element().await?.send_keys(" ").await?;
    browser.until("document.documentElement.classList.contains('sidebar-visible')").await?;
    Ok(())
}
