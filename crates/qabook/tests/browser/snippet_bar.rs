//! The bar of a card: copy, the Playground link, the Python switch.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use url::Url;

use crate::browser::Browser;
use crate::cards::{Card, program};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    copy_takes_the_part_and_shift_copy_the_whole_program,
    copy_takes_the_edited_text,
    copy_works_without_the_clipboard_api,
    the_playground_link_follows_edits,
    a_program_too_long_for_a_link_is_copied_instead,
    the_python_switch_turns_all_cards_and_is_remembered,
    the_python_switch_stays_under_the_finger,
    python_stands_beside_on_wide_screens_and_below_on_narrow_ones,
    a_program_that_is_not_to_be_run_offers_only_copying,
    a_run_is_reached_by_keyboard_alone,
    arrow_keys_scroll_a_code_block_and_do_not_turn_the_page,
];

/// Lets the page use the clipboard, as a reader's click does outside of tests.
async fn allow_clipboard(browser: &Browser) -> Result<()> {
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    browser.cdp("Browser.grantPermissions", permissions).await?;
    Ok(())
}

/// What a paste into a text field gives.
async fn pasted(card: &Card) -> Result<String> {
    card.js::<Value>(
        "(() => { const area = document.createElement('textarea'); area.id = 'paste'; document.body.append(area); \
                      area.focus(); })()",
    )
    .await?;
    card.keys(Key::Control + "v").await?;
    card.until("document.getElementById('paste').value").await?;
    card.js("(() => { const area = document.getElementById('paste'); area.remove(); return area.value; })()").await
}

async fn copy_takes_the_part_and_shift_copy_the_whole_program(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    allow_clipboard(&browser).await?;
    let title: String = card.js("$('[data-do=copy]').title").await?;
    assert!(title.contains("Shift"), "{title}");
    let (part, whole): (String, String) = card.js("[$('.snippet-code').textContent, card.dataset.program]").await?;
    card.press("copy").await?;
    assert_eq!(card.notice().await?, "已复制这一部分");
    assert_eq!(pasted(&card).await?, part);
    card.find("[data-do=copy]").await?.focus().await?;
    let button = card.find("[data-do=copy]").await?;
    browser.driver.action_chain().key_down(Key::Shift).click_element(&button).key_up(Key::Shift).perform().await?;
    card.until("$('.snippet-notice').textContent === '已复制完整程序'").await?;
    assert_eq!(pasted(&card).await?, whole);
    Ok(())
}

async fn copy_takes_the_edited_text(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    allow_clipboard(&browser).await?;
    card.press("edit").await?;
    card.keys(Key::Control + Key::Home).await?;
    card.keys("// new ").await?;
    card.press("copy").await?;
    card.until("$('.snippet-notice').textContent === '已复制完整程序'").await?;
    assert!(pasted(&card).await?.starts_with("// new fn main() {\n    let long"));
    Ok(())
}

async fn copy_works_without_the_clipboard_api(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "twin").await?;
    card.js::<bool>("delete Navigator.prototype.clipboard").await?;
    assert!(card.js::<bool>("navigator.clipboard === undefined").await?);
    card.press("copy").await?;
    assert_eq!(card.notice().await?, "已复制完整程序");
    assert!(card.js::<bool>("document.activeElement === $('[data-do=copy]')").await?);
    assert_eq!(pasted(&card).await?, program("twin"));
    Ok(())
}

async fn the_playground_link_follows_edits(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "twin").await?;
    let link = || async { anyhow::Ok(Url::parse(&card.js::<String>("$('[data-do=playground]').href").await?)?) };
    let query = |link: &Url| link.query_pairs().into_owned().collect::<Vec<(String, String)>>();
    let expected = |code: String| {
        [("version", "stable".into()), ("mode", "debug".into()), ("edition", "2024".into()), ("code", code)]
            .map(|(key, value): (&str, String)| (key.to_string(), value))
    };
    let first = link().await?;
    assert_eq!((first.host_str(), first.path()), (Some("play.rust-lang.org"), "/"));
    assert_eq!(query(&first), expected(program("twin")));
    card.press("edit").await?;
    card.keys(Key::Control + Key::Home).await?;
    card.keys("// a+b & 中文").await?;
    assert_eq!(query(&link().await?), expected(format!("// a+b & 中文{}", program("twin"))));
    let rel: String = card.js("$('[data-do=playground]').rel").await?;
    assert!(rel.contains("noopener"), "{rel}");
    Ok(())
}

async fn a_program_too_long_for_a_link_is_copied_instead(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "huge").await?;
    allow_clipboard(&browser).await?;
    card.press("playground").await?;
    assert_eq!(card.notice().await?, "程序太长，链接装不下（超过 8 KB）：已复制，到 Playground 里粘贴");
    assert_eq!(browser.driver.windows().await?.len(), 1, "no page was opened");
    assert_eq!(pasted(&card).await?, card.code().await?);
    Ok(())
}

/// Which of the page's Python panes are shown, and which switches are pressed.
const PYTHON: &str = "[[...document.querySelectorAll('.snippet-python')].map(e => e.checkVisibility()), \
                      [...document.querySelectorAll('[data-do=python]')].map(e => e.ariaPressed === 'true')]";

async fn the_python_switch_turns_all_cards_and_is_remembered(browser: Browser) -> Result<()> {
    type Shown = (Vec<bool>, Vec<bool>);
    let card = Card::open(&browser, "cards.html", "twin").await?;
    assert_eq!(card.js::<Shown>(PYTHON).await?, (vec![false; 2], vec![false; 2]));
    card.press("python").await?;
    assert_eq!(card.js::<Shown>(PYTHON).await?, (vec![true; 2], vec![true; 2]));
    // The head's script has decided before anything is drawn: the choice is there while the page still loads.
    let watch = "new MutationObserver(() => { if (document.querySelector('.snippet-python') && !('seen' in window)) \
                 window.seen = document.documentElement.dataset.shown === 'python'; })\
                 .observe(document, { childList: true, subtree: true });";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
    let card = Card::open(&browser, "more.html", "twin").await?;
    assert_eq!(card.js::<Shown>(PYTHON).await?, (vec![true], vec![true]));
    assert!(card.js::<bool>("window.seen").await?);
    card.press("python").await?;
    let card = Card::open(&browser, "cards.html", "twin").await?;
    assert_eq!(card.js::<Shown>(PYTHON).await?, (vec![false; 2], vec![false; 2]));
    Ok(())
}

async fn the_python_switch_stays_under_the_finger(browser: Browser) -> Result<()> {
    browser.size(800, 600).await?;
    Card::open(&browser, "cards.html", "twin").await?;
    let last = "[...document.querySelectorAll('[data-do=python]')].at(-1)";
    browser.js::<Value>(&format!("{last}.scrollIntoView({{ block: 'center' }})")).await?;
    for _ in 0..2 {
        let moved: f64 = browser
            .js(&format!(
                "const button = {last}, top = () => button.getBoundingClientRect().top, before = top(); button.click(); \
                 return top() - before;"
            ))
            .await?;
        assert!(moved.abs() < 1.0, "{moved}");
        // Nor does the browser's own anchoring move it once the page is drawn.
        let drawn = format!(
            "const done = arguments[0]; const top = () => {last}.getBoundingClientRect().top, before = top(); \
             requestAnimationFrame(() => requestAnimationFrame(() => done(top() - before)));"
        );
        let moved: f64 = browser.driver.execute_async(&drawn, vec![]).await?.convert()?;
        assert!(moved.abs() < 1.0, "{moved}");
    }
    Ok(())
}

async fn python_stands_beside_on_wide_screens_and_below_on_narrow_ones(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "twin").await?;
    card.press("python").await?;
    for (width, beside) in [(800, false), (1000, false), (1100, true), (1440, true), (1920, true)] {
        browser.size(width, 900).await?;
        let (rust, python): ((f64, f64), (f64, f64)) = card
            .js("['.snippet-rust', '.snippet-python'].map(s => $(s).getBoundingClientRect()).map(r => [r.left, r.top])")
            .await?;
        assert_eq!(python.0 > rust.0 && (python.1 - rust.1).abs() < 1.0, beside, "at {width} px: {rust:?} {python:?}");
        // The sidebar takes a moment to slide out of a narrower window.
        browser
            .until(
                "document.documentElement.scrollWidth <= innerWidth && \
                 document.querySelector('.content').scrollWidth <= document.querySelector('.content').clientWidth",
            )
            .await
            .with_context(|| format!("the page scrolls sideways at {width} px"))?;
    }
    Ok(())
}

async fn a_program_that_is_not_to_be_run_offers_only_copying(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "other").await?;
    let buttons: Vec<String> =
        card.js("[...card.querySelectorAll('[data-do]:not([hidden])')].map(e => e.dataset.do)").await?;
    assert_eq!(buttons, ["copy"]);
    // One whose output is hidden can still be run.
    let card = Card::here(&browser, "same").await?;
    assert_eq!(card.output().await?, "");
    card.run().await?;
    assert_eq!(card.output().await?, "2\n");
    Ok(())
}

async fn a_run_is_reached_by_keyboard_alone(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "twin").await?;
    for _ in 0..60 {
        if card.js::<bool>("document.activeElement === $('[data-do=run]')").await? {
            let ring: String = card.js("getComputedStyle(document.activeElement).outlineStyle").await?;
            assert_ne!(ring, "none", "the focus is visible");
            card.keys(Key::Enter).await?;
            assert!(card.ended().await?.contains("运行成功"));
            return Ok(());
        }
        card.keys(Key::Tab).await?;
    }
    panic!("sixty times Tab don't reach the button");
}

async fn arrow_keys_scroll_a_code_block_and_do_not_turn_the_page(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    let page: String = browser.js("return location.href").await?;
    card.js::<Value>("$('.snippet-rust .snippet-scroll').focus()").await?;
    card.keys(Key::Right + Key::Right).await?;
    card.until("$('.snippet-rust .snippet-scroll').scrollLeft > 0").await?;
    assert_eq!(browser.js::<String>("return location.href").await?, page);
    Ok(())
}
