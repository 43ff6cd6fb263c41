//! The requests about runs.

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use qabook_run::{Cancel, Error};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

use super::guard::{Refusal, text};
use super::programs::{Programs, Run, log};

/// The longest request, in bytes.
const LONGEST: usize = 1 << 20;
/// How long a request may take to arrive.
const SLOWEST: Duration = Duration::from_secs(10);
/// The longest name of a page or a run.
const NAME: usize = 64;

const PAGE: HeaderName = HeaderName::from_static("x-qabook-page");
const RUN: HeaderName = HeaderName::from_static("x-qabook-run");

/// Answers `POST /execute`: compiles and runs a program.
pub(in crate::serve) async fn execute(Shared(programs): Shared<Arc<Programs>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let request = match programs.guard.admit_run(&parts.headers) {
        Ok(()) => read(body).await,
        Err(refusal) => Err(refusal),
    };
    let request = match request {
        Ok(request) => request,
        Err((status, reason)) => return refuse(status, reason),
    };
    let page = name(&parts.headers, &PAGE);
    let ticket = Ticket::new(programs.clone(), name(&parts.headers, &RUN));
    // When the page goes away or cancels, this future is dropped, the ticket with it, and the run ends.
    let cancel = ticket.cancel.clone();
    let run = move || {
        programs.runner.run(&request, &page, &cancel, &|state| {
            programs.runs().iter_mut().filter(|run| run.cancel == cancel).for_each(|run| run.state = Some(state));
        })
    };
    match tokio::task::spawn_blocking(run).await {
        Ok(Ok(answer)) => json(StatusCode::OK, &answer),
        Ok(Err(error)) => refuse(status_of(&error), &error.to_string()),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "the run panicked"),
    }
}

/// Answers `/execute` with another method than POST. `OPTIONS` is how a browser asks for a page of another origin: no
/// header of the answer allows anything.
pub(in crate::serve) async fn wrong_method() -> Response {
    let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, "the request is not a POST");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// Answers how far a run is.
pub(in crate::serve) async fn progress(
    Shared(programs): Shared<Arc<Programs>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err((status, reason)) = programs.guard.admit(&headers) {
        return refuse(status, reason);
    }
    let state = programs.runs().iter().find(|run| run.name == name).and_then(|run| run.state);
    state.map_or_else(|| problem(StatusCode::NOT_FOUND, "no such run"), |state| json(StatusCode::OK, &state))
}

async fn read(body: Body) -> Result<qabook_run::Request, Refusal> {
    let late = (StatusCode::REQUEST_TIMEOUT, "the request takes too long to arrive");
    let large = (StatusCode::PAYLOAD_TOO_LARGE, "the request is longer than 1 MB");
    let malformed = (StatusCode::BAD_REQUEST, "the request is not what the Playground takes");
    let bytes = timeout(SLOWEST, to_bytes(body, LONGEST)).await.map_err(|_| late)?.map_err(|_| large)?;
    serde_json::from_slice(&bytes).map_err(|_| malformed)
}

/// A name that the page chose; the empty one where it chose none, or a long one.
fn name(headers: &HeaderMap, header: &HeaderName) -> String {
    text(headers, header).filter(|name| name.len() <= NAME).unwrap_or_default().to_string()
}

/// A run's place among those under way; leaving it ends the run.
struct Ticket {
    programs: Arc<Programs>,
    cancel: Cancel,
}

impl Ticket {
    fn new(programs: Arc<Programs>, name: String) -> Self {
        let cancel = Cancel::default();
        programs.runs().push(Run { name, state: None, cancel: cancel.clone() });
        Self { programs, cancel }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.cancel.cancel();
        self.programs.runs().retain(|run| run.cancel != self.cancel);
    }
}

fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::NoRust | Error::NoPython => StatusCode::SERVICE_UNAVAILABLE,
        Error::Channel { .. } | Error::Edition(_) => StatusCode::BAD_REQUEST,
        Error::Full => StatusCode::TOO_MANY_REQUESTS,
        Error::Cancelled | Error::Dependencies(_) | Error::Io(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(Serialize)]
struct Problem<'a> {
    error: &'a str,
}

/// A problem that the author should hear of, too: what another site tries, or why programs don't run.
fn refuse(status: StatusCode, reason: &str) -> Response {
    log(&format!("a request to run a program is refused: {reason}"));
    problem(status, reason)
}

/// What the Playground answers when it can't run a program.
fn problem(status: StatusCode, error: &str) -> Response {
    json(status, &Problem { error })
}

fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (status, [(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
