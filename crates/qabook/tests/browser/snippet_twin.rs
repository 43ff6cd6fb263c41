//! Cards in two languages: tabs where there is no room for both, which language leads, and what is said of one alone.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::accessibility::violations;
use crate::browser::Browser;
use crate::cards::Card;
use crate::trials::{Test, tests};
use crate::wenxiu::THREADS;

pub(crate) const TESTS: &[Test] = tests![
    tabs_are_moved_through_by_keys,
    tabs_are_large_enough_to_hit_and_no_page_scrolls_sideways,
    the_tab_holds_for_all_cards_and_pages,
    a_card_without_the_chosen_part_shows_its_first,
    side_by_side_they_are_wider_than_the_text,
    python_leads_where_the_chapter_says_so,
    a_note_stands_with_its_language,
    without_scripts_and_on_paper_both_languages_and_their_outputs_are_there,
    what_runs_is_shown_with_its_output,
    the_python_that_is_shown_is_copied,
    axe_finds_nothing_on_tabs,
];

const PAGE: &str = "twins.html";
const PHONE: (u32, u32) = (360, 740);

/// Opens the card of `reference` on a phone.
async fn on_a_phone(browser: &Browser, page: &str, reference: &str) -> Result<Card> {
    browser.size(PHONE.0, PHONE.1).await?;
    Card::open(browser, page, reference).await
}

/// Taps a tab.
async fn tap(card: &Card, tab: &str) -> Result<()> {
    Ok(card.find(&format!("[data-tab={tab}]")).await?.click().await?)
}

/// The parts that a card shows, in the order of the page.
async fn parts(card: &Card) -> Result<Vec<String>> {
    card.js("[...card.querySelectorAll('.snippet-rust, .snippet-python, .snippet-output, .snippet-printed')]\
         .filter(part => part.checkVisibility()).map(part => part.className.replace('snippet-', ''))")
        .await
}

/// The notes that the page shows.
async fn notes(browser: &Browser) -> Result<Vec<String>> {
    browser
        .js("return [...document.querySelectorAll('main li:has(> strong)')].filter(note => note.checkVisibility())
                 .map(note => note.textContent.trim())")
        .await
}

async fn tabs_are_moved_through_by_keys(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, "cards.html", "twin").await?;
    let page = browser.driver.current_url().await?;
    let focused = "[document.activeElement.dataset.tab, document.activeElement.textContent]";
    let stops = "[...card.querySelectorAll('[role=tab]')].map(tab => [tab.ariaSelected === 'true', tab.tabIndex])";
    card.js::<Value>("$('[role=tablist] [tabindex=\"0\"]').focus()").await?;
    for (key, at, name) in [
        (Key::Home, "rust", "Rust"),
        (Key::Right, "python", "Python"),
        (Key::Right, "outputs", "输出"),
        (Key::Right, "rust", "Rust"),
        (Key::Left, "outputs", "输出"),
        (Key::Home, "rust", "Rust"),
        (Key::End, "outputs", "输出"),
        (Key::Left, "python", "Python"),
    ] {
        card.keys(key + "").await?;
        assert_eq!(card.js::<[String; 2]>(focused).await?, [at, name]);
        let expected: Vec<_> =
            ["rust", "python", "outputs"].map(|tab| (tab == at, if tab == at { 0 } else { -1 })).into();
        assert_eq!(card.js::<Vec<(bool, i32)>>(stops).await?, expected);
        // The panel that the tab names is the only one there.
        let panels: Vec<String> = card
            .js("[...card.querySelectorAll('[role=tabpanel]')].filter(panel => panel.checkVisibility())\
                 .map(panel => document.getElementById(panel.getAttribute('aria-labelledby')).dataset.tab)")
            .await?;
        assert_eq!(panels, [at]);
    }
    assert_eq!(browser.driver.current_url().await?, page, "mdBook turned the page");
    // Where both stand beside each other nothing is a tab, nor part of one.
    browser.size(1280, 800).await?;
    card.until("!card.querySelector('[role=tabpanel]') && !$('.snippet-tabs').checkVisibility()").await
}

async fn tabs_are_large_enough_to_hit_and_no_page_scrolls_sideways(browser: Browser) -> Result<()> {
    browser.size(320, 740).await?;
    let card = Card::open(&browser, PAGE, "twin").await?;
    let heights: Vec<f64> =
        card.js("[...card.querySelectorAll('[role=tab]')].map(tab => tab.getBoundingClientRect().height)").await?;
    assert!(heights.len() == 3 && heights.iter().all(|height| *height >= 44.0), "{heights:?}");
    for tab in ["rust", "python", "outputs"] {
        tap(&card, tab).await?;
        assert_eq!(browser.js::<u32>("return document.documentElement.scrollWidth").await?, 320, "{tab}");
    }
    Ok(())
}

async fn the_tab_holds_for_all_cards_and_pages(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, "cards.html", "twin").await?;
    assert_eq!(parts(&card).await?, ["rust"]);
    // The last card of the page: what is above it changes its height, and it stays under the finger.
    let moved: f64 = browser
        .js("const tab = [...document.querySelectorAll('[data-tab=python]')].at(-1);
             tab.scrollIntoView({ block: 'center' });
             const before = tab.getBoundingClientRect().top;
             tab.click();
             return tab.getBoundingClientRect().top - before")
        .await?;
    assert!(moved.abs() < 1.0, "{moved}");
    assert_eq!(parts(&card).await?, ["python"]);
    // The head's script has decided before anything is drawn.
    let watch = "new MutationObserver(() => { if (document.querySelector('.snippet-python') && !('seen' in window)) \
                 window.seen = document.documentElement.dataset.shown; }).observe(document, { childList: true, subtree: true });";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
    let card = Card::open(&browser, "more.html", "twin").await?;
    assert_eq!(card.js::<String>("window.seen").await?, "python");
    assert_eq!(parts(&card).await?, ["python"]);
    tap(&card, "outputs").await?;
    assert_eq!(parts(&card).await?, ["output", "printed"]);
    let card = Card::open(&browser, "cards.html", "twin").await?;
    assert_eq!(parts(&card).await?, ["output", "printed"]);
    // One in Rust alone has no tabs and shows all of it.
    assert_eq!(parts(&Card::here(&browser, "huge").await?).await?, ["rust", "output"]);
    Ok(())
}

async fn a_card_without_the_chosen_part_shows_its_first(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, PAGE, "twin").await?;
    tap(&card, "outputs").await?;
    let card = Card::here(&browser, "same").await?;
    assert_eq!(
        card.js::<Vec<String>>("[...card.querySelectorAll('[role=tab]')].map(tab => tab.textContent)").await?,
        ["Rust", "Python"]
    );
    assert_eq!(parts(&card).await?, ["rust"]);
    assert_eq!(card.js::<String>("$('[aria-selected=true]').textContent").await?, "Rust");
    Ok(())
}

async fn side_by_side_they_are_wider_than_the_text(browser: Browser) -> Result<()> {
    // Beside the open contents, which leave less room, and with as much as there is.
    for (width, more) in [(1440, 100.0), (1920, 400.0)] {
        browser.size(width, 900).await?;
        browser.go(THREADS).await?;
        let [card, text, rust, python]: [f64; 4] = browser
            .js("const card = document.querySelector('main > .snippet:has(.snippet-python)');
                 const parts = [card, document.querySelector('main'), ...card.querySelectorAll('.snippet-rust, .snippet-python')];
                 return parts.map(part => part.getBoundingClientRect().width)")
            .await?;
        ensure!(card > text + more, "at {width} px the card has {card} px, the text {text}");
        ensure!(
            (rust - python).abs() < 2.0 && rust + python < card + 1.0,
            "Rust has {rust} px, Python {python} of {card}"
        );
    }
    Ok(())
}

async fn python_leads_where_the_chapter_says_so(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, PAGE, "twin").await?;
    let order = "[...card.querySelectorAll('[role=tab]')].map(tab => tab.dataset.tab)";
    assert_eq!(card.js::<Vec<String>>(order).await?, ["python", "rust", "outputs"]);
    assert_eq!(card.js::<String>("$('[aria-selected=true]').dataset.tab").await?, "python");
    assert_eq!(parts(&card).await?, ["python"]);
    assert_eq!(parts(&Card::here(&browser, "other").await?).await?, ["rust"], "where Rust leads it is shown");
    // Side by side, Python and its output at the left.
    browser.size(1280, 900).await?;
    assert_eq!(parts(&card).await?, ["python", "rust", "printed", "output"]);
    let lefts = "['.snippet-python', '.snippet-rust', '.snippet-printed', '.snippet-output'].map(s => $(s).getBoundingClientRect().left)";
    card.until(&format!("(([a, b, c, d]) => a < b && a === c && b === d)({lefts})")).await?;
    assert!(card.js::<bool>("$('[data-do=python]').ariaPressed === 'true'").await?);
    // What the reader chooses counts for it, too.
    card.press("python").await?;
    assert_eq!(parts(&card).await?, ["rust", "output"]);
    let card = Card::open(&browser, PAGE, "twin").await?;
    assert_eq!(parts(&card).await?, ["rust", "output"]);
    Ok(())
}

async fn a_note_stands_with_its_language(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, PAGE, "twin").await?;
    assert_eq!(notes(&browser).await?, ["Python：蛇说的。", "Rust：锈。"]);
    for (tab, shown) in [
        ("rust", &["Rust：蟹说的。", "Rust：锈。"][..]),
        ("python", &["Python：蛇说的。", "Python：皮。"]),
        ("outputs", &["Python：蛇说的。", "Rust：蟹说的。", "Rust：锈。", "Python：皮。"]),
    ] {
        tap(&card, tab).await?;
        assert_eq!(notes(&browser).await?, shown, "{tab}");
    }
    browser.js::<()>("localStorage.clear()").await?;
    browser.size(1280, 900).await?;
    let card = Card::open(&browser, PAGE, "other").await?;
    assert_eq!(notes(&browser).await?, ["Python：蛇说的。", "Rust：蟹说的。", "Rust：锈。"]);
    card.press("python").await?;
    assert_eq!(notes(&browser).await?.len(), 4);
    card.press("python").await?;
    assert_eq!(notes(&browser).await?, ["Rust：蟹说的。", "Rust：锈。"]);
    Ok(())
}

async fn without_scripts_and_on_paper_both_languages_and_their_outputs_are_there(browser: Browser) -> Result<()> {
    // As the reader left it with scripts.
    let card = on_a_phone(&browser, PAGE, "twin").await?;
    tap(&card, "rust").await?;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let all = ["python", "rust", "printed", "output"];
    assert_eq!(parts(&card).await?, all);
    assert_eq!(notes(&browser).await?.len(), 4);
    assert!(!card.find("[role=tablist]").await?.is_displayed().await?);
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    let card = Card::open(&browser, PAGE, "twin").await?;
    assert_eq!(parts(&card).await?, all);
    assert_eq!(notes(&browser).await?.len(), 4);
    assert!(!card.find("[role=tablist]").await?.is_displayed().await?);
    assert_eq!(browser.js::<u32>("return document.documentElement.scrollWidth").await?, PHONE.0);
    Ok(())
}

async fn what_runs_is_shown_with_its_output(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, "cards.html", "twin").await?;
    card.press("edit").await?;
    card.keys(Key::Control + Key::Enter).await?;
    assert!(card.ended().await?.ends_with("与录制一致"));
    assert_eq!(parts(&card).await?, ["output", "printed"]);
    // It is not what the reader chose for other pages.
    let card = Card::open(&browser, "more.html", "twin").await?;
    assert_eq!(parts(&card).await?, ["rust"]);
    Ok(())
}

async fn the_python_that_is_shown_is_copied(browser: Browser) -> Result<()> {
    browser.cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite"] })).await?;
    let card = on_a_phone(&browser, "cards.html", "twin").await?;
    let copied = "const done = arguments[0]; navigator.clipboard.readText().then(done);";
    for (tab, begin) in [("rust", "// stand-in"), ("python", "print(1 + 1)")] {
        tap(&card, tab).await?;
        card.press("copy").await?;
        assert_eq!(card.notice().await?, "已复制完整程序");
        let text: String = browser.driver.execute_async(copied, vec![]).await?.convert()?;
        assert!(text.starts_with(begin), "{tab}: {text}");
    }
    // What concerns the Rust is not offered beside the Python.
    let offered: Vec<String> = card
        .js("[...card.querySelectorAll('.snippet-actions [data-do]')].filter(e => e.checkVisibility()).map(e => e.dataset.do)")
        .await?;
    assert_eq!(offered, ["copy"]);
    Ok(())
}

async fn axe_finds_nothing_on_tabs(browser: Browser) -> Result<()> {
    let card = on_a_phone(&browser, PAGE, "twin").await?;
    for theme in ["light", "navy"] {
        browser.choose_theme(theme).await?;
        for tab in ["rust", "python", "outputs"] {
            card.js::<Value>(&format!("$('[data-tab={tab}]').click()")).await?;
            let found: Vec<_> =
                violations(&browser, "undefined").await?.into_iter().filter(|violation| !violation.is_kept()).collect();
            assert_eq!(found, [], "{tab} in {theme}");
        }
    }
    Ok(())
}
