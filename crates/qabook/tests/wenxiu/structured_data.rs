//! What the pages of the whole book tell search engines in JSON-LD: the fields that these ask for.
//!
//! <https://developers.google.com/search/docs/appearance/structured-data/qapage>, `breadcrumb` and `book` next to it, and the
//! types of <https://schema.org>.

use anyhow::{Context, Result, bail, ensure};
use qabook_support::testing::Test;
use qabook_support::tests;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{root, site};

pub(crate) const TESTS: &[Test] = tests![every_page_in_the_sitemap_says_what_it_is];

/// The addresses of the sitemap.
fn addresses(site: &Path) -> Result<Vec<String>> {
    let sitemap = fs::read_to_string(site.join("sitemap.xml")).context("sitemap.xml")?;
    let found = sitemap.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_string()));
    Ok(found.collect())
}

/// The text at `pointer`, which must not be empty.
fn text<'a>(data: &'a Value, pointer: &str) -> Result<&'a str> {
    let text = data.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    ensure!(!text.trim().is_empty(), "no text at {pointer} of {data:#}");
    Ok(text)
}

/// Whether book.toml names authors: who names none is nobody's author.
fn has_authors() -> Result<bool> {
    let settings: toml::Table = fs::read_to_string(root().join("book.toml"))?.parse()?;
    Ok(settings["book"].get("authors").and_then(toml::Value::as_array).is_some_and(|authors| !authors.is_empty()))
}

fn check_question(data: &Value, url: &str) -> Result<()> {
    let question = &data["mainEntity"];
    for field in ["/name", "/text", "/acceptedAnswer/text"] {
        text(question, field)?;
    }
    for field in ["/author/name", "/acceptedAnswer/author/name"] {
        assert_eq!(text(question, field).is_ok(), has_authors()?, "{field} on {url}");
    }
    assert_eq!((text(question, "/@type")?, &question["answerCount"]), ("Question", &1.into()), "{url}");
    assert_eq!(text(question, "/acceptedAnswer/@type")?, "Answer", "{url}");
    assert_eq!(text(question, "/acceptedAnswer/url")?, url);
    assert_eq!(text(data, "/url")?, url);
    Ok(())
}

fn check_book(data: &Value, url: &str) -> Result<()> {
    for field in ["/name", "/description", "/inLanguage"] {
        text(data, field)?;
    }
    assert_eq!(text(data, "/author/name").is_ok(), has_authors()?, "the author on {url}");
    assert_eq!(text(data, "/url")?, url);
    Ok(())
}

/// Every step has a name and the address of a page, the last one that of this page.
fn check_breadcrumbs(data: &Value, url: &str, addresses: &BTreeSet<&str>) -> Result<()> {
    let steps = data["itemListElement"].as_array().context("itemListElement")?;
    ensure!(steps.len() >= 2, "{data:#}");
    for (index, step) in steps.iter().enumerate() {
        assert_eq!((text(step, "/@type")?, &step["position"]), ("ListItem", &(index + 1).into()));
        text(step, "/name")?;
        ensure!(addresses.contains(text(step, "/item")?), "not in the sitemap: {step}");
    }
    assert_eq!(steps.last().map(|step| &step["item"]), Some(&url.into()));
    Ok(())
}

fn every_page_in_the_sitemap_says_what_it_is() {
    check(&site()).unwrap();
}

/// Checks the pages of the book that was built into `site`.
fn check(site: &Path) -> Result<()> {
    let addresses = addresses(site)?;
    let home = addresses.first().context("an address")?;
    let known: BTreeSet<&str> = addresses.iter().map(String::as_str).collect();
    let (mut books, mut all_questions) = (0, 0);
    for url in &addresses {
        let file = url.strip_prefix(home.as_str()).with_context(|| format!("{url} is not below {home}"))?;
        let index = if file.is_empty() || file.ends_with('/') { "index.html" } else { "" };
        let page = fs::read_to_string(site.join(format!("{file}{index}"))).context(url.clone())?;
        let script = page.split_once("<script type=\"application/ld+json\">").context(url.clone())?.1;
        let data: Value = serde_json::from_str(script.split_once("</script>").context(url.clone())?.0)?;
        assert_eq!(data["@context"], "https://schema.org", "{url}");
        let (mut breadcrumbs, mut questions) = (0, 0);
        for thing in data["@graph"].as_array().context(url.clone())? {
            match text(thing, "/@type")? {
                "Book" => {
                    books += 1;
                    check_book(thing, url)
                }
                "QAPage" => {
                    questions += 1;
                    check_question(thing, url)
                }
                "BreadcrumbList" => {
                    breadcrumbs += 1;
                    check_breadcrumbs(thing, url, &known)
                }
                other => bail!("of {other} these tests know nothing"),
            }
            .with_context(|| url.clone())?;
        }
        assert_eq!(breadcrumbs, i32::from(url != home), "{url}");
        assert_eq!(questions, page.matches("<header class=\"question-header\"").count(), "{url}");
        all_questions += questions;
    }
    assert_eq!(books, 1);
    ensure!(all_questions > 0, "no question is in the sitemap");
    Ok(())
}
