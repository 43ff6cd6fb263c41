//! The Content-Security-Policy of the pages: it allows all that they do, and nothing else.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use url::Url;

use crate::browser::Browser;
use crate::host::Host;
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, TCP};

pub(crate) const TESTS: &[Test] = tests![
    every_page_keeps_to_its_policy @Requests,
    a_program_runs_under_the_policy,
    the_buttons_of_mdbook_reach_the_playground @Requests,
    what_the_policy_does_not_name_is_stopped,
    a_link_to_another_site_does_not_tell_where_the_reader_came_from,
];

/// Collects the violations of every page in its window. Pages' policies don't govern it.
const LISTENER: &str = "window.violations = []; document.addEventListener('securitypolicyviolation', event => \
                        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));";

async fn listen(browser: &Browser) -> Result<()> {
    browser.cdp("Page.enable", json!({})).await?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTENER })).await?;
    Ok(())
}

async fn every_page_keeps_to_its_policy(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    listen(&browser).await?;
    for page in published.pages()? {
        browser.driver.goto(host.address(&page)).await?;
        browser.until("document.readyState === 'complete'").await?;
        let policy = "meta[http-equiv=\"Content-Security-Policy\"]";
        browser.find(policy).await.with_context(|| page.clone())?;
        let violations: Vec<String> = browser.js("return window.violations").await?;
        assert_eq!(violations, Vec::<String>::new(), "{page}");
        // Of toc.html, which is meant for a frame and names no icon, a browser asks the host for one.
        let errors = browser.console_errors().await?;
        let errors: Vec<&String> = errors.iter().filter(|error| !error.contains("/favicon.ico ")).collect();
        assert!(errors.is_empty(), "{page}: {errors:?}");
        for request in browser.requests().await? {
            let host = Url::parse(&request)?.host_str().unwrap_or_default().to_string();
            assert!(request.starts_with("data:") || host == "127.0.0.1", "{page} requests {request}");
        }
    }
    Ok(())
}

async fn a_program_runs_under_the_policy(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    listen(&browser).await?;
    browser.driver.goto(host.address(TCP)).await?;
    browser.until("document.querySelector('.snippet [data-do=\"run\"]:not([hidden])')").await?;
    browser.js::<()>("document.querySelector('.snippet [data-do=\"run\"]').click();").await?;
    browser.until("document.querySelector('.snippet-status')?.textContent.includes('运行成功')").await?;
    let violations: Vec<String> = browser.js("return window.violations").await?;
    assert_eq!(violations, Vec::<String>::new());
    Ok(())
}

async fn the_buttons_of_mdbook_reach_the_playground(browser: Browser) -> Result<()> {
    let fences = "```rust\nfn main() {}\n```\n\n```rust,editable\nfn main() {}\n```\n";
    let book = SmallBook::plain(&format!("# 甲\n\n{fences}"));
    let settings =
        "\n[output.html]\nsite-url = \"/book/\"\n\n[output.html.playground]\neditable = true\nrunnable = true\n";
    book.write("book.toml", book.read("book.toml") + settings);
    let built = book.build();
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let host = Host::serve(&book.root().join("book"), "/book/").await?;
    listen(&browser).await?;
    browser.cdp("Network.enable", json!({})).await?;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*://play.rust-lang.org/*"] })).await?;
    browser.driver.goto(host.address("a.html")).await?;
    browser.until("document.querySelectorAll('.playground .play-button').length === 2").await?;
    browser.until("document.querySelector('.ace_editor')").await?;
    browser.requests().await?;
    for index in 0..2 {
        browser.js::<()>(&format!("document.querySelectorAll('.playground .play-button')[{index}].click();")).await?;
        // Nothing answers here, which it says.
        browser.until(&format!("document.querySelectorAll('.playground .result')[{index}]?.textContent")).await?;
    }
    let asked = browser.requests().await?;
    assert_eq!(asked.iter().filter(|url| url.starts_with("https://play.rust-lang.org/")).count(), 2, "{asked:?}");
    assert_eq!(browser.js::<Vec<String>>("return window.violations").await?, Vec::<String>::new());
    Ok(())
}

async fn what_the_policy_does_not_name_is_stopped(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    listen(&browser).await?;
    browser.driver.goto(host.address(ARP)).await?;
    browser.until("document.readyState === 'complete'").await?;
    // 192.0.2.0/24 is for documentation (RFC 5737): nothing answers there, should a policy let a request through.
    for (attempt, directive) in [
        (
            "document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }))",
            "script-src-elem",
        ),
        ("setTimeout('1', 0)", "script-src"),
        ("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"1\"></p>')", "script-src-attr"),
        (
            "document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))",
            "style-src-elem",
        ),
        ("document.body.append(Object.assign(new Image(), { src: 'http://192.0.2.1/a.png' }))", "img-src"),
        ("fetch('http://192.0.2.1/').catch(() => {})", "connect-src"),
        ("document.head.append(Object.assign(document.createElement('base'), { href: '/' }))", "base-uri"),
    ] {
        browser.js::<()>(&format!("window.violations = []; {attempt};")).await?;
        browser
            .until(&format!("window.violations.some(violation => violation.startsWith('{directive}:'))"))
            .await
            .context(attempt)?;
    }
    Ok(())
}

async fn a_link_to_another_site_does_not_tell_where_the_reader_came_from(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    // By its port another site.
    let other = published.serve().await?;
    browser.driver.goto(host.address(ARP)).await?;
    let link = format!(
        "document.body.append(Object.assign(document.createElement('a'), {{ id: 'out', href: '{}' }}))",
        other.address("guide.html")
    );
    browser.js::<()>(&link).await?;
    browser.js::<()>("document.getElementById('out').click();").await?;
    browser.until("location.pathname.endsWith('/guide.html')").await?;
    assert_eq!(browser.js::<String>("return document.referrer").await?, "");
    Ok(())
}
