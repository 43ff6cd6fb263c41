//! The HTTP side of `serve`.

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch::Sender;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tower_http::services::{ServeDir, ServeFile};

use super::status::Status;

/// Where pages listen for news of the build; no chapter can have such a path.
const EVENTS: &str = "/-/qabook/events";
const SCRIPT: &str = "/-/qabook/reload.js";
/// Where a published book has its service worker.
const WORKER: &str = "/sw.js";

/// A page larger than this is sent without the reload script.
const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// Serves `folder` until Ctrl-C. Paths outside it can't be reached; unknown ones get its `404.html` with status 404, and one
/// of `downloads` that isn't there is told how it is made.
pub(super) async fn serve(
    listener: TcpListener,
    folder: &Path,
    downloads: Vec<String>,
    status: Sender<Status>,
) -> Result<()> {
    let missing = Missing { page: ServeFile::new(folder.join("404.html")), downloads: downloads.into() };
    let files = ServeDir::new(folder).not_found_service(Router::new().fallback(not_found).with_state(missing));
    let app = Router::new()
        .route(EVENTS, get(events))
        .route(SCRIPT, get(script(include_str!("reload.js"))))
        .route(WORKER, get(script(include_str!("retire.js"))))
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(status.clone(), for_development))
        .with_state(status);
    // Open pages hold their event stream forever: ending the process is the way to end it.
    tokio::select! {
        served = axum::serve(listener, app).into_future() => served?,
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}

/// What is answered where no file is.
#[derive(Clone)]
struct Missing {
    page: ServeFile,
    downloads: Arc<[String]>,
}

async fn not_found(State(mut missing): State<Missing>, request: Request) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let download = path.strip_prefix('/').filter(|path| missing.downloads.iter().any(|name| name == path));
    if let Some(name) = download {
        return how_to_make(name).into_response();
    }
    match missing.page.try_call(request).await {
        Ok(page) => page.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("404.html can't be read: {error}")).into_response(),
    }
}

/// For authors: a published book has all that it offers.
fn how_to_make(name: &str) -> String {
    let command = Path::new(name).extension().and_then(|extension| match extension.to_str() {
        Some("epub") => Some("qabook epub"),
        Some("pdf") => Some("qabook pdf"),
        _ => None,
    });
    let how = command.map_or(String::new(), |command| format!("：运行 {command}，再刷新这一页"));
    format!("{name} 还没有生成{how}。\n")
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

/// Keeps browsers from caching what may change any moment, and lets pages listen for it.
async fn for_development(State(status): State<Sender<Status>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let generation = status.borrow().generation;
    if is_page { with_reload_script(response, generation).await } else { response }
}

async fn with_reload_script(response: Response, generation: u64) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_LIMIT).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "this page can't be read").into_response();
    };
    let script = format!("<script src=\"{SCRIPT}\" data-generation=\"{generation}\"></script>");
    let mut page = bytes.to_vec();
    // A 304 or the answer to a HEAD request has no body to add to.
    if !page.is_empty() {
        page.extend_from_slice(script.as_bytes());
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::LAST_MODIFIED);
    }
    Response::from_parts(parts, Body::from(page))
}
