//! Choice questions on their own page: chosen, judged, explained.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::accessibility::{COLOURS, violations_in};
use crate::browser::Browser;
use crate::progress::text;
use crate::trials::{Test, tests};
use crate::wenxiu::{FLAGS, LAYERS};

pub(crate) const TESTS: &[Test] = tests![
    nothing_is_given_away_before_the_choice,
    a_right_choice_is_told_so,
    what_is_wrong_and_what_is_missing_is_marked,
    a_new_choice_is_not_judged_yet,
    without_a_choice_it_asks_for_one,
    one_of_several_by_keyboard,
    it_fits_a_phone_and_axe_finds_nothing,
    colours_of_the_system_keep_the_marks,
    without_scripts_it_reads_whole,
];

/// The letters that are right by the page's own reasons.
const RIGHT: &str =
    "[...document.querySelectorAll('.option-reasons [data-right=true] .option-letter')].map(l => l.textContent)";

async fn letters(browser: &Browser, list: &str) -> Result<Vec<String>> {
    browser.js(&format!("return {list}")).await
}

/// The letters of all options.
async fn all(browser: &Browser) -> Result<Vec<String>> {
    letters(browser, "[...document.querySelectorAll('.question-options input')].map(input => input.value)").await
}

/// The letters that are marked as `result`.
async fn marked(browser: &Browser, result: &str) -> Result<Vec<String>> {
    let items = format!("[...document.querySelectorAll('.question-options [data-result={result}] input')]");
    letters(browser, &format!("{items}.map(input => input.value)")).await
}

/// Changes the choice of the option `letter`.
async fn choose(browser: &Browser, letter: &str) -> Result<()> {
    let label = format!(".question-options label:has([value={letter}])");
    Ok(browser.find(&label).await?.click().await?)
}

/// Asks whether the choice is right, and returns what is said.
async fn judge(browser: &Browser) -> Result<String> {
    // Not under the bar at the bottom of a phone.
    browser
        .js::<()>("document.querySelector('.question-options [type=submit]').scrollIntoView({ block: 'center' })")
        .await?;
    browser.find(".question-options [type=submit]").await?.click().await?;
    browser.until("document.querySelector('.option-verdict').textContent").await?;
    text(browser, ".option-verdict").await
}

async fn nothing_is_given_away_before_the_choice(browser: Browser) -> Result<()> {
    browser.go(FLAGS).await?;
    let options = all(&browser).await?;
    ensure!(options.len() >= 3, "{options:?}");
    let right = letters(&browser, RIGHT).await?;
    ensure!(right.len() > 1 && right.iter().all(|letter| options.contains(letter)), "{right:?} of {options:?}");
    let (open, above): (bool, bool) = browser
        .js("const answer = document.querySelector('.question-header details.question-answer');
             const form = document.querySelector('.question-header form.question-options');
             const hidden = [...answer.querySelectorAll('.one-sentence, .option-reasons')].every(part => !part.checkVisibility());
             return [answer.open || !hidden, Boolean(form.compareDocumentPosition(answer) & 4)]")
        .await?;
    assert_eq!((open, above), (false, true), "the answer is closed, below the options");
    // A choice by itself tells nothing either.
    for letter in &options {
        choose(&browser, letter).await?;
    }
    let told: u32 = browser
        .js("return document.querySelectorAll('[data-result], .option-result, details.question-answer[open]').length")
        .await?;
    assert_eq!(told, 0);
    assert_eq!(text(&browser, ".option-verdict").await?, "");
    Ok(())
}

async fn a_right_choice_is_told_so(browser: Browser) -> Result<()> {
    browser.go(FLAGS).await?;
    let right = letters(&browser, RIGHT).await?;
    for letter in &right {
        choose(&browser, letter).await?;
    }
    assert_eq!(judge(&browser).await?, "对了。");
    assert_eq!(marked(&browser, "hit").await?, right);
    assert_eq!((marked(&browser, "false").await?, marked(&browser, "missed").await?), (vec![], vec![]));
    browser.until("document.querySelector('details.question-answer').open").await?;
    browser.until("document.querySelector('.option-reasons').getClientRects().length > 0").await
}

async fn what_is_wrong_and_what_is_missing_is_marked(browser: Browser) -> Result<()> {
    browser.go(LAYERS).await?;
    let right = letters(&browser, RIGHT).await?;
    let wrong: Vec<String> = all(&browser).await?.into_iter().filter(|letter| !right.contains(letter)).collect();
    ensure!(right.len() == 1 && !wrong.is_empty(), "{right:?}, {wrong:?}");
    for letter in &wrong {
        choose(&browser, letter).await?;
        assert_eq!(judge(&browser).await?, format!("不对，正确答案是 {}。", right[0]));
        // Of one that may be chosen the others are free again.
        assert_eq!(marked(&browser, "false").await?, std::slice::from_ref(letter));
        assert_eq!(marked(&browser, "missed").await?, right);
        assert_eq!(marked(&browser, "hit").await?, Vec::<String>::new());
    }
    // In words: not by colour alone.
    let words: Vec<String> =
        letters(&browser, "[...document.querySelectorAll('.option-result')].map(result => result.textContent).sort()")
            .await?;
    assert_eq!(words, ["漏选了", "选错了"]);
    Ok(())
}

async fn a_new_choice_is_not_judged_yet(browser: Browser) -> Result<()> {
    browser.go(FLAGS).await?;
    let letter = &letters(&browser, RIGHT).await?[0];
    choose(&browser, letter).await?;
    judge(&browser).await?;
    assert_eq!(marked(&browser, "hit").await?, std::slice::from_ref(letter));
    choose(&browser, letter).await?;
    assert_eq!(browser.js::<u32>("return document.querySelectorAll('[data-result], .option-result').length").await?, 0);
    assert_eq!(text(&browser, ".option-verdict").await?, "");
    Ok(())
}

async fn without_a_choice_it_asks_for_one(browser: Browser) -> Result<()> {
    for (page, words) in [(LAYERS, "先选一项。"), (FLAGS, "先选一项，对的可能不止一项。")] {
        browser.go(page).await?;
        assert_eq!(judge(&browser).await?, words);
        let told: u32 = browser
            .js("return document.querySelectorAll('[data-result], details.question-answer[open]').length")
            .await?;
        assert_eq!(told, 0);
    }
    Ok(())
}

async fn one_of_several_by_keyboard(browser: Browser) -> Result<()> {
    browser.go(LAYERS).await?;
    let before = browser.driver.current_url().await?;
    let right = letters(&browser, RIGHT).await?;
    let steps = all(&browser).await?.iter().position(|letter| *letter == right[0]).unwrap_or(0);
    browser.js::<()>("document.querySelector('.question-options input').focus()").await?;
    press(&browser, Key::Space).await?;
    for _ in 0..steps {
        // The arrows choose; they don't turn the page.
        press(&browser, Key::Right).await?;
    }
    assert_eq!(letters(&browser, "[document.querySelector('.question-options :checked').value]").await?, right);
    press(&browser, Key::Enter).await?;
    browser.until("document.querySelector('.option-verdict').textContent === '对了。'").await?;
    assert_eq!(browser.driver.current_url().await?, before, "asking leaves the page where it is");
    Ok(())
}

/// Presses a key wherever the focus is.
pub(crate) async fn press(browser: &Browser, key: Key) -> Result<()> {
    Ok(browser.driver.active_element().await?.send_keys(key + "").await?)
}

async fn it_fits_a_phone_and_axe_finds_nothing(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    // Of the one some are chosen rightly and one is missed; of the other the choice is wrong.
    for page in [FLAGS, LAYERS] {
        browser.go(page).await?;
        for judged in [false, true] {
            if judged {
                let right = letters(&browser, RIGHT).await?;
                let wrong = all(&browser).await?.into_iter().find(|letter| !right.contains(letter));
                for letter in wrong.as_ref().map_or(&right[1..], std::slice::from_ref) {
                    choose(&browser, letter).await?;
                }
                judge(&browser).await?;
                let kinds = [marked(&browser, "hit").await?, marked(&browser, "false").await?];
                assert_eq!(kinds.map(|letters| letters.is_empty()), [page == LAYERS, page == FLAGS]);
            }
            let wide: i32 = browser.js("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(wide <= 0, "{wide} px too wide");
            let small: f64 = browser
                .js("return Math.min(...[...document.querySelectorAll('.question-options :is(label, button)')]
                         .map(element => element.getBoundingClientRect().height))")
                .await?;
            ensure!(small >= 44.0, "a finger needs more than {small} px");
            for (theme, rules) in [("light", "undefined"), ("navy", COLOURS)] {
                browser.choose_theme(theme).await?;
                let found = violations_in(&browser, "'.question-header'", rules).await?;
                assert_eq!(found, [], "{page}, judged: {judged}, in {theme}");
            }
        }
    }
    Ok(())
}

async fn colours_of_the_system_keep_the_marks(browser: Browser) -> Result<()> {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", forced).await?;
    browser.go(FLAGS).await?;
    let letter = all(&browser).await?[0].clone();
    choose(&browser, &letter).await?;
    judge(&browser).await?;
    let seen: bool = browser
        .js("return [...document.querySelectorAll('.option-result')].every(result => {
                 const { color } = getComputedStyle(result);
                 const { backgroundColor } = getComputedStyle(document.body);
                 return color !== backgroundColor && getComputedStyle(result, '::before').content.length > 2;
             })")
        .await?;
    assert!(seen, "the words and signs of the results are seen");
    Ok(())
}

async fn without_scripts_it_reads_whole(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    browser.go(FLAGS).await?;
    // The DevTools ask without the page's scripts.
    let shown = browser.find(".question-options [type=submit]").await?;
    assert!(!shown.is_displayed().await?, "a button that would do nothing isn't shown");
    browser.find("details.question-answer > summary").await?.click().await?;
    assert!(browser.find(".option-reasons").await?.is_displayed().await?);
    assert!(browser.find("details.question-answer .one-sentence").await?.is_displayed().await?);
    Ok(())
}
