//! When cards come next: properties of the schedule with generated inputs, and days that pass.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, REVIEW};

pub(crate) const TESTS: &[Test] = tests![
    generated_histories_keep_every_card,
    days_pass_and_cards_come_back,
    a_day_brings_so_many_new_cards,
    a_mark_on_a_page_counts_as_a_review,
];

/// The properties, in JavaScript, where schedule and file format are.
const PROPERTIES: &str = include_str!("schedule.js");

/// How many histories each property gets.
const ROUNDS: u32 = 2_000;

/// What came of them.
#[derive(Debug, Deserialize)]
struct Outcome {
    /// How many inputs each property held for; those of a kind apart.
    tried: BTreeMap<String, u32>,
    broken: Option<String>,
}

async fn generated_histories_keep_every_card(browser: Browser) -> Result<()> {
    browser.go(REVIEW).await?;
    browser.driver.set_script_timeout(std::time::Duration::from_mins(2)).await?;
    let Outcome { tried, broken } = browser.js(&format!("const ROUNDS = {ROUNDS};\n{PROPERTIES}")).await?;
    println!("{tried:?}");
    assert_eq!(broken, None);
    for property in ["neverLosesACard", "importUndoesExport", "mergingIsFair", "whatIsKeptIsEnough"] {
        assert_eq!(tried.get(property), Some(&ROUNDS), "{property}");
    }
    // Of the damaged files some are refused for each reason that chance can make, and some hold what another file could.
    for kind in ["json", "foreign", "damaged", "good"] {
        assert!(tried.get(&format!("damageIsSeen {kind}")).is_some_and(|count| *count > 20), "{kind}: {tried:?}");
    }
    Ok(())
}

/// Noon of a day, in milliseconds of the browser's clock; from then on every page believes that it is then.
async fn set_clock(browser: &Browser, day: u32) -> Result<()> {
    let source = format!(
        "{{ const noon = new Date(2026, 10, 29, 12).getTime(), start = Date.now.call(Date), real = Date.now;
            Date.now = () => noon + {day} * 86400000 + real.call(Date) - start; }}"
    );
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    Ok(())
}

/// Grades a card as practising does.
async fn grade(browser: &Browser, id: &str, grade: &str) -> Result<()> {
    let script = format!("qabook.keepCards(qabookSchedule.grade(qabook.cards(), '{id}', '{grade}', Date.now()))");
    browser.js(&script).await
}

async fn days_pass_and_cards_come_back(browser: Browser) -> Result<()> {
    set_clock(&browser, 0).await?;
    browser.go(REVIEW).await?;
    for (id, value) in
        [("q:arp", "good"), ("q:osi-model", "again"), ("q:tcp-handshake", "easy"), ("s:arp:01234567", "again")]
    {
        grade(&browser, id, value).await?;
    }
    let mut seen = Vec::new();
    for day in 0..=18 {
        // A later script of the window runs after the earlier ones: the day is the last that was set.
        set_clock(&browser, day).await?;
        browser.go(REVIEW).await?;
        let due: Vec<String> = browser
            .js("return qabookSchedule.due(qabook.cards(), Object.keys(qabook.cards().cards), Date.now())")
            .await?;
        let queue: (u32, u32) = browser.js("const { again, due } = qabook.queue(); return [again, due]").await?;
        let questions = due.iter().filter(|id| id.starts_with("q:")).count();
        assert_eq!(queue, (0, u32::try_from(questions)?), "the queue is of questions, day {day}: {due:?}");
        for id in due {
            grade(&browser, &id, "good").await?;
            seen.push((day, id));
        }
    }
    let days = |id: &str| seen.iter().filter(|(_, seen)| seen == id).map(|(day, _)| *day).collect::<Vec<_>>();
    // FSRS 6 with its default weights, nine of ten remembered: later and later.
    assert_eq!(days("q:arp"), [3, 17]);
    assert_eq!(days("q:osi-model"), [1, 4, 12]);
    assert_eq!(days("q:tcp-handshake"), [8]);
    assert_eq!(days("s:arp:01234567"), days("q:osi-model"));
    Ok(())
}

async fn a_day_brings_so_many_new_cards(browser: Browser) -> Result<()> {
    const SESSION: &str = "const ids = Array.from({ length: 30 }, (_, n) => `f:arp:${n}`);
                           const session = qabookSchedule.session(qabook.cards(), ids, Date.now());";
    for day in 0..3 {
        set_clock(&browser, day).await?;
        browser.go(REVIEW).await?;
        let first: Vec<String> = browser.js(&format!("{SESSION} return session")).await?;
        let fresh: Vec<&String> = first.iter().skip_while(|id| number(id) < day * 10).collect();
        assert_eq!(fresh.len(), 10, "day {day}: {first:?}");
        // Seven now: three are left of the day, however often the page is opened.
        browser
            .js::<()>(&format!(
                "{SESSION} let store = qabook.cards();
                 for (const id of session.filter(id => !store.cards[id]).slice(0, 7)) {{
                     store = qabookSchedule.grade(store, id, 'again', Date.now());
                     store = qabookSchedule.grade(store, id, 'good', Date.now());
                 }}
                 qabook.keepCards(store)"
            ))
            .await?;
        browser.go(REVIEW).await?;
        let left: Vec<String> =
            browser.js(&format!("{SESSION} return session.filter(id => !qabook.cards().cards[id])")).await?;
        assert_eq!(
            left.iter().map(|id| number(id)).collect::<Vec<_>>(),
            (0..3).map(|n| day * 10 + 7 + n).collect::<Vec<_>>()
        );
        browser
            .js::<()>(&format!(
                "{SESSION} let store = qabook.cards();
                 for (const id of session.filter(id => !store.cards[id])) {{
                     store = qabookSchedule.grade(store, id, 'easy', Date.now());
                 }}
                 qabook.keepCards(store)"
            ))
            .await?;
    }
    Ok(())
}

/// The number at the end of a made-up id.
fn number(id: &str) -> u32 {
    id.rsplit(':').next().and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}

async fn a_mark_on_a_page_counts_as_a_review(browser: Browser) -> Result<()> {
    set_clock(&browser, 0).await?;
    browser.go(REVIEW).await?;
    grade(&browser, "q:arp", "again").await?;
    set_clock(&browser, 1).await?;
    browser.go(ARP).await?;
    let waiting = "return qabook.waiting()";
    assert_eq!(browser.js::<Vec<String>>(waiting).await?, ["arp"]);
    crate::progress::press(&browser, "known").await?;
    browser.until("document.querySelector('.question-header [value=known]').ariaPressed === 'true'").await?;
    assert_eq!(
        browser.js::<Vec<String>>(waiting).await?,
        Vec::<String>::new(),
        "a mark takes it from the queue at once"
    );
    browser.go(REVIEW).await?;
    let (reps, last, at): (u32, f64, f64) = browser
        .js("const { cards } = qabookSchedule.replay(qabook.cards(), qabook.marks());
             return [cards['q:arp'].reps, cards['q:arp'].last, qabook.marks().arp.at]")
        .await
        .context("the card after replaying")?;
    assert_eq!(reps, 2);
    assert!((last - at).abs() < f64::EPSILON, "{last} {at}");
    Ok(())
}
