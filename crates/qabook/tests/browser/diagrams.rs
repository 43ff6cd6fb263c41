//! Diagrams on their page: readable on a phone, enlarged, told in words.

use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Duration;
use thirtyfour::Key;

use crate::accessibility::violations_in;
use crate::browser::Browser;
use crate::choice::press;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, BALANCING, COROUTINES, OSI, TCP, THREADS};

pub(crate) const TESTS: &[Test] = tests![
    they_are_read_on_a_phone_without_scrolling,
    a_click_enlarges_one_and_esc_puts_it_back,
    keys_change_its_size_and_leave_the_page,
    colours_of_the_system_are_its_own,
    who_does_not_see_it_is_told_it,
    on_the_page_of_all_chapters_lines_have_the_heads_of_their_own_diagram,
    pages_without_one_load_nothing_for_it,
];

/// Whether a diagram is enlarged.
const OPEN: &str = "document.querySelector('dialog.diagram-dialog[open] svg')";

async fn they_are_read_on_a_phone_without_scrolling(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    for page in [TCP, ARP, COROUTINES, BALANCING] {
        browser.go(page).await?;
        let found: Vec<(f64, i32)> = browser
            .js("return [...document.querySelectorAll('.diagram-picture')].map(frame => {
                     const svg = frame.querySelector('svg');
                     const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                     const sizes = [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize));
                     return [Math.min(...sizes) * scale, frame.scrollWidth - frame.clientWidth];
                 })")
            .await?;
        ensure!(!found.is_empty() && found.iter().all(|(size, over)| *size > 11.9 && *over <= 0), "{page}: {found:?}");
    }
    Ok(())
}

async fn a_click_enlarges_one_and_esc_puts_it_back(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go(TCP).await?;
    let before: f64 = browser.js("return document.querySelector('.diagram svg').getBoundingClientRect().width").await?;
    let height: f64 = browser.js("return document.body.scrollHeight").await?;
    browser.find(".diagram-picture").await?.click().await?;
    browser.until(OPEN).await?;
    let after: f64 = browser.js(&format!("return {OPEN}.getBoundingClientRect().width")).await?;
    ensure!(after > before * 1.2, "{before} became {after}");
    let ids: i32 =
        browser.js("return document.querySelectorAll('#diagram-network-tcp-handshake-1-title').length").await?;
    assert_eq!(ids, 1, "it is moved, not copied");
    assert_eq!(violations_in(&browser, "'dialog'", "undefined").await?, []);
    press(&browser, Key::Escape).await?;
    browser.until(&format!("!{OPEN} && document.querySelector('.diagram-picture > svg')")).await?;
    let back: f64 = browser.js("return document.querySelector('.diagram svg').getBoundingClientRect().width").await?;
    let height_now: f64 = browser.js("return document.body.scrollHeight").await?;
    ensure!((back - before).abs() < 1.0 && (height_now - height).abs() < 2.0, "{before} {back} {height} {height_now}");
    Ok(())
}

async fn keys_change_its_size_and_leave_the_page(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    let address = browser.driver.current_url().await?;
    browser.js::<()>("document.querySelector('.diagram-zoom').focus()").await?;
    press(&browser, Key::Enter).await?;
    browser.until(OPEN).await?;
    let width = format!("return {OPEN}.getBoundingClientRect().width");
    let mut last: f64 = browser.js(&width).await?;
    for (key, grows) in [('+', true), ('-', false), ('-', false)] {
        browser.driver.active_element().await?.send_keys(key.to_string()).await?;
        let now: f64 = browser.js(&width).await?;
        ensure!((now > last) == grows && (now - last).abs() > 1.0, "{key}: {last} became {now}");
        last = now;
    }
    // Search opens by `s` and `/`, and mdBook turns pages by the arrows: not behind it, also where the focus is lost.
    for blurred in [false, true] {
        if blurred {
            browser.js::<()>("document.activeElement.blur()").await?;
        }
        for key in ["s", "/"] {
            browser.driver.active_element().await?.send_keys(key).await?;
        }
        press(&browser, Key::Right).await?;
        let behind: bool =
            browser.js("return !document.querySelector('#mdbook-search-wrapper').matches('.hidden')").await?;
        ensure!(!behind, "the search is open behind it");
    }
    press(&browser, Key::Escape).await?;
    browser.until_within(Duration::from_secs(3), &format!("!{OPEN}")).await?;
    assert_eq!(browser.driver.current_url().await?, address);
    let focused: String = browser.js("return document.activeElement.className").await?;
    assert_eq!(focused, "diagram-zoom");
    Ok(())
}

async fn colours_of_the_system_are_its_own(browser: Browser) -> Result<()> {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    browser.go(THREADS).await?;
    browser.js::<()>("document.documentElement.className = 'navy js'").await?;
    let [text, system, shape, canvas]: [String; 4] = browser
        .js("const probe = document.body.appendChild(document.createElement('i'));
             probe.style.cssText = 'color: CanvasText; background: Canvas; forced-color-adjust: none';
             const svg = document.querySelector('.diagram svg');
             const { color, backgroundColor } = getComputedStyle(probe);
             const { fill } = getComputedStyle(svg.querySelector('text'));
             const box = [...svg.querySelectorAll('rect[rx=\"3\"]')].at(-1);
             return [fill, color, getComputedStyle(box).fill, backgroundColor]")
        .await?;
    assert_eq!((text, shape), (system, canvas));
    Ok(())
}

async fn who_does_not_see_it_is_told_it(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    let told: Vec<String> =
        browser.js("return [...document.querySelectorAll('.diagram-text')][0].innerText.split('\\n')").await?;
    let told: Vec<&str> = told.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    assert_eq!(told[1], "客户端 A 到 服务端 B：SYN seq=100", "{told:?}");
    let seen: f64 = browser.js("return document.querySelector('.diagram-text').getBoundingClientRect().height").await?;
    ensure!(seen <= 1.0, "{seen}");
    Ok(())
}

async fn on_the_page_of_all_chapters_lines_have_the_heads_of_their_own_diagram(browser: Browser) -> Result<()> {
    browser.go("print.html").await?;
    let (lines, foreign): (usize, usize) = browser
        .js("const lines = [...document.querySelectorAll('.diagram [marker-end]')];
             const own = line => line.ownerSVGElement.querySelector(line.getAttribute('marker-end').slice(4, -1));
             return [lines.length, lines.filter(line => !own(line)).length]")
        .await?;
    ensure!(lines > 100 && foreign == 0, "{foreign} of {lines} lines have heads of others");
    Ok(())
}

async fn pages_without_one_load_nothing_for_it(browser: Browser) -> Result<()> {
    for (page, loads) in [(OSI, true), ("glossary.html", false)] {
        browser.go(page).await?;
        let found: bool = browser.js("return !!document.querySelector('script[data-src*=\"/diagram\"]')").await?;
        assert_eq!(found, loads, "{page}");
    }
    Ok(())
}
