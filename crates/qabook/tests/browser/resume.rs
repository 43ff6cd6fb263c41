//! The ways back in: to where the reader left off, to the questions that wait, and from one of them to the next.

use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Duration;
use thirtyfour::Key;

use crate::accessibility::{Violation, violations};
use crate::browser::Browser;
use crate::progress::{press, text};
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, GLOSSARY, LAN, OSI, TCP};

pub(crate) const TESTS: &[Test] = tests![
    home_leads_back_to_the_place_where_one_left_off,
    home_leads_back_on_another_screen,
    without_anything_read_home_offers_nothing,
    what_was_kept_wrong_leads_nowhere,
    the_queue_is_counted_on_every_page,
    the_queue_follows_another_tab,
    one_key_leads_to_the_next_that_waits,
    the_key_is_left_to_those_who_write,
    the_ways_fit_a_phone_and_axe_finds_nothing,
];

/// Where the second heading of the chapter's text is in the window.
const HEADING_TOP: &str = "document.querySelectorAll('main h2')[2].getBoundingClientRect().top";

/// Scrolls a question to a place in the middle of a section and returns where its heading is then.
async fn read_on(browser: &Browser, page: &str) -> Result<f64> {
    browser.go(page).await?;
    browser.until("document.readyState === 'complete'").await?;
    browser.js::<()>(&format!("scrollBy({{ top: {HEADING_TOP} + 333, behavior: 'instant' }})")).await?;
    browser.until(&format!("{HEADING_TOP} < -200")).await?;
    browser.js(&format!("return {HEADING_TOP}")).await
}

/// Presses 继续上次 on the home page.
async fn resume(browser: &Browser, page: &str) -> Result<()> {
    browser.find("main .resume-link").await?.click().await?;
    browser.until(&format!("location.pathname.endsWith('/{page}') && document.readyState === 'complete'")).await
}

async fn home_leads_back_to_the_place_where_one_left_off(browser: Browser) -> Result<()> {
    let before = read_on(&browser, TCP).await?;
    // A page that belongs to no question is not what was being read.
    browser.go(GLOSSARY).await?;
    browser.go("").await?;
    let link = text(&browser, "main .resume-link").await?;
    ensure!(link.starts_with("继续上次") && link.contains("TCP 的三次握手与四次挥手"), "{link}");
    resume(&browser, TCP).await?;
    browser.until(&format!("Math.abs({HEADING_TOP} - {before}) < 4")).await?;
    // Only whoever comes by that link is led there.
    browser.go(ARP).await?;
    browser.go(TCP).await?;
    browser.until("document.readyState === 'complete'").await?;
    assert_eq!(browser.js::<f64>("return scrollY").await?.to_string(), "0");
    Ok(())
}

async fn home_leads_back_on_another_screen(browser: Browser) -> Result<()> {
    read_on(&browser, TCP).await?;
    browser.go(GLOSSARY).await?;
    browser.size(360, 740).await?;
    browser.go("").await?;
    resume(&browser, TCP).await?;
    // The same section is on top, and one is in it, not at its beginning.
    let inside = "document.querySelectorAll('main h2')[3].getBoundingClientRect().top > 50";
    browser.until(&format!("{HEADING_TOP} < -100 && {inside}")).await
}

async fn without_anything_read_home_offers_nothing(browser: Browser) -> Result<()> {
    browser.go("").await?;
    browser.find("#mdbook-sidebar a").await?;
    let shown: u32 = browser
        .js("return [...document.querySelectorAll('.resume, .resume-link, .queue-link')]
                 .filter(way => way.getClientRects().length > 0).length")
        .await?;
    assert_eq!(shown, 0);
    Ok(())
}

async fn what_was_kept_wrong_leads_nowhere(browser: Browser) -> Result<()> {
    for last in [
        "nonsense",
        "null",
        "{}",
        r#"{"page":"network/gone.html","section":"","heading":"","part":0}"#,
        r#"{"page":"javascript:alert(1)","section":"","heading":"","part":0}"#,
        r#"{"page":"https://example.com/network/arp.html","section":"","heading":"","part":0}"#,
        r#"{"page":"network/arp.html","section":"","heading":"","part":"all"}"#,
    ] {
        browser.go(GLOSSARY).await?;
        browser.js::<()>(&format!("localStorage.setItem('wenxiu:last', {})", json!(last))).await?;
        browser.go("").await?;
        browser.find("#mdbook-sidebar a").await?;
        let links: u32 = browser.js("return document.querySelectorAll('.resume-link').length").await?;
        assert_eq!(links, 0, "{last}");
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{last}");
    }
    Ok(())
}

/// What the queue's link in the menu bar reads; empty where it isn't shown.
async fn queue(browser: &Browser) -> Result<String> {
    browser.find("#mdbook-menu-bar").await?;
    browser.js("return document.querySelector('#mdbook-menu-bar .queue-link:not([hidden])')?.textContent ?? ''").await
}

async fn the_queue_is_counted_on_every_page(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    assert_eq!(queue(&browser).await?, "");
    press(&browser, "again").await?;
    browser.until("document.querySelector('.queue-link').textContent === '再看 1 题 →'").await?;
    browser.go(OSI).await?;
    press(&browser, "again").await?;
    for page in [OSI, GLOSSARY, ""] {
        browser.go(page).await?;
        assert_eq!(queue(&browser).await?, "再看 2 题 →", "{page}");
        let to: String = browser.js("return document.querySelector('.queue-link').href").await?;
        assert_eq!(to, browser.address("review.html?show=again"));
    }
    assert_eq!(text(&browser, "main .resume .queue-link").await?, "再看 2 题 →");
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.until("document.querySelector('.queue-link').textContent === '再看 1 题 →'").await?;
    Ok(())
}

async fn the_queue_follows_another_tab(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let first = browser.driver.window().await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    browser.go(ARP).await?;
    press(&browser, "again").await?;
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('main .queue-link:not([hidden])')?.textContent === '再看 1 题 →'").await
}

async fn one_key_leads_to_the_next_that_waits(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "again").await?;
    // Nothing else waits.
    browser.until("document.querySelector('.question-header [aria-pressed=true]')").await?;
    assert_eq!(browser.js::<u32>("return document.querySelectorAll('.next-in-queue').length").await?, 0);
    browser.go(LAN).await?;
    press(&browser, "again").await?;
    browser.go(OSI).await?;
    browser.find(".question-end [value=known]").await?.click().await?;
    // Of those that wait, the one that was marked first.
    let next = text(&browser, ".question-end .next-in-queue").await?;
    ensure!(next.starts_with("下一题") && next.contains("什么是 ARP 协议？"), "{next}");
    // A mark taken away leads nowhere.
    browser.find(".question-end [value=known]").await?.click().await?;
    browser.until("!document.querySelector('.next-in-queue')").await?;
    browser.find(".question-end [value=known]").await?.click().await?;
    browser.find(".next-in-queue").await?;
    browser.driver.active_element().await?.send_keys("n").await?;
    browser.until(&format!("location.pathname.endsWith('/{ARP}') && document.readyState === 'complete'")).await?;
    press(&browser, "known").await?;
    browser.find(".question-header .next-in-queue").await?;
    browser.driver.active_element().await?.send_keys("N").await?;
    browser.until(&format!("location.pathname.endsWith('/{LAN}')")).await
}

async fn the_key_is_left_to_those_who_write(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "again").await?;
    browser.go(OSI).await?;
    // Before a mark the key does nothing.
    browser.driver.active_element().await?.send_keys("n").await?;
    press(&browser, "known").await?;
    browser.find(".next-in-queue").await?;
    browser.js::<()>("document.querySelector('main').prepend(document.createElement('input'))").await?;
    let input = browser.find("main > input").await?;
    input.send_keys("nn").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("nn"));
    browser.js::<()>("document.activeElement.blur()").await?;
    browser.driver.active_element().await?.send_keys(Key::Control + "n").await?;
    let left =
        browser.until_within(Duration::from_millis(500), &format!("!location.pathname.endsWith('/{OSI}')")).await;
    ensure!(left.is_err(), "the page was left");
    Ok(())
}

async fn the_ways_fit_a_phone_and_axe_finds_nothing(browser: Browser) -> Result<()> {
    read_on(&browser, TCP).await?;
    press_by_script(&browser, 12).await?;
    browser.size(360, 740).await?;
    for (theme, mark) in [("light", "known"), ("navy", "again")] {
        browser.js::<()>(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await?;
        for page in ["", OSI] {
            browser.go(page).await?;
            if page == OSI {
                press(&browser, mark).await?;
                browser.find(".next-in-queue").await?;
            }
            let wide: i32 = browser.js("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(wide <= 0, "{page} is {wide} px too wide");
            let covered: bool = browser
                .js("const boxes = [...document.querySelectorAll('#mdbook-menu-bar :is(button, a:not(.menu-title a), .menu-title)')]
                         .map(element => element.getBoundingClientRect()).filter(({ width }) => width > 0);
                     return boxes.some((a, index) => boxes.slice(index + 1).some(b => a.right > b.left + 1 && b.right > a.left + 1))")
                .await?;
            ensure!(!covered, "what is in the menu bar of {page} overlaps");
            let found: Vec<Violation> =
                violations(&browser, "undefined").await?.into_iter().filter(|found| !found.is_kept()).collect();
            assert_eq!(found, [], "{page} in {theme}");
        }
    }
    Ok(())
}

/// Marks the first questions 再看, so that their number has two digits.
async fn press_by_script(browser: &Browser, count: u32) -> Result<()> {
    let script = format!(
        "[...document.querySelectorAll('#mdbook-sidebar [data-question]')].slice(0, {count})
             .forEach(({{ dataset }}) => qabook.mark(dataset.question, 'again', Date.now()))"
    );
    browser.js(&script).await
}
