//! What the print button offers, and a switch that wraps long lines of code.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use crate::browser::Browser;
use crate::choice::press;
use crate::trials::{Test, tests};
use crate::wenxiu::{GLOSSARY, TCP};

pub(crate) const TESTS: &[Test] = tests![
    the_print_button_offers_the_chapter_with_and_without_code,
    without_scripts_the_print_button_is_a_link,
    long_lines_wrap_on_all_cards_as_the_reader_chose,
    headings_and_code_break_where_words_do,
];

const LINK: &str = ".right-buttons a[href$='print.html']";

async fn the_print_button_offers_the_chapter_with_and_without_code(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    browser
        .js::<()>("window.print = () => { window.printed = document.documentElement.dataset.print ?? 'all'; }")
        .await?;
    browser.find(LINK).await?.click().await?;
    browser.until("document.querySelector('.print-menu:popover-open')").await?;
    let offered: Vec<String> =
        browser.js("return [...document.querySelectorAll('.print-menu > *')].map(item => item.textContent)").await?;
    assert_eq!(offered, ["本章", "本章（无代码）", "速背表", "全书"]);
    let addresses: Vec<String> =
        browser.js("return [...document.querySelectorAll('.print-menu a')].map(({ href }) => href)").await?;
    ensure!(addresses[0].ends_with("/review.html") && addresses[1].ends_with("/print.html"), "{addresses:?}");
    // The focus is in it; Esc closes it.
    press(&browser, Key::Escape).await?;
    browser.until("!document.querySelector('.print-menu:popover-open')").await?;
    for (item, printed) in [(1, "all"), (2, "no-code")] {
        browser.find(LINK).await?.click().await?;
        browser.find(&format!(".print-menu > :nth-child({item})")).await?.click().await?;
        browser.until(&format!("window.printed === '{printed}'")).await?;
        browser.js::<()>("dispatchEvent(new Event('afterprint'))").await?;
    }
    let left: Option<String> = browser.js("return document.documentElement.dataset.print ?? null").await?;
    assert_eq!(left, None);
    browser.go(GLOSSARY).await?;
    browser.find(LINK).await?.click().await?;
    let count: usize = browser.js("return document.querySelectorAll('.print-menu > *').length").await?;
    assert_eq!(count, 3, "a page without code is not offered without it");
    Ok(())
}

async fn without_scripts_the_print_button_is_a_link(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true })).await?;
    browser.go(TCP).await?;
    browser.find(LINK).await?.click().await?;
    let address = browser.driver.current_url().await?;
    ensure!(address.path().ends_with("/print.html"), "{address}");
    Ok(())
}

/// Presses the switch of the first card that has it; not where the bar at the bottom of a phone lies over it.
async fn press_wrap(browser: &Browser) -> Result<()> {
    let switch = "document.querySelector('[data-do=wrap]:not([hidden])')";
    browser.js::<()>(&format!("{switch}.scrollIntoView({{ block: 'center' }})")).await?;
    Ok(browser.find("[data-do=wrap]:not([hidden])").await?.click().await?)
}

async fn long_lines_wrap_on_all_cards_as_the_reader_chose(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go(TCP).await?;
    let over = "Math.max(...[...document.querySelectorAll('.snippet-rust .snippet-scroll')]
                    .map(frame => frame.scrollWidth - frame.clientWidth))";
    let before: i32 = browser.js(&format!("return {over}")).await?;
    ensure!(before > 0, "the page has a card that scrolls");
    browser.until("document.querySelector('[data-do=wrap]:not([hidden])')").await?;
    press_wrap(&browser).await?;
    browser.until(&format!("{over} <= 0")).await?;
    browser.driver.refresh().await?;
    browser
        .until(&format!("{over} <= 0 && document.querySelector('[data-do=wrap][aria-pressed=true]:not([hidden])')"))
        .await?;
    press_wrap(&browser).await?;
    browser.until(&format!("{over} > 0")).await
}

async fn headings_and_code_break_where_words_do(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go("concurrency/deadlock.html").await?;
    // Each line of a heading begins where a word does.
    let broken: Vec<String> = browser
        .js("const found = [];
             for (const heading of document.querySelectorAll('main :is(h1, h2, h3)')) {
                 const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
                 let last;
                 for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                     const range = document.createRange();
                     for (let at = 0; at < node.length; at++) {
                         range.setStart(node, at);
                         range.setEnd(node, at + 1);
                         const { top, width } = range.getBoundingClientRect();
                         // Inside a text node there is no mark of a word's end.
                         if (width && last !== undefined && top > last + 4 && at > 0
                             && /\\p{Script=Han}/u.test(node.data[at]) && /\\p{Script=Han}/u.test(node.data[at - 1])) {
                             found.push(node.data.slice(0, at) + '|' + node.data.slice(at));
                         }
                         last = width ? top : last;
                     }
                 }
             }
             return found")
        .await?;
    ensure!(broken.is_empty(), "{broken:?}");
    let marked: bool = browser.js("return !!document.querySelector('main h1 wbr')").await?;
    ensure!(marked, "the title has words");
    let copied: String = browser
        .js("const range = document.createRange();
             range.selectNodeContents(document.querySelector('main h1'));
             getSelection().removeAllRanges();
             getSelection().addRange(range);
             return getSelection().toString()")
        .await?;
    assert_eq!(copied, copied.replace(['\u{200b}', '\n'], ""));
    Ok(())
}
