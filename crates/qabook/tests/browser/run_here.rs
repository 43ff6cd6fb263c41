//! Running a program from its card where the book is served, by `qabook serve` itself.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::cards::Card;
use crate::programs::{Programs, add_dependencies, open, open_gate};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    output_is_compared_with_the_record_and_the_time_is_told,
    a_program_that_does_not_compile_shows_the_compilers_words,
    a_panic_keeps_what_was_printed_before_it,
    limits_are_told_and_what_was_printed_is_kept,
    an_endless_program_is_cancelled,
    a_second_program_of_a_page_waits_and_is_told_its_place,
    control_enter_runs_what_was_typed,
    no_network_is_needed,
    the_first_run_shows_how_the_dependencies_get_on,
    dependencies_that_do_not_compile_show_why,
    without_rust_the_playground_runs_it_and_the_card_says_so_once,
    the_playground_is_offered_beside,
    a_server_that_is_gone_is_told_and_the_playground_is_not_used_silently,
    cards_that_are_not_to_be_run_and_those_that_must_fail_are_as_ever,
];

/// How a status line of a program in `language` begins.
pub(crate) fn is_told_of(status: &str, language: &str, ending: &str) -> bool {
    let parts: Vec<&str> = status.split(" · ").collect();
    let [here, version, time, end] = parts[..] else { return false };
    let number = time.strip_suffix(" 毫秒").map(|time| time.strip_prefix("编译 ").unwrap_or(time));
    here == "本机运行"
        && version.strip_prefix(language).is_some_and(|number| number.starts_with(' '))
        && number.is_some_and(|number| number.parse::<u64>().is_ok())
        && end == ending
}

/// Runs the program and looks at what is said: that it ran here, and how it ended.
pub(crate) async fn run(card: &Card, ending: &str) -> Result<()> {
    let status = card.run().await?;
    ensure!(is_told_of(&status, "rustc", ending), "{status}");
    Ok(())
}

/// How many requests with `mark` in the program went to the Playground.
fn posted(browser: &Browser, mark: &str) -> usize {
    browser.setup.playground.posted(mark).len()
}

async fn output_is_compared_with_the_record_and_the_time_is_told(browser: Browser) -> Result<()> {
    let card = open(&browser, "sum").await?;
    run(&card, "运行成功：与录制一致").await?;
    assert_eq!(card.output().await?, "2\n");
    let card = Card::here(&browser, "differs").await?;
    run(&card, "运行成功：与录制的不同").await?;
    assert_eq!(card.output().await?, "3\n");
    card.press("swap").await?;
    assert_eq!(card.output().await?, "2\n");
    assert_eq!(posted(&browser, "// differs"), 0);
    Ok(())
}

async fn a_program_that_does_not_compile_shows_the_compilers_words(browser: Browser) -> Result<()> {
    let card = open(&browser, "broken").await?;
    run(&card, "编译失败").await?;
    let output = card.output().await?;
    assert!(output.starts_with("error[E0308]: mismatched types\n --> src/main.rs:3:22\n"), "{output}");
    assert!(output.contains("could not compile") && !output.contains("Compiling"), "{output}");
    Ok(())
}

async fn a_panic_keeps_what_was_printed_before_it(browser: Browser) -> Result<()> {
    let card = open(&browser, "panics").await?;
    run(&card, "运行出错：程序 panic，退出码 101").await?;
    let output = card.output().await?;
    let (stdout, stderr) = output.split_once("---\n").expect("two parts");
    assert_eq!(stdout, "之前的输出\n");
    assert!(stderr.starts_with("thread 'main'") && stderr.contains("坏了"), "{stderr}");
    Ok(())
}

async fn limits_are_told_and_what_was_printed_is_kept(browser: Browser) -> Result<()> {
    let card = open(&browser, "chatty").await?;
    run(&card, "运行出错：输出超过 1 MB，已终止；只留下前面的部分").await?;
    assert!(card.output().await?.starts_with(&"x".repeat(1000)));
    let card = Card::here(&browser, "endless").await?;
    run(&card, "运行出错：超过 10 秒，已终止").await?;
    assert_eq!(card.output().await?, "先打印的\n");
    Ok(())
}

async fn an_endless_program_is_cancelled(browser: Browser) -> Result<()> {
    let card = open(&browser, "endless").await?;
    card.press("run").await?;
    card.until("/^[1-9]\\d* 秒$/.test($('.snippet-clock')?.textContent)").await?;
    card.press("cancel").await?;
    assert_eq!(card.ended().await?, "已取消");
    assert_eq!(card.output().await?, "2\n");
    run(&Card::here(&browser, "sum").await?, "运行成功：与录制一致").await
}

async fn a_second_program_of_a_page_waits_and_is_told_its_place(browser: Browser) -> Result<()> {
    let first = open(&browser, "endless").await?;
    let second = Card::here(&browser, "sum").await?;
    let waits = "/^排队：第 [1-9]\\d* 位$/.test($('.snippet-status').textContent)";
    first.press("run").await?;
    second.press("run").await?;
    second.until(waits).await?;
    second.press("cancel").await?;
    assert_eq!(second.ended().await?, "已取消");
    second.press("run").await?;
    second.until(waits).await?;
    first.press("cancel").await?;
    let status = second.ended().await?;
    assert!(is_told_of(&status, "rustc", "运行成功：与录制一致"), "{status}");
    Ok(())
}

async fn control_enter_runs_what_was_typed(browser: Browser) -> Result<()> {
    let card = open(&browser, "sum").await?;
    card.press("edit").await?;
    card.keys(Key::Control + "a").await?;
    // As pasting does: typing would indent by itself.
    browser.cdp("Input.insertText", json!({ "text": "fn main() { println!(\"改过了\"); } // here" })).await?;
    card.keys(Key::Control + Key::Enter).await?;
    let status = card.ended().await?;
    // An edited program isn't compared with the record.
    assert!(is_told_of(&status, "rustc", "运行成功"), "{status}");
    assert_eq!(card.output().await?, "改过了\n");
    assert_eq!(posted(&browser, "// here"), 0);
    Ok(())
}

/// Cuts the browser off from all but this machine, and lets it know.
pub(crate) async fn cut_network(browser: &Browser) -> Result<()> {
    let playground = browser.setup.playground.endpoint();
    browser.cdp("Network.enable", json!({})).await?;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["https://*", playground] })).await?;
    // What the browser knows of the network, without cutting off the server that runs here.
    let cut = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.overrideNetworkState", cut).await?;
    Ok(())
}

async fn no_network_is_needed(browser: Browser) -> Result<()> {
    let card = open(&browser, "sum").await?;
    cut_network(&browser).await?;
    browser.until("!navigator.onLine").await?;
    assert_eq!(card.js::<String>("$('[data-do=run]').title").await?, "");
    run(&card, "运行成功：与录制一致").await?;
    card.press("run-there").await?;
    assert_eq!(card.ended().await?, "现在没有网络：运行要连接 Playground");
    Ok(())
}

async fn the_first_run_shows_how_the_dependencies_get_on(browser: Browser) -> Result<()> {
    let endpoint = browser.setup.playground.endpoint();
    let programs = Programs::serve_changed(&endpoint, add_dependencies)?;
    let card = programs.open(&browser, "sum").await?;
    card.press("run").await?;
    card.until("$('.snippet-progress')?.textContent === '1/2'").await?;
    assert_eq!(card.status().await?, "首次运行：编译依赖");
    let bar: (f64, f64, String) = card.js("(bar => [bar.value, bar.max, bar.ariaLabel])($('progress'))").await?;
    assert_eq!(bar, (1.0, 2.0, "首次运行：编译依赖".into()));
    assert!(card.js::<bool>("!$('[role=status] progress')").await?, "each step would be announced");
    card.press("cancel").await?;
    assert_eq!(card.ended().await?, "已取消");
    assert!(card.js::<bool>("!$('.snippet-progress')").await?);
    card.press("run").await?;
    card.until("$('.snippet-progress')?.textContent === '1/2'").await?;
    open_gate(programs.root())?;
    let status = card.ended().await?;
    assert!(is_told_of(&status, "rustc", "运行成功：与录制一致"), "{status}");
    Ok(())
}

async fn dependencies_that_do_not_compile_show_why(browser: Browser) -> Result<()> {
    let endpoint = browser.setup.playground.endpoint();
    let programs = Programs::serve_changed(&endpoint, |root| {
        add_dependencies(root)?;
        open_gate(root)?;
        crate::cards::write(root, "quick/src/lib.rs", "pub const ANSWER: u32 = \"\";\n")
    })?;
    let card = programs.open(&browser, "sum").await?;
    let status = card.run().await?;
    assert!(status.starts_with("本机运行 · 编译失败：qabook serve 不能运行它（HTTP 500）："), "{status}");
    assert!(card.output().await?.contains("error[E0308]: mismatched types"));
    Ok(())
}

async fn without_rust_the_playground_runs_it_and_the_card_says_so_once(browser: Browser) -> Result<()> {
    let endpoint = browser.setup.playground.endpoint();
    let programs = Programs::serve_without_tools(&endpoint)?;
    let card = programs.open(&browser, "sum").await?;
    assert!(card.js::<bool>("!document.querySelector('[data-do=run-there], [data-do=run-python]')").await?);
    for _ in 0..2 {
        let status = card.run().await?;
        assert!(status.starts_with("刚刚运行 · "), "{status}");
        let notes = "[...document.querySelectorAll('.snippet-note')].map(note => note.textContent)";
        assert_eq!(card.js::<Vec<String>>(notes).await?, ["本机没有 Rust 工具链，改由 Playground 运行"]);
    }
    Ok(())
}

async fn the_playground_is_offered_beside(browser: Browser) -> Result<()> {
    let card = open(&browser, "twin-fails").await?;
    card.press("run-there").await?;
    let status = card.ended().await?;
    assert!(status.starts_with("刚刚运行 · "), "{status}");
    assert_eq!(posted(&browser, "// twin-fails"), 1);
    assert!(card.js::<bool>("document.activeElement === $('[data-do=run]')").await?);
    card.press("python").await?;
    let small = "[...document.querySelectorAll('.snippet [data-do]')].filter(e => e.checkVisibility())\
                 .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24; })\
                 .map(e => e.outerHTML)";
    assert_eq!(card.js::<Vec<String>>(small).await?, Vec::<String>::new());
    Ok(())
}

async fn a_server_that_is_gone_is_told_and_the_playground_is_not_used_silently(browser: Browser) -> Result<()> {
    let endpoint = browser.setup.playground.endpoint();
    let programs = Programs::serve(&endpoint)?;
    let card = programs.open(&browser, "panics").await?;
    let programs = programs.restart(&endpoint);
    let status = card.run().await?;
    let unavailable = "服务不可用——不是你的代码有问题：";
    assert!(status.starts_with(&format!("{unavailable}qabook serve 重新启动过：请刷新这一页（HTTP 401）")), "{status}");
    drop(programs);
    let status = card.run().await?;
    assert!(status.starts_with(&format!("{unavailable}连不上本机的 qabook serve")), "{status}");
    assert!(status.ends_with("也可以点「在 Playground 运行」"), "{status}");
    assert_eq!((posted(&browser, "// panics"), card.output().await?), (0, "2\n".to_string()));
    Ok(())
}

async fn cards_that_are_not_to_be_run_and_those_that_must_fail_are_as_ever(browser: Browser) -> Result<()> {
    let card = open(&browser, "must-fail").await?;
    run(&card, "编译失败：正该如此，报错与录制一致").await?;
    assert_eq!(card.js::<String>("$('.snippet-status').dataset.kind").await?, "success");
    let card = Card::here(&browser, "quiet").await?;
    let buttons: Vec<Value> =
        card.js("[...card.querySelectorAll('[data-do]:not([hidden])')].map(e => e.dataset.do)").await?;
    assert_eq!(buttons, ["copy"]);
    Ok(())
}
