//! The HTTP side of `serve`.

use anyhow::Result;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use qabook_words::Words;
use serde::Serialize;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::Sender;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::page_state::PageState;
use super::pages;
use super::run::{self, Hosts, Programs};
use super::status::Status;

/// Where pages listen for news of the build; no chapter can have such a path.
const EVENTS: &str = "/-/qabook/events";
/// Where a published book has its service worker.
const WORKER: &str = "/sw.js";

/// How long a client may take to send the header of a request, and be silent between two.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// What is known before there is a site.
pub(super) struct Server {
    /// The names that it is served under.
    pub(super) hosts: Hosts,
    /// What runs programs for its pages.
    pub(super) programs: Option<Arc<Programs>>,
    /// The book's language.
    pub(super) language: String,
    /// What is said in it until there is a site.
    pub(super) words: Words,
}

/// Serves the site that `status` names, for ever. Paths outside its folder can't be reached; unknown ones get its `404.html`
/// with status 404, and a download that isn't there is told how it is made. Until there is a site every page says so.
pub(super) async fn serve(listener: TcpListener, server: Server, status: Sender<Status>) -> Infallible {
    let hosts = Arc::new(server.hosts);
    let files = Files {
        status: status.clone(),
        programs: server.programs.clone(),
        language: server.language.into(),
        words: Arc::new(server.words),
    };
    let app = Router::new()
        .route(EVENTS, get(events))
        .route(pages::SCRIPT, get(script(include_str!("reload.js"))))
        .route(run::SCRIPT, get(script(include_str!("run.js"))))
        .route(WORKER, get(script(include_str!("retire.js"))))
        .with_state(status)
        .merge(server.programs.map_or_else(Router::new, programs))
        .merge(Router::new().fallback(file).with_state(files))
        .layer(middleware::from_fn(for_development))
        .layer(middleware::from_fn_with_state(hosts, for_this_host));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(answer(stream, app.clone()))),
            // The client's fault, which is over.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            // Such as too many open files: it passes when others have been closed.
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
}

/// Answers the requests of a connection until it ends.
async fn answer(stream: TcpStream, app: Router) {
    // Small answers go at once.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(app);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    // A client that goes, or is too slow, gets no answer: nobody is left to be told.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

fn programs(programs: Arc<Programs>) -> Router {
    Router::new()
        .route(run::EXECUTE, post(run::execute).fallback(run::wrong_method))
        .route(run::RUNS, get(run::progress))
        .with_state(programs)
}

/// Ends when somebody ends this process.
pub(super) async fn stopped() {
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

/// Keeps browsers from caching what may change any moment.
async fn for_development(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A site that shows a page in a frame could lure its reader into clicking Run.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}

/// The status now and whenever it changes, as server-sent events; with it, how the page is that asks, by its address in
/// `?page=`.
async fn events(
    State(status): State<Sender<Status>>,
    request: Request,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = request.uri().query().and_then(|query| query.strip_prefix("page="));
    let page = page.map(|page| percent_decode_str(page).decode_utf8_lossy().into_owned());
    let events = WatchStream::new(status.subscribe()).then(move |mut status| {
        let page = page.clone();
        if !status.site.as_ref().is_some_and(|site| site.is_there()) {
            // As before the first build: a page that waits for one would be loaded again and again.
            status.generation = None;
        }
        async move {
            let page = match (page, &status.site) {
                (Some(page), Some(site)) => pages::state(site, &page).await,
                _ => None,
            };
            Ok(Event::default().data(serde_json::json!(News { status, page }).to_string()))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// What an open page is told.
#[derive(Serialize)]
struct News {
    #[serde(flatten)]
    status: Status,
    /// How the page is now; `None` where that isn't known.
    page: Option<PageState>,
}

/// A handler that answers with a script.
fn script(text: &'static str) -> impl Fn() -> Ready<Response> + Clone + Send {
    move || ready(([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response())
}

/// What files are answered from.
#[derive(Clone)]
struct Files {
    status: Sender<Status>,
    programs: Option<Arc<Programs>>,
    language: Arc<str>,
    words: Arc<Words>,
}

/// Answers with a file of the site; a page can listen for news of the build and run programs here.
async fn file(State(files): State<Files>, request: Request) -> Response {
    let site = files.status.borrow().site.clone().filter(|site| site.is_there());
    let Some(site) = site else { return pages::waiting(&files.language, &files.words) };
    let (parts, _) = request.into_parts();
    let runs = files.programs.as_ref().map_or_else(String::new, |programs| programs.script_element(&parts.headers));
    let scripts = |page: &PageState| pages::script_element(Some(page), &site.words) + &runs;
    pages::answer(&site, parts, scripts).await
}
