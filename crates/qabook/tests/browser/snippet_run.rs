//! Running a program from its card: every way it can end.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::cards::{Card, program, waiting};
use crate::trials::{Test, tests};
use crate::wenxiu::SOCKETS;

pub(crate) const TESTS: &[Test] = tests![
    a_run_posts_the_program_and_compares_its_output_with_the_record,
    output_that_differs_from_the_record_is_said_to,
    a_program_that_does_not_compile_shows_the_compilers_words_only,
    a_panic_keeps_what_was_printed_before_it,
    signals_and_silent_ends_are_explained_without_guessing,
    what_the_program_prints_on_stderr_is_not_taken_for_cargos,
    a_run_that_takes_too_long_is_given_up,
    the_services_own_time_limit_is_told_from_a_failure,
    a_failing_service_is_not_the_readers_fault,
    a_broken_connection_is_tried_once_more,
    an_answer_of_another_form_is_not_asked_for_twice,
    a_run_can_be_cancelled_while_the_clock_ticks,
    without_a_network_the_button_explains_and_the_record_stays,
    what_runs_programs_is_loaded_for_the_first_that_is_run,
    the_record_can_be_seen_again_after_a_run,
    a_program_that_must_not_compile_ends_as_expected,
    a_card_with_a_part_runs_the_whole_program,
    the_card_of_a_real_chapter_runs,
];

async fn open(browser: &Browser, name: &str) -> Result<Card> {
    Card::open(browser, "endings.html", name).await
}

async fn a_run_posts_the_program_and_compares_its_output_with_the_record(browser: Browser) -> Result<()> {
    let card = open(&browser, "same").await?;
    assert_eq!(card.output().await?, "2\n");
    let status = card.run().await?;
    assert!(status.starts_with("刚刚运行 · ") && status.ends_with(" 秒 · 运行成功：与录制一致"), "{status}");
    assert_eq!(card.output().await?, "2\n");
    let expected = json!({
        "channel": "stable", "mode": "debug", "edition": "2024", "crateType": "bin", "tests": false, "backtrace": false,
        "code": program("same"),
    });
    assert_eq!(browser.setup.playground.posted("// same").last(), Some(&expected));
    Ok(())
}

async fn output_that_differs_from_the_record_is_said_to(browser: Browser) -> Result<()> {
    let card = open(&browser, "other").await?;
    let status = card.run().await?;
    assert!(status.ends_with("运行成功：与录制的不同"), "{status}");
    assert_eq!(card.output().await?, "3\n");
    Ok(())
}

async fn a_program_that_does_not_compile_shows_the_compilers_words_only(browser: Browser) -> Result<()> {
    let card = open(&browser, "broken").await?;
    let status = card.run().await?;
    assert!(status.ends_with("编译失败"), "{status}");
    let output = card.output().await?;
    assert!(output.starts_with("error[E0308]: mismatched types\n --> src/main.rs:2:18\n"), "{output}");
    assert!(output.contains("could not compile") && !output.contains("Compiling"), "{output}");
    Ok(())
}

async fn a_panic_keeps_what_was_printed_before_it(browser: Browser) -> Result<()> {
    let card = open(&browser, "panic").await?;
    let status = card.run().await?;
    assert!(status.ends_with("运行出错：程序 panic，退出码 101"), "{status}");
    let output = card.output().await?;
    let (stdout, stderr) = output.split_once("---\n").expect("two parts");
    assert_eq!(stdout, "之前的输出\n");
    assert!(stderr.starts_with("thread 'main' (13) panicked at src/main.rs:3:5:\n坏了\n"), "{stderr}");
    Ok(())
}

async fn signals_and_silent_ends_are_explained_without_guessing(browser: Browser) -> Result<()> {
    for (name, words) in [
        ("signal", "运行出错：程序被信号 11（SIGSEGV）终止"),
        (
            "killed",
            "运行出错：程序被系统强行终止（信号 9，SIGKILL）。服务没有说明原因；内存超出上限（Playground 是 512 MB）时就是这样",
        ),
        (
            "blank",
            "运行出错：程序没有留下任何输出就结束了。服务没有说明原因；内存超出上限（Playground 是 512 MB）时就是这样",
        ),
    ] {
        let status = open(&browser, name).await?.run().await?;
        assert!(status.ends_with(words), "{status}");
    }
    Ok(())
}

async fn what_the_program_prints_on_stderr_is_not_taken_for_cargos(browser: Browser) -> Result<()> {
    let card = open(&browser, "stderr").await?;
    let status = card.run().await?;
    assert!(status.contains("运行成功"), "{status}");
    assert_eq!(card.output().await?, "甲\n---\n     Running 乙\n红\n");
    let card = Card::here(&browser, "warning").await?;
    card.run().await?;
    assert_eq!(card.output().await?, "warning: unused variable: `x`\n");
    Ok(())
}

async fn a_run_that_takes_too_long_is_given_up(browser: Browser) -> Result<()> {
    let card = open(&browser, "slow").await?;
    assert_eq!(card.js::<String>("card.dataset.timeout").await?, "20000");
    card.js::<String>("card.dataset.timeout = '400'").await?;
    let status = card.run().await?;
    assert_eq!(status, "超时：等了 0.4 秒没有结果；可能是程序不会结束，也可能是服务正忙");
    assert_eq!(card.output().await?, "2\n");
    // It isn't tried again; on a busy machine it may not even have arrived.
    assert!(browser.setup.playground.posted("// slow").len() <= 1);
    Ok(())
}

async fn the_services_own_time_limit_is_told_from_a_failure(browser: Browser) -> Result<()> {
    let status = open(&browser, "timed-out").await?.run().await?;
    assert_eq!(status, "超时：服务在限时内没有跑完；Playground 的限时是 10 秒，包括编译");
    Ok(())
}

async fn a_failing_service_is_not_the_readers_fault(browser: Browser) -> Result<()> {
    for (name, reason) in [
        ("error-500", "服务出错（HTTP 500）：Unable to process the execute request"),
        ("error-429", "这会儿请求太多（HTTP 429），过一会儿再试"),
        ("garbage", "服务的回答看不懂"),
        ("no-cors", "连不上 127.0.0.1"),
        ("closed", "连不上 127.0.0.1"),
    ] {
        let card = open(&browser, name).await?;
        let status = card.run().await?;
        assert!(status.starts_with(&format!("服务不可用——不是你的代码有问题：{reason}")), "{status}");
        assert_eq!(card.output().await?, "2\n", "the record stays");
    }
    Ok(())
}

async fn a_broken_connection_is_tried_once_more(browser: Browser) -> Result<()> {
    let status = open(&browser, "closed-once").await?.run().await?;
    assert!(status.contains("运行成功"), "{status}");
    assert_eq!(browser.setup.playground.posted("// closed-once").len(), 2);
    Ok(())
}

async fn a_run_can_be_cancelled_while_the_clock_ticks(browser: Browser) -> Result<()> {
    let card = open(&browser, "cancelled").await?;
    card.press("run").await?;
    card.until("/^[1-9]\\d* 秒$/.test($('.snippet-clock')?.textContent)").await?;
    assert_eq!(card.status().await?, "正在运行…");
    assert!(
        card.js::<bool>("$('.snippet-clock').matches('[aria-hidden=true]') && !$('[role=status] .snippet-clock')")
            .await?
    );
    // A second click changes nothing.
    card.press("run").await?;
    card.find("[data-do=cancel]").await?.send_keys(Key::Enter).await?;
    assert_eq!(card.ended().await?, "已取消");
    assert_eq!(card.output().await?, "2\n");
    assert!(card.js::<bool>("document.activeElement === $('[data-do=run]') && $('[data-do=cancel]').hidden").await?);
    assert!(card.js::<bool>("!$('.snippet-clock')").await?);
    assert_eq!(browser.setup.playground.posted("// cancelled").len(), 1);
    Ok(())
}

async fn without_a_network_the_button_explains_and_the_record_stays(browser: Browser) -> Result<()> {
    let card = open(&browser, "offline").await?;
    browser.offline(true).await?;
    card.until("$('[data-do=run]').title.includes('没有网络')").await?;
    // What runs programs comes when the first one is run.
    card.click("run").await?;
    assert_eq!(card.notice().await?, "这一部分没有下载下来：检查网络，再试一次");
    assert_eq!(card.output().await?, "2\n");
    assert_eq!(browser.setup.playground.posted("// offline"), Vec::<serde_json::Value>::new());
    browser.offline(false).await?;
    card.until("$('[data-do=run]').title === ''").await?;
    card.press("run").await?;
    card.until("$('.snippet-status').textContent.includes('运行成功')").await?;

    browser.offline(true).await?;
    card.until("$('[data-do=run]').title.includes('没有网络')").await?;
    assert_eq!(card.run().await?, "现在没有网络：运行要连接 Playground");
    assert_eq!(card.output().await?, "2\n");
    assert_eq!(browser.setup.playground.posted("// offline").len(), 1);
    browser.offline(false).await
}

async fn what_runs_programs_is_loaded_for_the_first_that_is_run(browser: Browser) -> Result<()> {
    let card = open(&browser, "same").await?;
    let loaded =
        "performance.getEntriesByType('resource').filter(({ initiatorType }) => initiatorType === 'script').length";
    let before: usize = card.js(loaded).await?;
    ensure!(card.js::<bool>(&waiting("run")).await?, "scripts wait");
    // By its keys, too; two presses that come before the scripts are one.
    card.js::<()>(
        "(() => {
             window.ended = 0;
             document.addEventListener('snippet:ended', () => { ended += 1; });
             const run = $('[data-do=run]'); run.focus(); run.click(); run.click();
         })()",
    )
    .await?;
    assert!(card.ended().await?.contains("运行成功"));
    ensure!(card.js::<usize>(loaded).await? > before, "they came");
    assert_eq!(card.js::<usize>("ended").await?, 1);
    Ok(())
}

async fn the_record_can_be_seen_again_after_a_run(browser: Browser) -> Result<()> {
    let card = open(&browser, "other").await?;
    assert!(card.js::<String>("$('.snippet-recording').innerText").await?.starts_with("已录制"));
    assert!(card.js::<bool>("$('[data-do=swap]').hidden").await?);
    card.run().await?;
    assert!(card.js::<bool>("$('.snippet-recording').hidden").await?);
    card.press("swap").await?;
    assert_eq!(card.output().await?, "2\n");
    assert!(card.js::<bool>("!$('.snippet-recording').hidden && $('.snippet-status').hidden").await?);
    card.press("swap").await?;
    assert_eq!(card.output().await?, "3\n");
    assert!(card.status().await?.contains("刚刚运行"));
    Ok(())
}

async fn a_program_that_must_not_compile_ends_as_expected(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "must-fail").await?;
    assert_eq!(card.output().await?, "error[E0308]: mismatched types\n");
    let status = card.run().await?;
    assert!(status.ends_with("编译失败：正该如此，报错与录制一致"), "{status}");
    assert_eq!(card.js::<String>("$('.snippet-status').dataset.kind").await?, "success");
    assert!(card.output().await?.contains("expected `u8`, found `&str`"));
    Ok(())
}

async fn a_card_with_a_part_runs_the_whole_program(browser: Browser) -> Result<()> {
    let card = Card::open(&browser, "cards.html", "parts:a").await?;
    assert!(!card.code().await?.contains("fn main"));
    let status = card.run().await?;
    assert!(status.contains("运行成功"), "{status}");
    let posted = browser.setup.playground.posted("let x = long.len();");
    let code = posted.last().expect("a request")["code"].as_str().unwrap_or_default().to_string();
    assert!(code.starts_with("fn main() {\n    let long") && code.ends_with("println!(\"{x}\");\n}\n"), "{code}");
    Ok(())
}

async fn the_card_of_a_real_chapter_runs(browser: Browser) -> Result<()> {
    browser.go(SOCKETS).await?;
    let card = Card::here(&browser, "tcp-echo").await?;
    let status = card.run().await?;
    assert!(status.contains("运行成功"), "{status}");
    let code = card.code().await?;
    assert_eq!(card.output().await?, format!("收到 {} 个字符\n", code.chars().count()));
    Ok(())
}

async fn an_answer_of_another_form_is_not_asked_for_twice(browser: Browser) -> Result<()> {
    let card = open(&browser, "same").await?;
    browser
        .js::<()>(
            "globalThis.sent = 0; document.addEventListener('snippet:service', ({ detail }) => { \
             detail.service = { ...detail.service, send: async () => { globalThis.sent++; \
             return new Response('{\"success\":true,\"stdout\":null,\"stderr\":7,\"exitDetail\":[]}'); } }; });",
        )
        .await?;
    let status = card.run().await?;
    assert!(status.contains("运行成功"), "{status}");
    assert_eq!(browser.js::<u32>("return globalThis.sent").await?, 1);
    Ok(())
}
