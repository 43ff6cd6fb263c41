//! Classic scripts made of the ES modules of `client/`: a page from `file://` may load no modules.
//!
//! Joining is cutting lines, because the modules keep to four rules, which the tests of `client` check: an
//! import is one line and names what it takes, without `as`, `*` or default; it takes from modules that come before it;
//! what is exported is a `const`; and no two modules of a script have a top-level name in common.

use qabook_words::{Table, Word};
use std::collections::{BTreeMap, BTreeSet};

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
        let code: String = code.map(|line| line.strip_prefix("export ").unwrap_or(line).to_string() + "\n").collect();
        without_comments(&code)
    }
}

/// The declaration that words take the place of.
const NO_WORDS: &str = "const words={};";

/// One script of `modules`, in one scope of its own, with those of `words` that they use.
pub(crate) fn join(modules: &[Module], words: &Table) -> String {
    for (i, module) in modules.iter().enumerate() {
        module.assert_given(&modules[..i]);
    }
    let code: String = modules.iter().map(|module| module.body()).collect();
    let words = serde_json::json!(words_of(&code, words));
    let code = code.replacen(NO_WORDS, &format!("const words={words};"), 1);
    format!("'use strict';\n{{\n{code}}}\n")
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
    let given = modules.iter().flat_map(|module| module.exports()).collect::<Vec<_>>().join(",");
    format!(
        "'use strict';\ndispatchEvent(new CustomEvent('zh-search-data',{{detail:['{name}',({{{taken}}})=>{{\n\
         {body}return{{{given}}}\n}}]}}))\n"
    )
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

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// `script` without comments and needless spaces. It is no parser: a comment is a line that begins with `//`, or anything
/// from `/**` to `*/`, so neither may be inside a string of our scripts.
fn without_comments(script: &str) -> String {
    let mut code = String::with_capacity(script.len());
    let mut rest = script;
    while let Some((before, comment)) = rest.split_once("/**") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.strip_prefix(' ').unwrap_or(after));
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    // After these a line break says nothing; in a line with a comment they may be part of it.
    let joins = |line: &str| line.ends_with([';', '{', '(', '[', ',']) && !line.contains("//");
    lines.fold(String::new(), |mut code, line| {
        // The last statement of a block needs no end. There are no empty ones.
        if line.starts_with('}') && code.ends_with(';') {
            code.pop();
        }
        code + &without_spaces(line) + if joins(line) { "" } else { "\n" }
    })
}

/// A line without the spaces that aren't between two words. What is in quotes stays as it is, as does a line that may hold a
/// regular expression.
fn without_spaces(line: &str) -> String {
    if line.contains(['/', '\\']) {
        return line.to_string();
    }
    let in_word = |c: Option<char>| c.is_some_and(is_in_word);
    let mut out = String::with_capacity(line.len());
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '\'' | '"' | '`') => quote = Some(c),
            None if c == ' ' && !(in_word(out.chars().next_back()) && in_word(chars.peek().copied())) => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Module = Module { name: "one.js", text: "// One.\nexport const one = 1;\nconst two = 2;\n" };
    const TWO: Module = Module {
        name: "two.js",
        text: "import { one } from './one.js';\nimport { words } from './words.js';\n\
               /** Says it. */\nexport const say = () => words['the-sum'] + one;\n",
    };
    const WORDS: Module = Module { name: "words.js", text: "/** None. */\nexport const words = {};\n" };

    #[test]
    fn modules_become_one_script_with_the_words_that_it_uses() {
        let words = ["the-sum", "the"].map(|key| (key.to_string(), Word::Text(format!("“{key}”"))));
        assert_eq!(
            join(&[WORDS, ONE, TWO], &words.into()),
            "'use strict';\n{\nconst words={\"the-sum\":\"“the-sum”\"};const one=1;const two=2;\
             const say=()=>words['the-sum']+one;}\n"
        );
    }

    #[test]
    fn a_part_on_demand_is_a_function_from_its_imports_to_its_exports() {
        let two = Module { text: "import { one } from './one.js';\nexport const say = () => one;\n", ..TWO };
        let script = on_demand("two", &[two], ONE);
        let (head, code) = script.split_once("=>{\n").unwrap();
        assert_eq!(head, "'use strict';\ndispatchEvent(new CustomEvent('zh-search-data',{detail:['two',({one})");
        assert_eq!(code, "const say=()=>one;return{say}\n}]}))\n");
    }

    #[test]
    fn comments_go_and_code_stays() {
        let script =
            "'use strict';\n// why\n{\n    /** @type {any} */\n    const a = (/** @type {string} */ b) => b; // c\n}\n";
        assert_eq!(without_comments(script), "'use strict';{const a = (b) => b; // c\n}\n");
        assert_eq!(without_comments("{\n    a();\n    b();\n}\n"), "{a();b()}\n");
        assert_eq!(without_spaces("else if (a + 'b + c' < d) return { e };"), "else if(a+'b + c'<d)return{e};");
        assert_eq!(without_spaces("a = b + `c ${d + e} 'f` + \"g '\";"), "a=b+`c ${d + e} 'f`+\"g '\";");
        assert_eq!(without_spaces("a.replace(/b c/g, d + e)"), "a.replace(/b c/g, d + e)");
    }
}
