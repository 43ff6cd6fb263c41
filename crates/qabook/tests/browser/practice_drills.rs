//! The drills: statements to be judged, follow-ups with a hidden answer.

use anyhow::{Context, Result, ensure};
use thirtyfour::{By, Key};

use crate::browser::Browser;
use crate::practice::{current, dealt, kept, key, press};
use crate::trials::{Test, tests};
use crate::wenxiu::ERRATA;

pub(crate) const TESTS: &[Test] = tests![
    each_erratum_is_a_statement,
    claims_and_facts_are_mixed,
    a_statement_is_judged_by_keys,
    the_answer_comes_with_its_source_and_its_chapter,
    the_other_of_the_two_is_asked_the_next_time,
    a_drill_changes_no_mark_of_a_question,
    follow_ups_are_graded_by_the_reader,
    another_script_can_judge_a_card,
];

const STATEMENTS: &str = "statements.html";
const FOLLOW_UPS: &str = "follow-ups.html";

/// Opens a page to practise on.
async fn open(browser: &Browser, page: &str) -> Result<()> {
    browser.go(page).await?;
    browser.find(".practice-bar").await?;
    Ok(())
}

/// The number of the key that answers the current statement rightly.
async fn right_key(browser: &Browser) -> Result<&'static str> {
    let asked: String =
        browser.js("return document.querySelector('.practice-card[aria-current=true]').dataset.asked").await?;
    Ok(if asked == "fact" { "1" } else { "2" })
}

async fn each_erratum_is_a_statement(browser: Browser) -> Result<()> {
    browser.go(ERRATA).await?;
    let errata: u32 = browser.js("return document.querySelectorAll('main .erratum-wrong').length").await?;
    open(&browser, STATEMENTS).await?;
    assert_eq!(dealt(&browser).await?, errata);
    let ids: u32 = browser
        .js("return new Set([...document.querySelectorAll('[data-card]')].map(e => e.dataset.card)).size")
        .await?;
    assert_eq!(ids, errata, "two statements with one id");
    Ok(())
}

async fn claims_and_facts_are_mixed(browser: Browser) -> Result<()> {
    open(&browser, STATEMENTS).await?;
    let (facts, all): (u32, u32) = browser
        .js("return ['[data-asked=fact]', '[data-asked]'].map(asked => document.querySelectorAll(`.practice-card${asked}`).length)")
        .await?;
    ensure!(facts * 10 > all * 4 && facts * 10 < all * 6, "{facts} facts of {all} statements");
    // Nothing that is seen before tells which is which.
    let telling: u32 = browser
        .js("return [...document.querySelectorAll('.statement-origin, .statement-sources, .statement-verdict, .practice-source')]
                 .filter(element => element.checkVisibility({ contentVisibilityAuto: true })).length")
        .await?;
    assert_eq!(telling, 0);
    Ok(())
}

async fn a_statement_is_judged_by_keys(browser: Browser) -> Result<()> {
    open(&browser, STATEMENTS).await?;
    // Nothing is shown before one has said what one thinks.
    key(&browser, " ").await?;
    assert_eq!(current(&browser).await?, (1, false, String::new()));
    let right = right_key(&browser).await?;
    key(&browser, right).await?;
    assert_eq!(current(&browser).await?, (1, true, "known".to_string()));
    // Said is said.
    key(&browser, if right == "1" { "2" } else { "1" }).await?;
    assert_eq!(current(&browser).await?, (1, true, "known".to_string()));
    key(&browser, " ").await?;
    assert_eq!(current(&browser).await?, (2, false, String::new()));
    let wrong = if right_key(&browser).await? == "1" { "2" } else { "1" };
    key(&browser, wrong).await?;
    assert_eq!(current(&browser).await?, (2, true, "again".to_string()));
    key(&browser, Key::Enter + "").await?;
    assert_eq!(current(&browser).await?, (3, false, String::new()));
    let score: String = browser.js("return document.querySelector('.practice-score').textContent").await?;
    ensure!(score.contains("对 1 · 错 1"), "{score}");
    let cards = kept(&browser, "cards").await?;
    let cards = cards["cards"].as_object().context("cards")?;
    ensure!(cards.len() == 2 && cards.keys().all(|id| id.starts_with("s:")), "{cards:?}");
    Ok(())
}

async fn the_answer_comes_with_its_source_and_its_chapter(browser: Browser) -> Result<()> {
    open(&browser, STATEMENTS).await?;
    let mut seen = Vec::new();
    while !(seen.contains(&"fact".to_string()) && seen.contains(&"claim".to_string())) {
        let card = browser.find(".practice-card[aria-current=true]").await?;
        let asked = card.attr("data-asked").await?.context("what is asked")?;
        press(&browser, "true").await?;
        for part in
            [".statement-claim", ".statement-fact", ".statement-verdict", ".statement-result", ".practice-source a"]
        {
            let element = card.find(By::Css(part)).await?;
            ensure!(element.is_displayed().await?, "{part} after a {asked}");
        }
        let sources: u32 = browser
            .js("return [...document.querySelectorAll('[aria-current=true].practice-card .statement-fact a')]
                     .filter(link => link.checkVisibility()).length")
            .await?;
        ensure!(sources > 0, "a {asked} has no source");
        let result = card.find(By::Css(".statement-result")).await?.text().await?;
        assert_eq!(result, if asked == "fact" { "答对了，这句话没有错" } else { "答错了" });
        let link = card.find(By::Css(".practice-source a")).await?.prop("href").await?.context("a link")?;
        ensure!(link.contains(".html"), "{link}");
        press(&browser, "forward").await?;
        seen.push(asked);
        ensure!(seen.len() < 40, "only {} are asked", seen[0]);
    }
    Ok(())
}

async fn the_other_of_the_two_is_asked_the_next_time(browser: Browser) -> Result<()> {
    open(&browser, STATEMENTS).await?;
    let asked = "return document.querySelector('.practice-card').dataset.asked";
    let first: String = browser.js(asked).await?;
    browser.driver.refresh().await?;
    browser.find(".practice-bar").await?;
    assert_eq!(browser.js::<String>(asked).await?, first);
    key(&browser, "1").await?;
    browser.driver.refresh().await?;
    browser.find(".practice-bar").await?;
    assert_ne!(browser.js::<String>(asked).await?, first);
    // Everything is in its place again.
    let parts: Vec<u32> = browser
        .js("const card = document.querySelector('.practice-card');
             return ['.statement-claim', '.statement-fact', '.statement-verdict', '.statement-result', '.statement-asked']
                 .map(part => card.querySelectorAll(part).length)")
        .await?;
    assert_eq!(parts[..4], [1, 1, 1, 1]);
    assert_eq!(parts[4], u32::from(first == "claim"));
    Ok(())
}

async fn a_drill_changes_no_mark_of_a_question(browser: Browser) -> Result<()> {
    open(&browser, STATEMENTS).await?;
    key(&browser, "1").await?;
    open(&browser, FOLLOW_UPS).await?;
    key(&browser, " ").await?;
    key(&browser, "2").await?;
    assert_eq!(kept(&browser, "progress").await?["marks"].as_object().map_or(0, serde_json::Map::len), 0);
    assert_eq!(kept(&browser, "cards").await?["cards"].as_object().map_or(0, serde_json::Map::len), 2);
    Ok(())
}

async fn follow_ups_are_graded_by_the_reader(browser: Browser) -> Result<()> {
    open(&browser, FOLLOW_UPS).await?;
    let all = dealt(&browser).await?;
    ensure!(all > 200, "{all} follow-ups");
    key(&browser, Key::Enter + "").await?;
    assert_eq!(current(&browser).await?, (1, true, String::new()));
    press(&browser, "known").await?;
    assert_eq!(current(&browser).await?, (2, false, String::new()));
    let ids: Vec<String> =
        browser.js("return Object.keys(JSON.parse(localStorage.getItem('wenxiu:cards')).cards)").await?;
    ensure!(ids.len() == 1 && ids[0].starts_with("f:"), "{ids:?}");
    let unknown: String =
        browser.js("return document.querySelector('.practice-chip[value=unmarked]').textContent").await?;
    assert_eq!(unknown, format!("没做过 {}", all - 1));
    Ok(())
}

async fn another_script_can_judge_a_card(browser: Browser) -> Result<()> {
    open(&browser, FOLLOW_UPS).await?;
    let shown: u32 = browser
        .js("globalThis.shown = 0;
             document.addEventListener('practice:show', () => { globalThis.shown += 1; });
             const card = document.querySelectorAll('.practice-card')[4];
             card.dispatchEvent(new CustomEvent('practice:answer', { detail: { card, right: false } }));
             return new Promise(resolve => setTimeout(() => resolve(globalThis.shown), 100))")
        .await?;
    assert_eq!(shown, 1);
    assert_eq!(current(&browser).await?, (5, true, "again".to_string()));
    // The reader goes on when the answer is read.
    key(&browser, " ").await?;
    assert_eq!(current(&browser).await?, (6, false, String::new()));
    Ok(())
}
