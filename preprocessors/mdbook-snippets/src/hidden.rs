//! Lines of a code block that mdBook hides until a reader asks for them, by its rules: those of a Rust block that begin
//! with `#`, those of another that begin with what `hidelines` says.
//!
//! The rules are those of mdBook 0.5.4; `tests/plain_fences.rs` compares the pages.

/// A line of a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its text without the mark that hides it, with the line break where mdBook leaves one.
    pub(crate) text: String,
    pub(crate) hidden: bool,
}

/// The lines of a Rust block. The last has no line break.
pub(crate) fn of_rust(code: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = code.lines().map(rust_line).collect();
    if let Some(last) = lines.last_mut() {
        last.text.pop();
    }
    lines
}

fn rust_line(line: &str) -> Line {
    let (space, rest) = split_indentation(line);
    let shown = |text: String| Line { text: text + "\n", hidden: false };
    let Some(rest) = rest.strip_prefix('#') else { return shown(line.to_string()) };
    if let Some(escaped) = rest.strip_prefix('#') {
        return shown(format!("{space}#{escaped}"));
    }
    match rest.strip_prefix(' ').or(rest.is_empty().then_some("")) {
        Some(text) => Line { text: format!("{space}{text}\n"), hidden: true },
        None => shown(line.to_string()),
    }
}

/// The lines of a block whose hidden lines begin with `prefix`.
pub(crate) fn by_prefix(code: &str, prefix: &str) -> Vec<Line> {
    let line = |line: &str| {
        let (space, rest) = split_indentation(line);
        match rest.strip_prefix(prefix) {
            Some(rest) => Line { text: format!("{space}{rest}\n"), hidden: true },
            None => Line { text: format!("{line}\n"), hidden: false },
        }
    };
    code.lines().map(line).collect()
}

fn split_indentation(line: &str) -> (&str, &str) {
    line.split_at(line.len() - line.trim_start().len())
}

/// A Rust block that a reader can run, with hidden lines of `fn main` around it when it has none.
pub(crate) fn with_main(code: &str) -> String {
    if code.contains("fn main") || code.contains("quick_main!") {
        return code.to_string();
    }
    let (attributes, code) = split_attributes(code);
    let newline = if code.is_empty() || code.ends_with('\n') { "" } else { "\n" };
    format!("# #![allow(unused)]\n{attributes}# fn main() {{\n{code}{newline}# }}")
}

/// Splits the inner attributes (`#![…]`) at the beginning off, with the white space around them.
fn split_attributes(code: &str) -> (&str, &str) {
    let mut end = 0;
    while end == 0 || code[..end].ends_with('\n') {
        let rest = &code[end..];
        let taken = if rest.trim_start_matches([' ', '\t']).starts_with("#![") {
            rest.find('\n').map_or(rest.len(), |newline| newline + 1)
        } else {
            rest.len() - rest.trim_start().len()
        };
        if taken == 0 {
            break;
        }
        end += taken;
    }
    if code[..end].trim().is_empty() { ("", code) } else { code.split_at(end) }
}
