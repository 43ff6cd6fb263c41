//! What a reader with a keyboard, a screen reader or weak eyes needs; most of it checked by axe-core.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, EPOLL, ERRATA, GLOSSARY, IPTABLES, PART, TCP, THREADS};

pub(crate) const TESTS: &[Test] = tests![
    axe_finds_nothing,
    every_theme_has_contrast,
    what_has_the_focus_is_seen,
    what_has_the_focus_is_not_below_the_menu_bar,
    arrows_stay_in_what_has_the_focus,
    reduced_motion_is_honoured,
    forced_colours_take_the_place_of_those_of_drawings,
    code_that_scrolls_takes_the_focus,
];

/// All of mdBook's.
pub(crate) const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// axe-core 4.14.1, see `axe/README.md`.
const AXE: &str = include_str!("axe/axe.min.js");

/// Home, a part, three chapters: with formulas and drawings, with a program that doesn't compile, with long tables.
const PAGES: [&str; 5] = ["", PART, TCP, THREADS, EPOLL];

/// The rules of axe that a theme may break where others keep them.
pub(crate) const COLOURS: &str = "['color-contrast', 'link-in-text-block']";

/// What axe finds and we keep: the rule, the element, and why.
///
/// The box that opens the table of contents is labelled and reached by Tab, but mdBook's style sheet needs it next to the
/// page, outside of every landmark.
const KEPT: (&str, &str) = ("region", "#mdbook-sidebar-toggle-anchor");

/// A rule and an element that breaks it.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Violation {
    rule: String,
    element: String,
    why: String,
}

impl Violation {
    /// Whether it is the one that stays.
    pub(crate) fn is_kept(&self) -> bool {
        (self.rule.as_str(), self.element.as_str()) == KEPT
    }
}

/// What axe finds on the page, by all its rules or by those of `rules`, a JavaScript value.
pub(crate) async fn violations(browser: &Browser, rules: &str) -> Result<Vec<Violation>> {
    violations_in(browser, "document", rules).await
}

/// The same in a part of the page: `part`, a JavaScript value, is a node or a selector.
pub(crate) async fn violations_in(browser: &Browser, part: &str, rules: &str) -> Result<Vec<Violation>> {
    browser.driver.set_script_timeout(Duration::from_mins(2)).await?;
    if !browser.js::<bool>("return 'axe' in window").await? {
        browser.js::<()>(&format!("{AXE}\nreturn null")).await?;
    }
    let script = format!(
        "const done = arguments[arguments.length - 1];
         axe.run({part}, {{ resultTypes: ['violations'], runOnly: {rules} }}).then(({{ violations }}) =>
             done(violations.flatMap(({{ id, nodes }}) => nodes.map(({{ target, failureSummary }}) =>
                 ({{ rule: id, element: target.join(' '), why: failureSummary }})))));"
    );
    browser.driver.execute_async(script, vec![]).await?.convert().context("what axe found")
}

async fn axe_finds_nothing(browser: Browser) -> Result<()> {
    for page in PAGES {
        browser.go(page).await?;
        let (kept, found): (Vec<_>, Vec<_>) =
            violations(&browser, "undefined").await?.into_iter().partition(Violation::is_kept);
        assert_eq!(found, [], "{page}");
        ensure!(kept.len() == 1, "{KEPT:?} is found no more on {page}: take the exemption out");
    }
    Ok(())
}

async fn every_theme_has_contrast(browser: Browser) -> Result<()> {
    // Badges and pressed buttons have colours, too.
    let marks = json!({ "arp": { "mark": "known", "at": 1 }, "tcp-handshake": { "mark": "again", "at": 1 },
        "select-poll-epoll": { "mark": "known", "at": 1 } });
    let progress = json!({ "format": "wenxiu-progress", "version": 1, "marks": marks }).to_string();
    browser.go("").await?;
    browser.js::<()>(&format!("localStorage.setItem('wenxiu:progress', '{progress}')")).await?;
    for page in PAGES.into_iter().chain([GLOSSARY, ERRATA]) {
        browser.go(page).await?;
        // What stands around the text is on all pages the same.
        let part = if page.is_empty() { "document" } else { "'main'" };
        for theme in THEMES {
            browser.choose_theme(theme).await?;
            assert_eq!(violations_in(&browser, part, "['color-contrast']").await?, [], "{page} in {theme}");
        }
    }
    Ok(())
}

async fn what_has_the_focus_is_seen(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    for stop in 0..12 {
        browser.driver.active_element().await?.send_keys(Key::Tab + "").await?;
        // mdBook's checkbox for the sidebar is invisible: its label carries the outline.
        let seen: bool = browser
            .js("const shown = document.activeElement.id === 'mdbook-sidebar-toggle-anchor'
                     ? document.querySelector('#mdbook-sidebar-toggle') : document.activeElement;
                 const { outlineStyle, outlineWidth } = getComputedStyle(shown);
                 return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2")
            .await?;
        let name: String = browser.js("return document.activeElement.outerHTML.slice(0, 120)").await?;
        ensure!(seen, "stop {stop} has no outline: {name}");
    }
    Ok(())
}

async fn what_has_the_focus_is_not_below_the_menu_bar(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    browser.js::<()>("[...document.querySelectorAll('main a')].at(-1).focus()").await?;
    for stop in 0..40 {
        browser.driver.active_element().await?.send_keys(Key::Shift + Key::Tab).await?;
        let hidden: bool = browser
            .js("const place = document.activeElement.getBoundingClientRect();
                 const bar = document.getElementById('mdbook-menu-bar').getBoundingClientRect();
                 return document.activeElement.closest('main') !== null && place.bottom <= bar.bottom")
            .await?;
        let name: String = browser.js("return document.activeElement.outerHTML.slice(0, 120)").await?;
        ensure!(!hidden, "stop {stop} is hidden: {name}");
    }
    Ok(())
}

async fn arrows_stay_in_what_has_the_focus(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let before = browser.driver.current_url().await?;
    browser.js::<()>("document.querySelector('main').prepend(document.createElement('input'))").await?;
    let input = browser.find("main > input").await?;
    input.send_keys("ab".to_string() + Key::Left + Key::Left + Key::Right + "c").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("acb"));
    assert_eq!(browser.driver.current_url().await?, before);
    // Elsewhere they still turn the page.
    browser.js::<()>("document.activeElement.blur()").await?;
    browser.driver.active_element().await?.send_keys(Key::Right + "").await?;
    browser.until("!location.pathname.endsWith('/arp.html')").await?;
    Ok(())
}

async fn reduced_motion_is_honoured(browser: Browser) -> Result<()> {
    let reduce = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    browser.cdp("Emulation.setEmulatedMedia", reduce).await?;
    browser.go(ARP).await?;
    let moving: Vec<String> = browser
        .js("return [...document.querySelectorAll('*')].filter(element => {
                 const { transitionDuration, animationDuration } = getComputedStyle(element);
                 return [transitionDuration, animationDuration].flatMap(list => list.split(',')).some(d => parseFloat(d) > 0.01);
             }).map(element => element.outerHTML.slice(0, 80))")
        .await?;
    assert_eq!(moving, Vec::<String>::new());
    Ok(())
}

async fn forced_colours_take_the_place_of_those_of_drawings(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    browser.choose_theme("navy").await?;
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    let (labels, systems): (Vec<String>, String) = browser
        .js("const probe = document.body.appendChild(document.createElement('p'));
             probe.style.color = 'CanvasText';
             const fills = [...document.querySelectorAll('.diagram svg text')].map(text => getComputedStyle(text).fill);
             return [[...new Set(fills)], getComputedStyle(probe).color]")
        .await?;
    assert_eq!(labels, [systems]);
    Ok(())
}

async fn code_that_scrolls_takes_the_focus(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go(IPTABLES).await?;
    browser.find("main pre > code[tabindex='0']").await?;
    browser.until("[...document.querySelectorAll('main pre > code')].every(code => code.tabIndex === (qabook.scrolls(code) ? 0 : -1))").await
}
