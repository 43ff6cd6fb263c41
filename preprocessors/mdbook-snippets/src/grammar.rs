//! Which grammar a fence's language names.

use std::sync::LazyLock;
use syntect::parsing::{SyntaxReference, SyntaxSet};

/// syntect's own grammars. Each set is read once in a process, and what it holds is compiled where it is used.
static DEFAULTS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Those and more, larger and slower to read: for the languages that the first set lacks.
static MORE: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What people write, and the name or file extension that a set knows.
const ALIASES: [(&str, &str); 36] = [
    ("apache", "htaccess"),
    ("arduino", "cpp"),
    ("batch", "bat"),
    ("cjs", "js"),
    ("csharp", "cs"),
    ("cuda", "cpp"),
    ("docker", "dockerfile"),
    ("dos", "bat"),
    ("dotenv", ".env"),
    ("elisp", "el"),
    ("emacs-lisp", "el"),
    ("env", ".env"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("html5", "html"),
    ("javascriptreact", "tsx"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "tsx"),
    ("ksh", "sh"),
    ("mjs", "js"),
    ("mysql", "sql"),
    ("node", "js"),
    ("objc", "objective-c"),
    ("objectivec", "objective-c"),
    ("pgsql", "sql"),
    ("plsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("python2", "py"),
    ("python3", "py"),
    ("scheme", "scm"),
    ("shell", "sh"),
    ("sqlite", "sql"),
    ("tsql", "sql"),
    ("typescriptreact", "tsx"),
];

/// A grammar and the set that it is in.
#[derive(Clone, Copy)]
pub(crate) struct Grammar {
    pub(crate) syntax: &'static SyntaxReference,
    pub(crate) set: &'static SyntaxSet,
}

impl Grammar {
    /// The grammar of `language`, by its name, a file extension or a usual alias; `None` when there is none, or nothing to
    /// tell apart in it (`text`).
    pub(crate) fn of(language: &str) -> Option<Self> {
        let language = language.to_lowercase();
        let alias = ALIASES.binary_search_by_key(&language.as_str(), |(alias, _)| alias);
        let token = alias.map_or(language.as_str(), |index| ALIASES[index].1);
        let found = [&*DEFAULTS]
            .into_iter()
            .chain(std::iter::from_fn(|| Some(&*MORE)).take(1))
            .find_map(|set| Some(Self { syntax: set.find_syntax_by_token(token)?, set }))?;
        (found.syntax.name != "Plain Text").then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_languages_have_a_grammar() {
        let languages = "rust rs Rust python py c cpp c++ go golang java js javascript jsx ts typescript tsx sh bash shell \
                         zsh toml json jsonc yaml yml sql mysql html css scss less xml diff patch kotlin swift ruby php \
                         scala dockerfile makefile nginx ini lua perl haskell elixir graphql vue markdown proto http";
        for language in languages.split_whitespace() {
            assert!(Grammar::of(language).is_some(), "{language}");
        }
    }

    #[test]
    fn what_has_nothing_to_tell_apart_has_none() {
        for language in ["", "text", "txt", "plain", "mermaid", "no-such-language", "output"] {
            assert!(Grammar::of(language).is_none(), "{language}");
        }
    }

    #[test]
    fn every_alias_is_found_and_leads_somewhere() {
        assert!(ALIASES.is_sorted(), "they are searched by halves");
        for (alias, token) in ALIASES {
            assert!(DEFAULTS.find_syntax_by_token(alias).is_none(), "{alias} needs no alias");
            assert!(Grammar::of(alias).is_some(), "{alias}: {token}");
        }
    }
}
