//! Every program of the whole book, run from the page that shows it.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use crate::browser::Browser;
use crate::pages::all_pages;
use crate::run_here::cut_network;
use crate::trials::{Test, book_root, tests};

pub(crate) const TESTS: &[Test] = tests![every_program_of_the_book_runs_from_its_page_and_matches_its_record];

pub(crate) const PYTHON_TESTS: &[Test] = tests![every_twin_in_python_runs_from_its_page_and_matches_its_record];

/// The first run compiles the crates that the programs use.
const PATIENCE: Duration = Duration::from_mins(15);

async fn every_program_of_the_book_runs_from_its_page_and_matches_its_record(browser: Browser) -> Result<()> {
    let mut programs = BTreeSet::new();
    for part in ["examples", "compile-fail"] {
        for folder in fs::read_dir(book_root().join("snippets").join(part))? {
            programs.insert(folder?.file_name().to_string_lossy().into_owned());
        }
    }
    assert_eq!(run_all(&browser, "run").await?, programs, "every program is run from some page");
    Ok(())
}

async fn every_twin_in_python_runs_from_its_page_and_matches_its_record(browser: Browser) -> Result<()> {
    let mut twins = BTreeSet::new();
    for folder in fs::read_dir(book_root().join("snippets/examples"))? {
        let folder = folder?;
        if folder.path().join("python.txt").is_file() {
            twins.insert(folder.file_name().to_string_lossy().into_owned());
        }
    }
    ensure!(!twins.is_empty(), "no twin has a record");
    assert_eq!(run_all(&browser, "run-python").await?, twins, "every twin is run from some page");
    Ok(())
}

/// Presses a button of every card of the book that has it, with no network but this server: the names of the programs that
/// match their records. A card whose output is hidden or not recorded has nothing to compare with.
async fn run_all(browser: &Browser, button: &str) -> Result<BTreeSet<String>> {
    let site = browser.setup.here().address().to_string();
    cut_network(browser).await?;
    let mut matched = BTreeSet::new();
    let mut wrong = Vec::new();
    for page in all_pages(browser).await? {
        browser.driver.goto(format!("{site}/{page}")).await?;
        let cards = format!(
            "return [...document.querySelectorAll('.snippet')].filter(card => card.querySelector('[data-do={button}]'))\
             .map(card => [card.id, card.dataset.snippet])"
        );
        for (id, reference) in browser.js::<Vec<(String, String)>>(&cards).await? {
            let name = reference.split(':').next().unwrap_or_default().to_string();
            let status = run(browser, &id, button).await.with_context(|| format!("{reference} of {page}"))?;
            if status.starts_with("本机运行 · ") && status.ends_with("与录制一致") {
                matched.insert(name);
            } else if !(status.starts_with("本机运行 · ") && status.ends_with("运行成功")) {
                wrong.push(format!("{reference} of {page}: {status}"));
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(matched)
}

/// What the card `id` says after a run.
async fn run(browser: &Browser, id: &str, button: &str) -> Result<String> {
    let card =
        format!("const card = document.getElementById({id:?}); const status = card.querySelector('.snippet-status');");
    browser.js::<()>(&format!("{card} card.querySelector('[data-do={button}]').click()")).await?;
    let ended = format!("(() => {{ {card} return !('running' in card.dataset) && status.textContent; }})()");
    browser.until_within(PATIENCE, &ended).await?;
    browser.js(&format!("{card} return status.textContent")).await
}
