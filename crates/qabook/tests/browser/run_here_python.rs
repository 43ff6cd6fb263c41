//! Running the Python beside a program where the book is served.

use anyhow::Result;

use crate::accessibility::violations;
use crate::browser::Browser;
use crate::cards::Card;
use crate::programs::open;
use crate::run_here::{is_told_of, run};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    python_is_compared_with_its_own_record,
    a_program_in_python_that_fails_says_so,
    axe_finds_nothing_on_a_card_whose_python_ran,
];

/// The card of `name` with its Python beside.
async fn open_python(browser: &Browser, name: &str) -> Result<Card> {
    let card = open(browser, name).await?;
    card.press("python").await?;
    Ok(card)
}

/// Runs the Python of a card: what the card says then.
async fn run_python(card: &Card) -> Result<String> {
    card.press("run-python").await?;
    card.ended().await
}

async fn python_is_compared_with_its_own_record(browser: Browser) -> Result<()> {
    let card = open_python(&browser, "twin-differs").await?;
    let status = run_python(&card).await?;
    assert!(is_told_of(&status, "CPython", "运行成功：与录制的不同"), "{status}");
    let card = Card::here(&browser, "twin").await?;
    let status = run_python(&card).await?;
    assert!(is_told_of(&status, "CPython", "运行成功：与录制一致"), "{status}");
    assert_eq!(card.output().await?, "2 Python\n");
    assert!(card.js::<bool>("$('.snippet-fresh').innerText.startsWith('Python 刚刚运行的输出')").await?);
    // The record that it was compared with stands there all the time; that of Rust comes back.
    assert_eq!(card.js::<String>("$('.snippet-printed samp').innerText").await?, "2 Python\n");
    card.press("swap").await?;
    assert_eq!(card.output().await?, "2\n");
    run(&card, "运行成功：与录制一致").await?;
    assert_eq!(card.output().await?, "2\n");
    card.press("swap").await?;
    assert_eq!(card.output().await?, "2\n");
    Ok(())
}

async fn a_program_in_python_that_fails_says_so(browser: Browser) -> Result<()> {
    let card = open_python(&browser, "twin-fails").await?;
    let status = run_python(&card).await?;
    assert!(is_told_of(&status, "CPython", "运行出错：程序没有正常结束，退出码 1"), "{status}");
    assert_eq!(card.output().await?, "坏了\n");
    Ok(())
}

async fn axe_finds_nothing_on_a_card_whose_python_ran(browser: Browser) -> Result<()> {
    let card = open_python(&browser, "twin").await?;
    for theme in ["light", "navy"] {
        browser.choose_theme(theme).await?;
        run_python(&card).await?;
        for _ in 0..2 {
            let found = violations(&browser, "undefined").await?;
            let found: Vec<_> = found.into_iter().filter(|violation| !violation.is_kept()).collect();
            assert_eq!(found, [], "in {theme}");
            card.press("swap").await?;
        }
    }
    Ok(())
}
