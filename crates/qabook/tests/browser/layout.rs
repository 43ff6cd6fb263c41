//! How pages look: widths, lines, themes, without scripts, without a network.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::pages::all_pages;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, QUESTIONS, TCP, TCP_SAYS};

pub(crate) const TESTS: &[Test] = tests![
    no_page_scrolls_sideways,
    a_line_holds_34_to_40_characters,
    five_themes_change_the_colours_and_stay,
    without_scripts_a_page_reads_whole,
    every_page_reads_with_the_network_cut_after_load @Requests,
    a_wide_table_scrolls_in_its_frame_and_says_so,
    no_character_is_slanted,
    paper_is_white_and_has_nothing_to_press,
    the_page_of_all_chapters_sets_each_as_its_own_page_does,
];

async fn no_page_scrolls_sideways(browser: Browser) -> Result<()> {
    let pages = all_pages(&browser).await?;
    ensure!(pages.len() > 60, "all pages of the book are tried: {pages:?}");
    for page in &pages {
        for width in [360, 1440] {
            browser.size(width, 800).await?;
            if width == 360 {
                browser.go(page).await?;
            }
            let wide: u32 = browser.js("return document.documentElement.scrollWidth").await?;
            assert!(wide <= width, "{page} is {wide} px wide on a screen of {width} px");
            // The page clips what sticks out, so it must not stick out in the first place.
            let outside: Vec<String> = browser.js(OUTSIDE).await?;
            assert_eq!(outside, Vec::<String>::new(), "{page} at {width} px: the text sticks out of its column");
        }
    }
    Ok(())
}

/// Blocks of text that reach beyond the page and don't scroll by themselves.
const OUTSIDE: &str = "
    const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const framed = element => element.closest('main') !== element && element.parentElement
        && (scrolls(element.parentElement) || framed(element.parentElement));
    return [...document.querySelectorAll('main :is(p, li, h1, h2, h3, figure, div, section, table, pre)')]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !framed(element))
        .map(element => element.outerHTML.slice(0, 120));";

async fn a_line_holds_34_to_40_characters(browser: Browser) -> Result<()> {
    for width in [1280, 1440, 1920] {
        browser.size(width, 900).await?;
        browser.go(TCP).await?;
        let characters: u32 = browser
            .js("const p = document.querySelector('main').appendChild(document.createElement('p'));
                 p.textContent = '汉'.repeat(200);
                 const range = document.createRange();
                 const top = at => (range.setStart(p.firstChild, at), range.setEnd(p.firstChild, at + 1),
                     range.getBoundingClientRect().top);
                 let count = 0;
                 while (top(count) === top(0)) count += 1;
                 return count")
            .await?;
        assert!((34..=40).contains(&characters), "{characters} 汉字 a line at {width} px");
        let (height, size): (f64, f64) = browser
            .js("const style = getComputedStyle(document.querySelector('main > p'));
                 return [parseFloat(style.lineHeight), parseFloat(style.fontSize)]")
            .await?;
        assert!((1.75..=1.9).contains(&(height / size)), "a line is {height} px high for {size} px of text");
    }
    Ok(())
}

async fn five_themes_change_the_colours_and_stay(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let mut grounds = Vec::new();
    for theme in ["light", "rust", "coal", "navy", "ayu"] {
        browser.find("#mdbook-theme-toggle").await?.click().await?;
        browser.find(&format!("#mdbook-theme-{theme}")).await?.click().await?;
        browser.until(&format!("document.documentElement.classList.contains('{theme}')")).await?;
        let ground: String = browser.js("return getComputedStyle(document.documentElement).backgroundColor").await?;
        assert!(!grounds.contains(&ground), "{theme} has a ground of its own: {ground}");
        grounds.push(ground);
        browser.go(ARP).await?;
        browser.until(&format!("document.documentElement.classList.contains('{theme}')")).await?;
    }
    Ok(())
}

async fn without_scripts_a_page_reads_whole(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.go(TCP).await?;
    let text = browser.find("main").await?.text().await?;
    for part in TCP_SAYS {
        assert!(text.contains(part), "without scripts the page lacks {part}");
    }
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    for width in [360, 1280, 1440] {
        browser.size(width, 900).await?;
        let buttons: Vec<String> = browser.js(VISIBLE_BUTTONS).await?;
        assert_eq!(buttons, Vec::<String>::new(), "nothing can be pressed, so nothing may look like it");
    }
    browser.go("").await?;
    let listed: u32 = browser.js("return document.querySelectorAll('.question-part-list a').length").await?;
    assert_eq!(listed, QUESTIONS);
    assert_eq!(browser.js::<Vec<String>>(VISIBLE_BUTTONS).await?, Vec::<String>::new());
    browser.find("a.random-question").await?.click().await?;
    assert!(browser.find("header.question-header").await?.is_displayed().await?);
    Ok(())
}

const VISIBLE_BUTTONS: &str = "return [...document.querySelectorAll(':is(main, #mdbook-menu-bar) button')]
    .filter(button => button.checkVisibility({ visibilityProperty: true })).map(button => button.outerHTML)";

async fn every_page_reads_with_the_network_cut_after_load(browser: Browser) -> Result<()> {
    for page in all_pages(&browser).await? {
        browser.go(&page).await?;
        browser.until("document.readyState === 'complete'").await?;
        browser.requests().await?;
        browser.offline(true).await?;
        browser.js::<()>("document.querySelector('.nav-wrapper, main').scrollIntoView()").await?;
        let late: Vec<String> = browser
            .js("const fonts = [...document.fonts].filter(font => !/^(un)?loaded$/.test(font.status));
                 const pictures = [...document.images].filter(image => !image.complete || !image.naturalWidth);
                 return [...fonts.map(font => font.family), ...pictures.map(image => image.src)]")
            .await?;
        assert_eq!(late, Vec::<String>::new(), "{page} still waits for this");
        // The browser itself looks at the icons of the web app, whenever it pleases.
        let of_page = |mut found: Vec<String>| {
            found.retain(|text| !text.contains("/icons/") && !text.contains("/manifest.webmanifest"));
            found
        };
        let requests = of_page(browser.requests().await?);
        assert_eq!(requests, Vec::<String>::new(), "{page} asks the network while it is read");
        assert_eq!(of_page(browser.console_errors().await?), Vec::<String>::new(), "{page}");
        browser.offline(false).await?;
    }
    Ok(())
}

async fn a_wide_table_scrolls_in_its_frame_and_says_so(browser: Browser) -> Result<()> {
    browser.size(360, 800).await?;
    browser.go(TCP).await?;
    let frame = browser.find(".table-wrapper[data-scrolls]").await?;
    let hint: String = browser
        .js("return getComputedStyle(document.querySelector('.table-wrapper[data-scrolls]'), '::before').content")
        .await?;
    assert!(hint.contains("左右滑动"), "{hint}");
    // By the keyboard, too; and the arrow doesn't turn the page.
    let before = browser.driver.current_url().await?;
    frame.focus().await?;
    frame.send_keys(thirtyfour::Key::Right + "").await?;
    browser.until("document.querySelector('.table-wrapper').scrollLeft > 0").await?;
    assert_eq!(browser.driver.current_url().await?, before);

    browser.size(1440, 900).await?;
    browser.until("!document.querySelector('.table-wrapper[data-scrolls], .table-wrapper[tabindex]')").await?;
    Ok(())
}

async fn no_character_is_slanted(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    let styles: (String, String) = browser
        .js("const em = document.querySelector('main p').appendChild(document.createElement('em'));
             const style = getComputedStyle(em);
             return [style.fontStyle, style.fontSynthesisStyle]")
        .await?;
    assert_eq!(styles, ("normal".into(), "none".into()));
    Ok(())
}

async fn paper_is_white_and_has_nothing_to_press(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    browser.js::<()>("localStorage.setItem('mdbook-theme', 'navy')").await?;
    browser.driver.refresh().await?;
    browser.until("document.documentElement.classList.contains('navy')").await?;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let shown: Vec<String> = browser
        .js("return [...document.querySelectorAll('button, nav, #mdbook-menu-bar, .question-end, .skip-link')]
                 .filter(element => element.checkVisibility() && element.offsetHeight).map(element => element.outerHTML.slice(0, 120))")
        .await?;
    assert_eq!(shown, Vec::<String>::new());
    let colours: [String; 2] = browser
        .js("const style = getComputedStyle(document.querySelector('main > p'));
             return [style.color, getComputedStyle(document.documentElement).backgroundColor]")
        .await?;
    assert_eq!(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], "text and ground, in a dark theme");
    let address: String =
        browser.js("return getComputedStyle(document.querySelector('#references ~ ul a'), '::after').content").await?;
    assert!(address.contains("https://www.rfc-editor.org/"), "a source is printed with its address: {address}");
    Ok(())
}

/// The sizes of titles, and whether what follows up on a question is set as a question: each once.
const LOOKS: &str = "
    const looks = scope => [...scope.querySelectorAll('h1, [id|=follow-up] ~ h3')].map(heading =>
        `${heading.tagName} ${getComputedStyle(heading).fontSize} ${getComputedStyle(heading, '::before').content}`);
    const chapters = [...document.querySelectorAll('main > .print-chapter')].filter(chapter =>
        chapter.querySelector(':scope > .question-header'));
    return (chapters.length ? chapters : [document.querySelector('main')]).map(scope => [...new Set(looks(scope))].sort());";

async fn the_page_of_all_chapters_sets_each_as_its_own_page_does(browser: Browser) -> Result<()> {
    browser.go(TCP).await?;
    let [alone]: [Vec<String>; 1] = browser.js(LOOKS).await?;
    ensure!(alone.len() > 1 && alone.iter().any(|look| look.starts_with("H3")), "{alone:?}");
    browser.go("print.html").await?;
    browser.until("document.readyState === 'complete'").await?;
    let chapters: Vec<Vec<String>> = browser.js(LOOKS).await?;
    assert_eq!(u32::try_from(chapters.len())?, QUESTIONS, "one for each question");
    for (index, looks) in chapters.iter().enumerate() {
        assert_eq!(*looks, alone, "question {index} of print.html");
    }
    Ok(())
}
