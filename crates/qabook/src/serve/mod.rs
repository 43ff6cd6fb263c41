//! The site on a local port, rebuilt and reloaded on every change.

mod http;
mod status;
mod watch;

use anyhow::{Context, Result};
use clap::Args;
use std::net::{IpAddr, SocketAddr};
use tokio::net::TcpListener;
use tokio::sync::watch as status_channel;

use crate::build::{self, BookArgs, Options};
use crate::site::Audience;
use status::Status;
use watch::Sources;

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
}

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
    let book = qabook_document::open(&settings.book.root)?;
    let downloads = mdbook_questions::Config::from_book(&book.config)?.downloads;
    let runtime = tokio::runtime::Runtime::new()?;
    // The port first: a busy one should be said before the reader waits for the build.
    let listener = runtime.block_on(listen(SocketAddr::new(settings.host, settings.port)))?;
    let sources = Sources::of(&settings.book.root, &book.config);
    build::build(&settings.book.root, &options)?;

    let (status, _) = status_channel::channel(Status::default());
    let _watcher = watch::rebuild_on_change(&settings.book.root, sources, options, status.clone())?;
    let address = format!("http://{}", listener.local_addr()?);
    eprintln!("serving at {address} (Ctrl-C ends it)");
    if settings.open
        && let Err(error) = open::that_detached(&address)
    {
        eprintln!("the browser can't be opened: {error}");
    }
    runtime.block_on(http::serve(listener, &book.destination(), downloads, status))
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
