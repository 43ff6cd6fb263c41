//! Searching, as a reader does it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::Path;
use std::{env, fs};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::search_copy::Copy;
use crate::trials::{Test, tests};
use crate::wenxiu::{AFTER_ARP, ARP, DEADLOCK, FOUND, GLOSSARY, LAN, TCP};

pub(crate) const TESTS: &[Test] = tests![
    the_box_finds_chinese_and_the_result_leads_to_the_section,
    it_works_from_file_urls,
    what_an_input_method_composes_is_no_query,
    the_keyboard_is_enough,
    arrow_keys_in_the_box_turn_no_page,
    a_link_with_a_query_opens_the_box,
    words_are_marked_on_the_page_that_a_result_leads_to,
    words_are_marked_by_elements_where_there_is_no_highlight_api,
    nothing_found_is_said_with_help,
    pinyin_says_what_it_was_read_as,
    without_its_index_the_box_says_so_and_the_page_works,
    results_fit_a_screen_of_360_px,
    markup_in_titles_and_queries_stays_text,
];

const BOX: &str = "#mdbook-searchbar";
const HEADER: &str = "document.getElementById('mdbook-searchresults-header').textContent";
/// The link that the arrow keys have chosen, while the box keeps the focus.
const CHOSEN: &str =
    "document.getElementById(document.getElementById('mdbook-searchbar').getAttribute('aria-activedescendant'))";
const FIRST: &str = "document.querySelector('#mdbook-searchresults a.search-page')";

/// Opens the box by its key and types into it.
pub(crate) async fn search(browser: &Browser, text: &str) -> Result<WebElement> {
    browser.find("body").await?.send_keys("/").await?;
    browser.until("document.activeElement.id === 'mdbook-searchbar'").await?;
    let searchbar = browser.find(BOX).await?;
    searchbar.send_keys(text).await?;
    Ok(searchbar)
}

/// Waits for results and returns the address of the first.
pub(crate) async fn first_result(browser: &Browser) -> Result<String> {
    browser.until(FIRST).await?;
    browser.js(&format!("return {FIRST}.href")).await
}

/// Keeps a picture of a state worth looking at, where `QABOOK_PICTURES` names a folder.
async fn picture(browser: &Browser, name: &str) -> Result<()> {
    match env::var_os("QABOOK_PICTURES") {
        Some(folder) => browser.picture(&Path::new(&folder).join(format!("search-{name}.png"))).await,
        None => Ok(()),
    }
}

async fn the_box_finds_chinese_and_the_result_leads_to_the_section(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let [(query, page), ..] = FOUND;
    search(&browser, query).await?;
    let first = first_result(&browser).await?;
    assert!(first.contains(&format!("/{page}?highlight=")), "{first}");
    browser.until(&format!("{HEADER}.startsWith('找到')")).await?;
    picture(&browser, "results").await?;
    browser.find("#mdbook-searchresults a.search-section[href*='#']").await?.click().await?;
    browser.until("location.pathname.endsWith('.html') && location.hash.length > 1").await?;
    let there: bool =
        browser.js("return Boolean(document.getElementById(decodeURIComponent(location.hash.slice(1))))").await?;
    assert!(there, "the section of the link is on the page");
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn it_works_from_file_urls(browser: Browser) -> Result<()> {
    let copy = Copy::of(browser.setup.site())?;
    browser.driver.goto(copy.url(ARP)?).await?;
    search(&browser, "死鎖").await?;
    let first = first_result(&browser).await?;
    assert!(first.starts_with("file://") && first.contains(DEADLOCK), "{first}");
    browser.find("#mdbook-searchresults a.search-page").await?.click().await?;
    browser.until("CSS.highlights.get('zh-search')?.size > 0").await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn what_an_input_method_composes_is_no_query(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let searchbar = search(&browser, "epoll").await?;
    first_result(&browser).await?;
    browser
        .js::<Value>(
            "window.queries = []; const replace = history.replaceState; history.replaceState = (state, title, url) => { \
               queries.push(new URL(url).searchParams.get('search')); replace.call(history, state, title, url); }; \
             const soon = setTimeout; window.setTimeout = (then, ms) => soon(then, ms + 1000); return null",
        )
        .await?;
    // The delay after this change, now of more than a second, ends while the input method composes.
    searchbar.send_keys(Key::Control + "a").await?;
    searchbar.send_keys(Key::Backspace).await?;
    for composed in ["s", "si", "si's", "si'suo"] {
        let end = composed.len();
        let parameters = json!({ "text": composed, "selectionStart": end, "selectionEnd": end });
        browser.cdp("Input.imeSetComposition", parameters).await?;
    }
    browser.js::<Value>("return new Promise((done) => setTimeout(done, 500))").await?;
    // The input method takes this key to choose a word.
    let enter = json!({ "type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229 });
    browser.cdp("Input.dispatchKeyEvent", enter).await?;
    browser.cdp("Input.insertText", json!({ "text": "死锁" })).await?;
    browser.until(&format!("{FIRST}?.href.includes('{DEADLOCK}')")).await?;
    assert_eq!(browser.js::<Vec<String>>("return window.queries").await?, ["死锁"]);
    assert!(browser.driver.current_url().await?.path().ends_with(ARP));
    Ok(())
}

async fn the_keyboard_is_enough(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    browser.find("body").await?.send_keys("s").await?;
    browser.until("document.activeElement.id === 'mdbook-searchbar'").await?;
    let searchbar = browser.find(BOX).await?;
    let [_, (query, page), _] = FOUND;
    searchbar.send_keys(query).await?;
    first_result(&browser).await?;
    searchbar.send_keys(Key::Down).await?;
    browser.until(&format!("{CHOSEN} === {FIRST} && {FIRST}.ariaSelected === 'true'")).await?;
    searchbar.send_keys(Key::Down + Key::Up).await?;
    browser.until(&format!("{CHOSEN} === {FIRST}")).await?;
    searchbar.send_keys(Key::Up).await?;
    browser.until(&format!("!{CHOSEN} && document.activeElement.id === 'mdbook-searchbar'")).await?;
    searchbar.send_keys(Key::Escape).await?;
    browser.until("document.getElementById('mdbook-search-wrapper').classList.contains('hidden')").await?;
    browser.find("body").await?.send_keys("/").await?;
    browser.until("document.activeElement.id === 'mdbook-searchbar'").await?;
    searchbar.send_keys(Key::Enter).await?;
    browser.until(&format!("location.pathname.endsWith('/{page}')")).await
}

async fn arrow_keys_in_the_box_turn_no_page(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let searchbar = search(&browser, "死锁").await?;
    first_result(&browser).await?;
    searchbar.send_keys(Key::Left + Key::Right).await?;
    browser.js::<Value>(&format!("{FIRST}.focus(); return null")).await?;
    browser.driver.active_element().await?.send_keys(Key::Right).await?;
    // A page that was being left would answer with another path, or not at all.
    browser.until(&format!("{FIRST} && location.pathname.endsWith('/{ARP}')")).await
}

async fn a_link_with_a_query_opens_the_box(browser: Browser) -> Result<()> {
    let [.., (query, page)] = FOUND;
    browser.go(&format!("{GLOSSARY}?search={query}")).await?;
    let first = first_result(&browser).await?;
    assert!(first.contains(page), "{first}");
    let shown: String = browser.js(&format!("return document.querySelector('{BOX}').value")).await?;
    assert_eq!(shown, query);
    let searchbar = browser.find(BOX).await?;
    searchbar.clear().await?;
    searchbar.send_keys("TIME_WAIT").await?;
    browser.until("new URLSearchParams(location.search).get('search') === 'TIME_WAIT'").await
}

async fn words_are_marked_on_the_page_that_a_result_leads_to(browser: Browser) -> Result<()> {
    browser.go(&format!("{DEADLOCK}?highlight=%E6%AD%BB%E9%94%81%20Mutex")).await?;
    browser.until("CSS.highlights.get('zh-search')?.size > 3").await?;
    picture(&browser, "marks").await?;
    let texts: Vec<String> = browser
        .js("return [...new Set([...CSS.highlights.get('zh-search')].map((range) => range.toString()))]")
        .await?;
    assert!(texts.iter().all(|text| text == "死锁" || text.eq_ignore_ascii_case("mutex")), "{texts:?}");
    browser.find("body").await?.send_keys(Key::Escape).await?;
    browser.until("!CSS.highlights.has('zh-search')").await
}

async fn words_are_marked_by_elements_where_there_is_no_highlight_api(browser: Browser) -> Result<()> {
    let source = json!({ "source": "Object.defineProperty(CSS, 'highlights', { value: undefined })" });
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", source).await?;
    browser.go(&format!("{DEADLOCK}?highlight=%E6%AD%BB%E9%94%81")).await?;
    browser.until("document.querySelectorAll('main mark.zh-search').length > 3").await?;
    browser.find("body").await?.send_keys(Key::Escape).await?;
    browser.until("!document.querySelector('main mark')").await
}

async fn nothing_found_is_said_with_help(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let long = "鑫".repeat(10_000);
    for query in ["量子纠缠", "🦀🦀", "，。！？", "xqzvwkj", long.as_str()] {
        search(&browser, "").await?;
        browser.js::<Value>("document.querySelector('.search-help')?.remove(); return null").await?;
        let fill = format!(
            "const box = document.querySelector('{BOX}'); box.value = {}; box.dispatchEvent(new InputEvent('input')); return null",
            serde_json::to_string(query)?
        );
        browser.js::<Value>(&fill).await?;
        let shown: String = query.chars().take(9).collect();
        browser.until("document.querySelector('.search-help')").await.context(shown)?;
        let said: String = browser.js(&format!("return {HEADER}")).await?;
        assert!(said.starts_with("没有找到"), "{query}: {said}");
        browser.find(BOX).await?.send_keys(Key::Escape).await?;
    }
    picture(&browser, "nothing").await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn pinyin_says_what_it_was_read_as(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    search(&browser, "sanciwoshou").await?;
    let first = first_result(&browser).await?;
    assert!(first.contains(TCP), "{first}");
    browser.until(&format!("{HEADER}.includes('“sanciwoshou”按“三次握手”查找')")).await?;
    let live: String = browser.js("return document.getElementById('mdbook-searchresults-header').ariaLive").await?;
    assert_eq!(live, "polite");
    picture(&browser, "pinyin").await
}

async fn without_its_index_the_box_says_so_and_the_page_works(browser: Browser) -> Result<()> {
    let copy = Copy::of(browser.setup.site())?;
    fs::rename(copy.index_folder()?, copy.path().join("elsewhere"))?;
    browser.driver.goto(copy.url(ARP)?).await?;
    search(&browser, "死锁").await?;
    browser.until(&format!("{HEADER}.includes('没有读到索引')")).await?;
    picture(&browser, "missing").await?;
    browser.find(BOX).await?.send_keys(Key::Escape).await?;
    browser.find("main h1").await?;
    browser.find("body").await?.send_keys(Key::Right).await?;
    browser.until(&format!("location.pathname.endsWith('/{AFTER_ARP}')")).await
}

async fn results_fit_a_screen_of_360_px(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    for (theme, query) in [("light", FOUND[1].0), ("navy", "ThreadPoolExecutor"), ("coal", "X-Forwarded-For")] {
        browser.go(ARP).await?;
        browser.js::<Value>(&format!("localStorage.setItem('mdbook-theme', '{theme}'); return null")).await?;
        browser.go(ARP).await?;
        browser.find("#mdbook-search-toggle").await?.click().await?;
        browser.find(BOX).await?.send_keys(query).await?;
        first_result(&browser).await?;
        picture(&browser, &format!("360-{theme}")).await?;
        let wide: u32 = browser.js("return document.documentElement.scrollWidth").await?;
        assert!(wide <= 360, "{query}: {wide} px");
        let small: bool = browser
            .js("return [...document.querySelectorAll('#mdbook-searchresults a')].some((a) => a.offsetHeight < 32)")
            .await?;
        assert!(!small, "every result is tall enough for a finger");
    }
    Ok(())
}

async fn markup_in_titles_and_queries_stays_text(browser: Browser) -> Result<()> {
    let copy = Copy::of(browser.setup.site())?;
    let page = copy.path().join(ARP);
    let html = fs::read_to_string(&page)?;
    let bad =
        "&lt;script&gt;window.harmed = 1&lt;/script&gt;&lt;img src=x onerror=&quot;window.harmed = 2&quot;&gt;坏标题";
    let (start, rest) = html.split_once("<h1 id=").context("the title")?;
    let (_, rest) = rest.split_once("</h1>").context("the title's end")?;
    fs::write(&page, format!("{start}<h1 id=\"bad&quot;&gt;&lt;b\">{bad}</h1><p>{bad}</p>{rest}"))?;
    mdbook_zh_search::index(
        copy.path(),
        &mdbook_zh_search::Config::default(),
        &qabook_words::Words::of_language("zh-CN"),
    )?;
    browser.driver.goto(copy.url(LAN)?).await?;
    search(&browser, "坏标题").await?;
    browser.until(&format!("{FIRST}?.textContent.includes('<script>window.harmed = 1</script>')")).await?;
    let searchbar = browser.find(BOX).await?;
    searchbar.clear().await?;
    searchbar.send_keys("<img src=x onerror='window.harmed=3'>坏标题").await?;
    browser.until(&format!("{FIRST} && {HEADER}.startsWith('找到')")).await?;
    let inside: u32 =
        browser.js("return document.querySelectorAll('#mdbook-search-wrapper :is(img, script, b)').length").await?;
    ensure!(inside == 0, "{inside} elements came out of text");
    // In one step: the list is made anew when the answer to the last key comes.
    browser.js::<Value>(&format!("{FIRST}.click(); return null")).await?;
    browser.until("CSS.highlights.get('zh-search')?.size > 0").await?;
    let harmed: Value = browser.js("return window.harmed ?? null").await?;
    assert_eq!(harmed, Value::Null);
    Ok(())
}
