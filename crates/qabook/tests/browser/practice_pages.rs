//! The practice pages as such: on paper, for weak eyes, in narrow windows, over a slow line.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use std::io::Write;
use std::path::Path;

use crate::accessibility::{THEMES, Violation, violations};
use crate::browser::Browser;
use crate::practice::{REVIEW, current, key};
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, ERRATA, QUESTIONS};

pub(crate) const TESTS: &[Test] = tests![
    all_questions_fit_on_eight_pages,
    the_filters_hold_on_paper,
    the_print_buttons_choose_what_is_printed,
    axe_finds_nothing_and_every_theme_has_contrast,
    nothing_scrolls_sideways_in_narrow_or_enlarged_windows,
    what_is_pressed_is_seen_in_forced_colours,
    the_pages_weigh_little @Requests,
    scripts_of_the_practice_are_loaded_nowhere_else @Requests,
    keys_wait_until_the_help_is_closed,
];

const PAGES: [&str; 3] = [REVIEW, "statements.html", "follow-ups.html"];

/// Opens a page to practise on and shows the first answer.
async fn open(browser: &Browser, page: &str) -> Result<()> {
    browser.go(page).await?;
    browser.find(".practice-bar").await?;
    // A grade of each kind, then an open answer; all chips.
    for pressed in [" ", "1", " ", " ", "2", " ", " "] {
        key(browser, pressed).await?;
    }
    browser.js::<()>("document.querySelector('.practice-filters').open = true").await
}

/// How many A4 pages the page makes.
async fn pages(browser: &Browser) -> Result<usize> {
    let settings = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
    let printed = browser.cdp("Page.printToPDF", settings).await?;
    let pdf = BASE64_STANDARD.decode(printed["data"].as_str().context("a PDF")?)?;
    Ok(String::from_utf8_lossy(&pdf).split("/Type /Page\n").count() - 1)
}

/// Questions and answers that are seen on paper.
async fn seen_on_paper(browser: &Browser) -> Result<(u32, u32)> {
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let seen = browser
        .js("return ['.practice-prompt > p', '.practice-answer > p:not(.practice-source)'].map(what =>
                 [...document.querySelectorAll('.practice-card')].filter(card => {
                     const part = card.querySelector(what);
                     return part.checkVisibility({ contentVisibilityAuto: true }) && part.offsetHeight > 0;
                 }).length)")
        .await?;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    Ok(seen)
}

async fn all_questions_fit_on_eight_pages(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    assert_eq!(seen_on_paper(&browser).await?, (QUESTIONS, QUESTIONS));
    let with_answers = pages(&browser).await?;
    ensure!((2..=8).contains(&with_answers), "{with_answers} pages with answers");
    browser.js::<()>("document.documentElement.classList.add('practice-questions-only')").await?;
    assert_eq!(seen_on_paper(&browser).await?, (QUESTIONS, 0));
    let without = pages(&browser).await?;
    ensure!((1..with_answers).contains(&without), "{without} pages without answers");
    Ok(())
}

async fn the_filters_hold_on_paper(browser: Browser) -> Result<()> {
    browser.go("review.html?level=basic").await?;
    browser.find(".practice-bar").await?;
    let basic: u32 = browser.js("return document.querySelectorAll('[data-card][data-level=basic]').length").await?;
    ensure!(basic < QUESTIONS);
    assert_eq!(seen_on_paper(&browser).await?, (basic, basic));
    Ok(())
}

async fn the_print_buttons_choose_what_is_printed(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser
        .js::<()>(
            "window.print = () => { window.printed = document.documentElement.matches('.practice-questions-only'); }",
        )
        .await?;
    for (button, questions_only) in [("last", true), ("first", false), ("last", true)] {
        browser.find(&format!(".practice-print button:{button}-of-type")).await?.click().await?;
        assert_eq!(browser.js::<bool>("return window.printed").await?, questions_only);
    }
    // Who prints by the browser's menu afterwards gets it all.
    let left: bool = browser
        .js("dispatchEvent(new Event('afterprint')); return document.documentElement.matches('.practice-questions-only')")
        .await?;
    ensure!(!left);
    Ok(())
}

async fn axe_finds_nothing_and_every_theme_has_contrast(browser: Browser) -> Result<()> {
    for page in PAGES {
        open(&browser, page).await?;
        let found: Vec<_> =
            violations(&browser, "undefined").await?.into_iter().filter(|found| !found.is_kept()).collect();
        assert_eq!(found, [], "{page}");
        for theme in THEMES {
            browser.choose_theme(theme).await?;
            assert_eq!(violations(&browser, "['color-contrast']").await?, Vec::<Violation>::new(), "{page} in {theme}");
        }
    }
    Ok(())
}

async fn nothing_scrolls_sideways_in_narrow_or_enlarged_windows(browser: Browser) -> Result<()> {
    // The last is a window of 1280 px at 200 %.
    for (width, height) in [(320, 640), (360, 740), (640, 450)] {
        browser.size(width, height).await?;
        for page in PAGES {
            open(&browser, page).await?;
            let widest: u32 = browser.js("return document.documentElement.scrollWidth").await?;
            ensure!(widest <= width, "{page} is {widest} px wide in a window of {width}");
            let small: Vec<String> = browser
                .js("return [...document.querySelectorAll('main :is(button, summary)')].filter(element => {
                         const { width, height } = element.getBoundingClientRect();
                         return element.checkVisibility() && Math.min(width, height) < 44;
                     }).map(element => `${element.className} ${element.textContent}`)")
                .await?;
            assert_eq!(small, Vec::<String>::new(), "{page} at {width}");
            let seen: bool = browser
                .js("const { top, bottom } = document.querySelector('.practice-buttons').getBoundingClientRect();
                     return top > innerHeight / 2 && bottom <= innerHeight")
                .await?;
            ensure!(seen, "{page} at {width}: the bar is out of reach");
        }
    }
    Ok(())
}

async fn what_is_pressed_is_seen_in_forced_colours(browser: Browser) -> Result<()> {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    let colours: Vec<String> = browser
        .js("return ['true', 'false'].map(pressed =>
                 getComputedStyle(document.querySelector(`.practice-chip[aria-pressed=${pressed}]`)).backgroundColor)")
        .await?;
    assert_ne!(colours[0], colours[1]);
    Ok(())
}

/// How many bytes a file of the site has after gzip.
fn weight(text: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(text)?;
    Ok(encoder.finish()?.len())
}

/// The page and what it loads, with the weights.
async fn loaded(browser: &Browser, page: &str) -> Result<Vec<(String, usize)>> {
    let folder = &browser.setup.published()?.folder;
    browser.requests().await?;
    let site = browser.setup.published()?.serve().await?;
    browser.driver.goto(site.address(page)).await?;
    browser.until("document.readyState === 'complete'").await?;
    let mut loaded = Vec::new();
    for request in browser.requests().await? {
        let name =
            request.strip_prefix(&site.address("")).map(|name| name.split(['?', '#']).next().unwrap_or_default());
        let Some(name) = name.filter(|name| [".html", ".css", ".js"].iter().any(|end| name.ends_with(end))) else {
            continue;
        };
        if name != "sw.js" && !loaded.iter().any(|(known, _)| known == name) {
            loaded.push((name.to_string(), weight(&std::fs::read(folder.join(name))?)?));
        }
    }
    Ok(loaded)
}

async fn the_pages_weigh_little(browser: Browser) -> Result<()> {
    let elsewhere = loaded(&browser, ARP).await?;
    let loaded = loaded(&browser, REVIEW).await?;
    let sum = |wanted: &dyn Fn(&str) -> bool| -> usize {
        loaded.iter().filter(|(name, _)| wanted(name)).map(|(_, bytes)| bytes).sum()
    };
    let is_script = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "js");
    let own =
        sum(&|name| is_script(name) && !name.contains("ts-fsrs") && !elsewhere.iter().any(|(other, _)| other == name));
    ensure!(own > 1_000 && own <= 15_000, "{own} bytes of scripts: {loaded:#?}");
    let all = sum(&|_| true);
    // Half of it is what every page loads; mdBook's own scripts and the library are as their authors wrote them.
    ensure!(all > own && all <= 81_500, "{all} bytes: {loaded:#?}");
    Ok(())
}

async fn scripts_of_the_practice_are_loaded_nowhere_else(browser: Browser) -> Result<()> {
    let folder = browser.setup.published()?.folder.clone();
    for (page, expected) in [(REVIEW, true), ("index.html", false), (ARP, false), (ERRATA, false)] {
        let mut practises = false;
        for (name, _) in loaded(&browser, page).await? {
            // What is joined has another name.
            practises |= name.ends_with("js") && std::fs::read_to_string(folder.join(name))?.contains("practice-card");
        }
        assert_eq!(practises, expected, "{page}");
    }
    Ok(())
}

async fn keys_wait_until_the_help_is_closed(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    key(&browser, " ").await?;
    key(&browser, "?").await?;
    browser.until("document.getElementById('mdbook-help-container').checkVisibility()").await?;
    for pressed in ["1", "s", "j", "2"] {
        key(&browser, pressed).await?;
    }
    key(&browser, thirtyfour::Key::Right + "").await?;
    assert_eq!(current(&browser).await?, (1, true, String::new()));
    ensure!(browser.js::<bool>("return document.querySelector('#mdbook-search-wrapper').matches('.hidden')").await?);
    key(&browser, thirtyfour::Key::Escape + "").await?;
    browser.until("!document.getElementById('mdbook-help-container').checkVisibility()").await?;
    key(&browser, "1").await?;
    assert_eq!(current(&browser).await?, (2, false, String::new()));
    Ok(())
}
