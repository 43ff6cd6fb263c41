//! What stands around the text: where one is, the ways on, the line about the book, what readers set, links to the sources.

use anyhow::{Result, ensure};
use serde_json::json;
use std::collections::HashMap;
use thirtyfour::Key;

use crate::accessibility::{THEMES, Violation, violations, violations_in};
use crate::browser::Browser;
use crate::progress::{press, text};
use crate::trials::{Test, tests};
use crate::wenxiu::{AFTER_ARP, ARP, ERRATA, GLOSSARY, PART, TAGS, TCP, VARIANT};

pub(crate) const TESTS: &[Test] = tests![
    breadcrumbs_say_what_search_engines_are_told,
    the_title_leads_home,
    neighbours_are_named_with_level_and_mark,
    the_way_to_the_next_that_is_not_known,
    who_comes_from_elsewhere_is_told_what_the_book_is,
    size_and_width_of_the_text_are_kept,
    reports_name_page_and_section,
    numbers_in_the_sidebar_are_those_of_the_pages,
    large_text_and_wide_spacing_fit_a_narrow_screen,
    axe_finds_nothing_in_what_opens,
];

async fn breadcrumbs_say_what_search_engines_are_told(browser: Browser) -> Result<()> {
    let host = browser.setup.published()?.serve().await?;
    for (page, crumbs) in [(TCP, "首页›网络›4/17"), (PART, "首页›网络 · 题目一览"), (GLOSSARY, "首页›术语表")]
    {
        browser.driver.goto(host.address(page)).await?;
        // Without the names of the pages, which only search engines are told.
        let (seen, links, told): (String, Vec<String>, Vec<String>) = browser
            .js("const items = [...document.querySelectorAll('.breadcrumbs li')];
                 const graph = JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'];
                 const told = graph.find(entry => entry['@type'] === 'BreadcrumbList').itemListElement;
                 const root = new URL(path_to_root || '.', location.href).href;
                 const below = (address, start) => address.slice(start.length).replace(/index[.]html$/, '');
                 return [items.map(item => item.textContent).join('›'),
                     items.map(item => below(item.querySelector('a')?.href ?? location.href, root)),
                     told.map(({ item }) => below(item, told[0].item))]")
            .await?;
        assert_eq!(seen, crumbs, "{page}");
        assert_eq!(links, told, "{page}");
    }
    browser.go("").await?;
    assert_eq!(browser.js::<u32>("return document.querySelectorAll('.breadcrumbs').length").await?, 0);
    Ok(())
}

async fn the_title_leads_home(browser: Browser) -> Result<()> {
    for page in [TCP, "404.html", GLOSSARY] {
        browser.go(page).await?;
        browser.find(".menu-title a").await?.click().await?;
        browser.find("main .practice-doors").await?;
    }
    Ok(())
}

async fn neighbours_are_named_with_level_and_mark(browser: Browser) -> Result<()> {
    browser.go(AFTER_ARP).await?;
    press(&browser, "again").await?;
    browser.go(ARP).await?;
    let next = text(&browser, ".page-turns a.next").await?;
    for part in ["下一页", "TCP 与 UDP", "6"] {
        ensure!(next.contains(part), "{next} lacks {part}");
    }
    let levels: u32 = browser.js("return document.querySelectorAll('.page-turns .page-turn-level').length").await?;
    assert_eq!(levels, 2);
    let mark: String =
        browser.js("return getComputedStyle(document.querySelector('.page-turns a.next'), '::after').content").await?;
    assert_eq!(mark, "\"再看\"");
    for (direction, arrow) in [("ltr", "→"), ("rtl", "←")] {
        let label: String = browser
            .js(&format!(
                "document.documentElement.dir = '{direction}'; \
                 return getComputedStyle(document.querySelector('.next .page-turn-label'), '::after').content"
            ))
            .await?;
        ensure!(label.contains(arrow), "the next page of a book that is read {direction}: {label}");
    }
    browser.js::<()>("document.documentElement.dir = 'ltr'").await?;
    // mdBook's keys still turn the page.
    browser.driver.active_element().await?.send_keys(thirtyfour::Key::Right + "").await?;
    browser.until(&format!("location.pathname.endsWith('/{AFTER_ARP}')")).await
}

async fn the_way_to_the_next_that_is_not_known(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    // The next page isn't known either.
    browser.find(".page-turns a.next").await?;
    assert_eq!(browser.js::<u32>("return document.querySelectorAll('.next-open').length").await?, 0);
    browser.js::<bool>("return qabook.mark('tcp-vs-udp', 'known', Date.now())").await?;
    let open = text(&browser, ".page-turns .next-open").await?;
    ensure!(open.contains("下一道没会的") && open.contains("局域网与广域网"), "{open}");
    browser
        .js::<()>(
            "document.querySelectorAll('#mdbook-sidebar [data-question]').forEach(({ dataset }) =>
                       qabook.mark(dataset.question, 'known', Date.now()))",
        )
        .await?;
    browser.until("!document.querySelector('.next-open')").await
}

async fn who_comes_from_elsewhere_is_told_what_the_book_is(browser: Browser) -> Result<()> {
    let come = |referrer: &'static str| {
        let browser = browser.clone();
        async move {
            let to = json!({ "url": browser.address(TCP), "referrer": referrer });
            browser.cdp("Page.navigate", to).await?;
            browser
                .until("document.readyState === 'complete' && location.pathname.endsWith('tcp-handshake.html')")
                .await?;
            browser.js::<bool>("return document.querySelector('.about-book').checkVisibility()").await
        }
    };
    ensure!(come("http://search.example/").await?, "on the first page");
    let said = text(&browser, ".about-book").await?;
    ensure!(said.starts_with("问锈：网络与并发的 53 个面试题"), "{said}");
    browser.driver.refresh().await?;
    ensure!(browser.find(".about-book").await?.is_displayed().await?, "until it is closed");
    browser.find(".about-book button").await?.click().await?;
    browser.until("!document.querySelector('.about-book')").await?;
    browser.go("").await?;
    ensure!(!come("http://search.example/").await?, "once");
    browser.js::<()>("localStorage.clear()").await?;
    browser.go(ARP).await?;
    ensure!(!come("http://search.example/").await?, "not who has read on");
    Ok(())
}

async fn size_and_width_of_the_text_are_kept(browser: Browser) -> Result<()> {
    browser.size(1440, 900).await?;
    browser.go(TCP).await?;
    let sizes = "return [parseFloat(getComputedStyle(document.querySelector('main > p')).fontSize), document.querySelector('main > p').offsetWidth]";
    let (size, width): (f64, f64) = browser.js(sizes).await?;
    browser.find(".reading-toggle").await?.click().await?;
    browser.find(".reading-options input[value=large]").await?.click().await?;
    browser.find(".reading-options input[value=narrow]").await?.click().await?;
    browser.driver.active_element().await?.send_keys(Key::Escape + "").await?;
    browser
        .until("document.activeElement.matches('.reading-toggle') && !document.querySelector(':popover-open')")
        .await?;
    browser.go(ARP).await?;
    let (larger, narrower): (f64, f64) = browser.js(sizes).await?;
    ensure!(larger > size * 1.1 && narrower < width, "{size} px by {width} px became {larger} px by {narrower} px");
    // Set before anything is drawn.
    let set: bool =
        browser.js("return document.documentElement.matches('[data-text=large][data-width=narrow]')").await?;
    ensure!(set);
    browser.find(".reading-toggle").await?.click().await?;
    for normal in ["reading-text", "reading-width"] {
        browser.find(&format!(".reading-options input[name={normal}][value=normal]")).await?.click().await?;
    }
    browser.driver.refresh().await?;
    assert_eq!(browser.js::<(f64, f64)>(sizes).await?, (size, width));
    // What is kept wrong changes nothing.
    browser.js::<()>("localStorage.setItem('wenxiu:text', 'huge')").await?;
    browser.driver.refresh().await?;
    assert_eq!(browser.js::<(f64, f64)>(sizes).await?, (size, width));
    Ok(())
}

async fn reports_name_page_and_section(browser: Browser) -> Result<()> {
    browser.driver.goto(format!("{}/sections.html", browser.setup.cards().address())).await?;
    let link = |selector: &str| format!("return document.querySelector('{selector}').href");
    let edit: String = browser.js(&link(".page-feedback a:not(.page-report)")).await?;
    assert_eq!(edit, "https://git.example/a/b/edit/HEAD/src/sections.md");
    // On a click the section that is being read is added.
    browser
        .js::<()>(
            "const report = document.querySelector('.page-report');
                   report.addEventListener('click', event => event.preventDefault());
                   report.click();",
        )
        .await?;
    let report = url::Url::parse(&browser.js::<String>(&link(".page-report")).await?)?;
    assert_eq!(report.path(), "/a/b/issues/new");
    let fields: HashMap<_, _> = report.query_pairs().into_owned().collect();
    assert_eq!(fields["title"], "报错：有节");
    assert_eq!(fields["body"], "sections.html#here (这一节)\n\n哪里不对：\n");
    Ok(())
}

async fn numbers_in_the_sidebar_are_those_of_the_pages(browser: Browser) -> Result<()> {
    browser.go(VARIANT).await?;
    assert_eq!(text(&browser, "#mdbook-sidebar a.active strong").await?, "20b.");
    ensure!(text(&browser, ".question-number").await?.contains("20b"));
    ensure!(text(&browser, ".question-header .numbering").await?.contains("20b"), "it is said what that means");
    browser.go(TCP).await?;
    browser.find(".question-header").await?;
    assert_eq!(browser.js::<u32>("return document.querySelectorAll('.numbering').length").await?, 0);
    for page in ["", PART] {
        browser.go(page).await?;
        ensure!(text(&browser, "main .numbering").await?.contains("题号"), "{page}");
    }
    browser.go("toc.html").await?;
    let numbers: Vec<String> =
        browser.js("return [...document.querySelectorAll('strong')].map(number => number.textContent.trim())").await?;
    let twice = numbers.iter().filter(|number| *number == "20.").count();
    ensure!(twice == 1 && numbers.contains(&"20b.".to_string()), "{numbers:?}");
    Ok(())
}

/// WCAG 2.2, 1.4.12.
const SPACING: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];";

async fn large_text_and_wide_spacing_fit_a_narrow_screen(browser: Browser) -> Result<()> {
    browser.go("").await?;
    browser.js::<()>("localStorage.setItem('wenxiu:text', 'larger')").await?;
    // The second is a laptop at 200 %.
    for (width, height) in [(320, 640), (640, 450)] {
        browser.size(width, height).await?;
        for page in [TCP, PART, TAGS, GLOSSARY, ERRATA, "404.html"] {
            browser.go(page).await?;
            browser.js::<()>(SPACING).await?;
            let wide: u32 = browser.js("return document.documentElement.scrollWidth").await?;
            ensure!(wide <= width, "{page} is {wide} px wide on a screen of {width} px");
            let cut: Vec<String> = browser
                .js("return [...document.querySelectorAll('.page-bar > *, .page-turns > a, .breadcrumbs li, .tag-chips a')]
                         .filter(element => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
                         .map(element => element.outerHTML.slice(0, 100))")
                .await?;
            assert_eq!(cut, Vec::<String>::new(), "{page} at {width} px");
        }
    }
    Ok(())
}

async fn axe_finds_nothing_in_what_opens(browser: Browser) -> Result<()> {
    for (width, page, opens, part) in [
        (360, TCP, "document.querySelector('.page-bar button').click()", "['.page-bar', '#page-contents']"),
        (360, TCP, "document.querySelector('#mdbook-sidebar-toggle').click()", "['#mdbook-sidebar']"),
        (1440, TCP, "document.querySelector('.reading-toggle').click()", "['.reading-options']"),
        (1440, TCP, "document.querySelector('.about-book').hidden = false", "['.about-book']"),
        (1440, TAGS, "document.querySelector('.tag-chips a').click()", "['.tag-filters', '.tag-sections']"),
        (1440, "404.html", "", "['main']"),
        (360, GLOSSARY, "", ""),
        (1440, ERRATA, "", ""),
    ] {
        browser.size(width, 800).await?;
        browser.go(page).await?;
        browser.js::<()>(opens).await?;
        let rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
        let found: Vec<Violation> =
            violations(&browser, rules).await?.into_iter().filter(|found| !found.is_kept()).collect();
        assert_eq!(found, [], "{page} at {width} px after {opens}");
        for theme in THEMES.into_iter().filter(|_| !part.is_empty()) {
            // A click in the menu of themes would close what is open.
            let classes = format!("const list = document.documentElement.classList; list.remove(...{THEMES:?})");
            browser.js::<()>(&format!("{classes}; list.add('{theme}')")).await?;
            browser.colours_stand().await?;
            let found = violations_in(&browser, part, "['color-contrast']").await?;
            assert_eq!(found, [], "{page} in {theme} after {opens}");
        }
    }
    Ok(())
}
