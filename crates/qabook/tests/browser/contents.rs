//! The page's contents: at the right on a wide screen, in a sheet above the bar of a phone; and the drawer of a phone.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, EPOLL, REVIEW, TCP};

pub(crate) const TESTS: &[Test] = tests![
    contents_stand_at_the_right_and_follow_the_reader,
    sections_stand_in_one_place,
    what_is_wide_grows_beyond_the_column,
    a_question_is_marked_beside_its_contents,
    the_bar_of_a_phone_counts_sections_and_leads_on,
    a_section_chosen_on_a_phone_is_shown,
    without_scripts_contents_open_and_the_drawer_closes,
    the_drawer_closes_beside_it_by_esc_and_by_a_choice,
    what_is_pressed_is_large_enough,
    large_text_leaves_every_button_on_a_narrow_screen,
    the_offer_of_a_new_version_covers_no_bar,
];

/// The current section, as the contents mark it.
const CURRENT: &str = "document.querySelector('.page-contents [aria-current]')?.hash";

async fn contents_stand_at_the_right_and_follow_the_reader(browser: Browser) -> Result<()> {
    for width in [1280, 1440, 1920] {
        browser.size(width, 900).await?;
        browser.go(TCP).await?;
        browser.js::<()>("document.querySelector('#four-way').scrollIntoView()").await?;
        browser.until(&format!("{CURRENT} === '#four-way'")).await?;
        let (text, left, right, top): (f64, f64, f64, f64) = browser
            .js("const contents = document.querySelector('.page-contents').getBoundingClientRect();
                 return [document.querySelector('main').getBoundingClientRect().right, contents.left, contents.right, contents.top]")
            .await?;
        ensure!(
            text < left && right <= f64::from(width),
            "at {width} px the text ends at {text}, contents are {left}–{right}"
        );
        ensure!((50.0..120.0).contains(&top), "they stay in the window: {top}");
        // Not lost at the edge of a wide screen.
        ensure!(left - text < 240.0, "at {width} px there are {} px between text and contents", left - text);
    }
    // The last section may be too short to come to the top.
    browser.js::<()>("scrollTo(0, document.documentElement.scrollHeight)").await?;
    browser.until(&format!("{CURRENT} === '#references'")).await?;
    browser.js::<()>("scrollTo(0, 0)").await?;
    browser.until(&format!("{CURRENT} === undefined")).await
}

async fn sections_stand_in_one_place(browser: Browser) -> Result<()> {
    // Beside an open sidebar, too, which has parts and questions alone.
    for (width, has_bar) in [(1280, false), (1100, true)] {
        browser.size(width, 900).await?;
        browser.go(TCP).await?;
        browser.until("document.querySelector('#mdbook-sidebar a.active')").await?;
        let sections: usize =
            browser.js("return document.querySelectorAll('#mdbook-sidebar a[href^=\"#\"]').length").await?;
        ensure!(sections == 0, "the sidebar of {width} px names {sections} sections");
        ensure!(browser.find(".page-bar").await?.is_displayed().await? == has_bar, "the bar at {width} px");
    }
    Ok(())
}

async fn what_is_wide_grows_beyond_the_column(browser: Browser) -> Result<()> {
    browser.size(1920, 1000).await?;
    browser.go(EPOLL).await?;
    let (column, table, left): (f64, f64, f64) = browser
        .js("const table = document.querySelector('main > .table-wrapper:has(th:nth-child(4))').getBoundingClientRect();
             const contents = document.querySelector('.page-contents').getBoundingClientRect();
             return [document.querySelector('main > p').offsetWidth, table.width, contents.left - table.right]")
        .await?;
    ensure!(
        table > column + 150.0 && left > 0.0,
        "a table of {table} px beside text of {column} px, {left} px to contents"
    );
    Ok(())
}

async fn a_question_is_marked_beside_its_contents(browser: Browser) -> Result<()> {
    browser.size(1440, 900).await?;
    browser.go(ARP).await?;
    browser.find(".page-contents button[value=known]").await?.click().await?;
    browser.until("document.querySelector('.question-header [value=known]').ariaPressed === 'true'").await
}

async fn the_bar_of_a_phone_counts_sections_and_leads_on(browser: Browser) -> Result<()> {
    for width in [320, 360, 768] {
        browser.size(width, 740).await?;
        browser.go(TCP).await?;
        browser.js::<()>("document.querySelector('#three-way').scrollIntoView()").await?;
        browser.until("document.querySelector('.page-bar button').textContent.endsWith('本页目录 · 2/13')").await?;
        let read = "Number(document.querySelector('.page-bar').style.getPropertyValue('--read'))";
        browser.until(&format!("{read} > 0.02 && {read} < 0.5")).await?;
        let bottom: f64 = browser
            .js("return innerHeight - document.querySelector('.page-bar').getBoundingClientRect().bottom")
            .await?;
        ensure!(bottom.abs() < 1.0, "the bar is {bottom} px above the end of the window");
        browser.js::<()>("scrollTo(0, document.documentElement.scrollHeight)").await?;
        browser.until(&format!("{read} === 1")).await?;
        let below: bool = browser
            .js("return document.querySelector('.page-turns').getBoundingClientRect().bottom
                     <= document.querySelector('.page-bar').getBoundingClientRect().top")
            .await?;
        ensure!(below, "at the end of the page the bar covers nothing");
        browser.find(".page-bar a:last-child").await?.click().await?;
        browser.until(&format!("location.pathname.endsWith('/{ARP}')")).await?;
    }
    Ok(())
}

async fn a_section_chosen_on_a_phone_is_shown(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go(TCP).await?;
    browser.find(".page-bar button").await?.click().await?;
    browser.find(".page-contents a[href='#four-way']").await?.click().await?;
    browser.until("!document.querySelector('.page-contents').matches(':popover-open')").await?;
    browser.until("Math.abs(document.querySelector('#four-way').getBoundingClientRect().top - 60) < 40").await?;
    browser.until("document.querySelector('.page-place').textContent === ' · 3/13'").await
}

async fn without_scripts_contents_open_and_the_drawer_closes(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.size(1440, 900).await?;
    browser.go(TCP).await?;
    ensure!(browser.find(".page-contents a[href='#four-way']").await?.is_displayed().await?);
    let marks = browser.find(".page-contents .question-marks").await?;
    ensure!(!marks.is_displayed().await?, "nothing can be pressed");

    browser.size(360, 740).await?;
    browser.find(".page-bar button").await?.click().await?;
    browser.find(".page-contents a[href='#four-way']").await?.click().await?;
    ensure!(browser.driver.current_url().await?.fragment() == Some("four-way"));

    browser.go(TCP).await?;
    browser.find("#mdbook-sidebar-toggle").await?.click().await?;
    browser.until("document.querySelector('#mdbook-sidebar').getBoundingClientRect().left === 0").await?;
    tap_beside_the_drawer(&browser).await?;
    browser.until("document.querySelector('#mdbook-sidebar').getBoundingClientRect().right <= 0").await
}

/// A tap on what is beside the open drawer.
async fn tap_beside_the_drawer(browser: &Browser) -> Result<()> {
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": 345, "y": 500, "button": "left", "clickCount": 1 });
        browser.cdp("Input.dispatchMouseEvent", event).await?;
    }
    Ok(())
}

async fn the_drawer_closes_beside_it_by_esc_and_by_a_choice(browser: Browser) -> Result<()> {
    let open = "document.querySelector('#mdbook-sidebar-toggle-anchor').checked
        && document.querySelector('#mdbook-page-wrapper').inert
        && document.querySelector('#mdbook-sidebar').getBoundingClientRect().left === 0";
    let closed = "!document.querySelector('#mdbook-sidebar-toggle-anchor').checked
        && !document.querySelector('#mdbook-page-wrapper').inert
        && !document.querySelector('#mdbook-sidebar').checkVisibility()";
    browser.size(360, 740).await?;
    browser.go(TCP).await?;
    browser.until(closed).await?;

    browser.find("#mdbook-sidebar-toggle").await?.click().await?;
    browser.until(open).await?;
    let page: f64 = browser.js("return document.querySelector('.page').getBoundingClientRect().left").await?;
    ensure!(page.abs() < 1.0, "the page stays where it is, not at {page} px");
    tap_beside_the_drawer(&browser).await?;
    browser.until(closed).await?;

    // By keys alone, as well.
    browser.js::<()>("document.querySelector('#mdbook-sidebar-toggle-anchor').focus()").await?;
    browser.driver.active_element().await?.send_keys(" ").await?;
    browser.until(open).await?;
    browser.driver.active_element().await?.send_keys(Key::Escape + "").await?;
    browser.until(closed).await?;

    browser.find("#mdbook-sidebar-toggle").await?.click().await?;
    browser.until(open).await?;
    browser.find("#mdbook-sidebar a.active").await?.click().await?;
    browser.until(closed).await
}

async fn what_is_pressed_is_large_enough(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    browser.size(360, 740).await?;
    browser.go(TCP).await?;
    browser.find("#mdbook-sidebar-toggle").await?.click().await?;
    browser.until("document.querySelector('#mdbook-sidebar').getBoundingClientRect().left === 0").await?;
    let small = |least: u32, selector: &str| {
        format!(
            "return [...document.querySelectorAll(`{selector}`)].filter(element => element.checkVisibility())
                 .map(element => [element.getBoundingClientRect(), element])
                 .filter(([box]) => box.width && (box.height < {least} || box.width < {least}))
                 .map(([box, element]) => `${{box.width}} × ${{box.height}}: ${{element.outerHTML.slice(0, 90)}}`)"
        )
    };
    let main = "#mdbook-menu-bar button, #mdbook-sidebar-toggle, .page-bar > *, .page-turns > a, .question-marks button, #mdbook-sidebar a[href]";
    assert_eq!(browser.js::<Vec<String>>(&small(43, main)).await?, Vec::<String>::new());
    let all = ".breadcrumbs a, .menu-title a, .question-tag a, .page-feedback a";
    assert_eq!(browser.js::<Vec<String>>(&small(24, all)).await?, Vec::<String>::new());
    // With a pointer, too.
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": false })).await?;
    browser.size(1100, 900).await?;
    browser.go(TCP).await?;
    browser.find("#mdbook-sidebar a.active").await?;
    assert_eq!(browser.js::<Vec<String>>(&small(24, "#mdbook-sidebar a[href]")).await?, Vec::<String>::new());
    Ok(())
}

async fn large_text_leaves_every_button_on_a_narrow_screen(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    for (width, percent) in [(320, 100), (320, 150), (320, 200), (360, 165), (390, 200), (700, 200)] {
        browser.size(width, 640).await?;
        for (page, bar) in [(TCP, ".page-bar"), (REVIEW, ".practice-bar")] {
            browser.go(page).await?;
            browser.find(bar).await?;
            let outside: Vec<String> = browser
                .js(&format!(
                    "for (const slug of ['osi-model', 'cdn']) qabook.mark(slug, 'again', 5);
                     document.documentElement.style.fontSize = '{}%';
                     if ('{page}' === '{REVIEW}') qabookDeck.open(true);
                     return [...document.querySelectorAll('#mdbook-menu-bar :is(a, button, label), {bar} :is(a, button)')]
                         .filter(element => element.checkVisibility()).filter(element => {{
                             const {{ left, right }} = element.getBoundingClientRect();
                             return left < 0 || right > innerWidth || right - left < 24;
                         }}).map(({{ outerHTML }}) => outerHTML.slice(0, 80))",
                    f64::from(percent) * 0.625
                ))
                .await?;
            assert_eq!(outside, Vec::<String>::new(), "{page} at {percent} % and {width} px");
        }
    }
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": false })).await?;
    Ok(())
}

async fn the_offer_of_a_new_version_covers_no_bar(browser: Browser) -> Result<()> {
    for (width, page) in [(360, TCP), (360, REVIEW), (900, TCP), (1440, REVIEW), (1440, TCP)] {
        browser.size(width, 740).await?;
        browser.go(page).await?;
        let covered: Vec<String> = browser
            .js("const box = Object.assign(document.createElement('div'), { className: 'new-version' });
                 box.innerHTML = 'A new version is ready <button>Reload</button><button>Later</button>';
                 document.body.append(box);
                 const { top, bottom } = box.getBoundingClientRect();
                 if (top < 0 || bottom > innerHeight) return ['outside'];
                 return ['.page-bar', '.practice-bar', '#mdbook-menu-bar'].filter(name => {
                     const bar = document.querySelector(name);
                     const other = bar?.checkVisibility() ? bar.getBoundingClientRect() : { top: 0, bottom: 0 };
                     return bar !== null && getComputedStyle(bar).position !== 'static'
                         && other.bottom > top && other.top < bottom;
                 })")
            .await?;
        assert_eq!(covered, Vec::<String>::new(), "{page} at {width} px");
    }
    Ok(())
}
