//! The client: the scripts and the style sheet that a page loads.
//!
//! They are written into the site by the indexer, so that a book needs nothing but the index, and a page always has the
//! client that its index was made for.

use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

use crate::Error;
use crate::files::{HASH_DIGITS, PREFIX};

/// The script that every page loads: it loads the others when a reader wants to search.
const START: &str = include_str!("../client/search-start.js");

/// In this order: the later ones ask the earlier ones for what they offer.
const SCRIPTS: [&str; 4] = [
    include_str!("../client/search-index.js"),
    include_str!("../client/search-query.js"),
    include_str!("../client/search.js"),
    include_str!("../client/search-box.js"),
];

/// Loaded only for a query that finds nothing as it stands.
const GUESS: &str = include_str!("../client/search-guess.js");

/// Loaded only by a page that a result led to.
const MARKS: &str = include_str!("../client/search-marks.js");

const STYLE: &str = include_str!("../client/search.css");

/// The client, which a page loads when its reader wants to search.
pub(crate) fn script() -> String {
    SCRIPTS.map(without_comments).concat()
}

/// The scripts that are loaded when they are needed: files of the index, with their names.
pub(crate) fn on_demand() -> [(&'static str, String); 2] {
    [("guess", without_comments(GUESS)), ("marks", without_comments(MARKS))]
}

/// Writes the scripts and the style sheet into the site; returns their name without its ending, which holds a hash.
pub(crate) fn write(site: &Path) -> Result<String, Error> {
    let start = without_comments(START);
    let script = script();
    let digest = Sha256::new().chain_update(&start).chain_update(&script).chain_update(STYLE).finalize();
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{PREFIX}{}", &digits[..HASH_DIGITS]);
    for (ending, text) in [("start.js", start.as_str()), ("js", script.as_str()), ("css", STYLE)] {
        let path = site.join(format!("{name}.{ending}"));
        fs::write(&path, text).map_err(|source| Error::io(&path, source))?;
    }
    Ok(name)
}

/// `script` without comments and needless spaces. It is no parser: a comment is a line that begins with `//`, or anything
/// from `/**` to `*/`, so neither may stand inside a string of our scripts.
fn without_comments(script: &str) -> String {
    let mut code = String::with_capacity(script.len());
    let mut rest = script;
    while let Some((before, comment)) = rest.split_once("/**") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.strip_prefix(' ').unwrap_or(after));
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| without_spaces(line) + "\n").collect()
}

/// A line without the spaces that aren't between two words. A line with anything but plain strings stays as it is.
fn without_spaces(line: &str) -> String {
    if line.contains(['"', '`', '/', '\\']) {
        return line.to_string();
    }
    let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
    let code = |text: &str| {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c != ' ' || (in_word(out.chars().next_back()) && in_word(chars.peek().copied())) {
                out.push(c);
            }
        }
        out
    };
    // Every other part is inside quotes.
    let parts = line.split('\'').enumerate().map(|(i, part)| if i % 2 == 0 { code(part) } else { part.to_string() });
    parts.collect::<Vec<_>>().join("'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        let script =
            "'use strict';\n// why\n{\n    /** @type {any} */\n    const a = (/** @type {string} */ b) => b; // c\n}\n";
        assert_eq!(without_comments(script), "'use strict';\n{\nconst a = (b) => b; // c\n}\n");
        assert_eq!(without_spaces("else if (a + 'b + c' < d) return { e };"), "else if(a+'b + c'<d)return{e};");
    }
}
