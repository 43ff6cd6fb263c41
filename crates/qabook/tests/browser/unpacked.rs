//! The archive of the book, unpacked and opened as files, without any server.

use anyhow::{Context, Result};
use std::path::Path;
use url::Url;

use crate::browser::Browser;
use crate::host;
use crate::search::{first_result, search};
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, DEADLOCK, GLOSSARY, PART, TCP};

pub(crate) const TESTS: &[Test] = tests![
    every_page_opens_without_a_complaint @Requests,
    links_lead_from_page_to_page,
    formulas_diagrams_and_recorded_outputs_show,
    the_search_box_leads_to_a_section,
];

/// Unpacks the archive; the folder lives as long as the first value.
fn unpack(browser: &Browser) -> Result<(tempfile::TempDir, impl Fn(&str) -> String + use<>)> {
    let folder = tempfile::tempdir()?;
    let book = browser.setup.published()?.unpack(folder.path())?;
    let base = Url::from_directory_path(&book).ok().context("an absolute path")?;
    Ok((folder, move |file: &str| format!("{base}{file}")))
}

async fn every_page_opens_without_a_complaint(browser: Browser) -> Result<()> {
    let (_folder, address) = unpack(&browser)?;
    // Shown by servers only, at any address: it has to name the book's.
    for page in browser.setup.published()?.pages()?.iter().filter(|page| *page != "404.html") {
        browser.driver.goto(address(page)).await?;
        browser.until("document.readyState === 'complete'").await?;
        assert_eq!(browser.console_errors().await?, Vec::<String>::new(), "{page}");
        for request in browser.requests().await? {
            assert!(request.starts_with("file:") || request.starts_with("data:"), "{page} requests {request}");
        }
    }
    Ok(())
}

async fn links_lead_from_page_to_page(browser: Browser) -> Result<()> {
    let (_folder, address) = unpack(&browser)?;
    browser.driver.goto(address("index.html")).await?;
    let of_part = Path::new(TCP).file_name().context("a file")?.display().to_string();
    for (link, file) in [
        (format!("#mdbook-sidebar a[href$='{PART}']"), PART),
        (format!("main a[href$='{of_part}']"), TCP),
        (".nav-chapters.next".into(), ARP),
        (format!("#mdbook-sidebar a[href$='{GLOSSARY}']"), GLOSSARY),
    ] {
        browser.find(&link).await?;
        browser.js::<()>(&format!("document.querySelector({link:?}).click();")).await?;
        browser.until(&format!("location.pathname.endsWith('/{file}')")).await?;
        browser.until("document.readyState === 'complete'").await?;
        assert!(browser.driver.title().await?.contains(&host::title()?), "{file}");
    }
    // No link leaves it to a server to find the page of a folder.
    browser.driver.goto(address("print.html")).await?;
    let folders: Vec<String> = browser
        .js("return [...document.links].map(link => link.href).filter(href => href.startsWith('file:') && /\\/(#|\\?|$)/.test(href))")
        .await?;
    assert_eq!(folders, Vec::<String>::new());
    Ok(())
}

async fn the_search_box_leads_to_a_section(browser: Browser) -> Result<()> {
    let (_folder, address) = unpack(&browser)?;
    browser.driver.goto(address(ARP)).await?;
    search(&browser, "死锁的四个条件").await?;
    let first = first_result(&browser).await?;
    assert!(first.starts_with("file:") && first.contains(DEADLOCK), "{first}");
    browser.find("#mdbook-searchresults a.search-section").await?.click().await?;
    browser.until(&format!("location.pathname.endsWith('/{DEADLOCK}')")).await?;
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}

async fn formulas_diagrams_and_recorded_outputs_show(browser: Browser) -> Result<()> {
    let (_folder, address) = unpack(&browser)?;
    browser.driver.goto(address(TCP)).await?;
    browser.until("document.readyState === 'complete'").await?;
    browser.until("document.querySelector('main svg')?.getBoundingClientRect().height > 50").await?;
    browser
        .until("document.querySelector('.snippet-recorded, .snippet-output, .snippet samp')?.textContent.trim()")
        .await?;
    let formula: Option<String> = browser.setup.published()?.pages()?.into_iter().find(|page| {
        let file = browser.setup.published().map(|published| published.folder.join(page));
        page != "print.html"
            && file.is_ok_and(|file| std::fs::read_to_string(file).is_ok_and(|html| html.contains("class=\"katex\"")))
    });
    browser.driver.goto(address(&formula.context("a page with a formula")?)).await?;
    browser
        .until("document.fonts.check('1em KaTeX_Main') && [...document.fonts].some(font => font.status === 'loaded')")
        .await?;
    Ok(())
}
