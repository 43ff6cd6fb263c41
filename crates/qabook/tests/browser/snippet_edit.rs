//! Editing a program on its card.

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::cards::{Card, program};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    an_edit_is_run_survives_a_reload_and_is_restored,
    an_edit_of_an_older_program_is_thrown_away,
    leaving_without_a_change_leaves_the_card_as_it_was,
    a_card_with_a_part_shows_the_whole_program_to_edit,
    tab_indents_and_undo_takes_it_back,
    shift_tab_moves_the_selected_lines_outwards,
    a_line_break_keeps_the_indentation,
    escape_leaves_the_editor_and_the_focus_is_on_its_button,
    control_enter_runs_what_was_typed,
    an_input_method_composes_han_characters,
    arrow_keys_stay_in_the_editor,
    the_highlighted_text_lies_under_the_typed_text,
    the_caret_of_a_long_line_stays_in_sight,
    edits_work_without_storage,
    the_first_key_on_a_phone_moves_nothing,
];

const EMPTY: &str = "fn main() {}\n";

async fn open(browser: &Browser, name: &str) -> Result<Card> {
    let card = Card::open(browser, "endings.html", name).await?;
    card.press("edit").await?;
    card.until("document.activeElement === $('.snippet-editor')").await?;
    Ok(card)
}

/// Opens the editor and types `text` in the place of the program.
async fn write(browser: &Browser, name: &str, text: &str) -> Result<Card> {
    let card = open(browser, name).await?;
    card.keys(Key::Control + "a").await?;
    card.keys(Key::Delete).await?;
    // As pasting does: typing would indent by itself.
    browser.cdp("Input.insertText", json!({ "text": text })).await?;
    card.until(&format!("$('.snippet-editor').value === {}", json!(text))).await?;
    Ok(card)
}

/// Puts the caret at `start`, or selects up to `end`.
async fn select(card: &Card, start: usize, end: usize) -> Result<()> {
    card.js::<Value>(&format!("$('.snippet-editor').setSelectionRange({start}, {end})")).await?;
    Ok(())
}

async fn value(card: &Card) -> Result<String> {
    card.js("$('.snippet-editor').value").await
}

async fn reload(browser: &Browser, name: &str) -> Result<Card> {
    browser.driver.refresh().await?;
    Card::here(browser, name).await
}

async fn an_edit_is_run_survives_a_reload_and_is_restored(browser: Browser) -> Result<()> {
    let text = "// stand-in: print 改过了\\n\nfn main() { /* survives */ }\n";
    let card = write(&browser, "same", text).await?;
    let status = card.run().await?;
    // An edited program isn't compared with the record.
    assert!(status.ends_with("运行成功"), "{status}");
    assert_eq!(card.output().await?, "改过了\n");
    let card = reload(&browser, "same").await?;
    assert_eq!(card.code().await?, text);
    assert!(card.js::<bool>("'edited' in card.dataset && !$('.snippet-editor')").await?);
    card.run().await?;
    let posted = browser.setup.playground.posted("/* survives */");
    assert_eq!((posted.len(), posted[1]["code"].as_str()), (2, Some(text)));
    card.press("restore").await?;
    assert_eq!(card.code().await?, program("same"));
    assert!(card.js::<bool>("!('edited' in card.dataset) && $('[data-do=restore]').hidden").await?);
    let card = reload(&browser, "same").await?;
    assert_eq!(card.code().await?, program("same"));
    Ok(())
}

async fn an_edit_of_an_older_program_is_thrown_away(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", EMPTY).await?;
    let key = "cards:code:same";
    // As if the book had been built with another program since.
    let change = format!(
        "(edit => localStorage.setItem('{key}', JSON.stringify({{ ...edit, hash: edit.hash + 1 }})))\
         (JSON.parse(localStorage.getItem('{key}')))"
    );
    card.js::<Value>(&change).await?;
    let card = reload(&browser, "same").await?;
    assert_eq!(card.code().await?, program("same"));
    assert_eq!(card.js::<Option<String>>(&format!("localStorage.getItem('{key}')")).await?, None);
    Ok(())
}

async fn leaving_without_a_change_leaves_the_card_as_it_was(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    let before: String = card.js("$('.snippet-panes').innerHTML").await?;
    let program: String = card.js("card.dataset.program").await?;
    card.press("edit").await?;
    card.press("edit").await?;
    assert_eq!(card.js::<String>("$('.snippet-panes').innerHTML").await?, before);
    assert_eq!(card.js::<String>("card.dataset.program").await?, program);
    assert_eq!(
        card.js::<u32>(
            "localStorage.length && Object.keys(localStorage).filter(k => k.startsWith('cards:code:')).length"
        )
        .await?,
        0
    );
    Ok(())
}

async fn a_card_with_a_part_shows_the_whole_program_to_edit(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    card.press("edit").await?;
    assert!(card.notice().await?.contains("完整程序"));
    let whole = value(&card).await?;
    assert!(whole.starts_with("fn main() {\n") && whole.ends_with("}\n"), "{whole}");
    assert_eq!(card.code().await?, whole);
    Ok(())
}

async fn tab_indents_and_undo_takes_it_back(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "ab\n").await?;
    select(&card, 1, 1).await?;
    card.keys(Key::Tab).await?;
    assert_eq!(value(&card).await?, "a   b\n");
    card.keys(Key::Control + "z").await?;
    card.until("$('.snippet-editor').value === 'ab\\n'").await?;
    assert_eq!(card.code().await?, "ab\n");
    select(&card, 0, 3).await?;
    card.keys(Key::Tab).await?;
    assert_eq!(value(&card).await?, "    ab\n");
    Ok(())
}

async fn shift_tab_moves_the_selected_lines_outwards(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "      a\n\n    b\n  c\n").await?;
    select(&card, 7, 13).await?;
    card.keys(Key::Shift + Key::Tab).await?;
    assert_eq!(value(&card).await?, "  a\n\nb\n  c\n");
    // The lines stay selected: again, and back.
    card.keys(Key::Shift + Key::Tab).await?;
    assert_eq!(value(&card).await?, "a\n\nb\n  c\n");
    card.keys(Key::Tab).await?;
    assert_eq!(value(&card).await?, "    a\n\n    b\n  c\n");
    // With a caret only, its line moves.
    let end = value(&card).await?.len() - 1;
    select(&card, end, end).await?;
    card.keys(Key::Shift + Key::Tab).await?;
    card.keys("!").await?;
    assert_eq!(value(&card).await?, "    a\n\n    b\nc!\n");
    Ok(())
}

async fn a_line_break_keeps_the_indentation(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "    loop {").await?;
    card.keys(Key::Enter + "x").await?;
    card.keys(Key::Enter + "y").await?;
    assert_eq!(value(&card).await?, "    loop {\n        x\n        y");
    Ok(())
}

async fn escape_leaves_the_editor_and_the_focus_is_on_its_button(browser: Browser) -> Result<()> {
    let card = open(&browser, "same").await?;
    assert_eq!(card.js::<String>("$('[data-do=edit]').ariaPressed").await?, "true");
    card.keys(Key::Escape).await?;
    assert!(card.js::<bool>("!$('.snippet-editor') && document.activeElement === $('[data-do=edit]')").await?);
    assert_eq!(card.js::<String>("$('[data-do=edit]').ariaPressed").await?, "false");
    Ok(())
}

async fn control_enter_runs_what_was_typed(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "// stand-in: print 按键\\n\nfn f() { /* by keys */ }\n").await?;
    card.keys(Key::Control + Key::Enter).await?;
    card.ended().await?;
    assert_eq!(card.output().await?, "按键\n");
    assert!(card.js::<bool>("document.activeElement === $('.snippet-editor')").await?);
    let posted = browser.setup.playground.posted("/* by keys */");
    // There is no main.
    assert_eq!((posted.len(), &posted[0]["crateType"]), (1, &json!("lib")));
    Ok(())
}

async fn an_input_method_composes_han_characters(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "// ").await?;
    let compose = |text: &'static str| {
        let length = text.chars().count();
        browser
            .cdp("Input.imeSetComposition", json!({ "text": text, "selectionStart": length, "selectionEnd": length }))
    };
    compose("ni").await?;
    card.until("'composing' in card.dataset").await?;
    assert_eq!(value(&card).await?, "// ni");
    // Keys of the input method are not the editor's: neither leaves, breaks the line, indents or runs.
    let keys = "for (const key of ['Escape', 'Enter', 'Tab']) $('.snippet-editor').dispatchEvent(new KeyboardEvent('keydown', \
                { key, isComposing: true, bubbles: true, cancelable: true }))";
    card.js::<Value>(&format!("(() => {{ {keys} }})()")).await?;
    assert_eq!(value(&card).await?, "// ni");
    browser.cdp("Input.insertText", json!({ "text": "你好" })).await?;
    card.until("!('composing' in card.dataset)").await?;
    assert_eq!(value(&card).await?, "// 你好");
    assert_eq!(card.code().await?, "// 你好");
    assert_eq!(card.js::<String>("$('.snippet-code .c').textContent").await?, "// 你好");
    Ok(())
}

async fn arrow_keys_stay_in_the_editor(browser: Browser) -> Result<()> {
    let card = open(&browser, "same").await?;
    let page: String = browser.js("return location.href").await?;
    card.keys(Key::Right + Key::Right).await?;
    card.keys(Key::Left).await?;
    assert_eq!(card.js::<u32>("$('.snippet-editor').selectionStart").await?, 1);
    assert_eq!(browser.js::<String>("return location.href").await?, page);
    Ok(())
}

async fn the_highlighted_text_lies_under_the_typed_text(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", "fn 主() {\n\tlet long = \"一二三 abc ﬁ -> !=\";\n}\n").await?;
    for width in [360, 1280] {
        browser.size(width, 900).await?;
        // Both layers have the same box, the same type, and text that fills it equally.
        let layers: [Value; 2] = card
            .js(
                "[$('.snippet-editor'), $('.snippet-code')].map(e => { const style = getComputedStyle(e); return [ \
                 e.getBoundingClientRect().toJSON(), Math.round(e.scrollWidth), ...['fontFamily', 'fontSize', 'lineHeight', \
                 'letterSpacing', 'tabSize', 'textAutospace', 'paddingLeft', 'paddingTop', 'whiteSpace'].map(p => style[p])]; })",
            )
            .await?;
        assert_eq!(layers[0], layers[1], "at {width} px");
    }
    Ok(())
}

async fn the_caret_of_a_long_line_stays_in_sight(browser: Browser) -> Result<()> {
    let card = write(&browser, "same", &"x".repeat(200)).await?;
    card.keys(Key::Home + Key::End).await?;
    card.until("$('.snippet-scroll').scrollLeft > 300").await?;
    card.keys(Key::Home).await?;
    card.until("$('.snippet-scroll').scrollLeft === 0").await?;
    Ok(())
}

async fn edits_work_without_storage(browser: Browser) -> Result<()> {
    let forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": forbid })).await?;
    let card = write(&browser, "same", "// stand-in: print 没有存储\\n\nfn main() {}\n").await?;
    card.run().await?;
    assert_eq!(card.output().await?, "没有存储\n");
    card.press("restore").await?;
    card.until("!('edited' in card.dataset)").await?;
    assert_eq!(value(&card).await?, program("same"));
    Ok(())
}

async fn the_first_key_on_a_phone_moves_nothing(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    browser.size(360, 740).await?;
    let card = open(&browser, "same").await?;
    // Nobody there has the keys that the hint names, and it would lie over the code.
    assert_eq!(card.js::<String>("$('.snippet-notice').textContent").await?, "");
    let places = "['.snippet-caption', '[data-do=edit]', '.snippet-code'].map(part => {
        const { x, y } = $(part).getBoundingClientRect();
        const frame = card.getBoundingClientRect();
        return [x - frame.x, y - frame.y].map(Math.round);
    })";
    let before: Value = card.js(places).await?;
    card.keys("x").await?;
    card.until("card.matches('[data-edited]') && $('[data-do=restore]').checkVisibility()").await?;
    assert_eq!(card.js::<Value>(places).await?, before);
    Ok(())
}
