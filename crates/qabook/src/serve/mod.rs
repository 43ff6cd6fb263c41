//! The site on a local port, rebuilt and reloaded on every change.

mod changes;
mod http;
mod page_state;
mod pages;
mod range;
mod run;
mod sources;
mod status;
mod watch;

use anyhow::{Context, Result};
use clap::Args;
use mdbook_driver::config::Config;
use qabook_document::Opened;
use qabook_words::Words;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch as status_channel;

use crate::build::{self, BookArgs, Kept, Options};
use crate::site::Audience;
use run::{Hosts, Programs};
use sources::Sources;
use status::{Site, Status};
use watch::Make;

/// What `qabook serve` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// The book.
    #[command(flatten)]
    pub book: BookArgs,
    /// Port to listen on; 0 takes a free one
    #[arg(long, short, default_value_t = 3000)]
    pub port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Open the book in the browser
    #[arg(long, short)]
    pub open: bool,
    /// Don't run the book's programs here: pages use the Playground
    #[arg(long)]
    pub no_run: bool,
    /// With a --host that other machines reach: let everybody who reaches it by an address, not a name, run programs on
    /// this machine
    #[arg(long, conflicts_with = "no_run")]
    pub allow_remote_run: bool,
}

/// How long runs may take to end when the server does.
const LAST_CALL: Duration = Duration::from_secs(5);

/// Builds the book and serves it until Ctrl-C.
///
/// # Errors
/// The first build's error, or a port that can't be listened on. Errors of later builds are shown in the open pages.
pub fn run(settings: &Settings) -> Result<()> {
    // The server is at the root, whatever sub-path the published site has.
    let options = Options {
        verbosity: settings.book.verbosity(),
        site_url: Some("/".into()),
        audience: Audience::Author,
        archive: None,
    };
    let root = settings.book.root.clone();
    let book = qabook_document::open(&root)?;
    let runtime = tokio::runtime::Runtime::new()?;
    // The port first: a busy one should be said before the reader waits for the build.
    let listener = runtime.block_on(listen(SocketAddr::new(settings.host, settings.port)))?;
    let address = listener.local_addr()?;
    let words = Words::of_book(&book.root, &book.config)?;
    let programs = programs(settings, &book.config, &words, address)?.map(Arc::new);
    let language = book.config.book.language.clone().unwrap_or_default();
    let server = http::Server { hosts: Hosts::of(address), programs: programs.clone(), language, words };
    let (status, _) = status_channel::channel(Status { building: true, ..Status::default() });
    // A browser that is quicker than the build is told of it.
    let serving = runtime.spawn(http::serve(listener, server, status.clone()));

    let sources = Sources::of(&root);
    let mut maker = Maker { root, options, kept: None };
    let site = maker.build()?;
    status.send_modify(|status| status.succeed(site));
    let _watches = watch::rebuild_on_change(sources, maker, status)?;
    eprintln!("serving at http://{address} (Ctrl-C ends it)");
    if settings.open
        && let Err(error) = open::that_detached(format!("http://{address}"))
    {
        eprintln!("the browser can't be opened: {error}");
    }
    // Open pages hold their event stream forever: ending the process is the way to end it.
    let end = runtime.block_on(async {
        tokio::select! {
            ended = serving => ended.map(|never| match never {}).context("the server ended"),
            () = http::stopped() => Ok(()),
        }
    });
    if let Some(programs) = programs {
        programs.end();
    }
    runtime.shutdown_timeout(LAST_CALL);
    end
}

/// Makes the site of the book in `root`.
struct Maker {
    root: PathBuf,
    options: Options,
    /// What is known from the last build; nothing after one that failed.
    kept: Option<Kept>,
}

impl Make for Maker {
    /// Builds the site, and says where it is and what it needs, by the settings that it was built with.
    fn build(&mut self) -> Result<Site> {
        self.kept = None;
        let kept = build::build_keeping(&self.root, &self.options)?;
        let Opened { root, config } = kept.opened();
        let downloads = mdbook_questions::Config::from_book(config)?.downloads;
        let site = Site { folder: kept.opened().destination(), downloads, words: Words::of_book(root, config)? };
        self.kept = Some(kept);
        Ok(site)
    }

    fn chapters(&self) -> Vec<PathBuf> {
        self.kept.iter().flat_map(Kept::sources).collect()
    }

    fn make_page(&mut self, source: &Path) -> Result<()> {
        self.kept.as_ref().context("the last build failed")?.make_page(source)
    }
}

/// What runs programs, and says so; `None` where it isn't wanted, and where strangers would run theirs.
fn programs(settings: &Settings, config: &Config, words: &Words, address: SocketAddr) -> Result<Option<Programs>> {
    if settings.no_run {
        return Ok(None);
    }
    if !address.ip().is_loopback() && !settings.allow_remote_run {
        eprintln!(
            "programs run on the Playground: others reach this server; --allow-remote-run lets them run programs here"
        );
        return Ok(None);
    }
    let programs = Programs::of_book(&settings.book.root, config, words, address)?;
    if let Some(programs) = &programs {
        eprintln!("{}", programs.describe());
    }
    Ok(programs)
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let port = address.port();
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "port {port} of {} can't be used\n    hint: choose another by --port, such as --port {}",
            address.ip(),
            port.saturating_add(1)
        )
    })
}
