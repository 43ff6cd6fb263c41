//! Classic scripts made of the ES modules of `client/`: a page from `file://` may load no modules.
//!
//! Joining is cutting lines, because the modules keep to four rules, which the tests of `client` check: an
//! import is one line and names what it takes, without `as`, `*` or default; it takes from modules that come before it;
//! what is exported is a `const`; and no two modules of a script have a top-level name in common.

use qabook_words::{Table, Word};
use std::collections::{BTreeMap, BTreeSet};

use tokens::{Kind, is_in_word, tokens};

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
    let words = serde_json::json!(words_of(&code, words));
    let code = code.replacen(NO_WORDS, &format!("const words = {words};"), 1);
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

/// Those of the words that `code` uses, as `words['KEY']` or `say('KEY'`.
fn words_of<'w>(code: &str, words: &'w Table) -> BTreeMap<&'w String, &'w Word> {
    let is_used = |key: &str| ["words['", "say('"].iter().any(|before| code.contains(&format!("{before}{key}'")));
    words.iter().filter(|(key, _)| is_used(key)).collect()
}

/// `script` with short names, without comments and needless spaces; declarations that follow each other are one.
fn shortened(script: &str) -> String {
    let tokens = tokens(script);
    let mut code = String::with_capacity(script.len() / 2);
    let mut before: Option<Kind> = None;
    // For each open bracket, whether the last statement in it declares something.
    let mut declares = vec![false];
    for (token, text) in tokens.iter().zip(names::shortened(&tokens)) {
        let (opens, closes) = names::brackets(token);
        if closes {
            declares.pop();
        }
        let begins = code.is_empty() || code.ends_with([';', '{']) || (code.ends_with('}') && token.kind != Kind::Mark);
        let follows = begins && declares.last_mut().is_some_and(|last| std::mem::replace(last, text == "const"));
        if follows && text == "const" && code.ends_with(';') {
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
