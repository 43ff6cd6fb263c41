//! The reader's marks.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, OSI, PART, QUESTIONS, QUESTIONS_OF_PART};

pub(crate) const TESTS: &[Test] = tests![
    marks_survive_a_reload_and_show_everywhere,
    a_mark_pressed_again_is_taken_away,
    another_tab_follows,
    exported_marks_come_back_by_import,
    of_two_marks_the_later_wins,
    a_wrong_file_is_refused_and_nothing_is_lost,
    marks_are_cleared_only_when_confirmed,
    without_storage_marks_last_as_long_as_the_page_and_it_says_so,
];

/// Presses 会 or 再看 below the title.
async fn press(browser: &Browser, value: &str) -> Result<()> {
    Ok(browser.find(&format!(".question-header button[value={value}]")).await?.click().await?)
}

/// What is counted of all questions.
fn of_all(marks: &str) -> String {
    format!("{marks} · 共 {QUESTIONS}")
}

/// What an element of the class reads.
async fn text(browser: &Browser, selector: &str) -> Result<String> {
    Ok(browser.find(selector).await?.text().await?)
}

async fn marks_survive_a_reload_and_show_everywhere(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.until("document.querySelector('.question-end [value=known]').ariaPressed === 'true'").await?;
    browser.go(OSI).await?;
    browser.find(".question-end button[value=again]").await?.click().await?;
    browser.driver.refresh().await?;
    browser.until("document.querySelector('.question-header [value=again]').ariaPressed === 'true'").await?;

    for (page, list, counts) in [
        (OSI, "#mdbook-sidebar .chapter-link-wrapper", of_all("会 1 · 再看 1")),
        (PART, ".part-index li", format!("会 1 · 再看 1 · 共 {QUESTIONS_OF_PART}")),
        ("", ".question-parts li", of_all("会 1 · 再看 1")),
    ] {
        browser.go(page).await?;
        for (slug, name) in [("arp", "会"), ("osi-model", "再看")] {
            let badge: String = browser
                .js(&format!(
                    "return getComputedStyle(document.querySelector('{list}[data-question={slug}]'), '::after').content"
                ))
                .await?;
            assert_eq!(badge, format!("\"{name}\""), "{slug} on {page}");
        }
        let place = if page == OSI { "#mdbook-sidebar .progress-counts" } else { "main .progress-counts" };
        assert_eq!(text(&browser, place).await?, counts, "{page}");
    }
    Ok(())
}

async fn a_mark_pressed_again_is_taken_away(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    press(&browser, "again").await?;
    browser.until("document.querySelectorAll('[value=again][aria-pressed=true]').length === 2").await?;
    browser.until("document.querySelectorAll('[value=known][aria-pressed=true]').length === 0").await?;
    press(&browser, "again").await?;
    browser.driver.refresh().await?;
    browser.find(".question-header button").await?;
    let pressed: u32 = browser.js("return document.querySelectorAll('main [aria-pressed=true]').length").await?;
    assert_eq!(pressed, 0);
    Ok(())
}

async fn another_tab_follows(browser: Browser) -> Result<()> {
    browser.go("").await?;
    let first = browser.driver.window().await?;
    let second = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(second).await?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.driver.switch_to_window(first).await?;
    browser.until("document.querySelector('main .progress-counts').textContent.startsWith('会 1')").await?;
    Ok(())
}

/// Presses 导出 and returns the file.
async fn export(browser: &Browser, folder: &Path) -> Result<PathBuf> {
    let allow = json!({ "behavior": "allow", "downloadPath": folder });
    browser.cdp("Browser.setDownloadBehavior", allow).await?;
    browser.find(".progress-tools [value=export]").await?.click().await?;
    for _ in 0..600 {
        let files = folder.read_dir()?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        if let Some(file) = files.into_iter().find(|file| file.extension().is_some_and(|end| end == "json")) {
            return Ok(file);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("no file came")
}

/// Gives `file` to 导入 and returns what the page says.
async fn import(browser: &Browser, file: &Path) -> Result<String> {
    browser.find(".progress-tools input").await?.send_keys(file.display().to_string()).await?;
    browser.until("document.querySelector('main .progress-notice').textContent").await?;
    text(browser, "main .progress-notice").await
}

/// The counts on the home page.
async fn counts(browser: &Browser) -> Result<String> {
    browser.go("").await?;
    text(browser, "main .progress-counts").await
}

async fn exported_marks_come_back_by_import(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.go(OSI).await?;
    press(&browser, "again").await?;
    browser.go("").await?;
    let folder = tempfile::tempdir()?;
    let file = export(&browser, folder.path()).await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ensure!(name.starts_with("wenxiu-progress-20"), "{name}");
    let exported: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    assert_eq!(exported["format"], "wenxiu-progress");
    assert_eq!(
        (&exported["marks"]["arp"]["mark"], &exported["marks"]["osi-model"]["mark"]),
        (&json!("known"), &json!("again"))
    );

    browser.js::<()>("localStorage.clear()").await?;
    assert_eq!(counts(&browser).await?, of_all("会 0 · 再看 0"));
    assert_eq!(import(&browser, &file).await?, "导入了 2 题的标记。");
    assert_eq!(counts(&browser).await?, of_all("会 1 · 再看 1"));
    Ok(())
}

fn write(folder: &Path, content: impl AsRef<[u8]>) -> Result<PathBuf> {
    let file = folder.join("marks.json");
    std::fs::write(&file, content)?;
    Ok(file)
}

async fn of_two_marks_the_later_wins(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    let far = 4_102_444_800_000_u64;
    let marks = json!({
        "arp": { "mark": "again", "at": 1 },
        "osi-model": { "mark": "again", "at": 1 },
        "cdn": { "mark": "known", "at": far },
    });
    let file = write(folder.path(), json!({ "format": "wenxiu-progress", "version": 1, "marks": marks }).to_string())?;
    browser.go("").await?;
    assert_eq!(import(&browser, &file).await?, "导入了 2 题的标记。");
    assert_eq!(counts(&browser).await?, of_all("会 2 · 再看 1"));
    Ok(())
}

async fn a_wrong_file_is_refused_and_nothing_is_lost(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    let with = |marks: Value| json!({ "format": "wenxiu-progress", "version": 1, "marks": marks }).to_string();
    let files: [Vec<u8>; 9] = [
        vec![],
        b"not json".into(),
        b"{\"format\":\"wenxiu-progress\",\"version\":1,\"marks\":{\"arp\":{\"ma".into(),
        vec![0xff, 0xfe, 0x00, 0x80],
        b"null".into(),
        b"{\"marks\":{}}".into(),
        with(json!({ "arp": { "mark": "perhaps", "at": 9 } })).into(),
        with(json!({ "arp": { "mark": "known", "at": "yesterday" } })).into(),
        with(json!({ "arp": null })).into(),
    ];
    for content in files {
        browser.go("").await?;
        let kept: String = browser.js("return localStorage.getItem('wenxiu:progress')").await?;
        let said = import(&browser, &write(folder.path(), &content)?).await?;
        assert_eq!(
            said,
            "「marks.json」不是从这里导出的进度文件，原来的标记都没有动。",
            "{}",
            String::from_utf8_lossy(&content)
        );
        assert_eq!(browser.js::<String>("return localStorage.getItem('wenxiu:progress')").await?, kept);
    }
    assert_eq!(counts(&browser).await?, of_all("会 1 · 再看 0"));
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn marks_are_cleared_only_when_confirmed(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.go("").await?;
    for (accept, left) in [(false, of_all("会 1 · 再看 0")), (true, of_all("会 0 · 再看 0"))] {
        browser.find(".progress-tools [value=clear]").await?.click().await?;
        if accept {
            browser.driver.accept_alert().await?;
        } else {
            browser.driver.dismiss_alert().await?;
        }
        assert_eq!(text(&browser, "main .progress-counts").await?, left);
    }
    assert_eq!(counts(&browser).await?, of_all("会 0 · 再看 0"));
    Ok(())
}

async fn without_storage_marks_last_as_long_as_the_page_and_it_says_so(browser: Browser) -> Result<()> {
    // Storage that is full refuses to write, storage that is forbidden refuses everything.
    for forbidden in ["['setItem']", "['getItem', 'setItem']"] {
        let throw = format!(
            "for (const name of {forbidden}) {{
                 Storage.prototype[name] = () => {{ throw new DOMException('denied', 'SecurityError'); }};
             }}"
        );
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": throw })).await?;
        browser.go(ARP).await?;
        press(&browser, "known").await?;
        browser.until("document.querySelectorAll('main [value=known][aria-pressed=true]').length === 2").await?;
        let notice = text(&browser, ".question-header .progress-notice").await?;
        assert!(notice.contains("不让网页保存数据"), "{notice}");
        assert_eq!(text(&browser, "#mdbook-sidebar .progress-counts").await?, of_all("会 1 · 再看 0"));
        press(&browser, "known").await?;
        browser.until("document.querySelectorAll('main [aria-pressed=true]').length === 0").await?;
    }
    Ok(())
}
