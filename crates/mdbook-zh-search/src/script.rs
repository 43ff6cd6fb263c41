//! Classic scripts made of the ES modules of `client/`: a page from `file://` may load no modules.
//!
//! Joining is cutting lines, because the modules keep to four rules, which the tests of `client` check: an
//! import is one line and names what it takes, without `as`, `*` or default; it takes from modules that come before it;
//! what is exported is a `const`; and no two modules of a script have a top-level name in common.

use qabook_words::{Table, Word};
use std::collections::{BTreeSet, HashMap};

use tokens::{Kind, Token, is_in_word, tokens};

mod names;
mod tokens;

/// A module of the client.
#[derive(Clone, Copy)]
pub(crate) struct Module {
    /// The name of its file.
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// What a module takes from another.
pub(crate) struct Import<'a> {
    pub(crate) names: Vec<&'a str>,
    /// The file of the other.
    pub(crate) from: &'a str,
}

impl Module {
    /// What the module imports from other modules.
    pub(crate) fn imports(self) -> Vec<Import<'static>> {
        self.text.lines().filter_map(import).collect()
    }

    /// The names that the module exports.
    pub(crate) fn exports(self) -> Vec<&'static str> {
        self.text.lines().filter_map(|line| Some(declared(line.strip_prefix("export ")?))).collect()
    }

    /// The modules are constants: whether they fit each other, the tests find out.
    fn assert_given(self, modules: &[Self]) {
        for Import { names, from } in self.imports() {
            let exports = modules.iter().filter(|other| other.name == from).flat_map(|other| other.exports());
            let exports: Vec<_> = exports.collect();
            debug_assert!(names.iter().all(|name| exports.contains(name)), "{}: {names:?} of {from}", self.name);
        }
    }

    /// The code without imports and exports.
    fn body(self) -> String {
        let code = self.text.lines().filter(|line| !line.starts_with("import "));
        code.map(|line| line.strip_prefix("export ").unwrap_or(line).to_string() + "\n").collect()
    }
}

/// The declaration that words take the place of.
const NO_WORDS: &str = "const words = {};";

/// One script of `modules`, in one scope of its own, with those of `words` that they use.
pub(crate) fn join(modules: &[Module], words: &Table) -> String {
    for (i, module) in modules.iter().enumerate() {
        module.assert_given(&modules[..i]);
    }
    let code: String = modules.iter().map(|module| module.body()).collect();
    let (code, words) = numbered(code, words);
    let code = code.replacen(NO_WORDS, &format!("const words = {};", serde_json::json!(words)), 1);
    format!("'use strict';\n{{{}}}\n", shortened(&code))
}

/// A file of the index that hands over `modules` as a function: from an object of what they import of `given`, to one of
/// their exports.
pub(crate) fn on_demand(name: &str, modules: &[Module], given: Module) -> String {
    for (i, module) in modules.iter().enumerate() {
        module.assert_given(&[&[given], &modules[..i]].concat());
    }
    let imports = modules.iter().flat_map(|module| module.imports()).filter(|import| import.from == given.name);
    let taken: BTreeSet<&str> = imports.flat_map(|import| import.names).collect();
    let taken = Vec::from_iter(taken).join(",");
    let body: String = modules.iter().map(|module| module.body()).collect();
    let own = modules.iter().flat_map(|module| module.exports()).collect::<Vec<_>>().join(",");
    let code = shortened(&format!("const {{ {taken} }} = given;\n{body}return {{ {own} }};"));
    format!("'use strict';\ndispatchEvent(new CustomEvent('zh-search-data',{{detail:['{name}',given=>{{{code}}}]}}))\n")
}

/// The import of a line, if it is one from a module.
fn import(line: &str) -> Option<Import<'_>> {
    let (names, from) = line.strip_prefix("import {")?.split_once("} from './")?;
    Some(Import { names: names.split(',').map(str::trim).collect(), from: from.strip_suffix("';")? })
}

/// The name that a line declares: `const NAME = …`.
fn declared(line: &str) -> &str {
    let name = line.strip_prefix("const ").unwrap_or_default();
    name.split(|c: char| !is_in_word(c)).next().unwrap_or_default()
}

/// `code`, and those of `words` that it uses, as `words['KEY']` or `say('KEY'`: it then names each by its number.
fn numbered(mut code: String, words: &Table) -> (String, Vec<&Word>) {
    let mut used = Vec::new();
    for (key, word) in words {
        let number = used.len();
        let named = ["words[", "say("].map(|before| (format!("{before}'{key}'"), format!("{before}{number}")));
        if named.iter().any(|(by_key, _)| code.contains(by_key)) {
            for (by_key, by_number) in named {
                code = code.replace(&by_key, &by_number);
            }
            used.push(word);
        }
    }
    (code, used)
}

/// The name and the number that `const NAME = 0.5;`, in capitals, declares, if that is what `tokens` begin with.
fn constant<'a>(tokens: &[Token<'a>]) -> Option<(&'a str, &'a str)> {
    let texts: Vec<&str> = tokens.get(..5)?.iter().map(|token| token.text).collect();
    let ["const", name, "=", number, ";"] = texts[..] else { return None };
    let declares =
        name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && number.starts_with(|c: char| c.is_ascii_digit());
    let fraction = number.strip_prefix('0').filter(|rest| rest.starts_with('.'));
    declares.then(|| (name, fraction.unwrap_or(number)))
}

/// `tokens` with the numbers of constants in the places of their names.
fn without_constants<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut numbers = HashMap::new();
    let mut kept = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some(&token) = rest.first() {
        if let Some((name, number)) = constant(rest) {
            numbers.insert(name, number);
            rest = &rest[5..];
        } else {
            kept.push(Token { text: numbers.get(token.text).copied().unwrap_or(token.text), ..token });
            rest = &rest[1..];
        }
    }
    kept
}

/// Whether `tokens[at]` is a parenthesis around the only parameter of a function, `(a) => a`.
fn is_needless(tokens: &[Token<'_>], at: usize) -> bool {
    let surrounds = |open: usize| match tokens.get(open..open + 4) {
        Some([open, name, close, arrow]) => {
            open.text == "(" && name.kind == Kind::Word && close.text == ")" && arrow.text == "=>"
        }
        _ => false,
    };
    surrounds(at) || (at >= 2 && surrounds(at - 2))
}

/// `script` with short names, without comments and needless spaces; declarations that follow each other are one.
fn shortened(script: &str) -> String {
    let tokens = without_constants(&tokens(script));
    let mut code = String::with_capacity(script.len() / 2);
    let mut before: Option<Kind> = None;
    // For each open bracket, whether the last statement in it declares something.
    let mut declares = vec![false];
    for (at, (token, text)) in tokens.iter().zip(names::shortened(&tokens)).enumerate() {
        if is_needless(&tokens, at) {
            continue;
        }
        // Nothing is written to a constant, as the linter has seen.
        let text = if text == "const" { "let".into() } else { text };
        let (opens, closes) = names::brackets(token);
        if closes {
            declares.pop();
        }
        let begins = code.is_empty() || code.ends_with([';', '{']) || (code.ends_with('}') && token.kind != Kind::Mark);
        let follows = begins && declares.last_mut().is_some_and(|last| std::mem::replace(last, text == "let"));
        if follows && text == "let" && code.ends_with(';') {
            code.pop();
            code.push(',');
            before = Some(Kind::Mark);
            continue;
        }
        if opens {
            declares.push(false);
        }
        // The last statement of a block needs no end. There are no empty ones.
        if text.starts_with('}') && token.kind == Kind::Mark && before == Some(Kind::Mark) && code.ends_with(';') {
            code.pop();
        }
        let begins_value = token.kind != Kind::Mark;
        let ended_value = matches!(before, Some(Kind::Word | Kind::Text)) || code.ends_with([')', ']']);
        let joins_words = code.ends_with(is_in_word) && text.starts_with(is_in_word);
        let joins_signs = token.spaced && ["+", "-"].iter().any(|sign| code.ends_with(sign) && text.starts_with(sign));
        if token.on_new_line && begins_value && ended_value && !text.starts_with('}') {
            code.push('\n');
        } else if joins_words || joins_signs {
            code.push(' ');
        }
        code.push_str(&text);
        before = Some(token.kind);
    }
    code.strip_suffix(';').map(str::to_string).unwrap_or(code)
}

#[cfg(test)]
mod tests;
