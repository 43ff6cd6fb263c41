//! From the tokens of a page to what the checks need.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

use super::css;
use super::elements::{attribute, of_tag};
use super::page::{Block, Page, STAND_IN};

/// Elements within a line of text; all others begin and end a block.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements whose text isn't prose.
const NOT_PROSE: &[&str] = &["code", "kbd", "math", "noscript", "pre", "samp", "script", "style", "textarea"];

/// Reads the page at `path`, in one pass.
pub(super) fn read(path: &str, html: &str) -> Page {
    let reader = Reader { page: Page { path: path.to_string(), ..Page::default() }, ..Reader::default() };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(reader)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // The tokenizer stops at the end of a script and wants to be called again.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.flush();
    reader.page
}

/// Takes the tokens and tells the tokenizer how to go on.
struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        match token {
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => return reader.start(&tag, line),
                TagKind::EndTag => reader.end(&tag.name),
            },
            Token::CharacterTokens(text) => reader.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    page: Page,
    block: Block,
    in_main: bool,
    in_title: bool,
    in_alert_title: bool,
    /// The element that isn't prose, and how many of its kind are open.
    skipped: Option<(String, usize)>,
    /// The line of a `<style>` that is open, and its text.
    style: Option<(usize, String)>,
    /// The line of an empty id whose text follows.
    empty_id: Option<usize>,
}

impl Reader {
    fn start(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if let Some(id) = attribute(tag, "id") {
            self.id(id, name, line);
        }
        // Browsers go to the name of an anchor, too; one that is there already is no mistake.
        if let Some(id) = attribute(tag, "name").filter(|id| name == "a" && !id.is_empty()) {
            self.page.ids.entry(id.to_string()).or_insert(line);
        }
        // The print page repeats the chapters.
        if !(self.in_main && self.page.is_print()) {
            of_tag(tag, line, &mut self.page.references);
        }
        self.metadata(tag, name);
        if self.in_main && name == "img" {
            let description = attribute(tag, "alt").unwrap_or_default();
            self.page.letters.extend(description.chars().filter(|c| c.is_alphanumeric()));
        }
        match name {
            "main" => {
                self.in_main = true;
                self.page.has_main = true;
            }
            "p" => {
                let class = attribute(tag, "class");
                self.in_alert_title = class.is_some_and(|class| class.contains("blockquote-tag-title"));
            }
            _ => {}
        }
        self.boundary(tag, name);
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => {
                self.style = Some((line, String::new()));
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" => {
                // SVG has titles, too; those have no markup, either.
                self.in_title = self.page.title.is_none() && !self.in_main;
                if self.in_title {
                    self.page.title = Some(String::new());
                }
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Ends the block before elements that aren't inline, and leaves out those that aren't prose.
    fn boundary(&mut self, tag: &Tag, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name && !tag.self_closing);
        } else if NOT_PROSE.contains(&name) && !tag.self_closing {
            self.skipped = Some((name.to_string(), 1));
            self.block.text.push(STAND_IN);
            if name == "pre" {
                self.flush();
            }
        } else if matches!(name, "br" | "img") {
            self.block.text.push(STAND_IN);
        } else if !INLINE.contains(&name) {
            self.flush();
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "title" => self.in_title = false,
            "style" => self.style(),
            _ => {}
        }
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        if !INLINE.contains(&name) {
            self.flush();
        }
        match name {
            "main" => self.in_main = false,
            "p" => self.in_alert_title = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        if self.in_title {
            self.page.title.get_or_insert_default().push_str(text);
        }
        if let Some((_, style)) = &mut self.style {
            style.push_str(text);
        }
        if self.in_main && !self.page.is_print() {
            self.page.letters.extend(text.chars().filter(|c| c.is_alphanumeric()));
        }
        if self.in_main && self.skipped.is_none() {
            if self.block.text.is_empty() {
                self.block.line = line - text.matches('\n').count().min(line - 1);
            }
            self.block.text.push_str(text);
        }
    }

    fn id(&mut self, id: &str, element: &str, line: usize) {
        if id.is_empty() {
            self.empty_id = Some(line);
            return;
        }
        if self.page.ids.contains_key(id) {
            self.page.duplicate_ids.push((id.to_string(), line));
            return;
        }
        self.page.ids.insert(id.to_string(), line);
        if self.in_main && matches!(element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt") {
            self.page.anchors.push(id.to_string());
        }
    }

    fn metadata(&mut self, tag: &Tag, name: &str) {
        let is = |key: &str, value: &str| attribute(tag, key).is_some_and(|found| found.eq_ignore_ascii_case(value));
        let page = &mut self.page;
        match name {
            "html" => page.lang = attribute(tag, "lang").map(Into::into),
            "base" => page.base = attribute(tag, "href").map(Into::into),
            "meta" if is("name", "description") => page.description = attribute(tag, "content").map(Into::into),
            "meta" if is("http-equiv", "refresh") => page.is_redirect = true,
            _ => {}
        }
    }

    fn style(&mut self) {
        if let Some((line, text)) = self.style.take() {
            self.page.references.extend(css::references(&text, line));
        }
    }

    fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if block.text.trim().is_empty() {
            return;
        }
        if let Some(line) = self.empty_id.take() {
            self.page.empty_ids.push((line, block.text.trim().to_string()));
        }
        block.is_alert_title = self.in_alert_title;
        self.page.blocks.push(block);
    }
}

#[cfg(test)]
mod tests;
