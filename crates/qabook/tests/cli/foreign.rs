//! A book that was written for stock mdBook is built as it is, and says what it says there.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use mdbook_driver::MDBook;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::foreign_book::foreign_book;
use crate::small_book::SmallBook;

/// What the `<main>` of a page holds.
#[derive(Default)]
struct Main {
    is_open: bool,
    /// The element that is being left out.
    left_out: Option<String>,
    text: String,
    ids: BTreeSet<String>,
}

impl Main {
    /// Leaves out scripts, sheets, and what is added to a question.
    fn leave_out(&mut self, tag: &Tag) {
        let is_added = |tag: &Tag| tag.attrs.iter().any(|attribute| attribute.value.starts_with("question-"));
        let is_left_out = match &*tag.name {
            "script" | "style" => true,
            "header" | "footer" => is_added(tag),
            _ => false,
        };
        match &self.left_out {
            None if tag.kind == TagKind::StartTag && is_left_out => self.left_out = Some(tag.name.to_string()),
            Some(name) if tag.kind == TagKind::EndTag && *name == *tag.name => self.left_out = None,
            _ => {}
        }
    }
}

#[derive(Default)]
struct Reader(RefCell<Main>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut main = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let is_start = tag.kind == TagKind::StartTag;
                if &*tag.name == "main" {
                    main.is_open = is_start;
                }
                main.leave_out(&tag);
                if main.is_open {
                    let ids = tag.attrs.iter().filter(|attribute| &*attribute.name.local == "id");
                    main.ids.extend(ids.map(|id| id.value.to_string()));
                }
                if is_start && matches!(&*tag.name, "script" | "style") {
                    return TokenSinkResult::RawData(RawKind::ScriptData);
                }
            }
            Token::CharacterTokens(text) if main.is_open && main.left_out.is_none() => main.text.push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn main_of(page: &str) -> Main {
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// The words of `text`; a 汉字 is one, since lines of them are joined.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if c.is_ascii_alphanumeric() || c == '_' => word.push(c),
            _ if c.is_alphanumeric() => words.extend([c.to_string(), String::new()]),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The pages of the site in `folder` that have text, by their paths; the one for printing repeats them.
fn pages(folder: &Path) -> BTreeMap<String, Main> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let path = entry.unwrap().into_path();
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        if is_page && !["print.html", "404.html", "toc.html"].contains(&name.as_str()) {
            found.insert(name, main_of(&fs::read_to_string(&path).unwrap()));
        }
    }
    found.retain(|_, main| !main.text.trim().is_empty());
    found
}

fn built_by_stock() -> SmallBook {
    let book = foreign_book();
    MDBook::load(book.root()).unwrap().build().unwrap();
    book
}

#[test]
fn its_pages_say_what_they_say_in_stock_mdbook() {
    let book = foreign_book();
    let output = book.build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let ours = pages(&book.root().join("book"));
    let stock_book = built_by_stock();
    let stock = pages(&stock_book.root().join("book"));
    assert!(stock.len() > 10);
    for (name, stock) in stock {
        let Some(ours) = ours.get(&name) else { panic!("there is no {name}") };
        let mut expected = words(&stock.text);
        if name == "guide/moved.html" {
            // Stock mdBook shows front matter as a rule and a heading.
            let front = expected.iter().position(|word| word == "YAML").unwrap() + 1;
            expected.drain(..front);
        }
        if name == "guide/html.html" {
            let title = expected.iter_mut().find(|word| *word == "Note").unwrap();
            *title = "注".into();
        }
        assert_eq!(words(&ours.text).join(" "), expected.join(" "), "{name}");
        let gone: Vec<&String> = stock.ids.iter().filter(|id| !id.is_empty() && !ours.ids.contains(*id)).collect();
        assert!(name == "guide/moved.html" || gone.is_empty(), "{name} has no {gone:?}");
    }
}

#[test]
fn check_says_only_what_is_true_of_it() {
    let book = foreign_book();
    let output = book.qabook(&["check", "--quiet"]).env_remove("GITHUB_ACTIONS").output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{report}");
    assert_eq!(report, "nothing to fix\n");
}
