//! The page of the whole book: every list to practise with is on it, to be read and printed.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::cards::write;
use crate::practice::key;
use crate::site::Site;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![nothing_is_practised_on_the_page_of_the_whole_book];

/// A book of three questions in two parts, each with a follow-up and an erratum.
fn serve(root: &std::path::Path, endpoint: &str) -> Result<Site> {
    write(root, "book.toml", "[book]\ntitle = \"Small\"\nlanguage = \"en\"\n")?;
    let mut summary = String::from("# Contents\n\n[Home](README.md)\n");
    for (number, name) in ["a/one", "a/two", "b/three"].into_iter().enumerate() {
        let number = number + 1;
        let part = if number == 2 { "" } else { &format!("\n# Part {number}\n\n") };
        summary += &format!("{part}- [{name}]({name}.md)\n");
        let chapter = format!(
            "+++\nnumber = {number}\nquestion = \"Why {name}?\"\nsummary = \"So.\"\nlevel = \"basic\"\ntags = [\"TCP\"]\n\
             verified = 2026-11-29\n+++\n\n# {name}\n\n## Next {{#follow-up}}\n\n### And {name}?\n\nYes.\n\n\
             ## Errata {{#errata}}\n\n- **Wrong**: no {name}. **Right**: one {name}.\n"
        );
        write(root, &format!("src/{name}.md"), &chapter)?;
    }
    write(root, "src/SUMMARY.md", &summary)?;
    write(root, "src/README.md", "# Home\n\n{{#practice}}\n\n{{#questions}}\n")?;
    Ok(Site::serve(root, endpoint))
}

async fn nothing_is_practised_on_the_page_of_the_whole_book(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let site = serve(folder.path(), &browser.setup.playground.endpoint())?;
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": "window.print = () => {}" }))
        .await?;
    browser.driver.goto(format!("{}/print.html", site.address())).await?;
    browser.until("document.readyState === 'complete' && qabook.storage").await?;
    for pressed in ["1", "2", " ", "j"] {
        key(&browser, pressed).await?;
    }
    let address = browser.driver.current_url().await?;
    ensure!(address.path() == "/print.html", "a key led to {address}");
    let lists: Vec<(String, u32)> = browser
        .js("return [...document.querySelectorAll('.practice')].map(list =>
                 [list.dataset.kind, list.querySelectorAll('.practice-card:not([hidden])').length])")
        .await?;
    let as_built = ["review", "statements", "follow-ups"].map(|kind| (kind.to_string(), 3));
    assert_eq!(lists, as_built);
    let (tools, marks, unseen): (u32, u32, u32) = browser
        .js("return [document.querySelectorAll('.practice-bar, .practice-tools, [aria-current=true]').length,
                 Object.keys(qabook.marks()).length,
                 [...document.querySelectorAll('.practice-answer > summary')].filter(it => !it.checkVisibility()).length]")
        .await?;
    assert_eq!((tools, marks, unseen), (0, 0, 0), "each answer can be opened");
    let counts: Vec<String> = browser
        .js("return [...document.querySelectorAll('main .progress-counts')].map(({ textContent }) => textContent)")
        .await?;
    let of = |total: u32| format!("Known 0 · Again 0 · {total} in all");
    assert_eq!(counts, [of(3), of(2), of(1)], "of the book and of each part");
    Ok(())
}
