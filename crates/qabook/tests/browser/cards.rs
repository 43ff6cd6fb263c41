//! A small book of snippet cards, and what a reader does with one card.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::browser::Browser;

/// Name, how the stand-in for the Playground answers it, and its recorded output.
const PROGRAMS: [(&str, &str, &str); 21] = [
    ("same", "print 2\\n", "2\n"),
    ("other", "print 3\\n", "2\n"),
    ("panic", "panic", "2\n"),
    ("signal", "signal", "2\n"),
    ("killed", "killed", "2\n"),
    ("blank", "blank", "2\n"),
    ("stderr", "stderr", "2\n"),
    ("warning", "warning", "2\n"),
    ("broken", "compile error", "2\n"),
    ("slow", "slow", "2\n"),
    ("cancelled", "slow", "2\n"),
    ("spinning", "slow", "2\n"),
    ("timed-out", "timed out", "2\n"),
    ("error-500", "500", "2\n"),
    ("error-429", "429", "2\n"),
    ("garbage", "garbage", "2\n"),
    ("no-cors", "no-cors", "2\n"),
    ("closed", "closed", "2\n"),
    ("closed-once", "closed once", "2\n"),
    ("offline", "print 2\\n", "2\n"),
    ("twin", "print 2\\n", "2\n"),
];

/// A book of cards and nothing else.
pub(crate) const SETTINGS: &str = "[book]\ntitle = \"卡片\"\nlanguage = \"zh-CN\"\n\n\
                                   [preprocessor.snippets]\noutputs-page = false\n\n\
                                   [preprocessor.questions]\nrenderers = []\nstorage = \"cards\"\n\n\
                                   [output.html]\ngit-repository-url = \"https://git.example/a/b\"\n";

/// A program in two parts, whose first has a line too long for any card.
const PARTS: &str = "//! 分成两段\nfn main() {\n    // ANCHOR: a\n    let long = \"0123456789012345678901234567890123456789012345678\
                     90123456789012345678901234567890123456789\";\n    let x = long.len();\n    // ANCHOR_END: a\n    println!(\"{x}\");\n}\n";

const MUST_FAIL: &str = "//! 不能编译\n// stand-in: compile error\nfn main() {\n    let x: u8 = \"\";\n}\n";

/// A card that Python leads, with notes; one whose output is hidden; one that Rust leads, with notes.
const TWINS: &str = "# 两种语言\n\n```python,snippet=twin,primary=python\nprint(1 + 1)  # \u{957f}\n```\n\n\
                     - **Python**：蛇说的。\n- **Rust**：蟹说的。\n\n正文。\n\n\
                     ```python,snippet=same,hide-output,no-run\nprint(2)\n```\n\n正文。\n\n\
                     ```python,snippet=other\nprint(3)\n```\n\n- **Rust**：锈。\n- **Python**：皮。\n";

/// Builds the book's sources in a temporary folder.
pub(crate) fn book() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root, "book.toml", SETTINGS)?;
    write(
        root,
        "src/SUMMARY.md",
        "# 目录\n\n[结局](endings.md)\n\n- [卡片](cards.md)\n- [又一页](more.md)\n- [两种语言](twins.md)\n- [代码](code.md)\n- [有节](sections.md)\n",
    )?;
    write(root, "src/code.md", crate::code::CHAPTER)?;
    write(root, "src/sections.md", "# 有节\n\n开头。\n\n## 这一节 {#here}\n\n正文。\n")?;
    write(root, "snippets/Cargo.toml", "")?;
    let mut endings = String::from("# 结局\n");
    for (name, _, output) in PROGRAMS {
        write(root, &format!("snippets/examples/{name}/main.rs"), &format!("//! 程序 {name}\n{}", program(name)))?;
        write(root, &format!("snippets/examples/{name}/output.txt"), output)?;
        endings += &format!("\n{{{{#snippet {name}}}}}\n");
    }
    write(root, "src/endings.md", &endings)?;
    write(root, "snippets/examples/parts/main.rs", PARTS)?;
    write(root, "snippets/examples/parts/output.txt", "90\n")?;
    write(root, "snippets/compile-fail/must-fail/main.rs", MUST_FAIL)?;
    write(root, "snippets/compile-fail/must-fail/error.txt", "error[E0308]: mismatched types\n")?;
    let huge = format!("//! 很长\nfn main() {{\n{}}}\n", "    println!(\"一行又一行\");\n".repeat(120));
    write(root, "snippets/examples/huge/main.rs", &huge)?;
    write(root, "snippets/examples/huge/output.txt", &"一行又一行\n".repeat(120))?;
    let python = "```python,snippet=twin\nprint(1 + 1)\n```\n";
    let cards = format!(
        "# 卡片\n\n{python}\n{{{{#snippet parts:a highlight=2}}}}\n\n{{{{#snippet must-fail}}}}\n\n{{{{#snippet huge}}}}\n\n\
         {{{{#snippet same hide-output}}}}\n\n{{{{#snippet other no-run}}}}\n\n{python}"
    );
    write(root, "src/cards.md", &cards)?;
    write(root, "snippets/examples/twin/python.txt", "2 Python\n")?;
    write(root, "src/twins.md", TWINS)?;
    write(root, "src/more.md", &format!("# 又一页\n\n{python}"))?;
    Ok(folder)
}

/// Writes a file of the book in `root`, and the folders that it is in.
pub(crate) fn write(root: &Path, path: &str, text: &str) -> Result<()> {
    let path = root.join(path);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    Ok(fs::write(path, text)?)
}

/// The program `name` as the page has it: without its caption.
pub(crate) fn program(name: &str) -> String {
    let (_, wish, _) = PROGRAMS.into_iter().find(|(other, ..)| *other == name).expect("a program of the book");
    format!("// stand-in: {wish}\nfn main() {{\n    println!(\"{{}}\", 1 + 1); // {name}\n}}\n")
}

/// One card on a page.
pub(crate) struct Card {
    pub(crate) browser: Browser,
    /// A selector that fits its figure only.
    figure: String,
}

fn selector(button: &str) -> String {
    format!("[data-do=\"{button}\"]")
}

/// Whether scripts wait until the card's button is pressed.
pub(crate) fn waiting(button: &str) -> String {
    let button = selector(button);
    format!(
        "[...document.querySelectorAll('script[data-press]')].some(script => $({button:?})?.closest(script.dataset.press))"
    )
}

impl Card {
    /// Opens `page` of the book of cards and takes the card of `reference` on it.
    pub(crate) async fn open(browser: &Browser, page: &str, reference: &str) -> Result<Self> {
        browser.driver.goto(format!("{}/{page}", browser.setup.cards().address())).await?;
        Self::here(browser, reference).await
    }

    /// The card of `reference` on the page that is open.
    pub(crate) async fn here(browser: &Browser, reference: &str) -> Result<Self> {
        let card = Self { browser: browser.clone(), figure: format!(".snippet[data-snippet=\"{reference}\"]") };
        browser.find(&card.figure).await?;
        Ok(card)
    }

    pub(crate) async fn find(&self, selector: &str) -> Result<WebElement> {
        self.browser.find(&format!("{} {selector}", self.figure)).await
    }

    /// Clicks one of the card's buttons, and waits until its scripts are there.
    pub(crate) async fn press(&self, button: &str) -> Result<()> {
        self.click(button).await?;
        self.until(&format!("!({})", waiting(button))).await
    }

    /// Clicks one of the card's buttons, away from mdBook's menu bar, which lies over the page's upper edge.
    pub(crate) async fn click(&self, button: &str) -> Result<()> {
        let button = selector(button);
        self.js::<Value>(&format!("$({button:?}).scrollIntoView({{ block: 'center' }})")).await?;
        Ok(self.find(&button).await?.click().await?)
    }

    /// Presses keys where the focus is.
    pub(crate) async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.browser.driver.active_element().await?.send_keys(keys).await?)
    }

    /// What `expression` is, with `card` for the figure and `$` for its `querySelector`.
    pub(crate) async fn js<T: serde::de::DeserializeOwned>(&self, expression: &str) -> Result<T> {
        self.browser.js(&format!("{} return {expression};", self.prelude())).await
    }

    /// Waits until `expression`, as in [`Card::js`], is true.
    pub(crate) async fn until(&self, expression: &str) -> Result<()> {
        self.browser.until(&format!("(() => {{ {} return {expression}; }})()", self.prelude())).await
    }

    fn prelude(&self) -> String {
        format!("const card = document.querySelector({:?}); const $ = s => card.querySelector(s);", self.figure)
    }

    /// The code on the card.
    pub(crate) async fn code(&self) -> Result<String> {
        self.js("$('.snippet-code').textContent").await
    }

    /// What the card says about the run; empty when there was none.
    pub(crate) async fn status(&self) -> Result<String> {
        self.js("$('.snippet-status').innerText").await
    }

    /// What the card says about the last thing done.
    pub(crate) async fn notice(&self) -> Result<String> {
        self.until("$('.snippet-notice').textContent").await?;
        self.js("$('.snippet-notice').textContent").await
    }

    /// Runs the program and waits until it has ended: what the card says then.
    pub(crate) async fn run(&self) -> Result<String> {
        self.press("run").await?;
        self.ended().await
    }

    /// Waits until a run that was begun has ended.
    pub(crate) async fn ended(&self) -> Result<String> {
        self.until("!('running' in card.dataset) && $('.snippet-status').textContent").await?;
        self.status().await
    }

    /// The text that the output part of the card shows, hidden things aside.
    pub(crate) async fn output(&self) -> Result<String> {
        self.js("[...card.querySelectorAll('.snippet-output pre')].filter(pre => pre.checkVisibility())\
                 .map(pre => pre.textContent).join('---\\n')")
            .await
    }
}
