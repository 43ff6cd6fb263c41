//! What the text of a page may not hold, found as a browser would find it.
//!
//! Whether `<style>` or `<title>` hold text or markup depends on where they are, which only a whole parser of HTML knows. So
//! the text is read twice, with all content as markup and with that of such elements as text, and what either sees counts.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::allowed::{self, Kind};
use super::css_loads::loads;
use super::origin::{Leads, cleaned, leads};

/// Schemes that are scripts or documents of their own.
const ACTIVE: [&str; 12] = [
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "jar",
    "javascript",
    "livescript",
    "mhtml",
    "mocha",
    "vbscript",
    "view-source",
];

/// Elements whose content browsers take as text, at least somewhere.
const RAW: [&str; 9] = ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// What is said of a link by such a scheme.
pub(super) const ACTIVE_LINK: &str = "is a script or a page of its own in a link";

/// What a book's settings let its text hold.
pub(super) struct Grants<'a> {
    /// Whether this page may hold scripts.
    pub(super) scripts: bool,
    /// Where programs are run, as cards name it.
    pub(super) endpoint: &'a str,
    /// Whether a page may load from this address on another host; `true` beside it asks for a script.
    pub(super) loads: &'a dyn Fn(&str, bool) -> bool,
}

/// Something that the text may not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Refused {
    /// What it is, in words.
    pub(super) message: String,
    /// As the author may have written it.
    pub(super) needle: String,
    /// The hint is about another host.
    pub(super) is_load: bool,
}

/// Where something was found.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) refused: Refused,
    /// The line where its tag ends, from 1.
    pub(super) end: usize,
    /// How its tag begins, in lower case.
    pub(super) opening: String,
}

/// What `text`, the HTML inside of a page's `<main>`, may not hold.
pub(super) fn refused(text: &str, grants: &Grants<'_>) -> BTreeSet<Refused> {
    found(text, grants).into_iter().map(|found| found.refused).collect()
}

/// The same with where in `text` each is.
pub(super) fn found(text: &str, grants: &Grants<'_>) -> BTreeSet<Found> {
    [false, true].into_iter().flat_map(|raw| read(text, grants, raw)).collect()
}

fn read(text: &str, grants: &Grants<'_>, raw: bool) -> BTreeSet<Found> {
    let sink = Sink {
        raw,
        grants,
        found: RefCell::default(),
        style: RefCell::default(),
        end: Cell::default(),
        opening: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    // It stops after each script.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.style();
    tokenizer.sink.found.take()
}

struct Sink<'a> {
    raw: bool,
    grants: &'a Grants<'a>,
    found: RefCell<BTreeSet<Found>>,
    /// The text of a style sheet that is open.
    style: RefCell<Option<String>>,
    /// The line of what is read, from 1.
    end: Cell<usize>,
    /// How the tag that is read begins.
    opening: RefCell<String>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        self.end.set(usize::try_from(line).unwrap_or_default());
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(&tag),
            Token::TagToken(tag) => {
                if &*tag.name == "style" {
                    self.style();
                }
                self.opening.replace(format!("</{}", tag.name));
                if matches!(&*tag.name, "main" | "body" | "html") {
                    self.refuse(format!("`</{}>` ends the page's text", tag.name), format!("</{}", tag.name), false);
                }
            }
            Token::CharacterTokens(text) => {
                if let Some(style) = &mut *self.style.borrow_mut() {
                    style.push_str(&text);
                }
            }
            // In SVG it hides what elsewhere is markup.
            Token::CommentToken(text) if text.starts_with("[CDATA[") => {
                self.opening.replace("<![cdata[".into());
                self.refuse("`<![CDATA[` hides what follows from some readers".into(), "<![CDATA[".into(), false);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink<'_> {
    fn refuse(&self, message: String, needle: String, is_load: bool) {
        let refused = Refused { message, needle, is_load };
        self.found.borrow_mut().insert(Found { refused, end: self.end.get(), opening: self.opening.borrow().clone() });
    }

    fn start(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_lowercase();
        self.opening.replace(format!("<{name}"));
        let kind = allowed::element(&name);
        if kind == Kind::Refused && !is_data(tag) && !(name == "script" && self.grants.scripts) {
            self.refuse(format!("`<{name}>` is no element of a text"), format!("<{name}"), false);
        }
        for attribute in &tag.attrs {
            let (key, value) = (attribute.name.local.to_lowercase(), &*attribute.value);
            self.attribute(&name, kind, &key, value);
        }
        if name == "style" {
            *self.style.borrow_mut() = Some(String::new());
        }
        match name.as_str() {
            "script" if self.raw => TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" if self.raw => TokenSinkResult::RawData(RawKind::Rcdata),
            other if self.raw && RAW.contains(&other) => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }

    fn attribute(&self, element: &str, kind: Kind, key: &str, value: &str) {
        let refuse = |what: &str, is_load| {
            self.refuse(message(element, key, value, what), value.to_string(), is_load);
        };
        let is_handler = key.starts_with("on");
        if is_handler {
            refuse("is a script in an attribute", false);
        } else if kind == Kind::Allowed && !allowed::attribute(key) {
            self.refuse(format!("`<{element} {key}>`: `{key}` is no attribute of a text"), format!("{key}="), false);
        }
        let is_script = element == "script";
        let load = |address: &str| {
            let clean = cleaned(address);
            let is_fine = match leads(&clean) {
                Leads::Here => true,
                Leads::OtherHost => (self.grants.loads)(address.trim(), is_script),
                Leads::Scheme("data") => {
                    clean.starts_with("data:image/")
                        && matches!(element, "img" | "source" | "image" | "input" | "style")
                }
                Leads::Scheme(_) => false,
            };
            if !is_fine {
                refuse("loads from another host", true);
            }
        };
        match key {
            "src" | "poster" => load(value),
            "srcset" => candidates(value).for_each(load),
            "href" | "xlink:href" if !matches!(element, "a" | "area") => load(value),
            "href" | "xlink:href" | "cite" => {
                if matches!(leads(&cleaned(value)), Leads::Scheme(scheme) if ACTIVE.contains(&scheme)) {
                    refuse(ACTIVE_LINK, false);
                }
            }
            "style" | "fill" | "stroke" | "filter" | "mask" | "clip-path" | "cursor" | "marker" | "marker-start"
            | "marker-mid" | "marker-end" => loads(value).iter().for_each(|address| self.sheet(address)),
            "data-endpoint" if value != self.grants.endpoint => {
                refuse("is not the `endpoint` of [preprocessor.snippets]", false);
            }
            _ => {}
        }
    }

    /// Judges what the style sheet that was read loads.
    fn style(&self) {
        let style = self.style.take();
        self.opening.replace("<style".into());
        style.iter().flat_map(|text| loads(text)).for_each(|address| self.sheet(&address));
    }

    fn sheet(&self, address: &str) {
        let clean = cleaned(address);
        let is_fine = match leads(&clean) {
            Leads::Here => true,
            Leads::OtherHost => (self.grants.loads)(address, false),
            Leads::Scheme(scheme) => scheme == "data",
        };
        if !is_fine {
            self.refuse(format!("a style loads `{}` from another host", shown(address)), address.to_string(), true);
        }
    }
}

/// The addresses in the value of a `srcset`.
fn candidates(set: &str) -> impl Iterator<Item = &str> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = &rest[..end];
        // One that ends with a comma has no size, else that goes to the next comma.
        rest = &rest[end..];
        if !address.ends_with(',') {
            rest = rest.find(',').map_or("", |comma| &rest[comma..]);
        }
        (!address.is_empty()).then(|| address.trim_end_matches(','))
    })
}

/// What is said of the attribute `key` of an `element`.
pub(super) fn message(element: &str, key: &str, value: &str, what: &str) -> String {
    format!("`<{element} {key}=\"{}\">` {what}", shown(value))
}

/// A value for a message: its beginning, on one line.
fn shown(value: &str) -> String {
    let line: String = value.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.len() < value.len() { line + "…" } else { line }
}

/// Whether `tag` is a `<script>` that holds data, which is never run.
fn is_data(tag: &Tag) -> bool {
    let value = |name: &str| tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string());
    let is_json = |kind: String| ["application/json", "application/ld+json"].contains(&kind.trim());
    &*tag.name == "script" && value("type").is_some_and(is_json) && value("src").is_none()
}

#[cfg(test)]
mod tests;
