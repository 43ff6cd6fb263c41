//! The published site below a sub-path, on any static server.

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

use crate::browser::Browser;
use crate::host::{Host, Published, settings, title};
use crate::small_book::{SmallBook, png};
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![
    every_address_on_every_page_leads_somewhere,
    every_address_leads_somewhere_at_the_root_of_a_host,
    the_book_can_be_installed,
];

/// `[what, address]` of everything that a page links or loads, and `["id", …]` of what can be linked on it.
const ADDRESSES: &str = r#"
    const found = [];
    const add = (selector, property) => {
        for (const element of document.querySelectorAll(selector)) found.push([selector, element[property]]);
    };
    // The <base> of 404.html, which is shown at any address, makes links within the page lead to the home page.
    add(document.querySelector('base') ? 'a[href]:not([href^=\\#])' : 'a[href]', 'href');
    add('link[href]', 'href');
    add('script[src]', 'src');
    add('img[src]', 'src');
    add('iframe[src]', 'src');
    add('meta[property="og:url"]', 'content');
    add('meta[property="og:image"]', 'content');
    add('[id]', 'id');
    return found;
"#;

/// The file that a static server answers `address` with; `None` for an address outside the book.
///
/// Canonical and Open Graph addresses name the host of the book: of those the path counts.
fn file_of(host: &Host, what: &str, address: &str) -> Result<Option<(String, String)>> {
    let url = Url::parse(address).with_context(|| address.to_string())?;
    let ours = Url::parse(&host.address(""))?;
    let names_the_host = what.starts_with("meta") || what.starts_with("link");
    if url.origin() != ours.origin() && !(names_the_host && url.scheme().starts_with("http")) {
        return Ok(None);
    }
    let path = percent_decode(url.path())?;
    let file = path.strip_prefix(host.path()).with_context(|| format!("{address} leads out of the book"))?;
    let index = if file.is_empty() || file.ends_with('/') { "index.html" } else { "" };
    Ok(Some((format!("{file}{index}"), percent_decode(url.fragment().unwrap_or_default())?)))
}

fn percent_decode(text: &str) -> Result<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| text_of(after.get(..2)?)).flatten();
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    Ok(String::from_utf8(bytes)?)
}

fn text_of(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Checks what every page of a site links and loads; returns how many different addresses these are.
async fn follow(browser: &Browser, published: &Published, host: &Host) -> Result<usize> {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut wanted: BTreeMap<(String, String), String> = BTreeMap::new();
    for page in published.pages()? {
        browser.driver.goto(host.address(&page)).await?;
        browser.until("document.readyState === 'complete'").await?;
        for (what, address) in browser.js::<Vec<(String, String)>>(ADDRESSES).await? {
            if what == "[id]" {
                ids.entry(page.clone()).or_default().insert(address);
            } else if let Some(target) = file_of(host, &what, &address).with_context(|| page.clone())? {
                wanted.entry(target).or_insert_with(|| format!("{page}: {what} {address}"));
            }
        }
    }
    // A site to be deployed must hold what its home page offers.
    let downloads = if published.lacks_downloads() { downloads()? } else { Vec::new() };
    wanted.retain(|(file, _), _| !downloads.contains(file));
    let missing = wanted.iter().filter(|((file, fragment), _)| {
        let linked = fragment.is_empty() || ids.get(file).is_some_and(|ids| ids.contains(fragment));
        !published.folder.join(file).is_file() || !linked
    });
    let missing: Vec<&String> = missing.map(|(_, from)| from).collect();
    ensure!(missing.is_empty(), "{} addresses lead nowhere: {missing:#?}", missing.len());
    Ok(wanted.len())
}

/// The files of the book's other forms.
fn downloads() -> Result<Vec<String>> {
    let settings = settings()?;
    let names = settings["preprocessor"]["questions"].get("downloads").and_then(|names| names.as_array());
    Ok(names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_string)).collect())
}

async fn every_address_on_every_page_leads_somewhere(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    let followed = follow(&browser, published, &host).await?;
    // Each page, and what all of them load.
    ensure!(followed > published.pages()?.len(), "only {followed} addresses were found");
    Ok(())
}

async fn every_address_leads_somewhere_at_the_root_of_a_host(browser: Browser) -> Result<()> {
    let book = SmallBook::new();
    book.replace("book.toml", "https://books.test/small/", "https://books.test");
    for (file, edge) in [("theme/icons/icon-192.png", 192), ("theme/icons/apple-touch-icon-180.png", 180)] {
        book.write(file, png(edge));
    }
    let built = book.build();
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let published = Published::in_folder(book.root().join("book"));
    let host = published.serve().await?;
    assert_eq!(host.path(), "/");
    let followed = follow(&browser, &published, &host).await?;
    ensure!(followed > 20, "only {followed} addresses were found");
    // Shown for any address: its own links must not depend on where it is asked for.
    let page = std::fs::read_to_string(published.folder.join("404.html"))?;
    ensure!(page.contains("<base href=\"/\">"), "{page}");
    Ok(())
}

async fn the_book_can_be_installed(browser: Browser) -> Result<()> {
    let published = browser.setup.published()?;
    let host = published.serve().await?;
    browser.driver.goto(host.address("")).await?;
    browser.until("document.querySelector('link[rel=manifest]')").await?;
    let manifest = browser.cdp("Page.getAppManifest", serde_json::json!({})).await?;
    assert_eq!(manifest["errors"], serde_json::json!([]), "{manifest}");
    assert_eq!(manifest["url"], host.address("manifest.webmanifest"));
    let data: serde_json::Value = serde_json::from_str(manifest["data"].as_str().unwrap_or_default())?;
    assert_eq!(data["name"], title()?);
    let icons: Vec<(&str, &str)> = data["icons"]
        .as_array()
        .context("icons")?
        .iter()
        .filter_map(|icon| Some((icon["sizes"].as_str()?, icon["purpose"].as_str()?)))
        .collect();
    // A drawing has any size; a book that brings no icons has drawings.
    for (size, purpose) in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
        let is_it = |icon: &(&str, &str)| icon.1 == purpose && [size, "any"].contains(&icon.0);
        ensure!(icons.iter().any(is_it), "no icon of {size} for {purpose}: {icons:?}");
    }
    let pictures = data["icons"].as_array().into_iter().flatten().filter(|icon| icon["sizes"] != "any");
    for icon in pictures {
        let address = host.address(icon["src"].as_str().unwrap_or_default());
        let size = format!(
            "const image = new Image(); image.src = '{address}'; return image.decode().then(() => image.naturalWidth)"
        );
        assert_eq!(icon["sizes"], format!("{0}x{0}", browser.js::<u32>(&size).await?));
    }
    let errors = browser.cdp("Page.getInstallabilityErrors", serde_json::json!({})).await?;
    assert_eq!(errors["installabilityErrors"], serde_json::json!([]));
    Ok(())
}
