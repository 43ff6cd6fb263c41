//! What a kept book says of files that it doesn't keep.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::host::{Host, SUB_PATH};
use crate::offline::visit_and_keep;
use crate::small_book::SmallBook;
use crate::trials::{Test, tests};

pub(crate) const TESTS: &[Test] = tests![a_download_without_a_network_says_that_it_needs_one];

async fn a_download_without_a_network_says_that_it_needs_one(browser: Browser) -> Result<()> {
    for (language, says, missing) in
        [("zh-CN", "要连上网络", "没有这一页"), ("en", "needs a network", "Page not found")]
    {
        let book = SmallBook::new();
        book.replace("book.toml", "https://books.test/small/", SUB_PATH);
        book.replace("book.toml", "zh-CN", language);
        book.replace(
            "book.toml",
            "[preprocessor.questions]\n",
            "[preprocessor.questions]\ndownloads = [\"a b.pdf\"]\n",
        );
        let built = book.build();
        ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let host = Host::serve(&book.root().join("book"), SUB_PATH).await?;
        let address = host.address("");
        visit_and_keep(&browser, address.clone()).await?;
        host.stop().await;
        for (file, said) in [("a%20b.pdf", says), ("nothing.pdf", missing)] {
            browser.driver.goto(format!("{address}{file}")).await?;
            let text: String = browser.js("return document.body.innerText").await?;
            ensure!(text.contains(said), "{file} in {language}: {text}");
        }
        browser.driver.goto(format!("{address}a%20b.pdf")).await?;
        browser.find("a").await?.click().await?;
        browser.until("document.querySelector('#mdbook-sidebar')").await?;
    }
    Ok(())
}
