//! The card as Markdown, for renderers other than HTML.
//!
//! A `<figure class="snippet">` is around it, which a renderer that knows only Markdown leaves out. A block of JSON in it
//! tells one that builds a card of its own what it shows: see [`qabook_support::facts`].

use qabook_support::facts;
use qabook_support::markdown::escape;

use qabook_words::Words;

use crate::program::Program;
use crate::snippet::Kind;

/// Caption, code, recorded output and link.
pub(crate) fn card(program: &Program, words: &Words) -> String {
    let mut blocks = vec![
        format!("<figure class=\"snippet\">{}", facts::block(program)),
        format!("**{}**", escape(&program.caption)),
        fenced("rust", &program.code),
    ];
    if let Some(recorded) = &program.recorded {
        let label = match program.kind {
            Kind::Runs => "snippets.output-label",
            Kind::FailsToCompile => "snippets.error-label",
        };
        blocks.extend([words.text(label).to_string(), fenced("text", recorded)]);
    }
    let playground = words.text("snippets.playground");
    blocks.extend(program.playground.as_ref().map(|link| format!("[{playground}]({link})")));
    if let Some(python) = &program.python {
        blocks.extend([words.text("snippets.python-label").to_string(), fenced("python", python)]);
    }
    blocks.push("</figure>".to_string());
    blocks.join("\n\n")
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
