//! Facts for renderers other than HTML: typed values that travel inside a chapter, each as one block of JSON.
//!
//! ```html
//! <script type="application/json" data-qabook="page">"tags"</script>
//! ```
//!
//! A renderer that knows only Markdown shows nothing of it, so what it needs is written as Markdown as well. The block is
//! one line and nothing in it means anything to Markdown, mdBook's links or mdbook-katex.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// The attribute that says what a block holds: [`Fact::NAME`].
pub const ATTRIBUTE: &str = "data-qabook";

/// A type whose values travel in chapters.
pub trait Fact: Serialize + DeserializeOwned {
    /// What its blocks are called: unique among all facts.
    const NAME: &'static str;
}

/// The block that carries `fact`, on one line without a line break.
#[must_use]
pub fn block<T: Fact>(fact: &T) -> String {
    let mut json = Vec::new();
    // Only a map whose keys aren't text can't be written, and no fact holds one.
    let _ = fact.serialize(&mut Serializer::with_formatter(&mut json, Inert));
    let json = String::from_utf8_lossy(&json);
    format!("<script type=\"application/json\" {ATTRIBUTE}=\"{}\">{json}</script>", T::NAME)
}

/// Reads what is inside a block.
///
/// # Errors
/// Text that isn't JSON, or not that of a `T`.
pub fn read<T: Fact>(json: &str) -> serde_json::Result<T> {
    serde_json::from_str(json)
}

/// Writes everything as an escape that Markdown, HTML or a preprocessor would act upon.
struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '$', '`', '{', '}']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", rest.as_bytes()[at])?;
            rest = &rest[at + 1..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Note(String);

    impl Fact for Note {
        const NAME: &'static str = "note";
    }

    #[test]
    fn a_fact_comes_back_as_it_was_and_means_nothing_on_its_way() {
        let note = Note("a\n\n</script> <!-- `$x$` {{#include a}} \\ \" 汉".into());
        let block = block(&note);
        let json = block.strip_prefix("<script type=\"application/json\" data-qabook=\"note\">").unwrap();
        let json = json.strip_suffix("</script>").unwrap();
        assert!(!json.contains(['<', '>', '&', '$', '`', '{', '}', '\n']), "{json}");
        assert_eq!(read::<Note>(json).unwrap(), note);
    }
}
