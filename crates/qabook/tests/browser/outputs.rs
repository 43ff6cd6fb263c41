//! Outputs to guess: answering by writing, by ordering lines, by choosing an error.

use anyhow::{Result, ensure};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::trials::{Test, book_root, tests};

pub(crate) const TESTS: &[Test] = tests![
    every_program_with_a_record_has_a_card,
    a_card_leads_to_its_program_in_the_chapter,
    what_is_written_right_is_right_whatever_spaces_end_its_lines,
    what_is_written_wrong_is_compared_line_by_line,
    what_is_typed_is_no_command_and_escape_leaves_the_field,
    lines_are_put_in_order_by_keyboard_alone,
    a_placed_line_can_be_moved_and_taken_back,
    lines_are_shuffled_the_same_way_each_time,
    an_error_is_chosen_among_others,
    the_way_to_answer_is_remembered,
];

pub(crate) const PAGE: &str = "outputs.html";
/// A card whose program prints something, and one whose program doesn't compile.
pub(crate) const PRINTS: &str = ".practice-card:not([data-fails])";
pub(crate) const FAILS: &str = ".practice-card[data-fails]";

/// What the page's own functions are called below: `card` is the current one, `record` are the lines of its record.
const PRELUDE: &str = "const card = document.querySelector('.practice-card[aria-current]');
     const $ = selector => card.querySelector(selector), $$ = selector => [...card.querySelectorAll(selector)];
     const record = qabookLines.of($('.outputs-record samp').textContent);";

/// Opens the page with the first card of `kind` as the current one, and keeps what the page tells of answers.
pub(crate) async fn open(browser: &Browser, kind: &str) -> Result<()> {
    browser.go(PAGE).await?;
    browser.until("document.querySelector('[data-folds] .practice-card[aria-current]')").await?;
    browser
        .js::<()>(&format!(
            "window.told = [];
             document.addEventListener('practice:answer', ({{ detail, target }}) =>
                 told.push([target.dataset.card, detail.right]));
             document.querySelector('{kind} .outputs-open').click()"
        ))
        .await?;
    browser.until(&format!("document.querySelector('{kind}[aria-current]')")).await
}

/// What `expression` is, with the names of [`PRELUDE`].
pub(crate) async fn js<T: serde::de::DeserializeOwned>(browser: &Browser, expression: &str) -> Result<T> {
    browser.js(&format!("{PRELUDE} return {expression};")).await
}

/// Clicks what `selector` names on the current card, as a finger does.
pub(crate) async fn press(browser: &Browser, selector: &str) -> Result<()> {
    let selector = format!("[aria-current] {selector}");
    browser.js::<()>(&format!("document.querySelector({selector:?}).scrollIntoView({{ block: 'center' }})")).await?;
    Ok(browser.find(&selector).await?.click().await?)
}

/// Presses keys where the focus is.
async fn keys(browser: &Browser, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
    Ok(browser.driver.active_element().await?.send_keys(keys).await?)
}

/// Tabs until `condition` holds for `focus`, the focused element.
async fn tab_to(browser: &Browser, condition: &str) -> Result<()> {
    for _ in 0..200 {
        if browser.js(&format!("const focus = document.activeElement; return Boolean({condition})")).await? {
            return Ok(());
        }
        keys(browser, Key::Tab + "").await?;
    }
    anyhow::bail!("Tab never reaches where {condition}")
}

/// Answers in the field, which gets `lines`, a JavaScript expression.
pub(crate) async fn write(browser: &Browser, lines: &str) -> Result<()> {
    press(browser, "[value=write]").await?;
    let text: Vec<String> = js(browser, lines).await?;
    browser.find("[aria-current] .outputs-field").await?.send_keys(text.join("\n")).await?;
    press(browser, ".outputs-compare").await
}

/// What was told of the card, and how it stands there.
async fn verdict(browser: &Browser) -> Result<(Vec<bool>, String, bool, String)> {
    js(
        browser,
        "[told.filter(([id]) => id === card.dataset.card).map(([, right]) => right),
          $('.outputs-result').dataset.right, $('details').open, card.dataset.grade]",
    )
    .await
}

fn told(right: bool) -> (Vec<bool>, String, bool, String) {
    (vec![right], right.to_string(), true, if right { "known" } else { "again" }.to_string())
}

async fn every_program_with_a_record_has_a_card(browser: Browser) -> Result<()> {
    let mut programs = BTreeSet::new();
    for (folder, record) in [("examples", "output.txt"), ("compile-fail", "error.txt")] {
        for entry in fs::read_dir(book_root().join("snippets").join(folder))? {
            let entry = entry?;
            // All programs of the book are in a chapter: `qabook check` reports any that isn't.
            if !fs::read_to_string(entry.path().join(record))?.trim().is_empty() {
                programs.insert(format!("o:{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    ensure!(programs.len() > 70, "{programs:?}");
    browser.go(PAGE).await?;
    let cards: Vec<String> =
        browser.js("return [...document.querySelectorAll('.practice-card')].map(card => card.dataset.card)").await?;
    assert_eq!(cards.len(), programs.len());
    assert_eq!(cards.into_iter().collect::<BTreeSet<_>>(), programs);
    Ok(())
}

async fn a_card_leads_to_its_program_in_the_chapter(browser: Browser) -> Result<()> {
    open(&browser, FAILS).await?;
    let (name, record): (String, String) =
        js(&browser, "[card.dataset.card.slice(2), $('.outputs-record samp').textContent]").await?;
    keys(&browser, " ").await?;
    browser.until("document.querySelector('[aria-current] details').open").await?;
    press(&browser, ".practice-source a").await?;
    let recorded = "document.querySelector('.snippet:target .snippet-recorded samp')";
    browser.until(recorded).await?;
    assert_eq!(browser.js::<String>(&format!("return {recorded}.textContent")).await?, record);
    let shown: String = browser.js("return document.querySelector(':target').dataset.snippet").await?;
    assert!(shown.starts_with(&name), "{shown} is not {name}");
    Ok(())
}

async fn what_is_written_right_is_right_whatever_spaces_end_its_lines(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    write(&browser, "[...record.map(line => `${line}  `), '', '']").await?;
    assert_eq!(verdict(&browser).await?, told(true));
    let kept: bool = js(&browser, "card.dataset.card in qabook.cards().cards").await?;
    assert!(kept, "the schedule has it");
    Ok(())
}

async fn what_is_written_wrong_is_compared_line_by_line(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    press(&browser, ".outputs-compare").await?;
    let message: String = js(&browser, "$('.outputs-status').textContent").await?;
    ensure!(!message.is_empty() && !js::<bool>(&browser, "$('details').open").await?, "nothing is not compared");
    write(&browser, "['?', ...record.slice(1)]").await?;
    assert_eq!(verdict(&browser).await?, told(false));
    let rows: Vec<(String, String)> =
        js(&browser, "$$('.outputs-diff li').map(row => [row.dataset.kind, row.querySelector('samp').textContent])")
            .await?;
    let record: Vec<String> = js(&browser, "record").await?;
    let row = |kind: &str, line: &str| (kind.to_string(), line.to_string());
    let mut expected = vec![row("extra", "?"), row("missing", &record[0])];
    expected.extend(record[1..].iter().map(|line| row("same", line)));
    assert_eq!(rows, expected);
    // Each row says in words what it is, and the numbers are told.
    let words: BTreeSet<String> = js(&browser, "$$('.outputs-kind').map(kind => kind.textContent)").await?;
    ensure!(words.len() == 3 && !words.contains(""), "{words:?}");
    let counts: String = js(&browser, "$('.outputs-counts').textContent").await?;
    ensure!(counts.contains(&(record.len() - 1).to_string()) && counts.contains('1'), "{counts}");
    // What little is wrong in a line is marked in both.
    open(&browser, PRINTS).await?;
    write(&browser, "[`${record[0]}?`, ...record.slice(1)]").await?;
    let marks: Vec<String> = js(&browser, "$$('.outputs-diff mark').map(mark => mark.textContent)").await?;
    assert_eq!(marks, ["?"]);
    Ok(())
}

async fn what_is_typed_is_no_command_and_escape_leaves_the_field(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    press(&browser, "[value=write]").await?;
    let field = browser.find("[aria-current] .outputs-field").await?;
    field.click().await?;
    keys(&browser, "1 2 jk").await?;
    assert_eq!(field.prop("value").await?.as_deref(), Some("1 2 jk"));
    let (graded, open): (bool, bool) = js(&browser, "['grade' in card.dataset, $('details').open]").await?;
    ensure!(!graded && !open, "the page took letters for commands");
    keys(&browser, Key::Escape + "").await?;
    assert!(js::<bool>(&browser, "document.activeElement === card").await?);
    // From there Tab comes back to it, and Ctrl+Enter compares.
    tab_to(&browser, "focus.matches('.outputs-field')").await?;
    keys(&browser, Key::Control + Key::Enter).await?;
    assert_eq!(verdict(&browser).await?, told(false));
    Ok(())
}

async fn lines_are_put_in_order_by_keyboard_alone(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    browser.js::<()>("document.querySelector('[aria-current]').focus()").await?;
    tab_to(&browser, "focus.matches('.outputs-modes input')").await?;
    keys(&browser, Key::Right + "").await?;
    browser.until("document.querySelector('[aria-current] .outputs-pool').checkVisibility()").await?;
    let record: Vec<String> = js(&browser, "record").await?;
    for (n, line) in record.iter().enumerate() {
        let line = json!(line);
        // Backwards where it is above: the focus goes on to the next line.
        browser.js::<()>("document.querySelector('[aria-current] .outputs-modes input:checked').focus()").await?;
        tab_to(&browser, &format!("focus.matches('.outputs-pool *') && focus.textContent === {line}")).await?;
        keys(&browser, if n % 2 == 0 { Key::Enter } else { Key::Space } + "").await?;
        let placed: String = js(&browser, &format!("$$('.outputs-yours samp')[{n}].textContent")).await?;
        assert_eq!(json!(placed), line);
        let status: String = js(&browser, "$('.outputs-status').textContent").await?;
        ensure!(status.contains(&placed) && status.contains(&(n + 1).to_string()), "it isn't told: {status}");
    }
    assert!(js::<bool>(&browser, "document.activeElement.matches('.outputs-compare')").await?, "the focus goes on");
    keys(&browser, Key::Enter + "").await?;
    assert_eq!(verdict(&browser).await?, told(true));
    // Space goes on to the next card.
    keys(&browser, " ").await?;
    browser.until("told[0][0] !== document.querySelector('[aria-current]').dataset.card").await
}

async fn a_placed_line_can_be_moved_and_taken_back(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    press(&browser, "[value=order]").await?;
    let shuffled: Vec<String> = js(&browser, "$$('.outputs-pool samp').map(line => line.textContent)").await?;
    for _ in &shuffled {
        press(&browser, ".outputs-pool .outputs-line").await?;
    }
    let yours = "$$('.outputs-yours samp').map(line => line.textContent)";
    assert_eq!(js::<Vec<String>>(&browser, yours).await?, shuffled, "one after another");
    press(&browser, ".outputs-yours > :nth-child(2) .outputs-up").await?;
    assert_eq!(js::<Vec<String>>(&browser, yours).await?[..2], [shuffled[1].clone(), shuffled[0].clone()]);
    // The moved line has the focus; the arrows move it, too, and turn no page and no card.
    let before = browser.driver.current_url().await?;
    keys(&browser, Key::Down + "").await?;
    assert_eq!(js::<Vec<String>>(&browser, yours).await?, shuffled);
    assert_eq!(browser.driver.current_url().await?, before);
    press(&browser, ".outputs-yours .outputs-line").await?;
    assert_eq!(js::<Vec<String>>(&browser, yours).await?, shuffled[1..]);
    press(&browser, ".outputs-compare").await?;
    let (status, open): (String, bool) = js(&browser, "[$('.outputs-status').textContent, $('details').open]").await?;
    ensure!(status.contains('1') && !open, "a line is left: {status}");
    Ok(())
}

async fn lines_are_shuffled_the_same_way_each_time(browser: Browser) -> Result<()> {
    browser.go(PAGE).await?;
    let wrong: Vec<String> = browser
        .js("return qabookDeck.cards.filter(({ id, answer }) => {
                 const record = qabookLines.of(answer.querySelector('samp').textContent);
                 const orders = [0, 1].map(() => JSON.stringify(qabookLines.shuffled(record, id)));
                 const sorted = order => JSON.stringify([...JSON.parse(order)].sort());
                 const solved = orders[0] === JSON.stringify(record) && new Set(record).size > 1;
                 return orders[0] !== orders[1] || solved || sorted(orders[0]) !== sorted(JSON.stringify(record));
             }).map(({ id }) => id)")
        .await?;
    assert_eq!(wrong, Vec::<String>::new());
    Ok(())
}

async fn an_error_is_chosen_among_others(browser: Browser) -> Result<()> {
    for right in [true, false] {
        open(&browser, FAILS).await?;
        let choices: Vec<String> = js(&browser, "$$('.outputs-choice').map(choice => choice.textContent)").await?;
        assert_eq!(choices.len(), 4, "{choices:?}");
        press(&browser, if right { "[data-right] button" } else { "li:not([data-right]) button" }).await?;
        assert_eq!(verdict(&browser).await?, told(right));
        let marks: Vec<String> = js(&browser, "$$('.outputs-mark').map(mark => mark.textContent)").await?;
        ensure!(marks.len() == if right { 1 } else { 2 } && !marks.contains(&String::new()), "{marks:?}");
        assert!(js::<bool>(&browser, "$$('.outputs-choice').every(choice => choice.disabled)").await?, "one answer");
    }
    Ok(())
}

async fn the_way_to_answer_is_remembered(browser: Browser) -> Result<()> {
    open(&browser, PRINTS).await?;
    press(&browser, "[value=order]").await?;
    open(&browser, PRINTS).await?;
    assert!(js::<bool>(&browser, "$('[value=order]').checked && !$('.outputs-field').checkVisibility()").await?);
    Ok(())
}
