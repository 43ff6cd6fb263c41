//! The home page: what the book is, a program, the questions, a random one.

use anyhow::{Context, Result};
use std::collections::HashSet;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, HOME_PRINTS};

pub(crate) const TESTS: &[Test] = tests![
    five_parts_list_all_questions,
    one_program_is_on_it_with_its_output,
    the_random_question_is_a_question_and_changes,
    the_random_question_is_not_one_that_the_reader_knows,
    the_keyboard_alone_leads_from_home_to_a_chapter,
    one_key_leads_to_the_first_card,
];

async fn five_parts_list_all_questions(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let counts: Vec<u32> = browser
        .js("return [...document.querySelectorAll('.question-part')].map(part => part.querySelectorAll('li').length)")
        .await?;
    assert_eq!(counts, [17, 4, 13, 7, 12]);
    let parts: Vec<String> = browser
        .js("return [...document.querySelectorAll('.question-part-title a')].map(link => link.getAttribute('href'))")
        .await?;
    for part in parts {
        browser.go(&part).await?;
        browser.find("ol.part-index").await?;
    }
    Ok(())
}

async fn one_program_is_on_it_with_its_output(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let cards: u32 = browser.js("return document.querySelectorAll('figure.snippet').length").await?;
    assert_eq!(cards, 1);
    let text = browser.find("figure.snippet").await?.text().await?;
    assert!(text.contains(HOME_PRINTS), "{text}");
    Ok(())
}

async fn the_random_question_is_a_question_and_changes(browser: Browser) -> Result<()> {
    let mut seen = HashSet::new();
    for _ in 0..6 {
        browser.go("").await?;
        browser.find("a.random-question").await?.click().await?;
        browser.find("header.question-header").await?;
        seen.insert(browser.driver.current_url().await?.path().to_string());
        // From one question to another one.
        browser.find(".question-end a.random-question").await?.click().await?;
        browser.find("header.question-header").await?;
        seen.insert(browser.driver.current_url().await?.path().to_string());
    }
    // Twelve times the same of fifty by chance: less than once in 10^18.
    assert!(seen.len() > 1, "{seen:?}");
    Ok(())
}

async fn one_key_leads_to_the_first_card(browser: Browser) -> Result<()> {
    for (door, page) in [("1", "review.html"), ("2", "statements.html"), ("3", "network/python-network-modules.html")] {
        browser.go("").await?;
        browser.find(".practice-doors").await?;
        browser.driver.active_element().await?.send_keys(door).await?;
        browser.until(&format!("location.pathname.endsWith('{page}')")).await?;
    }
    browser.go("").await?;
    browser.driver.active_element().await?.send_keys("1").await?;
    browser.until("document.querySelector('.practice-card[aria-current=true]')").await?;
    browser.driver.active_element().await?.send_keys(" ").await?;
    browser.until("document.querySelector('.practice-card[aria-current=true] details').open").await?;
    Ok(())
}

async fn the_random_question_is_not_one_that_the_reader_knows(browser: Browser) -> Result<()> {
    browser.go("").await?;
    browser
        .js::<()>(
            "const marks = {};
             for (const item of document.querySelectorAll('main li[data-question]')) {
                 marks[item.dataset.question] = { mark: item.dataset.question === 'arp' ? 'again' : 'known', at: 1 };
             }
             localStorage.setItem('wenxiu:progress', JSON.stringify({ format: 'wenxiu-progress', version: 1, marks }))",
        )
        .await?;
    for _ in 0..3 {
        browser.go("").await?;
        browser.find("a.random-question").await?.click().await?;
        browser.until(&format!("location.pathname.endsWith('/{ARP}')")).await?;
    }
    Ok(())
}

async fn the_keyboard_alone_leads_from_home_to_a_chapter(browser: Browser) -> Result<()> {
    browser.go("").await?;
    // The first stop is the skip link, so that nobody tabs through the table of contents.
    press(&browser, Key::Tab).await?;
    assert!(browser.js::<bool>("return document.activeElement.matches('.skip-link')").await?);
    press(&browser, Key::Enter).await?;
    for _ in 0..60 {
        press(&browser, Key::Tab).await?;
        if browser.js::<bool>("return document.activeElement.matches('.question-part-list a')").await? {
            let href: String = browser.js("return document.activeElement.href").await?;
            press(&browser, Key::Enter).await?;
            browser.until(&format!("location.href === '{href}'")).await?;
            browser.find("header.question-header").await?;
            return Ok(());
        }
    }
    anyhow::bail!("60 times Tab lead to no question")
}

/// Presses a key wherever the focus is.
async fn press(browser: &Browser, key: Key) -> Result<()> {
    let focused = browser.driver.active_element().await.context("the focus")?;
    Ok(focused.send_keys(key + "").await?)
}
