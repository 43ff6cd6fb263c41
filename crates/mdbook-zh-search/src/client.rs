//! The client: the scripts and the style sheet that a page loads.
//!
//! They are written into the site by the indexer, so that a book needs nothing but the index, and a page always has the
//! client that its index was made for.

use qabook_words::Words;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

use crate::Error;
use crate::files::{HASH_DIGITS, PREFIX};
use crate::script::{self, Module};

/// A file of `client/`.
macro_rules! module {
    ($name:literal) => {
        Module { name: $name, text: include_str!(concat!("../client/", $name)) }
    };
}

/// Where what the search says is put.
const WORDS: Module = module!("search-words.js");

const ELEMENTS: Module = module!("search-elements.js");

const INDEX: Module = module!("search-index.js");

/// The script that every page loads: it loads the others when a reader wants to search.
const START: [Module; 3] = [WORDS, ELEMENTS, module!("search-start.js")];

/// The client, which a page loads when its reader wants to search. In this order: each imports from those before it.
const CLIENT: [Module; 8] = [
    WORDS,
    ELEMENTS,
    INDEX,
    module!("search-query.js"),
    module!("search-places.js"),
    module!("search.js"),
    module!("search-results.js"),
    module!("search-box.js"),
];

/// Loaded when the box is opened, but not by a query: suggestions, and what a chosen page says.
const ASIDE: Module = module!("search-aside.js");

/// Loaded only for a query that finds nothing as it is.
const GUESS: [Module; 3] = [module!("search-pinyin.js"), module!("search-typo.js"), module!("search-mend.js")];

/// Loaded only by a page that a result led to.
const MARKS: Module = module!("search-marks.js");

const STYLE: &str = include_str!("../client/search.css");

/// Loaded with the client.
const RESULTS_STYLE: &str = include_str!("../client/search-results.css");

/// The scripts that are loaded when they are needed: files of the index, with their names.
pub(crate) fn on_demand() -> [(&'static str, String); 3] {
    let parts: [(&str, &[Module]); 3] = [("aside", &[ASIDE]), ("guess", &GUESS), ("marks", &[MARKS])];
    parts.map(|(name, modules)| (name, script::on_demand(name, modules, INDEX)))
}

/// Writes the scripts, which say `words`, and the style sheets into the site; returns their name without its ending, which
/// holds a hash.
pub(crate) fn write(site: &Path, words: &Words) -> Result<String, Error> {
    let start = script::join(&START, words.table("search"));
    let client = script::join(&CLIENT, words.table("search"));
    let digest = Sha256::new()
        .chain_update(&start)
        .chain_update(&client)
        .chain_update(STYLE)
        .chain_update(RESULTS_STYLE)
        .finalize();
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{PREFIX}{}", &digits[..HASH_DIGITS]);
    for (ending, text) in
        [("start.js", start.as_str()), ("js", client.as_str()), ("css", STYLE), ("results.css", RESULTS_STYLE)]
    {
        let path = site.join(format!("{name}.{ending}"));
        fs::write(&path, text).map_err(|source| Error::io(&path, source))?;
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names that the top level of a module declares.
    fn declared(module: Module) -> impl Iterator<Item = &'static str> {
        let lines = module.text.lines().map(|line| line.strip_prefix("export ").unwrap_or(line));
        let names = lines.filter_map(|line| line.strip_prefix("const ").or_else(|| line.strip_prefix("let ")));
        names.filter_map(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next())
    }

    #[test]
    fn a_script_has_one_scope() {
        for modules in [&START[..], &CLIENT[..], &GUESS[..]] {
            let mut known = BTreeSet::new();
            for module in modules {
                for name in declared(*module) {
                    assert!(known.insert(name), "{}: {name} is declared twice", module.name);
                }
            }
        }
    }

    #[test]
    fn imports_have_the_form_that_is_cut() {
        for module in START.into_iter().chain(CLIENT).chain([ASIDE, MARKS]).chain(GUESS) {
            let all = module.text.lines().filter(|line| line.starts_with("import ")).count();
            assert_eq!(module.imports().len(), all, "{}", module.name);
        }
    }

    #[test]
    fn the_parts_on_demand_are_given_what_they_import() {
        let (_, rest) = INDEX.text.split_once("\nconst shared = { ").unwrap();
        let given: BTreeSet<&str> = rest.split_once(" };").unwrap().0.split(", ").collect();
        let imports = [ASIDE, MARKS].into_iter().chain(GUESS).flat_map(Module::imports);
        let imports = imports.filter(|import| import.from == INDEX.name).flat_map(|import| import.names);
        assert_eq!(given, imports.collect());
    }

    #[test]
    fn all_words_are_said() {
        for language in ["en", "zh-CN"] {
            let words = Words::of_language(language);
            let code = script::join(&START, words.table("search")) + &script::join(&CLIENT, words.table("search"));
            for (key, word) in words.table("search") {
                assert!(code.contains(&serde_json::json!(word).to_string()), "{language}: {key}");
            }
        }
    }
}
