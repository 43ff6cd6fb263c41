//! How a card looks and reads: without scripts, on paper, in every theme, on a phone.

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::cards::Card;
use crate::trials::{Test, tests};
use crate::wenxiu::TCP;

pub(crate) const TESTS: &[Test] = tests![
    without_scripts_everything_stands_there_and_no_button_is_dead,
    line_numbers_are_not_copied,
    highlighted_lines_are_marked_at_build_time,
    long_lines_scroll_inside_the_card,
    every_colour_has_enough_contrast_in_every_theme,
    buttons_are_large_enough_to_hit,
    nothing_moves_when_the_scripts_come,
    cards_have_no_buttons_of_mdbooks,
    on_paper_the_python_is_there_and_the_buttons_are_not,
    reduced_motion_stops_the_spinner,
    forced_colours_show_the_typed_text_once,
];

async fn without_scripts_everything_stands_there_and_no_button_is_dead(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    let card = Card::open(&browser, "cards.html", "twin").await?;
    // WebDriver's own scripts don't need the page's to be on.
    for selector in [".snippet-code", ".snippet-python pre", ".snippet-recorded pre", ".snippet-printed pre"] {
        assert!(card.find(selector).await?.is_displayed().await?, "{selector}");
    }
    for button in browser.driver.find_all(By::Css(".snippet :is([data-do], [data-tab])")).await? {
        assert!(!button.is_displayed().await?, "{}", button.outer_html().await?);
    }
    Ok(())
}

async fn line_numbers_are_not_copied(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "endings.html", "same").await?;
    assert_eq!(card.js::<String>("getComputedStyle($('.l'), '::before').content").await?, "counter(line)");
    card.js::<Value>("getSelection().selectAllChildren($('.snippet-code'))").await?;
    let code = card.code().await?.trim_end().to_string();
    assert_eq!(browser.js::<String>("return getSelection().toString()").await?, code);
    browser.cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite"] })).await?;
    card.keys(Key::Control + "c").await?;
    let copied = "const done = arguments[0]; navigator.clipboard.readText().then(done);";
    let copied: String = browser.driver.execute_async(copied, vec![]).await?.convert()?;
    assert_eq!(copied, code);
    // A marked line is another element, and its text is as clean.
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    card.js::<Value>("getSelection().selectAllChildren($('.snippet-code'))").await?;
    assert_eq!(browser.js::<String>("return getSelection().toString()").await?, card.code().await?.trim_end());
    Ok(())
}

async fn highlighted_lines_are_marked_at_build_time(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    let mark = card.find("mark.l").await?;
    assert_eq!(mark.text().await?, "let x = long.len();");
    let plain = card.find("span.l").await?;
    assert_ne!(mark.css_value("background-color").await?, plain.css_value("background-color").await?);
    Ok(())
}

async fn long_lines_scroll_inside_the_card(browser: Browser) -> Result<()> {
    browser.size(360, 800).await?;
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    assert!(card.js::<bool>("$('.snippet-rust .snippet-scroll').scrollWidth > 700").await?);
    assert!(card.js::<bool>("card.getBoundingClientRect().width <= 350").await?);
    assert_eq!(browser.js::<u32>("return document.documentElement.scrollWidth").await?, 360);
    // The mark reaches to the end of the longest line, and the numbers stay in sight.
    let reached: bool = card
        .js("(() => { const scroll = $('.snippet-rust .snippet-scroll'); scroll.scrollLeft = 1e6; \
             return $('mark.l').getBoundingClientRect().right >= scroll.getBoundingClientRect().right - 1; })()")
        .await?;
    assert!(reached);
    Ok(())
}

/// Every text of the elements `SELECTOR` with less contrast than WCAG 2.2 asks (4.5 : 1): what, ratio, colour, background.
pub(crate) const TOO_PALE: &str = r"
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
const luminance = rgb => { const [r, g, b] = rgb.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const background = element => { for (let e = element; e; e = e.parentElement) {
    const colour = rgba(getComputedStyle(e).backgroundColor); if (colour[3] === 255) return colour; } return [255, 255, 255, 255]; };
const bad = [], seen = new Set();
const check = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const own = rgba(style.backgroundColor);
    const back = pseudo && own[3] === 255 ? own : background(element);
    const [high, low] = [luminance(rgba(style.color)), luminance(back)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    seen.add(`${element.tagName}.${element.className}${pseudo ?? ''}`);
    if (ratio < 4.5) bad.push(`${element.tagName}.${element.className}${pseudo ?? ''} ${ratio.toFixed(2)} ${style.color} on ${back}`);
};
for (const element of document.querySelectorAll('SELECTOR')) {
    const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (text && element.checkVisibility({ visibilityProperty: true }) && !element.matches('.snippet-editor')) check(element);
    if (element.matches('.l')) check(element, '::before');
}
return [[...new Set(bad)], seen.size];
";

async fn every_colour_has_enough_contrast_in_every_theme(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "must-fail").await?;
    card.press("edit").await?;
    card.run().await?;
    Card::here(&browser, "twin").await?.run().await?;
    let too_pale = TOO_PALE.replace("SELECTOR", ".snippet *");
    let (_, all): (Vec<String>, usize) = browser.js(&too_pale).await?;
    assert!(all > 12, "the cards show too little to check: {all}");
    for theme in ["light", "rust", "coal", "navy", "ayu"] {
        browser.choose_theme(theme).await?;
        for shown in ["rust", "python"] {
            browser.js::<Value>(&format!("document.documentElement.dataset.shown = '{shown}'")).await?;
            let (bad, _): (Vec<String>, usize) = browser.js(&too_pale).await?;
            assert_eq!(bad, Vec::<String>::new(), "in {theme}");
        }
    }
    Ok(())
}

async fn buttons_are_large_enough_to_hit(browser: Browser) -> Result<()> {
    for width in [360, 1280] {
        browser.size(width, 800).await?;
        let card = Card::open(&browser, "cards.html", "twin").await?;
        let small: Vec<String> = card
            .js("[...document.querySelectorAll('.snippet [data-do]')].filter(e => e.checkVisibility())\
                 .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24; })\
                 .map(e => e.outerHTML)")
            .await?;
        assert_eq!(small, Vec::<String>::new());
    }
    Ok(())
}

async fn nothing_moves_when_the_scripts_come(browser: Browser) -> Result<()> {
    let watch = "window.shifts = []; new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value)))\
                 .observe({ type: 'layout-shift', buffered: true });";
    for width in [360, 1280] {
        browser.size(width, 800).await?;
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
        let card = Card::open(&browser, "cards.html", "twin").await?;
        let before: Vec<f64> = card.js("[...document.querySelectorAll('.snippet')].map(e => e.offsetHeight)").await?;
        card.js::<Value>(
            "document.querySelectorAll('.snippet :is([data-do=python], [data-do=edit], [data-do=copy], \
                          [data-do=playground], [data-do=run])').forEach(e => e.hidden = true)",
        )
        .await?;
        let hidden: Vec<f64> = card.js("[...document.querySelectorAll('.snippet')].map(e => e.offsetHeight)").await?;
        assert_eq!(before, hidden, "the buttons' places are kept at {width} px");
        // Cumulative Layout Shift: below 0.1 is good. A card that grows by a line has 0.02; what a busy machine paints before
        // the last script, a button or a scroll bar, has less than 0.001.
        let shift: f64 = card.js("window.shifts.reduce((sum, shift) => sum + shift, 0)").await?;
        assert!(shift < 0.005, "{shift} at {width} px");
    }
    Ok(())
}

async fn cards_have_no_buttons_of_mdbooks(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    Card::here(&browser, "tcp-seq-trace").await?;
    assert_eq!(
        browser
            .js::<u32>("return document.querySelectorAll('.snippet .buttons, .snippet .clip-button').length")
            .await?,
        0
    );
    Ok(())
}

async fn on_paper_the_python_is_there_and_the_buttons_are_not(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "twin").await?;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    assert!(card.js::<bool>("$('.snippet-python').checkVisibility()").await?);
    assert!(
        card.js::<bool>("![...document.querySelectorAll('.snippet [data-do]')].some(e => e.checkVisibility())").await?
    );
    let card = Card::here(&browser, "parts:a").await?;
    assert!(
        card.js::<bool>("$('.snippet-code').getBoundingClientRect().width <= card.getBoundingClientRect().width")
            .await?
    );
    Ok(())
}

async fn emulate(browser: &Browser, feature: &str, value: &str) -> Result<()> {
    browser.cdp("Emulation.setEmulatedMedia", json!({ "features": [{ "name": feature, "value": value }] })).await?;
    Ok(())
}

async fn reduced_motion_stops_the_spinner(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "endings.html", "spinning").await?;
    card.press("run").await?;
    let animation = "getComputedStyle($('[data-do=run]'), '::before').animationName";
    assert_eq!(card.js::<String>(animation).await?, "snippet-turn");
    emulate(&browser, "prefers-reduced-motion", "reduce").await?;
    assert_eq!(card.js::<String>(animation).await?, "none");
    Ok(())
}

async fn forced_colours_show_the_typed_text_once(browser: Browser) -> Result<()> {
    emulate(&browser, "forced-colors", "active").await?;
    let card = Card::open(&browser, "endings.html", "same").await?;
    card.press("edit").await?;
    // The highlighted text can't be transparent here, so it is hidden, and the editor shows its own.
    assert_eq!(card.js::<String>("getComputedStyle($('.snippet-code .l')).visibility").await?, "hidden");
    assert_eq!(card.js::<String>("getComputedStyle($('.snippet-code .l'), '::before').visibility").await?, "visible");
    assert_ne!(card.js::<String>("getComputedStyle($('.snippet-editor')).color").await?, "rgba(0, 0, 0, 0)");
    Ok(())
}
