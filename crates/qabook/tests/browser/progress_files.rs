//! The reader's marks and cards as a file: exported, imported, merged, refused.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::browser::Browser;
use crate::progress::{counts, of_all, press, text};
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, OSI};

pub(crate) const TESTS: &[Test] = tests![
    exported_marks_and_cards_come_back_by_import,
    a_file_of_version_1_is_imported,
    of_two_entries_the_later_wins,
    two_devices_come_to_the_same,
    a_wrong_file_is_refused_with_its_reason_and_nothing_is_lost,
    a_file_that_the_browser_has_no_room_for_is_refused,
    without_storage_an_import_lasts_as_long_as_the_page_and_it_says_so,
    names_that_every_object_has_are_names_of_questions,
];

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

fn write(folder: &Path, content: impl AsRef<[u8]>) -> Result<PathBuf> {
    let file = folder.join("marks.json");
    std::fs::write(&file, content)?;
    Ok(file)
}

/// A card that was graded at `at`.
fn card(at: u64, reps: u32) -> Value {
    json!({ "due": at + 86_400_000, "stability": 2.5, "difficulty": 5.5, "reps": reps, "lapses": 0, "state": 2,
        "last": at, "at": at, "first": at })
}

/// The file of someone with these marks and cards.
fn file_with(marks: &Value, cards: &Value) -> String {
    json!({ "format": "wenxiu-progress", "version": 2, "marks": marks, "cards": cards }).to_string()
}

/// Puts these cards into the browser, as practising does.
async fn keep(browser: &Browser, cards: &Value) -> Result<()> {
    let kept: bool = browser.js(&format!("return qabook.keepCards(qabookRecords.store({cards}))")).await?;
    ensure!(kept, "the browser keeps cards");
    Ok(())
}

/// All that the browser keeps.
async fn kept(browser: &Browser) -> Result<Value> {
    browser.js("return { marks: qabook.marks(), cards: qabook.cards().cards }").await
}

async fn exported_marks_and_cards_come_back_by_import(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.go(OSI).await?;
    press(&browser, "again").await?;
    keep(&browser, &json!({ "q:arp": card(1_000, 1), "s:arp:0123abcd": card(2_000, 3) })).await?;
    let before = kept(&browser).await?;
    browser.go("").await?;
    let folder = tempfile::tempdir()?;
    let file = export(&browser, folder.path()).await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ensure!(name.starts_with("wenxiu-progress-20"), "{name}");
    let exported: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    assert_eq!((&exported["format"], &exported["version"]), (&json!("wenxiu-progress"), &json!(2)));
    assert_eq!(exported["marks"]["arp"]["mark"], "known");
    assert_eq!(json!({ "marks": exported["marks"], "cards": exported["cards"] }), before);

    browser.js::<()>("localStorage.clear()").await?;
    assert_eq!(counts(&browser).await?, of_all("会 0 · 再看 0"));
    assert_eq!(import(&browser, &file).await?, "导入了 2 题的标记、2 张卡片的复习进度。");
    assert_eq!(kept(&browser).await?, before);
    assert_eq!(counts(&browser).await?, of_all("会 1 · 再看 1"));
    Ok(())
}

async fn a_file_of_version_1_is_imported(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.go("").await?;
    keep(&browser, &json!({ "q:arp": card(1_000, 1) })).await?;
    let marks = json!({ "arp": { "mark": "known", "at": 5 }, "cdn": { "mark": "none", "at": 7 } });
    let file = json!({ "format": "wenxiu-progress", "version": 1, "marks": marks }).to_string();
    assert_eq!(import(&browser, &write(folder.path(), file)?).await?, "导入了 2 题的标记。");
    assert_eq!(kept(&browser).await?, json!({ "marks": marks, "cards": { "q:arp": card(1_000, 1) } }));
    Ok(())
}

async fn of_two_entries_the_later_wins(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    keep(&browser, &json!({ "q:arp": card(5_000, 4), "q:cdn": card(1_000, 1) })).await?;
    let far = 4_102_444_800_000_u64;
    let marks = json!({
        "arp": { "mark": "again", "at": 1 },
        "osi-model": { "mark": "again", "at": 1 },
        "cdn": { "mark": "known", "at": far },
    });
    let cards = json!({ "q:arp": card(4_000, 9), "q:cdn": card(far, 2) });
    browser.go("").await?;
    let said = import(&browser, &write(folder.path(), file_with(&marks, &cards))?).await?;
    assert_eq!(said, "导入了 2 题的标记、1 张卡片的复习进度。");
    assert_eq!(counts(&browser).await?, of_all("会 2 · 再看 1"));
    assert_eq!(kept(&browser).await?["cards"], json!({ "q:arp": card(5_000, 4), "q:cdn": card(far, 2) }));
    // What is said from here on still counts, although the clock that said the other was years ahead.
    browser.js::<()>("qabook.mark('cdn', 'again', Date.now())").await?;
    let said = import(&browser, &write(folder.path(), file_with(&marks, &cards))?).await?;
    assert_eq!(said, "导入了 0 题的标记、0 张卡片的复习进度。");
    assert_eq!(counts(&browser).await?, of_all("会 1 · 再看 2"));
    Ok(())
}

async fn two_devices_come_to_the_same(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (same, mine, yours) = (card(7_000, 1), card(8_000, 2), card(7_000, 5));
    let phone = file_with(
        &json!({ "arp": { "mark": "known", "at": 3 }, "cdn": { "mark": "again", "at": 9 } }),
        &json!({ "q:arp": same, "q:cdn": mine }),
    );
    let laptop = file_with(
        // Of the same moment: which file comes first must not matter.
        &json!({ "arp": { "mark": "again", "at": 3 }, "cdn": { "mark": "known", "at": 4 } }),
        &json!({ "q:arp": yours, "o:tcp-echo": same }),
    );
    let mut ends = Vec::new();
    for order in [[&phone, &laptop], [&laptop, &phone]] {
        browser.go("").await?;
        browser.js::<()>("localStorage.clear()").await?;
        browser.go("").await?;
        for file in order {
            import(&browser, &write(folder.path(), file)?).await?;
        }
        ends.push(kept(&browser).await?);
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0]["marks"]["cdn"]["mark"], "again");
    assert_eq!(ends[0]["cards"].as_object().map(serde_json::Map::len), Some(3), "no card is lost: {}", ends[0]);
    Ok(())
}

async fn a_wrong_file_is_refused_with_its_reason_and_nothing_is_lost(browser: Browser) -> Result<()> {
    const JSON: &str = "它不是 JSON，也许没有下载完整。";
    const FOREIGN: &str = "它不是从这里导出的进度文件。";
    let folder = tempfile::tempdir()?;
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    keep(&browser, &json!({ "q:arp": card(1_000, 1) })).await?;
    let before = kept(&browser).await?;
    let damaged = |entry: &str| format!("其中「{entry}」这一条坏了。");
    let marks = |marks: Value| file_with(&marks, &json!({}));
    let cards = |name: &str, field: &str, value: Value| {
        let mut card = card(9_000, 1);
        card[field] = value;
        file_with(&json!({ "cdn": { "mark": "known", "at": 9 } }), &json!({ name: card }))
    };
    let of_version = |version: Value| {
        json!({ "format": "wenxiu-progress", "version": version, "marks": {}, "cards": {} }).to_string()
    };
    let files: [(Vec<u8>, String); 18] = [
        (vec![], JSON.into()),
        (b"not json".into(), JSON.into()),
        (b"{\"format\":\"wenxiu-progress\",\"version\":1,\"marks\":{\"arp\":{\"ma".into(), JSON.into()),
        (vec![0xff, 0xfe, 0x00, 0x80], JSON.into()),
        (b"null".into(), FOREIGN.into()),
        (b"{\"marks\":{}}".into(), FOREIGN.into()),
        (b"[{\"format\":\"wenxiu-progress\"}]".into(), FOREIGN.into()),
        (of_version(json!(3)).into(), "它来自更新的版本（3），请先刷新这本书。".into()),
        (of_version(json!("new")).into(), damaged("version")),
        (marks(json!([])).into(), damaged("marks")),
        (marks(json!({ "osi-model": { "mark": "perhaps", "at": 9 } })).into(), damaged("osi-model")),
        (marks(json!({ "osi-model": { "mark": "known", "at": "yesterday" } })).into(), damaged("osi-model")),
        (marks(json!({ "osi-model": null })).into(), damaged("osi-model")),
        (cards("arp", "reps", json!(1)).into(), damaged("arp")),
        (cards("q:cdn", "due", json!(null)).into(), damaged("q:cdn")),
        (cards("q:cdn", "at", json!(1e18)).into(), damaged("q:cdn")),
        (cards("q:cdn", "stability", json!(-1)).into(), damaged("q:cdn")),
        (cards("q:cdn", "difficulty", json!(11)).into(), damaged("q:cdn")),
    ];
    for (content, reason) in files {
        browser.go("").await?;
        let said = import(&browser, &write(folder.path(), &content)?).await?;
        let wanted = format!("「marks.json」没有导入，原来的进度都没有动：{reason}");
        assert_eq!(said, wanted, "{}", String::from_utf8_lossy(&content));
        assert_eq!(kept(&browser).await?, before);
    }
    assert_eq!(counts(&browser).await?, of_all("会 1 · 再看 0"));
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn a_file_that_the_browser_has_no_room_for_is_refused(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    press(&browser, "known").await?;
    browser.go("").await?;
    let before = kept(&browser).await?;
    browser
        .js::<()>(
            "const whole = Storage.prototype.setItem; Storage.prototype.setItem = function (key, text) { \
             if (text.length > 500) throw new DOMException('full', 'QuotaExceededError'); whole.call(this, key, text); }",
        )
        .await?;
    let marks: Value = (0..50).map(|n| (format!("q{n}"), json!({ "mark": "known", "at": n }))).collect();
    let folder = tempfile::tempdir()?;
    let said = import(&browser, &write(folder.path(), file_with(&marks, &json!({})))?).await?;
    ensure!(said.contains("空间满了") && !said.contains("导入了"), "{said}");
    assert_eq!(kept(&browser).await?, before, "nothing has changed");
    browser.driver.refresh().await?;
    assert_eq!(kept(&browser).await?, before, "nor in what the browser keeps");
    Ok(())
}

async fn without_storage_an_import_lasts_as_long_as_the_page_and_it_says_so(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = write(folder.path(), file_with(&json!({ "arp": { "mark": "known", "at": 5 } }), &json!({})))?;
    browser.forbid_storage("['getItem', 'setItem', 'removeItem']").await?;
    browser.go("").await?;
    let said = import(&browser, &file).await?;
    ensure!(said.starts_with("导入了 1 题的标记。") && said.contains("不让网页保存数据"), "{said}");
    assert_eq!(text(&browser, "main .progress-counts").await?, of_all("会 1 · 再看 0"));
    Ok(())
}

async fn names_that_every_object_has_are_names_of_questions(browser: Browser) -> Result<()> {
    const NAMES: [&str; 5] = ["constructor", "toString", "valueOf", "__proto__", "hasOwnProperty"];
    let names = json!(NAMES);
    browser.go("").await?;
    browser.js::<()>(&format!("for (const name of {names}) qabook.mark(name, 'known', 5)")).await?;
    let marks: Value = NAMES.iter().map(|name| (*name, json!({ "mark": "again", "at": 9 }))).collect();
    let folder = tempfile::tempdir()?;
    let file = write(folder.path(), file_with(&marks, &json!({})))?;
    for mark in ["known", "again"] {
        browser.driver.refresh().await?;
        let kept: Vec<(String, u64)> = browser
            .js(&format!("return {names}.map(name => qabook.marks()[name]).map(({{ mark, at }}) => [mark, at])"))
            .await?;
        assert_eq!(kept, vec![(mark.to_string(), if mark == "known" { 5 } else { 9 }); NAMES.len()]);
        let aside: bool = browser.js("return 'wenxiu:progress:unread' in localStorage").await?;
        ensure!(!aside, "what is kept is read");
        assert_eq!(
            import(&browser, &file).await?,
            format!("导入了 {} 题的标记。", if mark == "known" { 5 } else { 0 })
        );
    }
    Ok(())
}
