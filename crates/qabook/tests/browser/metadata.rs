//! Pages that aren't there, the colour of the browser's bar, and style sheets after they were made smaller.

use anyhow::{Context, Result};
use serde_json::json;
use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::trials::{Test, book_root, tests};
use crate::wenxiu::{ARP, EPOLL, ERRATA, FLAGS, MISSPELT, PARTS, TAGS, TCP, THREADS};

pub(crate) const TESTS: &[Test] = tests![
    a_missing_page_suggests_the_one_that_was_meant,
    a_missing_page_works_at_any_depth_and_without_scripts,
    the_browser_bar_takes_the_colour_of_the_theme,
    smaller_style_sheets_mean_the_same,
    formulas_look_as_by_the_whole_sheet,
];

async fn a_missing_page_suggests_the_one_that_was_meant(browser: Browser) -> Result<()> {
    for (asked, meant) in MISSPELT {
        browser.go(asked).await?;
        browser.until("!document.getElementById('not-found-suggestion').hidden").await?;
        let first = browser.find("#not-found-suggestion a").await?;
        assert_eq!(first.prop("href").await?, Some(browser.address(meant)), "{asked}");
    }
    browser.find("#not-found-suggestion a").await?.click().await?;
    browser.until(&format!("location.pathname.endsWith('/{}')", MISSPELT[2].1)).await?;
    browser.go("xyzzy/qqq.html").await?;
    browser.until("document.readyState === 'complete'").await?;
    let hidden: bool = browser.js("return document.getElementById('not-found-suggestion').hidden").await?;
    assert!(hidden, "nothing is suggested where nothing is alike");
    Ok(())
}

async fn a_missing_page_works_at_any_depth_and_without_scripts(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.go("a/b/c/d.html").await?;
    let home = browser.find("nav.not-found a").await?;
    assert_eq!(home.prop("href").await?, Some(browser.address("index.html")));
    let page = browser.find("main").await?;
    assert_eq!(page.css_value("overflow-wrap").await?, "break-word", "its style sheets are found");
    let links = browser.find("nav.not-found").await?;
    let (text, links) = (page.rect().await?, links.rect().await?);
    assert_eq!((links.x, links.width), (text.x, text.width), "the links are in the column of the text");
    let parts = browser.driver.find_all(thirtyfour::By::Css("nav.not-found a")).await?;
    assert_eq!(parts.len(), 1 + PARTS, "home and each part");
    Ok(())
}

async fn the_browser_bar_takes_the_colour_of_the_theme(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let colours = "[...document.querySelectorAll('meta[name=\"theme-color\"]')].map(meta => meta.content)";
    // What the build writes for the two default themes: qabook-site/src/head.rs has one for each.
    let source = "return fetch('').then(answer => answer.text()).then(text => \
                  [...text.matchAll(/theme-color\" content=\"([^\"]+)/g)].map(match => match[1]))";
    let built: Vec<String> = browser.js(source).await?;
    assert_eq!(built, ["#ffffff", "#161923"]);
    for (theme, colour) in [
        ("coal", "rgb(19, 21, 22)"),
        ("navy", "rgb(22, 25, 35)"),
        ("ayu", "rgb(15, 20, 26)"),
        ("rust", "rgb(225, 225, 219)"),
        ("light", "rgb(255, 255, 255)"),
    ] {
        browser.js::<()>(&format!("document.getElementById('mdbook-theme-{theme}').click();")).await?;
        browser.until(&format!("{colours}.every(colour => colour === '{colour}')")).await?;
    }
    Ok(())
}

/// Whether the rules of `text` follow each other in a sheet that the page has loaded; spaces, which custom properties keep
/// as they are written, don't count.
const HAS_RULES: &str = "
    const rules = sheet => [...sheet.cssRules].map(rule => rule.cssText).join('\\n').replace(/\\s+/g, '');
    const source = new CSSStyleSheet();
    source.replaceSync(text);
    return [...document.styleSheets].some(sheet => sheet.href && rules(sheet).includes(rules(source)));
";

async fn smaller_style_sheets_mean_the_same(browser: Browser) -> Result<()> {
    let html = qabook_document::open(&book_root())?.config.html_config().context("[output.html]")?;
    // Of KaTeX's only what the book's formulas need is there.
    let whole = html.additional_css.iter().map(PathBuf::as_path).filter(|sheet| !sheet.ends_with("katex.min.css"));
    let mut missing: Vec<&Path> = whole.collect();
    assert!(!missing.is_empty());
    // Some are for some pages alone: theme/on-demand.toml.
    for page in ["", TCP, THREADS, FLAGS, TAGS, ERRATA, "statements.html", "outputs.html"] {
        browser.go(page).await?;
        browser.until("document.readyState === 'complete'").await?;
        let mut left = Vec::new();
        for sheet in missing {
            let source = std::fs::read_to_string(book_root().join(sheet))?;
            if !browser.js::<bool>(&format!("const text = {};{HAS_RULES}", json!(source))).await? {
                left.push(sheet);
            }
        }
        missing = left;
    }
    assert!(missing.is_empty(), "{missing:?}");
    Ok(())
}

/// How every element of every formula of the page looks.
const FORMULAS: &str = "[...document.querySelectorAll('.katex, .katex *')].map(element => {
    const style = getComputedStyle(element);
    return [...style].map(name => style.getPropertyValue(name)).join();
})";

async fn formulas_look_as_by_the_whole_sheet(browser: Browser) -> Result<()> {
    let sheet = std::fs::read_to_string(book_root().join("theme/katex/katex.min.css"))?;
    // Their addresses are another folder's.
    let (_, without_fonts) = sheet.split_once(".katex{").context("the first rule that is no font")?;
    for page in [TCP, EPOLL] {
        browser.go(page).await?;
        browser.until("document.fonts.status === 'loaded'").await?;
        let (elements, changed): (usize, usize) = browser
            .js(&format!(
                "const before = {FORMULAS};
                 const sheet = new CSSStyleSheet();
                 sheet.replaceSync({});
                 document.adoptedStyleSheets = [sheet];
                 return [before.length, {FORMULAS}.filter((look, index) => look !== before[index]).length]",
                json!(format!(".katex{{{without_fonts}"))
            ))
            .await?;
        assert!(elements > 20 && changed == 0, "{page}: {changed} of {elements} elements");
    }
    Ok(())
}
