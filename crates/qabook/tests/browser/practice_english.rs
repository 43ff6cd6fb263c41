//! Pages to practise with in an English book: what readers see and hear is English.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::cards;
use crate::practice::key;
use crate::site::Site;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![an_english_book_speaks_english_to_those_who_practise];

const CHAPTER: &str = "+++\nnumber = 1\nquestion = \"What is a socket?\"\nsummary = \"An end of a connection.\"\nlevel = \"basic\"\n\
                       tags = [\"TCP\"]\nverified = 2026-11-29\n\n[[options]]\ntext = \"An end\"\nright = true\nwhy = \"That it is.\"\n\n\
                       [[options]]\ntext = \"A file\"\nwhy = \"Only in some systems.\"\n+++\n\n# Sockets\n\n{{#snippet sum}}\n\n\
                       ## Next {#follow-up}\n\n### Why two?\n\nOne for each side.\n\n\
                       ## Errata {#errata}\n\n- **Wrong**: there is one (so they say). **Right**: there are two. ([RFC](https://a.test/))\n";

fn serve(root: &std::path::Path, endpoint: &str) -> Result<Site> {
    cards::write(root, "book.toml", "[book]\ntitle = \"Small\"\nlanguage = \"en\"\n")?;
    cards::write(
        root,
        "src/SUMMARY.md",
        "# Contents\n\n[Home](README.md)\n\n# Networks\n\n- [Sockets](net/sockets.md)\n",
    )?;
    cards::write(root, "src/README.md", "# Home\n\n{{#practice}}\n\n{{#questions}}\n")?;
    cards::write(root, "src/net/sockets.md", CHAPTER)?;
    cards::write(root, "snippets/Cargo.toml", "[dependencies]\n")?;
    cards::write(root, "snippets/examples/sum/main.rs", "//! A sum\nfn main() {\n    println!(\"{}\", 1 + 1);\n}\n")?;
    cards::write(root, "snippets/examples/sum/output.txt", "2\n")?;
    Ok(Site::serve(root, endpoint))
}

/// The 汉字 that the page shows or says to those who hear it.
async fn chinese(browser: &Browser) -> Result<String> {
    browser
        .js("const labels = [...document.querySelectorAll('main [aria-label], main [title], main [placeholder]')]
                 .flatMap(element => ['aria-label', 'title', 'placeholder'].map(name => element.getAttribute(name) ?? ''));
             return [document.querySelector('main').innerText, ...labels].join('').replace(/[^\\u3000-\\u9fff]/g, '')")
        .await
}

async fn an_english_book_speaks_english_to_those_who_practise(browser: Browser) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let site = serve(folder.path(), &browser.setup.playground.endpoint())?;
    for (page, asked) in [
        ("review.html", "What is a socket?"),
        ("statements.html", "ne"),
        ("follow-ups.html", "Why two?"),
        ("outputs.html", "A sum"),
    ] {
        browser.driver.goto(format!("{}/{page}", site.address())).await?;
        browser.until("document.querySelector('.practice-bar')").await?;
        let text: String = browser.js("return document.querySelector('main').innerText").await?;
        ensure!(text.contains(asked), "{page}: {text}");
        assert_eq!(chinese(&browser).await?, "", "{page}");
        for pressed in ["1", " "] {
            key(&browser, pressed).await?;
            assert_eq!(chinese(&browser).await?, "", "{page} after {pressed:?}");
        }
    }
    browser.driver.goto(format!("{}/net/sockets.html", site.address())).await?;
    browser.find(".question-options button").await?.click().await?;
    browser.until("document.querySelector('.option-verdict').textContent").await?;
    let head: String = browser
        .js("return document.querySelector('.question-header').innerText.replace(/[^\\u3000-\\u9fff]/g, '')")
        .await?;
    assert_eq!(head, "");
    Ok(())
}
