//! The search box itself: how it opens, what it offers while it is empty, what stands beside the results, and who can read it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use thirtyfour::Key;

use crate::accessibility::{COLOURS, THEMES, Violation, violations_in};
use crate::browser::Browser;
use crate::search::{first_result, search};
use crate::search_copy::Copy;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, DEADLOCK, FOUND};

pub(crate) const TESTS: &[Test] = tests![
    control_k_opens_it_and_the_page_keeps_its_place,
    a_click_beside_it_closes_it,
    keys_work_where_nothing_is_written,
    an_empty_box_offers_what_was_asked_before_and_what_others_ask,
    without_storage_it_works,
    enter_follows_the_answer_to_what_is_in_the_box,
    the_chosen_page_says_what_it_is_about_where_there_is_room,
    axe_finds_nothing_in_results_and_suggestions,
    what_is_chosen_is_seen_in_forced_colours,
];

const OPEN: &str = "!document.getElementById('mdbook-search-wrapper').classList.contains('hidden')";
const WRAPPER: &str = "'#mdbook-search-wrapper, #mdbook-search-toggle'";

async fn control_k_opens_it_and_the_page_keeps_its_place(browser: Browser) -> Result<()> {
    browser.size(1280, 800).await?;
    browser.go(ARP).await?;
    let said: String = browser.js("return document.getElementById('mdbook-search-toggle').innerText").await?;
    assert_eq!(said.split_whitespace().collect::<Vec<_>>(), ["搜索本书", "Ctrl", "K"]);
    browser.js::<Value>("scrollTo({ top: 700, behavior: 'instant' }); return null").await?;
    browser.find("body").await?.send_keys(Key::Control + "k").await?;
    browser.until("document.activeElement.id === 'mdbook-searchbar'").await?;
    let seen: bool = browser
        .js("const { top, bottom } = document.activeElement.getBoundingClientRect(); return top >= 0 && bottom < innerHeight")
        .await?;
    assert!(seen, "the box is on the screen");
    browser.driver.active_element().await?.send_keys(Key::Escape).await?;
    browser.until(&format!("!({OPEN})")).await?;
    assert_eq!(browser.js::<i64>("return Math.round(scrollY)").await?, 700);
    Ok(())
}

async fn keys_work_where_nothing_is_written(browser: Browser) -> Result<()> {
    // What has the focus, whether `s` opens the box, and whether → turns the page.
    for (input, opens, turns) in [
        ("document.getElementById('mdbook-sidebar-toggle-anchor')", true, true),
        ("Object.assign(document.createElement('input'), { type: 'checkbox' })", true, false),
        ("Object.assign(document.createElement('input'), { type: 'radio' })", true, false),
        ("Object.assign(document.createElement('input'), { type: 'button' })", true, false),
        ("Object.assign(document.createElement('input'), { type: 'search' })", false, false),
        ("document.createElement('input')", false, false),
        ("document.createElement('textarea')", false, false),
    ] {
        for key in ["s", "/"] {
            browser.go(ARP).await?;
            browser
                .js::<()>(&format!(
                    "const input = {input};
                     if (!input.isConnected) document.querySelector('main').prepend(input);
                     input.focus()"
                ))
                .await?;
            browser.driver.active_element().await?.send_keys(key).await?;
            assert_eq!(browser.js::<bool>(&format!("return {OPEN}")).await?, opens, "{key} in {input}");
        }
        if turns {
            browser.go(ARP).await?;
            browser.find("#mdbook-sidebar-toggle").await?.click().await?;
            browser.driver.active_element().await?.send_keys(Key::Right + "").await?;
            browser.until(&format!("!location.pathname.endsWith('/{ARP}')")).await?;
        }
    }
    Ok(())
}

async fn a_click_beside_it_closes_it(browser: Browser) -> Result<()> {
    browser.size(1280, 800).await?;
    browser.go(ARP).await?;
    search(&browser, "").await?;
    browser.until("document.getElementById('mdbook-searchresults').role === 'listbox'").await?;
    browser.find("#mdbook-sidebar").await?.click().await?;
    browser.until(&format!("!({OPEN})")).await
}

/// The texts of the links in the list.
const LINKS: &str = "[...document.querySelectorAll('#mdbook-searchresults a')].map((link) => link.textContent)";

async fn an_empty_box_offers_what_was_asked_before_and_what_others_ask(browser: Browser) -> Result<()> {
    let copy = Copy::of(browser.setup.site())?;
    let meta = copy.index_folder()?.join("meta.js");
    let text = fs::read_to_string(&meta)?;
    let (before, rest) = text.split_once("\"asked\":[").context("what readers ask")?;
    let (_, after) = rest.split_once(']').context("its end")?;
    fs::write(&meta, format!("{before}\"asked\":[\"为什么要三次握手\"]{after}"))?;
    browser.driver.goto(copy.url(ARP)?).await?;
    search(&browser, "").await?;
    browser.until(&format!("{LINKS}.join() === '为什么要三次握手'")).await?;
    let (query, page) = FOUND[0];
    search(&browser, query).await?;
    first_result(&browser).await?;
    browser.find("#mdbook-searchresults a.search-page").await?.click().await?;
    browser.until("location.search.startsWith('?highlight=')").await?;
    search(&browser, "").await?;
    browser.until(&format!("{LINKS}.join() === '{query},为什么要三次握手'")).await?;
    // A suggestion is asked, not followed.
    let searchbar = browser.find("#mdbook-searchbar").await?;
    searchbar.send_keys(Key::Down + Key::Enter).await?;
    browser
        .until(&format!("document.querySelector('#mdbook-searchresults a.search-page')?.href.includes('{page}')"))
        .await?;
    searchbar.send_keys(Key::Control + "a").await?;
    searchbar.send_keys(Key::Backspace).await?;
    browser.until(&format!("{LINKS}.length === 2")).await?;
    browser.find(".search-more").await?.click().await?;
    browser.until(&format!("{LINKS}.join() === '为什么要三次握手'")).await
}

async fn without_storage_it_works(browser: Browser) -> Result<()> {
    browser.forbid_storage("'localStorage'").await?;
    browser.go(ARP).await?;
    search(&browser, FOUND[0].0).await?;
    first_result(&browser).await?;
    browser.find("#mdbook-searchresults a.search-page").await?.click().await?;
    browser.until("location.search.startsWith('?highlight=')").await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn enter_follows_the_answer_to_what_is_in_the_box(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let searchbar = search(&browser, FOUND[0].0).await?;
    first_result(&browser).await?;
    searchbar.clear().await?;
    searchbar.send_keys("死锁".to_string() + Key::Enter).await?;
    browser.until(&format!("location.pathname.endsWith('/{DEADLOCK}')")).await
}

async fn the_chosen_page_says_what_it_is_about_where_there_is_room(browser: Browser) -> Result<()> {
    for (width, is_wide) in [(1280, true), (360, false)] {
        browser.size(width, 740).await?;
        browser.go(&format!("{ARP}?search=死锁")).await?;
        let first = first_result(&browser).await?;
        assert!(first.contains(DEADLOCK), "{first}");
        if !is_wide {
            let preview: bool = browser.js("return Boolean(document.querySelector('.search-preview'))").await?;
            assert!(!preview, "there is no room at {width} px");
            continue;
        }
        browser.until("document.querySelector('.search-preview')?.offsetWidth > 200").await?;
        let description: String = browser
            .js("return fetch(document.querySelector('#mdbook-searchresults a').href).then((page) => page.text())")
            .await?;
        let said: String = browser.js("return document.querySelector('.search-preview').textContent").await?;
        let (_, rest) = description.split_once("name=\"description\" content=\"").unwrap_or_default();
        let summary: String = rest.chars().take(20).collect();
        assert!(said.contains(&summary), "{said} has {summary}");
    }
    Ok(())
}

/// Opens the box, with results or with suggestions.
async fn open(browser: &Browser, query: &str) -> Result<()> {
    browser.go(ARP).await?;
    browser.js::<()>("localStorage.setItem('zh-search-recent:/', '[\"死锁\", \"握手\"]')").await?;
    browser.driver.refresh().await?;
    let searchbar = search(browser, query).await?;
    // Suggestions come first, and go when there are results.
    let class = if query.is_empty() { "search-question" } else { "search-page" };
    browser.until(&format!("document.querySelector('#mdbook-searchresults a.{class}')")).await?;
    searchbar.send_keys(Key::Down).await?;
    browser.until("document.querySelector('#mdbook-searchresults [aria-selected]')").await
}

async fn axe_finds_nothing_in_results_and_suggestions(browser: Browser) -> Result<()> {
    for width in [1280, 360] {
        browser.size(width, 740).await?;
        for query in ["死锁", ""] {
            open(&browser, query).await?;
            if width > 1000 && !query.is_empty() {
                browser.until("document.querySelector('.search-preview p')").await?;
            }
            for theme in THEMES {
                browser.choose_theme(theme).await?;
                let rules = if theme == THEMES[0] { "undefined" } else { COLOURS };
                let found: Vec<Violation> = violations_in(&browser, WRAPPER, rules).await?;
                assert_eq!(found, [], "{query} in {theme} at {width} px");
            }
        }
    }
    Ok(())
}

async fn what_is_chosen_is_seen_in_forced_colours(browser: Browser) -> Result<()> {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    open(&browser, "死锁").await?;
    browser.choose_theme("navy").await?;
    let outline: String = browser
        .js("return getComputedStyle(document.querySelector('#mdbook-searchresults [aria-selected]')).outlineStyle")
        .await?;
    assert_eq!(outline, "solid");
    assert_eq!(violations_in(&browser, WRAPPER, "['color-contrast']").await?, []);
    Ok(())
}
