//! Files of the site as they are served: pages with the scripts of a page under development, parts of them, and what is
//! said where there is no file.

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use qabook_support::escape_attribute;
use qabook_words::Words;
use serde_json::json;
use std::io::ErrorKind;
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

use super::page_state::PageState;
use super::range::Part;
use super::status::Site;

/// The script that listens for news of the build.
pub(super) const SCRIPT: &str = "/-/qabook/reload.js";

/// A page larger than this is sent without the reload script.
const PAGE_LIMIT: usize = 64 * 1024 * 1024;
/// No file has a longer path, and some systems have no longer ones.
const PATH_LIMIT: usize = 2048;

/// Answers the request `parts` for a file of `site`. A page gets at its end the `scripts` for it as it is.
pub(super) async fn answer(site: &Site, parts: Parts, scripts: impl Fn(&PageState) -> String) -> Response {
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    // First as if the whole were asked for: of a page the file isn't the whole.
    let mut whole = parts.clone();
    whole.method = Method::GET;
    whole.headers.remove(header::RANGE);
    whole.headers.remove(header::IF_RANGE);
    let response = file(site, whole).await;
    if is_page(&response) {
        return page(response, &parts, scripts).await;
    }
    let other_way = parts.method == Method::HEAD || parts.headers.contains_key(header::RANGE);
    let response = if other_way && response.status() == StatusCode::OK { file(site, parts).await } else { response };
    with_charset(response)
}

async fn file(site: &Site, parts: Parts) -> Response {
    if parts.uri.path().len() > 3 * PATH_LIMIT || decoded(&parts).len() > PATH_LIMIT {
        return too_long();
    }
    let request = Request::from_parts(parts.clone(), Body::empty());
    match ServeDir::new(&site.folder).try_call(request).await {
        Ok(found) if found.status() == StatusCode::NOT_FOUND => missing(site, &parts).await,
        Ok(found) => found.map(Body::new),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => missing(site, &parts).await,
            ErrorKind::InvalidFilename => too_long(),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, format!("the file can't be read: {error}\n")).into_response(),
        },
    }
}

fn decoded(parts: &Parts) -> String {
    percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned()
}

fn too_long() -> Response {
    (StatusCode::URI_TOO_LONG, "no page has an address as long as this\n").into_response()
}

/// What is answered where no file is: how to make a download, else the book's own page.
async fn missing(site: &Site, parts: &Parts) -> Response {
    let path = decoded(parts);
    let download = path.strip_prefix('/').filter(|path| site.downloads.iter().any(|name| name == path));
    if let Some(name) = download {
        return (StatusCode::NOT_FOUND, how_to_make(name, &site.words)).into_response();
    }
    // Without the request's conditions, which are about another file.
    let request = Request::new(Body::empty());
    match ServeFile::new(site.folder.join("404.html")).try_call(request).await {
        Ok(page) => (StatusCode::NOT_FOUND, page.map(Body::new)).into_response(),
        // A book may have none.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            (StatusCode::NOT_FOUND, "the book has no such page\n").into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("404.html can't be read: {error}\n")).into_response(),
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

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The page of `response` with `scripts`, or the part of it that the request `parts` asks for.
async fn page(response: Response, parts: &Parts, scripts: impl Fn(&PageState) -> String) -> Response {
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_LIMIT).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "this page can't be read\n").into_response();
    };
    let mut page = bytes.to_vec();
    let scripts = scripts(&PageState::of(&String::from_utf8_lossy(&page)));
    page.extend_from_slice(scripts.as_bytes());
    // They are those of the file without the scripts, which change with every build.
    for name in [header::CONTENT_LENGTH, header::LAST_MODIFIED, header::ETAG] {
        head.headers.remove(name);
    }
    let range =
        parts.headers.get(header::RANGE).filter(|_| parts.method == Method::GET && head.status == StatusCode::OK);
    // A page has no validator, so that none in `If-Range` is its.
    let range = range.filter(|_| !parts.headers.contains_key(header::IF_RANGE));
    let length = page.len();
    match Part::of(range.and_then(|range| range.to_str().ok()), length) {
        Part::Whole => {}
        Part::Bytes(bytes) => {
            let said = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            head.status = StatusCode::PARTIAL_CONTENT;
            head.headers.extend(HeaderValue::try_from(said).map(|said| (header::CONTENT_RANGE, said)));
            page = page[bytes].to_vec();
        }
        Part::Nothing => {
            let said = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, said).into_response();
        }
    }
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    let body = if parts.method == Method::HEAD { Body::empty() } else { Body::from(page) };
    Response::from_parts(head, body)
}

/// Says that a text is UTF-8, as every file of a book is. HTML and XML say it themselves.
fn with_charset(mut response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let says_itself = kind.contains("charset") || kind.starts_with("text/html") || kind.starts_with("text/xml");
    if kind.starts_with("text/")
        && !says_itself
        && let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// The page at `path` of `site` as it is now; `None` when it can't be read, or no page is there.
pub(super) async fn state(site: &Site, path: &str) -> Option<PageState> {
    let (parts, ()) = Request::builder().uri(path).body(()).ok()?.into_parts();
    let response = file(site, parts).await;
    if !is_page(&response) {
        return None;
    }
    let bytes = to_bytes(response.into_body(), PAGE_LIMIT).await.ok()?;
    Some(PageState::of(&String::from_utf8_lossy(&bytes)))
}

/// The element that loads the script that listens, for a page as it is; one that has no state waits for the first build.
pub(super) fn script_element(state: Option<&PageState>, words: &Words) -> String {
    let state = state.map_or_else(String::new, |state| escape_attribute(&json!(state).to_string()));
    let [failed, building, stopped] =
        ["serve.build-failed", "serve.building", "serve.stopped"].map(|key| escape_attribute(words.text(key)));
    format!(
        "<script defer src=\"{SCRIPT}\" data-page=\"{state}\" data-failed=\"{failed}\" data-building=\"{building}\" \
         data-stopped=\"{stopped}\"></script>"
    )
}

/// What is shown in the place of every page until the first build has made them.
pub(super) fn waiting(language: &str, words: &Words) -> Response {
    let (said, language) = (escape_attribute(words.text("serve.building")), escape_attribute(language));
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{said}</title>\n\
         <body style=\"font-family:sans-serif;margin:3em\">\n<p role=\"status\">{said}</p>\n{}\n",
        script_element(None, words)
    );
    let head = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::RETRY_AFTER, "1")];
    (StatusCode::SERVICE_UNAVAILABLE, head, page).into_response()
}
