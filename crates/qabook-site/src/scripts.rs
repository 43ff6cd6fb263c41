//! The theme's own scripts, and the two of mdBook's that every page loads, without their comments, which are a third of
//! them.
//!
//! No other script is touched, not even one of the theme that an author changed: what a script means only a parser of
//! JavaScript can tell. Those of the tool keep to a form in which a line that looks like a comment is one, as the test here
//! sees to; mdBook's were read, and are known by their hashes. The ends of lines stay, on which scripts rely.
//!
//! And when they run: after the page is there, so that no reader waits for one before the first line is drawn.

use anyhow::{Context, Result};
use qabook_support::path::slashed;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::files::files_below;
use super::rewriting::{Occurs, Rewriting};

/// A library of others, whose licence is in its comments.
const FOREIGN: &str = "practice/ts-fsrs/";

/// mdBook's scripts, by the beginnings of their names in the site's root, with the SHA-256 of their text without the list of
/// chapters: those of the version that is built in. What another one's mean, nobody has read.
const STOCK: [(&str, &str); 3] = [
    ("book", "609e4cb80f92aa954a3f48869c751f6f8848433604f1297bb70fde0e3e58a569"),
    ("toc", "dfac290ebbc5901fbbbc9f7aaab78b188dce80f86865a5963720967bf444dc57"),
    // Where the sidebar names no sections.
    ("toc", "a7c3ce2e0e2ff205dd052425bf27346172524ab7864c57d54fa32a712b96385b"),
];

/// What is around the list of chapters, which is one line, in `toc.js`.
const CHAPTERS: [&str; 2] = ["this.innerHTML = '", "';\n"];

/// Lets the scripts of a page wait until the page is there: those below its text, which are in the order that they rely on,
/// and mdBook's list of chapters, which fills an element of its own. `text` is where the text is in the page. A script of the
/// text or of the book's head.hbs runs where it stands.
pub(super) fn defer(text: Range<usize>, rewriting: &mut Rewriting<'_>) {
    rewriting.element("script[src]", Occurs::Freely, move |script| {
        let address = script.get_attribute("src").unwrap_or_default();
        let is_below = script.source_location().bytes().start >= text.end;
        let is_list = is_stock(address.trim_start_matches("../"), "toc");
        let has_own_time = ["async", "defer", "type"].iter().any(|name| script.has_attribute(name));
        if (is_below || is_list) && !has_own_time {
            script.set_attribute("defer", "")?;
        }
        Ok(())
    });
}

/// The scripts of the theme that are the tool's own.
fn own() -> impl Iterator<Item = (&'static str, String)> {
    let is_script = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "js");
    let scripts = qabook_theme::files().filter(move |path| is_script(path) && !path.starts_with(FOREIGN));
    scripts.filter_map(|path| Some((path, String::from_utf8(qabook_theme::file(path)?.into_owned()).ok()?)))
}

/// Takes the comments out of the tool's own scripts in `site`, and returns where in it they are.
/// Errors: A file that can't be read or written.
pub(super) fn shorten(site: &Path) -> Result<BTreeSet<String>> {
    let own: HashSet<String> = own().map(|(_, text)| text).collect();
    let mut found = BTreeSet::new();
    for file in files_below(site, "js")? {
        let name = || file.strip_prefix(site).unwrap_or(&file).display().to_string();
        let Ok(text) = String::from_utf8(fs::read(&file).with_context(name)?) else { continue };
        if own.contains(&text) {
            fs::write(&file, without_comments(&text)).with_context(name)?;
            found.insert(slashed(file.strip_prefix(site).unwrap_or(&file)));
        }
    }
    Ok(found)
}

/// mdBook asks for a new page on the way back, of browsers that had kept old forms; today it is deprecated, and makes Chromium
/// load and lay out every page again (<https://web.dev/articles/bfcache>). What our scripts show they bring up to date by
/// `pageshow`.
const UNLOAD: &str = "window.onunload = function() { };\n";

/// Takes the comments out of mdBook's own scripts in `site`, and `UNLOAD`.
/// Errors: A file that can't be read or written.
pub(super) fn shorten_stock(site: &Path) -> Result<()> {
    for entry in fs::read_dir(site).with_context(|| site.display().to_string())? {
        let file = entry?.path();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let known: Vec<&str> = STOCK.iter().filter(|(stem, _)| is_stock(name, stem)).map(|(_, hash)| *hash).collect();
        if known.is_empty() {
            continue;
        }
        let Ok(text) = String::from_utf8(fs::read(&file).with_context(|| name.to_string())?) else { continue };
        if known.contains(&stock_hash(&text).as_str()) {
            fs::write(&file, without_comments(&text).replace(UNLOAD, "")).with_context(|| name.to_string())?;
        }
    }
    Ok(())
}

/// Whether `file`, below the site's root, is called as mdBook calls its script `name`: with its hash, or without.
pub(super) fn is_stock(file: &str, name: &str) -> bool {
    let rest = file.strip_prefix(name).and_then(|rest| rest.strip_suffix(".js"));
    rest.is_some_and(|hash| hash.is_empty() || hash.starts_with('-') && !hash.contains('/'))
}

/// The SHA-256 of `script` without the list of chapters.
fn stock_hash(script: &str) -> String {
    let [before, after] = CHAPTERS;
    let list = script.split_once(before).and_then(|(head, rest)| Some((head, rest.split_once(after)?.1)));
    let text = list.map_or_else(|| script.to_string(), |(head, rest)| [head, before, after, rest].concat());
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `script` without the lines that are comments or blank, and without indentation.
fn without_comments(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let mut code = line;
        if in_comment || line.starts_with("/*") {
            // Code may follow the type that a comment says.
            let end = line.split_once("*/");
            in_comment = end.is_none();
            code = end.map_or("", |(_, rest)| rest.trim_start());
        }
        if !code.is_empty() && !code.starts_with("//") {
            out.push_str(code);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_below_the_text_and_the_list_of_chapters_wait() {
        let page = "<head><script src=\"mine.js\"></script><script src=\"toc-1a.js\"></script></head><main><script \
                    src=\"text.js\"></script></main><script src=\"book.js\"></script><script async src=\"a.js\"></script>";
        let text = page.find("<main>").unwrap()..page.find("</main>").unwrap();
        let mut rewriting = Rewriting::default();
        defer(text, &mut rewriting);
        let waiting = ["toc-1a.js\"", "book.js\""].iter().fold(page.to_string(), |page, script| {
            page.replace(&format!("<script src=\"{script}"), &format!("<script src=\"{script} defer=\"\""))
        });
        assert_eq!(rewriting.run(page).unwrap(), waiting);
    }

    #[test]
    fn comments_go_and_the_ends_of_lines_stay() {
        let script =
            "// Why.\nlet a = 1 // one\n\n/** b\n * c\n */\nconst f = () => {\n    /* d */\n    return\n    a\n}\n";
        assert_eq!(without_comments(script), "let a = 1 // one\nconst f = () => {\nreturn\na\n}\n");
        assert_eq!(
            without_comments("a();\n/** @type {\n * T} */ (b).c = /[*]/;\n/** d */ (e).f();\n"),
            "a();\n(b).c = /[*]/;\n(e).f();\n"
        );
    }

    #[test]
    fn what_looks_like_a_comment_is_one_in_the_theme() {
        assert!(own().count() > 20);
        for (path, text) in own() {
            let mut lines = text.lines();
            while let Some(line) = lines.next() {
                let code = line.trim();
                if let Some(comment) = code.strip_prefix("/*") {
                    let mut last = comment;
                    while !last.contains("*/") {
                        last = lines.next().unwrap_or_else(|| panic!("{path}: a comment that doesn't end"));
                    }
                    // Code after it holds no second one that goes on.
                    assert_eq!(last.matches("/*").count() + 1, last.matches("*/").count(), "{path}: {last}");
                } else if !code.starts_with("//") {
                    // No string goes on over the end of a line, and no comment begins behind code.
                    assert!(code.matches('`').count().is_multiple_of(2) && !code.ends_with('\\'), "{path}: {line}");
                    assert!(!code.contains("/*") || code.contains("*/"), "{path}: {line}");
                }
            }
        }
    }
}
