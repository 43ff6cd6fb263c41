//! Code in plain fences: its colours, its hidden lines, what its button copies.

use anyhow::Result;
use serde_json::{Value, json};

use crate::accessibility::THEMES;
use crate::browser::Browser;
use crate::snippet_look::TOO_PALE;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    the_button_copies_the_source_byte_for_byte,
    every_colour_of_code_has_enough_contrast_in_every_theme,
    hidden_lines_are_shown_when_they_are_asked_for,
    forced_colours_take_the_place_of_those_of_tokens,
];

/// A page of fences.
pub(crate) const CHAPTER: &str = "# 代码\n\n\
    ```go\n// 注释 <&>\nfunc f() {\n\treturn \"a\\tb\"  \n}\n\n\n```\n\n\
    - ```html\n  <pre>&amp;</pre>\n\n    <!-- $x$ `y` {{z}} -->\n  ```\n\n\
    > ```js\n> let a = 1;\n>\n>   f(/b/, `${a}`);\n> ```\n\n\
    ```diff\n@@ -1 +1 @@\n-old\n+new\n```\n\n\
    ```console\n$ ls # all\na b\n```\n\n\
    ```text\nfn f()\n```\n\n\
    ```rust\n# use std::fs;\n/// Doc.\nfn f(a: u8) -> Vec<u8> { vec![a, 1] }\n```\n";

/// What each fence of the page holds, but for the last: mdBook leaves the end of its last line out.
const SOURCES: [&str; 6] = [
    "// 注释 <&>\nfunc f() {\n\treturn \"a\\tb\"  \n}\n\n\n",
    "<pre>&amp;</pre>\n\n  <!-- $x$ `y` {{z}} -->\n",
    "let a = 1;\n\n  f(/b/, `${a}`);\n",
    "@@ -1 +1 @@\n-old\n+new\n",
    "$ ls # all\na b\n",
    "fn f()\n",
];

async fn open(browser: &Browser) -> Result<()> {
    Ok(browser.driver.goto(format!("{}/code.html", browser.setup.cards().address())).await?)
}

async fn the_button_copies_the_source_byte_for_byte(browser: Browser) -> Result<()> {
    browser.cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite"] })).await?;
    open(&browser).await?;
    for (index, source) in SOURCES.iter().enumerate() {
        browser.js::<Value>(&format!("document.querySelectorAll('pre .clip-button')[{index}].click()")).await?;
        let copied = "const done = arguments[0]; navigator.clipboard.readText().then(done);";
        let copied: String = browser.driver.execute_async(copied, vec![]).await?.convert()?;
        assert_eq!(copied, *source);
    }
    Ok(())
}

async fn every_colour_of_code_has_enough_contrast_in_every_theme(browser: Browser) -> Result<()> {
    open(&browser).await?;
    browser.js::<Value>("document.querySelector('.hide-boring').classList.remove('hide-boring')").await?;
    let too_pale = TOO_PALE.replace("SELECTOR", "pre > code, pre > code *");
    for theme in THEMES {
        browser.choose_theme(theme).await?;
        let (bad, all): (Vec<String>, usize) = browser.js(&too_pale).await?;
        assert!(all >= 8, "seven classes and the code itself: {all}");
        assert_eq!(bad, Vec::<String>::new(), "in {theme}");
        let faded: Vec<String> = browser
            .js("return [...document.querySelectorAll('pre > code *')].map(e => getComputedStyle(e).opacity).filter(o => o < 1)")
            .await?;
        assert_eq!(faded, Vec::<String>::new(), "in {theme}");
    }
    Ok(())
}

async fn hidden_lines_are_shown_when_they_are_asked_for(browser: Browser) -> Result<()> {
    open(&browser).await?;
    let shown = "document.querySelector('.boring').checkVisibility()";
    assert!(!browser.js::<bool>(&format!("return {shown}")).await?);
    browser
        .js::<Value>(
            "document.querySelector('.boring').closest('pre').querySelector('.buttons button:last-child').click()",
        )
        .await?;
    browser.until(shown).await?;
    let line: String = browser.js("return document.querySelector('.boring').textContent").await?;
    assert_eq!(line, "use std::fs;\n");
    Ok(())
}

async fn forced_colours_take_the_place_of_those_of_tokens(browser: Browser) -> Result<()> {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    open(&browser).await?;
    let colours: Vec<String> = browser
        .js("return [...new Set([...document.querySelectorAll('pre > code, pre > code span')].map(e => getComputedStyle(e).color))]")
        .await?;
    assert_eq!(colours.len(), 1, "{colours:?}");
    Ok(())
}
