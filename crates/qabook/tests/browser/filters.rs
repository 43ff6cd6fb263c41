//! What filters long pages: the chips of the page of tags, the box of the glossary; and the parts of the page of errata.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::trials::{Test, tests};
use crate::wenxiu::{ARP, ERRATA, GLOSSARY, PARTS, QUESTIONS, TAGS};

pub(crate) const TESTS: &[Test] = tests![
    a_chip_shows_the_questions_of_its_tag,
    levels_and_marks_leave_out_the_others,
    without_scripts_chips_lead_to_their_tags,
    the_glossary_is_filtered_as_one_writes,
    errata_are_by_part_and_their_links_say_where_they_lead,
    errata_are_a_line_a_chapter_until_one_is_wanted,
];

/// The sections of tags that are shown.
const SHOWN: &str =
    "[...document.querySelectorAll('.tag-sections > section')].filter(section => section.checkVisibility())";

async fn a_chip_shows_the_questions_of_its_tag(browser: Browser) -> Result<()> {
    browser.go(TAGS).await?;
    let chips: usize = browser.js("return document.querySelectorAll('.tag-chips a').length").await?;
    browser.until(&format!("{SHOWN}.length === {chips}")).await?;
    let counts: bool = browser
        .js("return [...document.querySelectorAll('.tag-chips a')].every(chip => Number(chip.querySelector('span').textContent)
                 === document.getElementById(decodeURIComponent(chip.hash.slice(1))).parentElement.querySelectorAll('li').length)")
        .await?;
    ensure!(counts, "chips say how many questions a tag has");
    browser.find(".tag-chips a[href='#tag-tcp']").await?.click().await?;
    browser.until(&format!("{SHOWN}.length === 1 && {SHOWN}[0].querySelector('h2').id === 'tag-tcp'")).await?;
    browser.js::<()>("document.querySelector('.tag-chips [aria-current]').click()").await?;
    browser.until(&format!("{SHOWN}.length === {chips}")).await?;
    // An address within the page chooses, too, after a chip; one that is no tag's leaves the choice.
    let first = format!("{SHOWN}.length === 1 && {SHOWN}[0].querySelector('h2').id");
    browser.js::<()>("document.querySelectorAll('.tag-chips a')[3].click()").await?;
    for (hash, shown) in [("#tag-tcp", "=== 'tag-tcp'"), ("#elsewhere", "=== 'tag-tcp'"), ("#tag-dns", "=== 'tag-dns'")]
    {
        browser.js::<()>(&format!("location.hash = '{hash}'")).await?;
        browser.until(&format!("{first} {shown}")).await?;
    }
    browser.driver.back().await?;
    browser.driver.back().await?;
    browser.until(&format!("{first} === 'tag-tcp'")).await?;
    // Who comes from a chapter sees its tag.
    browser.go("").await?;
    browser.go(&format!("{TAGS}#tag-tcp")).await?;
    browser.until("document.querySelector('#tag-tcp').getBoundingClientRect().top < innerHeight").await
}

async fn levels_and_marks_leave_out_the_others(browser: Browser) -> Result<()> {
    browser.go(ARP).await?;
    browser.js::<bool>("return qabook.mark('arp', 'again', Date.now())").await?;
    browser.size(360, 740).await?;
    browser.go(TAGS).await?;
    browser.find(".tag-filters input[value=again]").await?.click().await?;
    let shown = "[...new Set([...document.querySelectorAll('.tag-questions li')].filter(item => item.checkVisibility())
        .map(item => item.dataset.question))].join()";
    browser.until(&format!("{shown} === 'arp'")).await?;
    browser.find(".tag-filters input[value=深入]").await?.click().await?;
    browser.until(&format!("{shown} === '' && document.querySelector('.tag-empty').textContent !== ''")).await?;
    browser.find(".tag-filters input[value=again]").await?.click().await?;
    let only: bool = browser
        .js("return [...document.querySelectorAll('.tag-questions li')].filter(item => item.checkVisibility())
                 .every(item => item.dataset.level === '深入')")
        .await?;
    ensure!(only);
    Ok(())
}

async fn without_scripts_chips_lead_to_their_tags(browser: Browser) -> Result<()> {
    browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true })).await?;
    browser.go(TAGS).await?;
    ensure!(!browser.find(".tag-filters").await?.is_displayed().await?);
    browser.find(".tag-chips a[href='#tag-tcp']").await?.click().await?;
    assert_eq!(browser.driver.current_url().await?.fragment(), Some("tag-tcp"));
    ensure!(browser.find("#tag-tcp").await?.is_displayed().await?);
    browser.go(GLOSSARY).await?;
    ensure!(!browser.find(".glossary-filter").await?.is_displayed().await?);
    Ok(())
}

async fn the_glossary_is_filtered_as_one_writes(browser: Browser) -> Result<()> {
    browser.go(GLOSSARY).await?;
    let input = browser.find(".glossary-filter input").await?;
    input.send_keys("ＳＹＮ flood").await?;
    let rows = "[...document.querySelectorAll('main tbody tr')].filter(row => row.checkVisibility())";
    browser.until(&format!("{rows}.length === 1 && {rows}[0].textContent.includes('SYN 洪水')")).await?;
    browser.until("document.querySelector('.glossary-filter [role=status]').textContent === '1'").await?;
    let headings: u32 = browser
        .js("return [...document.querySelectorAll('main h2')].filter(heading => heading.checkVisibility()).length")
        .await?;
    assert_eq!(headings, 1, "no heading stands above nothing");
    input.send_keys("xyz").await?;
    browser
        .until("document.querySelector('.glossary-filter [role=status]').textContent === '没有这样的词条。'")
        .await?;
    input.send_keys(thirtyfour::Key::Escape + "").await?;
    browser.until(&format!("{rows}.length > 100")).await
}

async fn errata_are_by_part_and_their_links_say_where_they_lead(browser: Browser) -> Result<()> {
    browser.go(ERRATA).await?;
    let (parts, questions): (usize, u32) =
        browser.js("return ['h2', 'h3'].map(level => document.querySelectorAll(`main ${level}`).length)").await?;
    assert_eq!((parts, questions), (PARTS, QUESTIONS));
    let names: Vec<String> = browser
        .js("return [...document.querySelectorAll('main .errata-of > p > a:only-child')].map(link => link.textContent)")
        .await?;
    let different: std::collections::HashSet<_> = names.iter().collect();
    assert_eq!(different.len(), names.len(), "no two links are named alike");
    ensure!(names.contains(&"读第 4 题：TCP 的三次握手与四次挥手".to_string()), "{names:?}");
    Ok(())
}

async fn errata_are_a_line_a_chapter_until_one_is_wanted(browser: Browser) -> Result<()> {
    browser.size(360, 740).await?;
    browser.go(ERRATA).await?;
    let open = "[...document.querySelectorAll('.errata-of')].map(part => part.open)";
    assert!(!browser.js::<Vec<bool>>(&format!("return {open}")).await?.contains(&true));
    let height: f64 = browser.js("return document.querySelector('main').offsetHeight").await?;
    ensure!(height < 11_000.0, "{height} px are long to skim");
    let counted: (String, usize) = browser
        .js("const part = document.querySelector('#q4 + .errata-of');
             return [part.querySelector('summary').textContent, part.querySelectorAll('.erratum-wrong').length]")
        .await?;
    assert_eq!(counted.0, format!("{} 条更正", counted.1));
    let listed: bool = browser
        .js("return [...document.querySelectorAll('.errata-of > summary')]
                 .every(summary => summary.getBoundingClientRect().height >= 24)")
        .await?;
    ensure!(listed, "large enough to press");

    browser.js::<()>("location.hash = '#q4'").await?;
    browser.until("document.querySelector('#q4 + .errata-of').open").await?;
    assert_eq!(browser.js::<Vec<bool>>(&format!("return {open}")).await?.iter().filter(|open| **open).count(), 1);
    browser.go(&format!("{ERRATA}#q8")).await?;
    browser.until("document.querySelector('#q8 + .errata-of').open").await?;
    // On paper all of them are open, and afterwards as before.
    browser.js::<()>("dispatchEvent(new Event('beforeprint'))").await?;
    assert!(!browser.js::<Vec<bool>>(&format!("return {open}")).await?.contains(&false));
    browser.js::<()>("dispatchEvent(new Event('afterprint'))").await?;
    ensure!(browser.js::<Vec<bool>>(&format!("return {open}")).await?.contains(&false), "they close again");
    Ok(())
}
