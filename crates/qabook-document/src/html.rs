//! Raw HTML in a chapter as tags and text.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A piece of HTML and the line, from 0, of the text in which it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) line: usize,
    pub(crate) kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Open(Element),
    Close(String),
    Text(String),
}

/// A start tag: its name in lower case, its attributes with references resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The attribute's value, which isn't empty.
    pub(crate) fn filled(&self, name: &str) -> Option<String> {
        self.attribute(name).filter(|value| !value.is_empty()).map(Into::into)
    }
}

/// Cuts `html` into pieces; comments and declarations are left out.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    // It stops early only for scripts that must run, which this sink never asks for.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.pieces.into_inner()
}

#[derive(Default)]
struct Sink {
    pieces: RefCell<Vec<Piece>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        let kind = match token {
            CharacterTokens(text) => PieceKind::Text(text.to_string()),
            TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == StartTag {
                    let attribute = |attr: html5ever::Attribute| (attr.name.local.to_string(), attr.value.to_string());
                    let attributes = tag.attrs.into_iter().map(attribute).collect();
                    let raw = match name.as_str() {
                        "script" => Some(RawKind::ScriptData),
                        "style" => Some(RawKind::Rawtext),
                        _ => None,
                    };
                    self.pieces.borrow_mut().push(Piece { line, kind: PieceKind::Open(Element { name, attributes }) });
                    return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
                }
                PieceKind::Close(name)
            }
            _ => return TokenSinkResult::Continue,
        };
        self.pieces.borrow_mut().push(Piece { line, kind });
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_come_in_order_with_their_lines() {
        let found = pieces("<Figure class=\"a b\" data-x='1 &lt; 2'>\n<!-- no -->text &amp; more</figure>\n<br/>");
        let PieceKind::Open(figure) = &found[0].kind else { panic!("{found:?}") };
        assert_eq!((figure.name.as_str(), figure.attribute("data-x")), ("figure", Some("1 < 2")));
        assert_eq!(figure.filled("none"), None);
        let text: String = found
            .iter()
            .filter_map(|p| if let PieceKind::Text(t) = &p.kind { Some(t.as_str()) } else { None })
            .collect();
        assert_eq!(text, "\ntext & more\n");
        assert_eq!(found.last().map(|piece| piece.line), Some(2));
    }

    #[test]
    fn what_a_script_holds_is_no_tag() {
        let found = pieces("<script>if (a<b) {}</script>");
        assert_eq!(found.iter().filter(|piece| matches!(piece.kind, PieceKind::Open(_))).count(), 1);
    }
}
