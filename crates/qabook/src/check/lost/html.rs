//! The text in raw HTML.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// The texts of `html`, each with its line (from 1); at a tag there is an empty one.
pub(super) fn texts(html: &str) -> Vec<(usize, String)> {
    let tokenizer = Tokenizer::new(Texts::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.take()
}

#[derive(Default)]
struct Texts(RefCell<Vec<(usize, String)>>);

impl TokenSink for Texts {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => {
                let line = usize::try_from(line).unwrap_or(1);
                let first = line.saturating_sub(text.matches('\n').count()).max(1);
                self.0.borrow_mut().push((first, text.to_string()));
            }
            Token::TagToken(tag) => {
                self.0.borrow_mut().push((1, String::new()));
                if tag.kind == TagKind::StartTag {
                    return raw(&tag.name);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of the element `name` is read.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}
