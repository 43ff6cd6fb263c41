//! The card as Markdown, for renderers other than HTML.
//!
//! A `<figure class="snippet">` stands around it, which a renderer that knows only Markdown leaves out. Its attributes
//! tell one that builds a card of its own what the Markdown doesn't say unmistakably; of the code blocks in it that in
//! `rust` is the program, that in `python` its twin and that in `text` what was recorded.

use qabook_support::escape_attribute;
use qabook_support::markdown::escape;

use crate::package::{Kind, Snippet};

/// What a card shows.
pub(crate) struct Parts<'a> {
    pub(crate) snippet: &'a Snippet,
    pub(crate) code: &'a str,
    pub(crate) recorded: Option<&'a str>,
    pub(crate) python: Option<&'a str>,
    pub(crate) playground: Option<String>,
    /// Line ranges to set off, such as `3-5,9-9`.
    pub(crate) highlight: String,
}

/// Caption, code, recorded output and link.
pub(crate) fn card(parts: &Parts<'_>) -> String {
    let Parts { snippet, code, recorded, python, playground, .. } = parts;
    let mut blocks = vec![opening(parts), format!("**{}**", escape(&snippet.caption)), fenced("rust", code)];
    if let Some(recorded) = recorded {
        blocks.push(match snippet.kind {
            Kind::Runs => "输出：".to_string(),
            Kind::FailsToCompile => "编译器报错：".to_string(),
        });
        blocks.push(fenced("text", recorded));
    }
    blocks.extend(playground.as_ref().map(|link| format!("[在 Playground 打开]({link})")));
    if let Some(python) = python {
        blocks.push("Python 对照：".to_string());
        blocks.push(fenced("python", python));
    }
    blocks.push("</figure>".to_string());
    blocks.join("\n\n")
}

fn opening(parts: &Parts<'_>) -> String {
    let Parts { snippet, highlight, .. } = parts;
    let mut tag = "<figure class=\"snippet\"".to_string();
    let mut attribute = |name: &str, value: &str| tag += &format!(" data-{name}=\"{}\"", escape_attribute(value));
    attribute("snippet", &snippet.name);
    attribute("caption", &snippet.caption);
    attribute("runs", if snippet.kind == Kind::Runs { "true" } else { "false" });
    if !highlight.is_empty() {
        attribute("highlight", highlight);
    }
    if let Some(recording) = &snippet.recording {
        attribute("rustc", &recording.rustc);
        attribute("date", &recording.date.to_string());
    }
    tag + ">"
}

/// A fence longer than any run of backticks in `body`.
fn fenced(language: &str, body: &str) -> String {
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if body.ends_with('\n') || body.is_empty() { "" } else { "\n" };
    format!("{fence}{language}\n{body}{end}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_the_backticks_inside() {
        assert_eq!(fenced("rust", "a\n"), "```rust\na\n```");
        assert_eq!(fenced("text", "```\nno newline"), "````text\n```\nno newline\n````");
    }
}
