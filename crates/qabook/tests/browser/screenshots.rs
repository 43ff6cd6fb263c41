//! The pictures of the README, made by `.github/screenshots`.
//!
//! The Playground's answer is the output that was recorded when the program ran, so that no network is needed and nothing is
//! shown that the program doesn't print.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::trials::{Test, book_root, tests};
use crate::wenxiu::{ARP, COROUTINES};

pub(crate) const TESTS: &[Test] = tests![a_chapter_with_a_program_that_ran, a_phone_in_the_dark];

/// The largest picture that the repository takes.
const LIMIT: u64 = 300_000;

async fn a_chapter_with_a_program_that_ran(browser: Browser) -> Result<()> {
    browser.size(1440, 960).await?;
    browser.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
    browser.go(COROUTINES).await?;
    run_first_program(&browser).await?;
    save(&browser, "chapter.png").await
}

async fn a_phone_in_the_dark(browser: Browser) -> Result<()> {
    let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    browser.cdp("Emulation.setEmulatedMedia", dark).await?;
    let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    browser.cdp("Emulation.setDeviceMetricsOverride", phone).await?;
    browser.go(ARP).await?;
    browser.find(".question-header button[value=known]").await?.click().await?;
    // The outline of the pressed button is for the keyboard.
    browser.js::<()>("document.activeElement.blur(); scrollTo(0, 0)").await?;
    save(&browser, "phone-dark.png").await
}

/// Presses Run and waits until the card shows fresh output.
async fn run_first_program(browser: &Browser) -> Result<()> {
    browser
        .js::<()>(
            "const recorded = document.querySelector('figure.snippet samp').textContent;
             const answer = { success: true, exitDetail: 'Exited with status 0', stdout: recorded, stderr: '' };
             window.fetch = async () => Response.json(answer)",
        )
        .await?;
    browser.find("figure.snippet .snippet-run:not([hidden])").await?.click().await?;
    browser.until("document.querySelector('figure.snippet').textContent.includes('刚刚运行')").await?;
    browser
        .js::<()>(
            "document.activeElement.blur();
             scrollBy(0, document.querySelector('figure.snippet').getBoundingClientRect().top - 130)",
        )
        .await
}

/// Writes the window to `.github/NAME`.
async fn save(browser: &Browser, name: &str) -> Result<()> {
    browser.js::<()>("document.fonts.ready").await?;
    let file: PathBuf = book_root().join(".github").join(name);
    browser.picture(&file).await?;
    let size = file.metadata().with_context(|| file.display().to_string())?.len();
    ensure!(size < LIMIT, "{} has {size} bytes, more than {LIMIT}", file.display());
    Ok(())
}
