//! What is asked on a practice page: chips, links into views, the cards of a day.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::practice::{REVIEW, current, dealt, kept, key};
use crate::trials::{Test, tests};
use crate::wenxiu::{QUESTIONS, QUESTIONS_OF_PART};

pub(crate) const TESTS: &[Test] = tests![
    chips_say_how_many_they_leave,
    a_link_leads_into_a_view,
    a_view_that_is_empty_says_so_and_can_be_left,
    marks_of_the_chapters_choose_what_is_asked,
    escape_leads_from_the_filters_to_the_cards,
    each_day_has_its_due_cards_and_ten_new_ones,
    another_tab_changes_the_counts,
    what_was_not_known_is_asked_again_until_it_is,
];

/// The count on a chip.
async fn count(browser: &Browser, facet: &str, value: &str) -> Result<u32> {
    let chip = format!(".practice-chip[data-facet='{facet}'][value='{value}'] .practice-count");
    let text: String = browser.js(&format!("return document.querySelector(\"{chip}\").textContent")).await?;
    Ok(text.parse()?)
}

/// Clicks a chip, also one of a group that is folded.
async fn choose(browser: &Browser, facet: &str, value: &str) -> Result<()> {
    browser.js::<()>("document.querySelector('.practice-filters').open = true").await?;
    Ok(browser.find(&format!(".practice-chip[data-facet='{facet}'][value='{value}']")).await?.click().await?)
}

/// Opens a practice page with what stands in its address after `?`.
async fn open(browser: &Browser, page: &str, view: &str) -> Result<()> {
    browser.go(&format!("{page}?{view}")).await?;
    browser.find(".practice-bar").await?;
    Ok(())
}

async fn chips_say_how_many_they_leave(browser: Browser) -> Result<()> {
    open(&browser, REVIEW, "").await?;
    let parts: Vec<(String, u32)> = browser
        .js("return [...document.querySelectorAll('.practice-chip[data-facet=part]')].map(chip =>
                 [chip.value, Number(chip.querySelector('.practice-count').textContent)])")
        .await?;
    assert_eq!(parts.iter().map(|(_, count)| count).sum::<u32>(), QUESTIONS);
    let (part, of_part) = &parts[0];
    assert_eq!(*of_part, QUESTIONS_OF_PART);
    choose(&browser, "part", part).await?;
    assert_eq!(dealt(&browser).await?, *of_part);
    let basic = count(&browser, "level", "basic").await?;
    ensure!(basic > 0 && basic < *of_part, "{basic}");
    choose(&browser, "level", "basic").await?;
    assert_eq!(dealt(&browser).await?, basic);
    assert_eq!(count(&browser, "show", "").await?, basic);
    // Pressed once more it is taken away.
    choose(&browser, "part", part).await?;
    assert_eq!(dealt(&browser).await?, count(&browser, "show", "").await?);
    ensure!(dealt(&browser).await? > basic);
    Ok(())
}

async fn a_link_leads_into_a_view(browser: Browser) -> Result<()> {
    open(&browser, REVIEW, "").await?;
    let (part, tag): (String, String) = browser
        .js("const { part, tags } = document.querySelector('.practice-card').dataset; return [part, tags.split('|')[0]]")
        .await?;
    // The tag of a single question is offered, too, when a link names it.
    for view in
        [json!([["part", part], ["level", "basic"]]), json!([["tag", tag], ["tag", "TCP"], ["show", "unmarked"]])]
    {
        let query: String = browser.js(&format!("return String(new URLSearchParams({view}))")).await?;
        open(&browser, REVIEW, &query).await?;
        let cards = dealt(&browser).await?;
        ensure!(cards > 0 && cards < QUESTIONS, "{cards} of {query}");
        let strangers: u32 = browser
            .js("const wanted = new URLSearchParams(location.search);
                 return [...document.querySelectorAll('.practice-card:not([hidden])')].filter(({ dataset }) =>
                     ['part', 'level'].some(name => wanted.has(name) && wanted.get(name) !== dataset[name])
                     || wanted.has('tag') && !dataset.tags.split('|').some(tag => wanted.getAll('tag').includes(tag))).length")
            .await?;
        assert_eq!(strangers, 0, "{query}");
        let pressed: u32 =
            browser.js("return document.querySelectorAll('.practice-chip[aria-pressed=true]').length").await?;
        let named = u32::try_from(view.as_array().map_or(0, Vec::len))?;
        // 全部 is pressed where no other of its group is.
        assert_eq!(pressed, named + u32::from(!query.contains("show")), "{query}");
        let address = browser.driver.current_url().await?;
        browser.driver.refresh().await?;
        browser.find(".practice-bar").await?;
        assert_eq!(dealt(&browser).await?, cards);
        assert_eq!(browser.driver.current_url().await?, address);
    }
    Ok(())
}

async fn a_view_that_is_empty_says_so_and_can_be_left(browser: Browser) -> Result<()> {
    for view in ["show=again", "part=nothing", "part=nothing&show=due", "tag=%3Cb%3E&level=%22"] {
        browser.go(&format!("{REVIEW}?{view}")).await?;
        let clear = browser.find(".practice-empty[role=status] button").await?;
        assert_eq!(dealt(&browser).await?, 0, "{view}");
        let hidden: bool = browser.js("return document.querySelector('.practice-bar').hidden").await?;
        ensure!(hidden, "{view}: there is nothing to answer");
        clear.click().await?;
        assert_eq!(dealt(&browser).await?, QUESTIONS, "{view}");
        assert_eq!(browser.js::<String>("return location.search").await?, "");
        key(&browser, " ").await?;
        assert_eq!(current(&browser).await?, (1, true, String::new()));
    }
    // A value that nobody knows is none.
    open(&browser, REVIEW, "show=everything&other=1").await?;
    assert_eq!(dealt(&browser).await?, QUESTIONS);
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn marks_of_the_chapters_choose_what_is_asked(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let marks = json!({ "arp": { "mark": "known", "at": 1 }, "osi-model": { "mark": "again", "at": 2 },
        "deadlock": { "mark": "none", "at": 3 } });
    let progress = json!({ "format": "wenxiu-progress", "version": 1, "marks": marks }).to_string();
    browser.js::<()>(&format!("localStorage.setItem('wenxiu:progress', '{progress}')")).await?;
    open(&browser, REVIEW, "show=unmarked").await?;
    assert_eq!(dealt(&browser).await?, QUESTIONS - 2);
    open(&browser, REVIEW, "show=again").await?;
    let asked: Vec<String> = browser
        .js("return [...document.querySelectorAll('.practice-card:not([hidden])')].map(card => card.dataset.card)")
        .await?;
    assert_eq!(asked, ["q:osi-model"]);
    // Marked long ago: both are due, before what is new.
    open(&browser, REVIEW, "show=due").await?;
    let first: Vec<String> = browser
        .js("return [...document.querySelectorAll('.practice-card:not([hidden])')].slice(0, 2).map(card => card.dataset.card)")
        .await?;
    assert_eq!((first.len(), dealt(&browser).await?), (2, 12));
    ensure!(first.contains(&"q:arp".to_string()) && first.contains(&"q:osi-model".to_string()), "{first:?}");
    Ok(())
}

async fn escape_leads_from_the_filters_to_the_cards(browser: Browser) -> Result<()> {
    open(&browser, REVIEW, "").await?;
    choose(&browser, "level", "basic").await?;
    // Keys of a button press it.
    key(&browser, " ").await?;
    assert_eq!(dealt(&browser).await?, QUESTIONS);
    key(&browser, thirtyfour::Key::Escape + "").await?;
    let on_card: bool =
        browser.js("return document.activeElement.matches('.practice-card[aria-current=true]')").await?;
    ensure!(on_card, "the focus stays in the filters");
    Ok(())
}

/// Sets the clock of the pages that come to `days` after now.
async fn days_later(browser: &Browser, days: u32) -> Result<()> {
    let source = format!(
        "{{ const Today = globalThis.today ?? Date;
            const shift = {days} * 864e5;
            globalThis.Date = class extends Today {{
                constructor(...parts) {{ if (parts.length > 0) super(...parts); else super(Today.now() + shift); }}
                static now() {{ return Today.now() + shift; }}
            }};
            globalThis.today = Today; }}"
    );
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    Ok(())
}

async fn each_day_has_its_due_cards_and_ten_new_ones(browser: Browser) -> Result<()> {
    open(&browser, REVIEW, "show=due").await?;
    assert_eq!(dealt(&browser).await?, 10);
    // Nine are known, the fourth isn't.
    for card in 1..=10 {
        key(&browser, " ").await?;
        key(&browser, if card == 4 { "2" } else { "1" }).await?;
    }
    browser.driver.refresh().await?;
    browser.find(".practice-empty button").await?;
    assert_eq!(dealt(&browser).await?, 0, "ten new ones are enough for a day");
    let fourth: String = browser.js("return document.querySelectorAll('.practice-card')[3].dataset.card").await?;

    days_later(&browser, 1).await?;
    open(&browser, REVIEW, "show=due").await?;
    let first: String =
        browser.js("return document.querySelector('.practice-card:not([hidden])').dataset.card").await?;
    assert_eq!(
        (first, dealt(&browser).await?),
        (fourth.clone(), 11),
        "what wasn't known comes first, then ten new ones"
    );
    key(&browser, " ").await?;
    key(&browser, "1").await?;
    let cards = kept(&browser, "cards").await?;
    assert_eq!(cards["cards"][&fourth]["reps"], 2);

    days_later(&browser, 30).await?;
    open(&browser, REVIEW, "show=due").await?;
    assert_eq!(dealt(&browser).await?, 20, "all ten are due after a month");
    let dues: Vec<f64> = browser
        .js("const { cards } = JSON.parse(localStorage.getItem('wenxiu:cards'));
             return [...document.querySelectorAll('.practice-card:not([hidden])')].map(card => cards[card.dataset.card]?.due)
                 .filter(Boolean)")
        .await?;
    ensure!(dues.len() == 10 && dues.is_sorted(), "the longest due come first: {dues:?}");
    Ok(())
}

async fn another_tab_changes_the_counts(browser: Browser) -> Result<()> {
    open(&browser, REVIEW, "").await?;
    let first = browser.driver.window().await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    open(&browser, REVIEW, "").await?;
    key(&browser, " ").await?;
    key(&browser, "2").await?;
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('.practice-chip[value=again] .practice-count').textContent === '1'").await?;
    Ok(())
}

async fn what_was_not_known_is_asked_again_until_it_is(browser: Browser) -> Result<()> {
    const FOLLOW_UPS: &str = "follow-ups.html";
    open(&browser, FOLLOW_UPS, "").await?;
    for pressed in [" ", "2", " ", "1"] {
        key(&browser, pressed).await?;
    }
    assert_eq!(count(&browser, "show", "again").await?, 1);
    // By then both are due.
    for days in [0, 60] {
        days_later(&browser, days).await?;
        open(&browser, FOLLOW_UPS, "show=again").await?;
        assert_eq!(dealt(&browser).await?, 1, "after {days} days");
    }
    key(&browser, " ").await?;
    key(&browser, "1").await?;
    assert_eq!(count(&browser, "show", "again").await?, 0);
    Ok(())
}
