//! The review page: every question with its one-sentence answer, by keys, by taps, with one thumb.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use url::Url;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::QUESTIONS;

pub(crate) const TESTS: &[Test] = tests![
    keys_alone_lead_through_the_questions,
    keys_work_in_a_book_that_is_opened_as_a_file,
    arrows_move_within_the_page_and_never_turn_it,
    a_second_grade_takes_the_place_of_the_first,
    a_round_ends_and_what_was_not_known_comes_again,
    a_tap_on_a_question_shows_its_answer,
    one_thumb_goes_through_all_questions,
    who_hears_the_page_is_told_what_changes,
    without_storage_it_works_and_says_so,
    without_scripts_answers_open_one_by_one,
];

pub(crate) const REVIEW: &str = "review.html";

/// Presses a key where the focus is.
pub(crate) async fn key(browser: &Browser, key: impl Into<thirtyfour::TypingData>) -> Result<()> {
    Ok(browser.driver.active_element().await?.send_keys(key).await?)
}

/// The current card: its place in the round, whether its answer is shown, its grade in this round.
pub(crate) async fn current(browser: &Browser) -> Result<(usize, bool, String)> {
    browser
        .js("const card = document.querySelector('.practice-card[aria-current=true]');
             const round = [...document.querySelectorAll('.practice-card:not([hidden])')];
             return [round.indexOf(card) + 1, card.querySelector('details').open, card.dataset.grade ?? '']")
        .await
}

/// Presses a button of the bar, by its value.
pub(crate) async fn press(browser: &Browser, value: &str) -> Result<()> {
    Ok(browser.find(&format!(".practice-buttons [value={value}]:not([hidden])")).await?.click().await?)
}

/// How many cards are asked in this round.
pub(crate) async fn dealt(browser: &Browser) -> Result<u32> {
    browser.js("return document.querySelectorAll('.practice-card:not([hidden])').length").await
}

/// What the browser keeps: marks or cards, as JSON.
pub(crate) async fn kept(browser: &Browser, key: &str) -> Result<serde_json::Value> {
    let text: Option<String> = browser.js(&format!("return localStorage.getItem('wenxiu:{key}')")).await?;
    Ok(text.map_or(Ok(json!({})), |text| serde_json::from_str(&text))?)
}

/// Shows, grades, moves and hides by the keyboard; nothing has the focus to begin with.
async fn go_by_keys(browser: &Browser) -> Result<()> {
    browser.until("document.querySelector('.practice-bar')").await?;
    assert_eq!(current(browser).await?, (1, false, String::new()));
    key(browser, " ").await?;
    assert_eq!(current(browser).await?, (1, true, String::new()));
    key(browser, Key::Escape + "").await?;
    assert_eq!(current(browser).await?, (1, false, String::new()));
    key(browser, Key::Enter + "").await?;
    assert_eq!(current(browser).await?, (1, true, String::new()));
    key(browser, "1").await?;
    assert_eq!(current(browser).await?, (2, false, String::new()));
    key(browser, " ").await?;
    key(browser, "2").await?;
    assert_eq!(current(browser).await?.0, 3);
    for (pressed, place) in [("j", 4), ("k", 3), ("k", 2), ("J", 3)] {
        key(browser, pressed).await?;
        assert_eq!(current(browser).await?.0, place, "{pressed}");
    }
    let score: String = browser.js("return document.querySelector('.practice-score').textContent").await?;
    ensure!(score.contains("会 1") && score.contains("再看 1"), "{score}");
    Ok(())
}

async fn keys_alone_lead_through_the_questions(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    assert_eq!(dealt(&browser).await?, QUESTIONS);
    go_by_keys(&browser).await?;
    let slugs: Vec<String> = browser
        .js("return [...document.querySelectorAll('.practice-card')].slice(0, 2).map(card => card.dataset.question)")
        .await?;
    let (marks, cards) = (kept(&browser, "progress").await?, kept(&browser, "cards").await?);
    for (slug, mark) in slugs.iter().zip(["known", "again"]) {
        assert_eq!(marks["marks"][slug]["mark"], mark);
        assert_eq!(cards["cards"][format!("q:{slug}")]["reps"], 1);
    }
    assert_eq!(cards["cards"].as_object().context("cards")?.len(), 2);
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn keys_work_in_a_book_that_is_opened_as_a_file(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let book = browser.setup.published()?.unpack(folder.path())?;
    let page = Url::from_file_path(book.join(REVIEW)).ok().context("an absolute path")?;
    browser.driver.goto(format!("{page}?level=basic")).await?;
    browser.until("document.querySelector('.practice-bar')").await?;
    let basic = dealt(&browser).await?;
    ensure!(basic > 3 && basic < QUESTIONS, "{basic}");
    go_by_keys(&browser).await?;
    browser.driver.refresh().await?;
    browser.until("document.querySelector('.practice-bar')").await?;
    assert_eq!(kept(&browser, "cards").await?["cards"].as_object().context("cards")?.len(), 2);
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn arrows_move_within_the_page_and_never_turn_it(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    let address = browser.driver.current_url().await?;
    for (pressed, place) in [(Key::Down, 2), (Key::Down, 3), (Key::Up, 2), (Key::Up, 1), (Key::Up, 1)] {
        key(&browser, pressed + "").await?;
        assert_eq!(current(&browser).await?.0, place);
    }
    assert_eq!(browser.driver.current_url().await?, address);
    // Where one writes, keys write.
    browser.js::<()>("document.querySelector('main').prepend(document.createElement('input'))").await?;
    let input = browser.find("main > input").await?;
    input.send_keys("1 jk2").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("1 jk2"));
    assert_eq!(current(&browser).await?, (1, false, String::new()));
    // With Ctrl they are the browser's.
    browser.js::<()>("document.activeElement.blur()").await?;
    key(&browser, Key::Control + "1").await?;
    assert_eq!(kept(&browser, "cards").await?, json!({}));
    Ok(())
}

async fn a_second_grade_takes_the_place_of_the_first(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    for pressed in [" ", "2", "k", " ", "1"] {
        key(&browser, pressed).await?;
    }
    let card = "Object.values(JSON.parse(localStorage.getItem('wenxiu:cards')).cards)[0]";
    let (reps, lapses, days): (u32, u32, f64) = browser
        .js(&format!("const {{ reps, lapses, due, at }} = {card}; return [reps, lapses, (due - at) / 864e5]"))
        .await?;
    assert_eq!((reps, lapses), (1, 0));
    ensure!(days > 1.0, "a card that was known comes again after {days} days");
    let score: String = browser.js("return document.querySelector('.practice-score').textContent").await?;
    ensure!(score.contains("会 1") && score.contains("再看 0"), "{score}");
    Ok(())
}

async fn a_round_ends_and_what_was_not_known_comes_again(browser: Browser) -> Result<()> {
    browser.go("review.html?show=due").await?;
    browser.find(".practice-bar").await?;
    assert_eq!(dealt(&browser).await?, 10);
    // The third is left out: it comes again before the end.
    for pressed in [" ", "2", " ", "1", "j"].into_iter().chain([" ", "1"].repeat(7)) {
        key(&browser, pressed).await?;
    }
    assert_eq!(current(&browser).await?, (3, false, String::new()));
    key(&browser, " ").await?;
    key(&browser, "2").await?;
    let text: String = browser.js("return document.querySelector('.practice-score').textContent").await?;
    assert_eq!(text, "这一轮过完了：会 8，再看 2。");
    // Space does what the first button says.
    key(&browser, " ").await?;
    assert_eq!(dealt(&browser).await?, 2);
    assert_eq!(current(&browser).await?, (1, false, String::new()));
    for pressed in [" ", "1", " ", "1"] {
        key(&browser, pressed).await?;
    }
    let shown: Vec<String> = browser
        .js("return [...document.querySelectorAll('.practice-buttons button:not([hidden])')].map(({ value }) => value)")
        .await?;
    assert_eq!(shown, ["restart"]);
    Ok(())
}

async fn a_tap_on_a_question_shows_its_answer(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.find(".practice-card:nth-child(2) .practice-prompt p").await?.click().await?;
    assert_eq!(current(&browser).await?, (2, true, String::new()));
    browser.find(".practice-card:nth-child(1) summary").await?.click().await?;
    browser.until("document.querySelector('.practice-card').ariaCurrent === 'true'").await?;
    // The bar is about the one that was opened last.
    press(&browser, "known").await?;
    assert_eq!(kept(&browser, "cards").await?["cards"].as_object().context("cards")?.len(), 1);
    let grade: String = browser.js("return document.querySelector('.practice-card').dataset.grade").await?;
    assert_eq!(grade, "known");
    Ok(())
}

async fn one_thumb_goes_through_all_questions(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    browser.go(REVIEW).await?;
    browser.find(".practice-bar").await?;
    for question in 1..=QUESTIONS {
        for value in ["show", if question % 3 == 0 { "again" } else { "known" }] {
            let (reach, size): (f64, f64) = browser
                .js(&format!(
                    "const {{ top, bottom, width, height }} =
                         document.querySelector('.practice-buttons [value={value}]').getBoundingClientRect();
                     return [bottom <= innerHeight ? top / innerHeight : -1, Math.min(width, height)]"
                ))
                .await?;
            ensure!(reach > 0.55 && size >= 44.0, "{value} of question {question} is at {reach}, {size} px");
            press(&browser, value).await?;
            let part = if value == "show" { ".practice-answer" } else { ".practice-prompt" };
            let seen: bool = browser
                .js(&format!(
                    "const card = document.querySelector('.practice-card[aria-current=true] {part}').getBoundingClientRect();
                     const bar = document.querySelector('.practice-bar').getBoundingClientRect();
                     return card.top >= 0 && card.bottom <= bar.top + 1"
                ))
                .await?;
            ensure!(seen, "{part} of question {question} is not seen whole after {value}");
        }
    }
    let marks = kept(&browser, "progress").await?;
    assert_eq!(marks["marks"].as_object().context("marks")?.len(), QUESTIONS as usize);
    let text: String = browser.js("return document.querySelector('.practice-score').textContent").await?;
    let again = QUESTIONS / 3;
    assert_eq!(text, format!("这一轮过完了：会 {}，再看 {again}。", QUESTIONS - again));
    let width: u32 = browser.js("return document.documentElement.scrollWidth").await?;
    assert_eq!(width, 360);
    Ok(())
}

async fn who_hears_the_page_is_told_what_changes(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    let prompts: Vec<(String, String)> = browser
        .js("return [...document.querySelectorAll('.practice-card')].slice(0, 2).map(card =>
                 [card.querySelector('.practice-prompt').textContent.trim(), card.querySelector('details p').textContent.trim()])")
        .await?;
    let status = "return document.querySelector('.practice-bar [role=status]').textContent";
    let focused = "return document.activeElement.value || document.activeElement.className";
    press(&browser, "show").await?;
    let said: String = browser.js(status).await?;
    ensure!(said.contains(&prompts[0].1), "{said}");
    // The focus stays in the bar, where the thumb is.
    assert_eq!(browser.js::<String>(focused).await?, "known");
    press(&browser, "known").await?;
    let said: String = browser.js(status).await?;
    ensure!(said.contains(&prompts[1].0) && said.contains(&format!("第 2 题，共 {QUESTIONS} 题")), "{said}");
    assert_eq!(browser.js::<String>(focused).await?, "show");
    let bar: (String, String) = browser
        .js("const bar = document.querySelector('[role=progressbar]'); return [bar.ariaValueNow, bar.ariaValueMax]")
        .await?;
    assert_eq!(bar, ("1".to_string(), QUESTIONS.to_string()));
    // After a key it is on the card: Tab leads to what is in it.
    key(&browser, "j").await?;
    assert_eq!(browser.js::<String>(focused).await?, "practice-card");
    key(&browser, Key::Tab + "").await?;
    let within: bool =
        browser.js("return document.activeElement.matches('.practice-card[aria-current=true] summary')").await?;
    ensure!(within, "Tab leads elsewhere");
    Ok(())
}

async fn without_storage_it_works_and_says_so(browser: Browser) -> Result<()> {
    // Storage that is full refuses to write, storage that is forbidden refuses everything.
    for forbidden in ["['setItem']", "['getItem', 'setItem']"] {
        browser.forbid_storage(forbidden).await?;
        browser.go(REVIEW).await?;
        browser.find(".practice-bar").await?;
        key(&browser, " ").await?;
        key(&browser, "2").await?;
        assert_eq!(current(&browser).await?.0, 2);
        let (notice, again): (String, String) = browser
            .js("return [document.querySelector('.practice-notice').textContent,
                 document.querySelector('.practice-chip[value=again] .practice-count').textContent]")
            .await?;
        ensure!(notice.contains("不让网页保存数据"), "{notice}");
        // As long as the page is open it knows.
        assert_eq!(again, "1");
    }
    Ok(())
}

async fn without_scripts_answers_open_one_by_one(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    for page in [REVIEW, "statements.html", "follow-ups.html"] {
        browser.go(page).await?;
        let answer = browser.find(".practice-card:nth-child(2) .practice-answer > :nth-child(2)").await?;
        ensure!(!answer.is_displayed().await?, "{page} shows an answer");
        browser.find(".practice-card:nth-child(2) summary").await?.click().await?;
        ensure!(answer.is_displayed().await?, "{page} keeps its answer");
        ensure!(browser.driver.find_all(thirtyfour::By::Css(".practice-bar")).await?.is_empty(), "{page} has a bar");
    }
    Ok(())
}
