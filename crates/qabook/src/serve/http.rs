//! The HTTP side of `serve`.

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use percent_encoding::percent_decode_str;
use qabook_support::escape_attribute;
use qabook_words::Words;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch::Sender;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tower_http::services::{ServeDir, ServeFile};

use super::run::{self, Hosts, Programs};
use super::status::Status;

/// Where pages listen for news of the build; no chapter can have such a path.
const EVENTS: &str = "/-/qabook/events";
const SCRIPT: &str = "/-/qabook/reload.js";
/// Where a published book has its service worker.
const WORKER: &str = "/sw.js";

/// A page larger than this is sent without the reload script.
const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// What is served.
pub(super) struct Site {
    /// Where its pages are.
    pub(super) folder: PathBuf,
    /// What the book offers to download.
    pub(super) downloads: Vec<String>,
    /// The names that it is served under.
    pub(super) hosts: Hosts,
    /// What runs programs for its pages.
    pub(super) programs: Option<Arc<Programs>>,
    /// What is said in the book's language.
    pub(super) words: Words,
}

/// Serves a site until Ctrl-C. Paths outside its folder can't be reached; unknown ones get its `404.html` with status 404,
/// and a download that isn't there is told how it is made.
pub(super) async fn serve(listener: TcpListener, site: Site, status: Sender<Status>) -> Result<()> {
    let words = Arc::new(site.words);
    let page = ServeFile::new(site.folder.join("404.html"));
    let missing = Missing { page, downloads: site.downloads.into(), words: Arc::clone(&words) };
    let files = ServeDir::new(&site.folder).not_found_service(Router::new().fallback(not_found).with_state(missing));
    let page = Development { status: status.clone(), programs: site.programs.clone(), words };
    let app = Router::new()
        .route(EVENTS, get(events))
        .route(SCRIPT, get(script(include_str!("reload.js"))))
        .route(run::SCRIPT, get(script(include_str!("run.js"))))
        .route(WORKER, get(script(include_str!("retire.js"))))
        .with_state(status)
        .merge(site.programs.map_or_else(Router::new, programs))
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(page, for_development))
        .layer(middleware::from_fn_with_state(Arc::new(site.hosts), for_this_host));
    // Open pages hold their event stream forever: ending the process is the way to end it.
    tokio::select! {
        served = axum::serve(listener, app).into_future() => served?,
        () = stopped() => {}
    }
    Ok(())
}

fn programs(programs: Arc<Programs>) -> Router {
    Router::new()
        .route(run::EXECUTE, post(run::execute).fallback(run::wrong_method))
        .route(run::RUNS, get(run::progress))
        .with_state(programs)
}

/// Ends when somebody ends this process.
async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without handlers the system ends the process.
    let _ = tokio::signal::ctrl_c().await;
}

/// Refuses what was meant for another host: a name of somebody else's may lead here (DNS rebinding), and its pages would
/// read ours.
async fn for_this_host(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    if hosts.are_named_in(request.headers()) {
        next.run(request).await
    } else {
        let reason = "this server doesn't answer to that name";
        run::log(&format!("a request is refused: {reason}"));
        (StatusCode::MISDIRECTED_REQUEST, reason).into_response()
    }
}

/// What is answered where no file is.
#[derive(Clone)]
struct Missing {
    page: ServeFile,
    downloads: Arc<[String]>,
    words: Arc<Words>,
}

async fn not_found(State(mut missing): State<Missing>, request: Request) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let download = path.strip_prefix('/').filter(|path| missing.downloads.iter().any(|name| name == path));
    if let Some(name) = download {
        return how_to_make(name, &missing.words).into_response();
    }
    match missing.page.try_call(request).await {
        Ok(page) => page.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("404.html can't be read: {error}")).into_response(),
    }
}

/// For authors: a published book has all that it offers.
fn how_to_make(name: &str, words: &Words) -> String {
    let command = Path::new(name).extension().and_then(|extension| match extension.to_str() {
        Some("epub") => Some("qabook epub"),
        Some("pdf") => Some("qabook pdf"),
        Some("apkg") => Some("qabook anki"),
        _ => None,
    });
    let said = match command {
        Some(command) => words.filled("serve.not-made-run", &[("file", name), ("command", command)]),
        None => words.filled("serve.not-made", &[("file", name)]),
    };
    said + "\n"
}

/// The status now and whenever it changes, as server-sent events.
async fn events(State(status): State<Sender<Status>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let statuses = WatchStream::new(status.subscribe());
    let events = statuses.map(|status| Ok(Event::default().data(serde_json::json!(status).to_string())));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// A handler that answers with a script.
fn script(text: &'static str) -> impl Fn() -> Ready<Response> + Clone + Send {
    move || ready(([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response())
}

/// What pages under development are given.
#[derive(Clone)]
struct Development {
    status: Sender<Status>,
    programs: Option<Arc<Programs>>,
    words: Arc<Words>,
}

/// Keeps browsers from caching what may change any moment, and lets pages listen for it and run programs here.
async fn for_development(State(development): State<Development>, request: Request, next: Next) -> Response {
    let run_script = development.programs.as_ref().map(|programs| programs.script_element(request.headers()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A site that shows a page in a frame could lure its reader into clicking Run.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let generation = development.status.borrow().generation;
    let failed = escape_attribute(development.words.text("serve.build-failed"));
    let mut scripts =
        format!("<script src=\"{SCRIPT}\" data-generation=\"{generation}\" data-failed=\"{failed}\"></script>");
    scripts.extend(run_script);
    with_scripts(response, &scripts).await
}

async fn with_scripts(response: Response, scripts: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_LIMIT).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "this page can't be read").into_response();
    };
    let mut page = bytes.to_vec();
    // A 304 or the answer to a HEAD request has no body to add to.
    if !page.is_empty() {
        page.extend_from_slice(scripts.as_bytes());
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::LAST_MODIFIED);
    }
    Response::from_parts(parts, Body::from(page))
}
