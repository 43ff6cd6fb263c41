//! How the page of outputs to guess looks and reads: on a phone, to a screen reader, without scripts.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::accessibility::{COLOURS, violations_in};
use crate::browser::Browser;
use crate::outputs::{FAILS, PAGE, PRINTS, js, open, press, write};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    all_of_it_fits_a_screen_of_360_px,
    axe_finds_nothing_in_any_state,
    without_scripts_programs_and_records_are_there,
];

async fn all_of_it_fits_a_screen_of_360_px(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    let fits = || async {
        let (wide, small): (u32, Vec<String>) = js(
            &browser,
            "[document.documentElement.scrollWidth, $$('button, label:has(input), summary').filter(one =>
                 one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height < 44)
                 .map(one => one.outerHTML.slice(0, 80))]",
        )
        .await?;
        assert_eq!((wide, small), (360, Vec::new()));
        Ok::<(), anyhow::Error>(())
    };
    open(&browser, PRINTS).await?;
    fits().await?;
    press(&browser, "[value=order]").await?;
    press(&browser, ".outputs-pool .outputs-line").await?;
    fits().await?;
    write(&browser, "['?'.repeat(300)]").await?;
    fits().await?;
    open(&browser, FAILS).await?;
    press(&browser, "li:not([data-right]) button").await?;
    fits().await
}

async fn axe_finds_nothing_in_any_state(browser: Browser) -> Result<()> {
    let check = |state: &'static str| {
        let browser = &browser;
        async move {
            for (theme, rules) in [("light", "undefined"), ("navy", COLOURS)] {
                browser.choose_theme(theme).await?;
                assert_eq!(violations_in(browser, "'main'", rules).await?, [], "{state} in {theme}");
            }
            Ok::<(), anyhow::Error>(())
        }
    };
    open(&browser, PRINTS).await?;
    press(&browser, "[value=order]").await?;
    press(&browser, ".outputs-pool .outputs-line").await?;
    check("lines to order").await?;
    write(&browser, "['?', ...record.slice(1)]").await?;
    check("a comparison").await?;
    open(&browser, FAILS).await?;
    check("errors to choose from").await?;
    press(&browser, "li:not([data-right]) button").await?;
    check("an error that was chosen").await
}

async fn without_scripts_programs_and_records_are_there(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.go(PAGE).await?;
    // WebDriver's own scripts don't need the page's to be on.
    let (cards, shown, buttons): (usize, usize, usize) = browser
        .js("const all = selector => [...document.querySelectorAll(`.practice-card ${selector}`)];
             for (const details of all('details')) details.open = true;
             const shown = ['.outputs-caption', '.outputs-program pre', '.outputs-record samp', '.practice-source a']
                 .map(selector => all(selector).filter(one => one.checkVisibility() && one.textContent.trim()).length);
             return [document.querySelectorAll('.practice-card').length, Math.min(...shown), all('button').length]")
        .await?;
    ensure!(cards > 70 && buttons == 0, "{cards} cards, {buttons} buttons");
    assert_eq!(shown, cards);
    let choices: usize = browser.js("return document.querySelectorAll('.outputs-choices li').length").await?;
    ensure!(choices >= 4, "errors to choose from are read, too");
    Ok(())
}
