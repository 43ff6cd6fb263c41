//! The reader's marks.

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, DEADLOCK, OSI, PART, QUESTIONS, QUESTIONS_OF_PART};

pub(crate) const TESTS: &[Test] = tests![
    marks_survive_a_reload_and_show_everywhere,
    a_mark_pressed_again_is_taken_away,
    another_tab_follows,
    marks_are_cleared_only_when_confirmed,
    without_storage_marks_last_as_long_as_the_page_and_it_says_so,
    what_another_version_kept_is_set_aside,
    an_older_page_takes_no_card_away,
    marks_show_beside_pages_of_other_folders,
];

/// Presses 会 or 再看 below the title.
pub(crate) async fn press(browser: &Browser, value: &str) -> Result<()> {
    Ok(browser.find(&format!(".question-header button[value={value}]")).await?.click().await?)
}

/// What is counted of all questions.
pub(crate) fn of_all(marks: &str) -> String {
    format!("{marks} · 共 {QUESTIONS}")
}

/// What the first element that matches reads.
pub(crate) async fn text(browser: &Browser, selector: &str) -> Result<String> {
    Ok(browser.find(selector).await?.text().await?)
}

async fn marks_survive_a_reload_and_show_everywhere(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.until("document.querySelector('.question-end [value=known]').ariaPressed === 'true'").await?;
    browser.go(OSI).await?;
    browser.find(".question-end button[value=again]").await?.click().await?;
    browser.driver.refresh().await?;
    browser.until("document.querySelector('.question-header [value=again]').ariaPressed === 'true'").await?;

    for (page, list, counts) in [
        (OSI, "#mdbook-sidebar .chapter-link-wrapper", of_all("会 1 · 再看 1")),
        (PART, ".part-index li", format!("会 1 · 再看 1 · 共 {QUESTIONS_OF_PART}")),
        ("", ".question-parts li", of_all("会 1 · 再看 1")),
    ] {
        browser.go(page).await?;
        for (slug, name) in [("arp", "会"), ("osi-model", "再看")] {
            let badge: String = browser
                .js(&format!(
                    "return getComputedStyle(document.querySelector('{list}[data-question={slug}]'), '::after').content"
                ))
                .await?;
            assert_eq!(badge, format!("\"{name}\""), "{slug} on {page}");
        }
        let place = if page == OSI { "#mdbook-sidebar .progress-counts" } else { "main .progress-counts" };
        assert_eq!(text(&browser, place).await?, counts, "{page}");
    }
    Ok(())
}

async fn a_mark_pressed_again_is_taken_away(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    press(&browser, "again").await?;
    browser.until("document.querySelectorAll('main [value=again][aria-pressed=true]').length === 2").await?;
    browser.until("document.querySelectorAll('main [value=known][aria-pressed=true]').length === 0").await?;
    press(&browser, "again").await?;
    browser.driver.refresh().await?;
    browser.find(".question-header button").await?;
    let pressed: u32 = browser.js("return document.querySelectorAll('main [aria-pressed=true]').length").await?;
    assert_eq!(pressed, 0);
    Ok(())
}

async fn another_tab_follows(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let first = browser.driver.window().await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('main .progress-counts').textContent.startsWith('会 1')").await?;
    Ok(())
}

/// The counts on the home page.
pub(crate) async fn counts(browser: &Browser) -> Result<String> {
    browser.go("").await?;
    text(browser, "main .progress-counts").await
}

async fn marks_are_cleared_only_when_confirmed(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.go("").await?;
    for (accept, left) in [(false, of_all("会 1 · 再看 0")), (true, of_all("会 0 · 再看 0"))] {
        browser.find(".progress-tools [value=clear]").await?.click().await?;
        if accept {
            browser.driver.accept_alert().await?;
        } else {
            browser.driver.dismiss_alert().await?;
        }
        assert_eq!(text(&browser, "main .progress-counts").await?, left);
    }
    assert_eq!(counts(&browser).await?, of_all("会 0 · 再看 0"));
    Ok(())
}

async fn without_storage_marks_last_as_long_as_the_page_and_it_says_so(browser: Browser) -> Result<()> {
    // Storage that is full refuses to write, storage that is forbidden refuses everything.
    for forbidden in ["['setItem']", "['getItem', 'setItem']"] {
        browser.forbid_storage(forbidden).await?;
        browser.go(ARP).await?;
        press(&browser, "known").await?;
        browser.until("document.querySelectorAll('main [value=known][aria-pressed=true]').length === 2").await?;
        let notice = text(&browser, ".question-header .progress-notice").await?;
        assert!(notice.contains("不让网页保存数据"), "{notice}");
        assert_eq!(text(&browser, "#mdbook-sidebar .progress-counts").await?, of_all("会 1 · 再看 0"));
        press(&browser, "known").await?;
        browser.until("document.querySelectorAll('main [aria-pressed=true]').length === 0").await?;
        let cards: (bool, Value) = browser
            .js(&format!("return [qabook.keepCards(qabookRecords.store({CARDS})), qabook.cards().cards]"))
            .await?;
        assert_eq!(cards, (false, serde_json::from_str(CARDS)?), "cards, too");
    }
    Ok(())
}

/// One card, as the browser keeps it.
const CARDS: &str = r#"{"q:arp": {"due": 9000, "stability": 2.5, "difficulty": 5, "reps": 1, "lapses": 0, "state": 2,
    "last": 8000, "at": 8000, "first": 8000}}"#;

async fn what_another_version_kept_is_set_aside(browser: Browser) -> Result<()> {
    let newer = [
        ("wenxiu:progress", r#"{"format":"wenxiu-progress","version":9,"marks":{}}"#),
        ("wenxiu:cards", r#"{"format":"wenxiu-cards","version":9,"cards":{}}"#),
    ];
    browser.go(ARP).await?;
    for (key, text) in newer {
        browser.js::<()>(&format!("localStorage.setItem('{key}', {})", json!(text))).await?;
    }
    browser.driver.refresh().await?;
    press(&browser, "known").await?;
    browser.js::<()>(&format!("qabook.keepCards(qabookRecords.store({CARDS}))")).await?;
    for (key, text) in newer {
        let kept: String = browser.js(&format!("return localStorage.getItem('{key}:unread')")).await?;
        assert_eq!(kept, text);
    }
    browser.driver.refresh().await?;
    browser.until("document.querySelectorAll('main [value=known][aria-pressed=true]').length === 2").await?;
    assert_eq!(browser.js::<Value>("return qabook.cards().cards").await?, serde_json::from_str::<Value>(CARDS)?);
    // What it keeps itself is no reason to set anything aside.
    press(&browser, "again").await?;
    let aside: String = browser.js("return localStorage.getItem('wenxiu:progress:unread')").await?;
    assert_eq!(aside, newer[0].1);
    Ok(())
}

async fn an_older_page_takes_no_card_away(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    let script = format!(
        "const card = {CARDS}['q:arp'];
         const keep = cards => qabook.keepCards(qabookRecords.store(cards));
         keep({{ 'q:arp': card, 's:arp:01234567': card }});
         const older = qabook.cards();
         keep({{ 'q:arp': {{ ...card, at: 9000, reps: 2 }}, 'o:tcp': card }});
         qabook.keepCards(older);
         return Object.entries(qabook.cards().cards).map(([id, {{ reps }}]) => [id, reps]).sort()"
    );
    let cards: Vec<(String, u32)> = browser.js(&script).await?;
    assert_eq!(cards, [("o:tcp".into(), 1), ("q:arp".into(), 2), ("s:arp:01234567".into(), 1)]);
    Ok(())
}

async fn marks_show_beside_pages_of_other_folders(browser: Browser) -> Result<()> {
    // The files of the questions in the table of contents, and the names under which they are marked.
    let names = "return [...document.querySelectorAll('#mdbook-sidebar [data-question]')].map(({ dataset }) => dataset.question)";
    browser.go("").await?;
    let all: Vec<String> = browser.js(names).await?;
    for page in [ARP, DEADLOCK] {
        browser.go(page).await?;
        assert_eq!(browser.js::<Vec<String>>(names).await?, all, "{page}");
    }
    press(&browser, "again").await?;
    browser.go(ARP).await?;
    browser
        .until("document.querySelector('#mdbook-sidebar [data-question=deadlock]').dataset.mark === 'again'")
        .await?;
    browser.until("qabook.waiting().join() === 'deadlock'").await
}
