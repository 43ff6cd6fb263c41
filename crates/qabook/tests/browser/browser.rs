//! A browser window of one test.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::driver::browser;
use crate::trials::{Needs, Setup};

/// How long a test waits for what must come; long, because test machines are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A fresh profile in a window of 1280 × 900.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) setup: Arc<Setup>,
}

impl Browser {
    pub(crate) async fn open(setup: Arc<Setup>, needs: Needs) -> Result<Self> {
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            "--lang=zh-CN",
        ] {
            capabilities.add_arg(argument)?;
        }
        // ChromeDriver finds Google's by itself.
        if let Some(binary) = browser(needs == Needs::Tabs).filter(|name| name.starts_with('/')) {
            capabilities.set_binary(binary)?;
        }
        capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        if needs == Needs::Requests {
            capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        }
        let driver = WebDriver::new(setup.driver.address(), capabilities).await?;
        Ok(Self { driver, setup })
    }

    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// Opens a page of the book, such as `network/arp.html`; the empty path is the home page.
    pub(crate) async fn go(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(self.address(path)).await?)
    }

    /// Changes the theme of the page that is open, as mdBook's menu does.
    pub(crate) async fn choose_theme(&self, theme: &str) -> Result<()> {
        self.js::<()>(&format!("document.getElementById('mdbook-theme-{theme}').click()")).await?;
        self.until(&format!("document.documentElement.classList.contains('{theme}')")).await?;
        self.colours_stand().await
    }

    /// Waits for the ends of transitions, during which colours are neither the old nor the new ones.
    pub(crate) async fn colours_stand(&self) -> Result<()> {
        self.until("!document.getAnimations().some(animation => animation instanceof CSSTransition)").await
    }

    /// The address of a page of the book.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.setup.site().address())
    }

    /// Sets the size of the page's viewport in CSS pixels, below the smallest window, too.
    pub(crate) async fn size(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Cuts the network off, or restores it.
    pub(crate) async fn offline(&self, offline: bool) -> Result<()> {
        self.cdp("Network.enable", json!({})).await?;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.emulateNetworkConditions", conditions).await?;
        Ok(())
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub(crate) async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(command, parameters).await?)
    }

    /// Makes the methods of storage that the array `names` names (JavaScript) refuse, on every page that is opened after this.
    pub(crate) async fn forbid_storage(&self, names: &str) -> Result<()> {
        let source = format!(
            "for (const name of {names}) {{
                 Storage.prototype[name] = () => {{ throw new DOMException('denied', 'SecurityError'); }};
             }}"
        );
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        Ok(())
    }

    /// What the body of a JavaScript function, `script`, returns.
    pub(crate) async fn js<T: serde::de::DeserializeOwned>(&self, script: &str) -> Result<T> {
        let returned = self.driver.execute(script, vec![]).await?;
        returned.convert().with_context(|| script.to_string())
    }

    /// Waits until the JavaScript expression `condition`, or what it promises, is true.
    pub(crate) async fn until(&self, condition: &str) -> Result<()> {
        self.until_within(PATIENCE, condition).await
    }

    /// The same for a shorter time.
    pub(crate) async fn until_within(&self, patience: Duration, condition: &str) -> Result<()> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            // While a page goes and another comes, no script runs.
            let now = self.js::<bool>(&format!("return Promise.resolve({condition}).then(Boolean);")).await;
            if matches!(now, Ok(true)) {
                return Ok(());
            }
            ensure!(tokio::time::Instant::now() < deadline, "this never came true: {condition} ({now:?})");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The first element that matches a CSS selector, as soon as it is there.
    pub(crate) async fn find(&self, selector: &str) -> Result<WebElement> {
        let query = self.driver.query(By::Css(selector)).wait(PATIENCE, Duration::from_millis(50));
        query.first().await.with_context(|| selector.to_string())
    }

    /// Errors in the console since the last call: uncaught exceptions, failed requests, violations of a policy.
    pub(crate) async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.driver.get_log("browser").await?;
        Ok(log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// The addresses that were requested since the last call; the test says that it wants them, see [`Needs::Requests`].
    pub(crate) async fn requests(&self) -> Result<Vec<String>> {
        let log = self.driver.get_log("performance").await?;
        let address = |message: &str| {
            let event: Value = serde_json::from_str(message).ok()?;
            let event = &event["message"];
            (event["method"] == "Network.requestWillBeSent")
                .then(|| event["params"]["request"]["url"].as_str().map(str::to_string))?
        };
        Ok(log.iter().filter_map(|entry| address(&entry.message)).collect())
    }

    /// Writes a picture of the viewport.
    pub(crate) async fn picture(&self, file: &Path) -> Result<()> {
        Ok(self.driver.screenshot(file).await?)
    }
}
