//! The gate: what is on a page is found on it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::Path;

use crate::browser::Browser;
use crate::search::first_result;
use crate::trials::{Test, tests};
use crate::wenxiu::ARP;

pub(crate) const TESTS: &[Test] = tests![a_thousand_random_pieces_of_text_each_find_their_page];

const SAMPLES: usize = 1_000;

/// Elements whose text a page doesn't show as its text.
const HIDDEN: [&str; 7] = ["script", "style", "template", "math", "title", "desc", "button"];

/// A small generator, so that the sample never changes with a library: `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap_or_default()
    }
}

async fn a_thousand_random_pieces_of_text_each_find_their_page(browser: Browser) -> Result<()> {
    let mut random = Random(20_261_125);
    let mut pages = Vec::new();
    collect_pages(&browser.setup.site().folder(), "", &mut pages)?;
    pages.sort();
    ensure!(pages.len() > 60, "only {} pages", pages.len());
    let mut samples = Vec::new();
    while samples.len() < SAMPLES {
        let (address, pieces) = &pages[random.below(pages.len())];
        let piece: Vec<char> = pieces[random.below(pieces.len())].chars().collect();
        // An identifier whole, of 汉字 two to six in a row.
        let query: String = if piece[0].is_ascii() {
            piece.iter().collect()
        } else {
            let length = (2 + random.below(5)).min(piece.len());
            let start = random.below(piece.len() - length + 1);
            piece[start..start + length].iter().collect()
        };
        samples.push((query, address.clone()));
    }
    browser.go(&format!("{ARP}?search=arp")).await?;
    first_result(&browser).await?;
    let start = format!(
        "window.lost = null; (async () => {{ const lost = [];
           for (const [text, address] of {}) {{
             const {{ pages }} = await new Promise((answer, fail) =>
               dispatchEvent(new CustomEvent('zh-search-query', {{ detail: {{ text, limit: 1000, answer, fail }} }})));
             if (!pages.some((page) => page.address === address)) lost.push(`${{text}} (${{address}})`);
           }}
           window.lost = lost; }})().catch((error) => (window.lost = [String(error)])); return null",
        serde_json::to_string(&samples)?
    );
    browser.js::<Value>(&start).await?;
    for _ in 0..20 {
        if browser.until("window.lost").await.is_ok() {
            break;
        }
    }
    let lost: Vec<String> = browser.js("return window.lost").await.context("the queries did not end")?;
    assert!(lost.is_empty(), "{} of {SAMPLES} do not find their page: {lost:#?}", lost.len());
    Ok(())
}

/// The pages of the book with their text's pieces: runs of 汉字 and identifiers.
fn collect_pages(folder: &Path, prefix: &str, pages: &mut Vec<(String, Vec<String>)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect_pages(&entry.path(), &format!("{name}/"), pages)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "html")
            && !["404.html", "print.html", "toc.html"].contains(&name.as_str())
        {
            let html = fs::read_to_string(entry.path())?;
            if let Some((_, main)) = html.split_once("<main>") {
                // What only repeats other pages is the end of its own.
                let main = main.split(" data-no-index").next().unwrap_or_default();
                let pieces = pieces(main.split_once("</main>").map_or(main, |(main, _)| main));
                ensure!(!pieces.is_empty(), "{name} holds no text");
                pages.push((name, pieces));
            }
        }
    }
    Ok(())
}

/// Pieces of single text nodes, read by a scanner that has nothing in common with the indexer's.
fn pieces(main: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut hidden: Option<&str> = None;
    for part in main.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        match hidden {
            Some(open) if tag.starts_with('/') && name == open => hidden = None,
            None if !tag.starts_with('/') && !tag.ends_with('/') => {
                hidden = HIDDEN.into_iter().find(|one| *one == name);
            }
            _ => {}
        }
        if hidden.is_none() {
            let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            found.extend(text.split(|c| !is_han(c)).filter(|run| run.chars().count() > 1).map(str::to_string));
            let words = text.split(|c: char| (is_han(c) || !c.is_alphanumeric()) && !['_', '&'].contains(&c));
            let identifier = |word: &&str| {
                let named = word.starts_with(|c: char| c.is_ascii_alphabetic());
                named && word.len() > 2 && word.is_ascii() && !word.contains('&')
            };
            found.extend(words.filter(identifier).map(str::to_string));
        }
    }
    found
}
