//! From a test function to a trial of the harness.

use anyhow::{Context, Result, anyhow};
use libtest_mimic::{Failed, Trial};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::cards;
use crate::driver::Driver;
use crate::host::Published;
use crate::playground::Playground;
use crate::programs::Programs;
use crate::site::Site;
use crate::wenxiu;

type Run = fn(Browser) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A named test; [`tests!`] makes them.
#[derive(Clone, Copy)]
pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    pub(crate) needs: Needs,
}

/// What costs too much CPU time to give it to every test.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Needs {
    Nothing,
    /// [`Browser::requests`]: ChromeDriver then reads of everything that the network does.
    Requests,
    /// Tabs that are hidden while another is shown, as in the whole browser only.
    Tabs,
}

/// The tests of a module: `tests![one, two @Requests]` for `async fn one(browser: Browser) -> Result<()>`, and for another
/// that [`Needs`] something.
macro_rules! tests {
    (@needs) => { crate::trials::Needs::Nothing };
    (@needs $needs:ident) => { crate::trials::Needs::$needs };
    ($($name:ident $(@ $needs:ident)?),* $(,)?) => {
        &[$(crate::trials::Test {
            name: concat!(module_path!(), "::", stringify!($name)),
            run: |browser| Box::pin($name(browser)),
            needs: crate::trials::tests!(@needs $($needs)?),
        }),*]
    };
}
pub(crate) use tests;

/// What all tests share. Ended when dropped.
pub(crate) struct Setup {
    pub(crate) driver: Driver,
    pub(crate) playground: Playground,
    site: OnceLock<Site>,
    cards: OnceLock<Cards>,
    published: OnceLock<Result<Published, String>>,
    programs: OnceLock<Result<Programs, String>>,
    here: OnceLock<Site>,
}

/// The book of cards, and where it is written.
struct Cards {
    site: Site,
    _folder: TempDir,
}

impl Setup {
    /// `None` where there is no browser.
    pub(crate) fn start() -> Option<Self> {
        Some(Self {
            driver: Driver::start()?,
            playground: Playground::start(),
            site: OnceLock::new(),
            cards: OnceLock::new(),
            published: OnceLock::new(),
            programs: OnceLock::new(),
            here: OnceLock::new(),
        })
    }

    /// The whole book; served when it is first asked for.
    pub(crate) fn site(&self) -> &Site {
        self.site.get_or_init(|| Site::serve(&book_root(), &self.playground.endpoint()))
    }

    /// The book of cards; served when it is first asked for.
    pub(crate) fn cards(&self) -> &Site {
        let cards = self.cards.get_or_init(|| {
            let folder = cards::book().expect("a book of cards");
            Cards { site: Site::serve(folder.path(), &self.playground.endpoint()), _folder: folder }
        });
        &cards.site
    }

    /// The book as it is published; built when it is first asked for.
    pub(crate) fn published(&self) -> Result<&Published> {
        let build = || Published::of(&book_root(), &self.playground.endpoint()).map_err(|error| format!("{error:#}"));
        self.published.get_or_init(build).as_ref().map_err(|error| anyhow!("{error}"))
    }

    /// The book of programs that run here; served when it is first asked for.
    pub(crate) fn programs(&self) -> Result<&Programs> {
        let serve = || Programs::serve(&self.playground.endpoint()).map_err(|error| format!("{error:#}"));
        self.programs.get_or_init(serve).as_ref().map_err(|error| anyhow!("{error}"))
    }

    /// The whole book, whose programs run here; served when it is first asked for.
    pub(crate) fn here(&self) -> &Site {
        let serve = || Site::start(&book_root(), &self.playground.endpoint(), |command| command.args(["--port", "0"]));
        self.here.get_or_init(serve)
    }
}

/// The folder of the real book.
pub(crate) fn book_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Test {
    pub(crate) fn trial(self, setup: Option<Arc<Setup>>) -> Trial {
        let name = self.name.strip_prefix("browser::").unwrap_or(self.name);
        let other_book = !wenxiu::is_here() && !wenxiu::OF_ANY_BOOK.iter().any(|start| name.starts_with(start));
        let ignored = setup.is_none() || other_book;
        Trial::test(name, move || {
            if other_book {
                return Err(Failed::from("the book in the root is another"));
            }
            let setup = setup.ok_or_else(|| Failed::from("chromium and chromedriver must be on the PATH"))?;
            let runtime = tokio::runtime::Runtime::new()?;
            let mut result = runtime.block_on(self.run_in_a_browser(setup.clone()));
            for _ in 0..retries() {
                let Err(error) = &result else { break };
                eprintln!("{name} failed and is tried again: {error:#}", name = self.name);
                result = runtime.block_on(self.run_in_a_browser(setup.clone()));
            }
            result.map_err(|error| Failed::from(format!("{error:#}")))
        })
        .with_ignored_flag(ignored)
    }

    async fn run_in_a_browser(self, setup: Arc<Setup>) -> Result<()> {
        let browser = Browser::open(setup, self.needs).await?;
        // A task of its own, so that a panic in the test doesn't keep the browser from being closed.
        let result = tokio::spawn((self.run)(browser.clone())).await;
        let result = result.map_err(anyhow::Error::from).and_then(|result| result);
        if result.is_err() {
            browser.picture(&picture_file(self.name)?).await?;
        }
        browser.close().await?;
        result
    }
}

/// How often a test that failed is tried again in a fresh browser: `QABOOK_BROWSER_RETRIES`, else never.
///
/// For machines that others use, too, where a browser may hang for seconds; what is wrong fails each time.
fn retries() -> u32 {
    std::env::var("QABOOK_BROWSER_RETRIES").ok().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Where the picture of a failed test goes.
fn picture_file(test: &str) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../browser");
    std::fs::create_dir_all(&folder).context("a folder for pictures")?;
    Ok(folder.join(format!("{}.png", test.replace("::", "-"))))
}
