//! A page of HTML to its sections.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

use crate::fold::is_han;
use places::Places;

mod asked;
mod places;
mod section;

pub(crate) use asked::Asked;
pub(crate) use section::{Block, Kind, Place, Section};

/// What is read of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// The first `<h1>` of `<main>`, or else the `<title>`.
    pub(crate) title: String,
    /// `data-aliases` attributes in `<main>` and `<meta name="keywords">`.
    pub(crate) keywords: String,
    /// `data-asked` attributes in `<main>`: questions, in other words, that the page answers.
    pub(crate) asked: Vec<Asked>,
    /// Text that isn't shown as such: formulas for screen readers, titles of pictures. Found, but never quoted.
    pub(crate) hidden: String,
    /// In the page's order; the first holds what is above the first heading.
    pub(crate) sections: Vec<Section>,
}

impl Page {
    /// What is asked of a section that isn't there.
    pub(crate) fn without_section(&self) -> impl Iterator<Item = &Asked> {
        let is_there = |id: &str| id.is_empty() || self.sections.iter().any(|section| section.anchor == id);
        self.asked.iter().filter(move |asked| !is_there(&asked.anchor))
    }

    /// Reads a page; `None` when it has no `<main>`.
    pub(crate) fn parse(html: &str) -> Option<Self> {
        let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(html.into());
        // There is nothing to run: a script's end tag just goes on.
        while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&input) {}
        tokenizer.end();
        let mut state = tokenizer.sink.0.into_inner();
        state.end_block();
        let mut page = state.page;
        if page.title.is_empty() {
            page.title = tidy(&state.document_title);
        }
        state.has_main.then_some(page)
    }
}

#[derive(Default)]
struct Reader(RefCell<State>);

#[derive(Default)]
struct State {
    page: Page,
    document_title: String,
    has_main: bool,
    in_main: bool,
    in_title: bool,
    /// Depths of the open elements that matter.
    hidden: Vec<String>,
    pre: usize,
    header: usize,
    heading: Option<String>,
    places: Places,
    /// The text of the block so far.
    text: String,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(text) => state.characters(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose text is not shown as the page's text.
const HIDDEN: [&str; 7] = ["script", "style", "template", "math", "title", "desc", "button"];

/// The attribute of an element that says again what other pages say: nothing in it is found.
const LEFT_OUT: &str = "data-no-index";

/// The class of an alert's title, a label that mdBook writes.
const ALERT_TITLE: &str = "blockquote-tag-title";

/// Elements that hold nothing, and so have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that don't end a block.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let attribute = |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim());
        match name {
            "main" => (self.in_main, self.has_main) = (true, true),
            "title" if !self.in_main => self.in_title = true,
            "meta" if attribute("name") == Some("keywords") => self.keywords(attribute("content")),
            _ => {}
        }
        if self.in_main {
            self.keywords(attribute("data-aliases"));
            self.page.asked.extend(Asked::all_of(attribute("data-asked").unwrap_or_default()));
            let mut classes = attribute("class").unwrap_or_default().split_whitespace();
            let is_left_out = attribute(LEFT_OUT).is_some() || classes.any(|class| class == ALERT_TITLE);
            let is_left_out = is_left_out && !VOID.contains(&name);
            self.start_in_main(name, tag.self_closing, is_left_out, attribute("id"));
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn start_in_main(&mut self, name: &str, self_closing: bool, is_left_out: bool, id: Option<&str>) {
        if !self.hidden.is_empty() || HIDDEN.contains(&name) || is_left_out {
            // A stack of equal names, so that a stray end tag inside can't show what is hidden.
            if !self_closing && self.hidden.first().is_none_or(|first| first == name) {
                self.hidden.push(name.to_string());
            }
            return;
        }
        if !INLINE.contains(&name) {
            self.end_block();
        }
        match name {
            "h1" | "h2" | "h3" => {
                let anchor = id.map(str::to_string).or_else(|| self.page.sections.last().map(|s| s.anchor.clone()));
                self.page.sections.push(Section { anchor: anchor.unwrap_or_default(), ..Section::default() });
                self.heading = Some(name.to_string());
                self.places.section();
            }
            "pre" => self.pre += 1,
            "header" => self.header += 1,
            _ => self.places.start(name, id, self.text.trim().is_empty()),
        }
    }

    fn end(&mut self, name: &str) {
        if name == "title" {
            self.in_title = false;
        }
        if !self.in_main {
            return;
        }
        if !self.hidden.is_empty() {
            if self.hidden[0] == name {
                self.hidden.pop();
                self.page.hidden.push(' ');
            }
            return;
        }
        if !INLINE.contains(&name) {
            self.end_block();
        }
        match name {
            "main" => self.in_main = false,
            "pre" => self.pre = self.pre.saturating_sub(1),
            "header" => self.header = self.header.saturating_sub(1),
            _ if self.heading.as_deref() == Some(name) => self.heading = None,
            _ => self.places.end(name, &self.text),
        }
    }

    fn characters(&mut self, text: &str) {
        if self.in_title {
            self.document_title.push_str(text);
        }
        if !self.in_main {
            return;
        }
        match self.hidden.first().map(String::as_str) {
            None => self.text.push_str(text),
            Some("math" | "title" | "desc") => self.page.hidden.push_str(text),
            Some(_) => {}
        }
    }

    fn keywords(&mut self, words: Option<&str>) {
        if let Some(words) = words {
            self.page.keywords.push_str(words);
            self.page.keywords.push('\n');
        }
    }

    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.page.sections.is_empty() {
            self.page.sections.push(Section::default());
        }
        let Some(section) = self.page.sections.last_mut() else { return };
        let tidied = tidy(&text);
        if let Some(heading) = &self.heading {
            section.heading.push_str(&tidied);
            if heading == "h1" && self.page.title.is_empty() {
                self.page.title.clone_from(&section.heading);
            }
            return;
        }
        let (kind, place) = match (self.pre > 0, self.header > 0) {
            (true, _) => (Kind::Code, self.places.block("", section)),
            (_, true) => (Kind::Lead, None),
            _ => (Kind::Text, self.places.block(&tidied, section)),
        };
        let lines = if kind == Kind::Code { text.lines().map(tidy).collect() } else { vec![tidied] };
        let lines = lines.into_iter().filter(|line| !line.is_empty());
        section.blocks.extend(lines.map(|text| Block { kind, text, place }));
    }
}

/// White space to single spaces; a line break between two 汉字 is none. Control characters go.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut gap, mut line_break) = (false, false);
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
            line_break |= c == '\n';
            continue;
        }
        if gap && !out.is_empty() && !(line_break && is_han(c) && out.ends_with(is_han)) {
            out.push(' ');
        }
        out.push(c);
        (gap, line_break) = (false, false);
    }
    out
}

#[cfg(test)]
mod tests;
