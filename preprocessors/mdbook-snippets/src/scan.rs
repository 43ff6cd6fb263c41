//! Finding the places of a chapter where a snippet is embedded.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::Diagnostic;
use qabook_support::markdown::{Fence, Parsed};
use std::ops::Range;

use crate::attributes::Attributes;
use crate::package::Package;
use crate::program::Program;
use crate::rule::SNIPPET;

/// A Python fence or a `{{#snippet}}` directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// Byte span in the chapter.
    pub span: Range<usize>,
    /// The Python original, if it is a fence.
    pub python: Option<String>,
    /// What it asks for, or what is wrong with it.
    pub attributes: Result<Attributes, Diagnostic>,
}

impl Embed {
    /// Whether it is Python that says that it stays.
    pub(crate) fn is_kept(&self) -> bool {
        self.attributes.as_ref().is_ok_and(|attributes| attributes.keep.is_some())
    }

    /// Looks its program up in `package`. `None` when the fence stays as it is, as one that names no program may where the
    /// book doesn't replace all Python (`replaces_python`).
    pub(crate) fn resolve(self, package: &Package, replaces_python: bool) -> Result<Option<Program>, Diagnostic> {
        let attributes = self.attributes?;
        if replaces_python && attributes.snippet.is_none() && attributes.keep.is_none() {
            return Err(SNIPPET.broken(
                "a Python example without a Rust replacement",
                "name its program: ```python,snippet=NAME; or, if none can replace it: ```python,keep,reason=\"…\"",
            ));
        }
        Program::find(attributes, self.python, package)
    }

    /// Whether it is kept until somebody writes its program.
    #[must_use]
    pub fn waits(&self) -> bool {
        let keep = self.attributes.as_ref().ok().and_then(|attributes| attributes.keep.as_deref());
        keep.is_some_and(|reason| reason.eq_ignore_ascii_case(WAITING))
    }
}

/// The reason of a kept fence whose program is still to be written.
const WAITING: &str = "no Rust program yet";

/// Every embedding in a `chapter`, well-formed or not, in order.
///
/// Code blocks and inline code that only show a directive are left alone.
#[must_use]
pub fn embeds(chapter: &Parsed<'_>) -> Vec<Embed> {
    let mut found: Vec<Embed> = chapter.fences().iter().filter_map(|fence| of_fence(fence, chapter.text())).collect();
    found.extend(directives(chapter));
    found.sort_by_key(|embed| embed.span.start);
    found
}

fn of_fence(fence: &Fence, text: &str) -> Option<Embed> {
    let embed = |attributes| Embed { span: fence.span.clone(), python: Some(fence.body.clone()), attributes };
    // The end of a quotation or list item ends it, too; what takes the rest of a chapter is a mistake.
    if !fence.closed && text[fence.span.end..].trim().is_empty() {
        return Some(embed(Err(
            SNIPPET.broken("this fence is never closed", "end it with a line of as many backticks as it begins with")
        )));
    }
    let names_a_snippet = fence.info.contains("snippet=");
    if !is_python(&fence.language()) {
        return names_a_snippet.then(|| {
            embed(Err(SNIPPET.broken(
                format!("`snippet=` on a fence of language `{}`", fence.language()),
                "only a python fence is replaced; embed a program without a twin by {{#snippet NAME}}",
            )))
        });
    }
    let rest = fence.info.split_once(',').map_or("", |(_, rest)| rest);
    // Attributes of other tools are none of ours.
    let is_ours = ["snip", "keep", "reason"].iter().any(|word| rest.contains(word));
    Some(embed(if is_ours { Attributes::of_info(rest) } else { Ok(Attributes::default()) }))
}

/// Python and its usual spellings, so that no Python slips through under another name.
fn is_python(language: &str) -> bool {
    matches!(language, "python" | "py" | "python3" | "py3" | "python2" | "pyhton" | "pycon" | "gyp")
}

const OPEN: &str = "{{#snippet";

/// `{{#snippet …}}` directives: alone in a paragraph or list item, outside code and HTML.
fn directives(chapter: &Parsed<'_>) -> Vec<Embed> {
    inline_runs(chapter).into_iter().filter_map(|run| directive(chapter.text(), &run)).collect()
}

/// A stretch of inline content between two block boundaries.
struct Run {
    span: Range<usize>,
    /// Where its plain text (not inline code) first holds a directive.
    directive_at: Option<usize>,
    in_heading: bool,
}

fn inline_runs(chapter: &Parsed<'_>) -> Vec<Run> {
    let text = chapter.text();
    let mut runs = Vec::new();
    let mut current: Option<Run> = None;
    let mut in_heading = false;
    let mut in_code = false;
    for (event, span) in chapter.events() {
        let inline = match event {
            Event::Start(tag) => is_inline(tag),
            Event::End(tag) => is_inline_end(*tag),
            Event::Rule | Event::Html(_) => false,
            _ => true,
        };
        if inline && !in_code {
            let run = current.get_or_insert(Run { span: span.clone(), directive_at: None, in_heading });
            run.span.end = run.span.end.max(span.end);
            // The parser may split text after `{{`, so the text after the event tells the rest.
            if matches!(event, Event::Text(_)) && run.directive_at.is_none() {
                let found = text[span.clone()].find("{{").map(|at| span.start + at);
                run.directive_at = found.filter(|at| text[*at..].starts_with(OPEN));
            }
        } else {
            runs.extend(current.take());
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            _ => {}
        }
    }
    runs.extend(current);
    runs
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn directive(text: &str, run: &Run) -> Option<Embed> {
    let at = run.directive_at?;
    let whole = text[run.span.clone()].trim_end();
    let inside = whole.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("}}"));
    let inside = inside.filter(|inside| !run.in_heading && !inside.contains(['\n', '{', '}']));
    Some(match inside {
        Some(inside) => Embed {
            span: run.span.start..run.span.start + whole.len(),
            python: None,
            attributes: Attributes::of_directive(inside),
        },
        None => Embed {
            span: at..at + OPEN.len(),
            python: None,
            attributes: Err(SNIPPET.broken(
                "{{#snippet}} inside other text",
                "write {{#snippet NAME}} alone in a paragraph, with a blank line before and after",
            )),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embeds(text: &str) -> Vec<Embed> {
        super::embeds(&Parsed::new(text))
    }

    fn messages(text: &str) -> Vec<String> {
        embeds(text).into_iter().filter_map(|embed| embed.attributes.err()).map(|problem| problem.message).collect()
    }

    #[test]
    fn fences_and_directives_come_in_order() {
        let text = "{{#snippet a}}\n\n```python,snippet=b\nx\n```\n\n- {{#snippet c hide-output}}\n";
        let names: Vec<String> =
            embeds(text).into_iter().map(|e| e.attributes.unwrap().snippet.unwrap().name).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn a_directive_shown_as_code_is_left_alone() {
        assert_eq!(embeds("`{{#snippet a}}`\n\n```text\n{{#snippet a}}\n```\n\n    {{#snippet a}}\n"), []);
    }

    #[test]
    fn python_must_say_what_replaces_it_where_all_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let package = Package::open_if_there(folder.path().join("none")).unwrap();
        for language in ["python", "py", "Python3", "pyhton", "python,linenos"] {
            let embed = || embeds(&format!("```{language}\nx\n```")).remove(0);
            let message = embed().resolve(&package, true).unwrap_err().message;
            assert_eq!(message, "a Python example without a Rust replacement");
            assert_eq!(embed().resolve(&package, false), Ok(None));
        }
        let kept = embeds("```python,keep,reason=\"shows a SyntaxError\"\nx\n```").remove(0);
        assert!(!kept.waits());
        assert_eq!(kept.resolve(&package, true), Ok(None));
        assert!(embeds("```python,keep,reason=\"no Rust program yet\"\nx\n```")[0].waits());
        assert_eq!(messages("```python,snipet=a\nx\n```"), ["unknown attribute `snipet=a`"]);
    }

    #[test]
    fn only_python_is_replaced() {
        assert_eq!(messages("```rust,snippet=a\nx\n```"), ["`snippet=` on a fence of language `rust`"]);
        assert_eq!(embeds("```rust\nx\n```"), []);
    }

    #[test]
    fn a_directive_stands_alone() {
        for text in ["see {{#snippet a}}", "{{#snippet a}} here", "{{#snippet a}}{{#snippet b}}", "# {{#snippet a}}"] {
            assert_eq!(messages(text).first().map(String::as_str), Some("{{#snippet}} inside other text"), "{text}");
        }
    }

    #[test]
    fn an_unclosed_fence_is_an_error_in_any_language() {
        assert_eq!(messages("```text\nx\n"), ["this fence is never closed"]);
    }

    #[test]
    fn the_end_of_a_quotation_or_item_closes_a_fence() {
        for text in ["> ```text\n> x\n\nAfter.\n", "- ```text\n  x\n\nAfter.\n"] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }
}
