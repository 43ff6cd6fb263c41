//! Lines of a fence: Python, prose, or a sketch of both.

use regex::Regex;
use std::sync::LazyLock;

use super::sketch;
use crate::plain::is_ideograph;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Code,
    Prose,
    /// A step of an outline: words and a call.
    Sketch,
}

/// What a line looks like by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Blank,
    Comment,
    Code,
    Prose,
    Sketch,
    /// It could be output, a list of names, the rest of a statement.
    Open,
}

/// How statements of Python begin.
static STATEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)^(?:
            (?:import|from|def|class|for|while|if|elif|with|return|raise|async|await|global|nonlocal|assert|del|yield)\s+\S
            | (?:else|try|finally)\s*: | except\b.*: | (?:pass|break|continue|return|yield)$
            | @\w | >>>\s | \.\.\.\s
            | [\w.,\ \[\]'"*()]+\s*(?:[-+*/%|&]|//|\*\*)?=(?:[^=]|$)
            | [A-Za-z_][\w.]*(?:\[[^\]]*\])?\s*\(
            | ['"({\[] | [)\]}]+[,.:]?
        )"#,
    )
    .ok()
});

/// Strings, so that what they say is no prose.
static STRING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#""""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"#).ok());

/// Whether `line` begins as a statement of Python does.
pub(super) fn is_statement(line: &str) -> bool {
    // `[PRODUCE] …` and `"a", "b"` are as often output.
    let line = line.trim();
    STATEMENT.as_ref().is_some_and(|statement| statement.is_match(line)) && !is_bracketed_word(line)
}

fn is_bracketed_word(line: &str) -> bool {
    line.strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(word, rest)| word.chars().all(char::is_alphanumeric) && rest.starts_with(' '))
}

/// Whether `line` imports something.
pub(super) fn is_import(line: &str) -> bool {
    line.trim_start().starts_with("import ") || line.trim_start().starts_with("from ") && line.contains(" import ")
}

/// Whether `line` is a comment or imports something.
pub(super) fn is_comment_or_import(line: &str) -> bool {
    line.trim_start().starts_with('#') || is_import(line)
}

/// What each line is, by its neighbours where that is open.
pub(super) fn classify(lines: &[&str]) -> Vec<Line> {
    let mut looks: Vec<Look> = lines.iter().map(|line| look(line)).collect();
    in_long_strings(lines, &mut looks);
    for at in sketch::mark(lines, |at| looks[at] == Look::Sketch) {
        looks[at] = Look::Sketch;
    }
    // A line alone that looks like a step is none.
    let is_sketched = looks.iter().filter(|look| **look == Look::Sketch).count() >= sketch::STEPS;
    let mut found: Vec<Option<Line>> = looks.iter().map(|look| decided(*look, is_sketched)).collect();
    comments_follow_code(&looks, &mut found);
    let mut last = None;
    for kind in &mut found {
        *kind = kind.or(last);
        last = *kind;
    }
    let first = found.iter().flatten().next().copied().unwrap_or(Line::Prose);
    let mut found: Vec<Line> = found.into_iter().map(|kind| kind.unwrap_or(first)).collect();
    drop_single_statements(&looks, &mut found);
    found
}

fn decided(look: Look, is_sketched: bool) -> Option<Line> {
    match look {
        Look::Code => Some(Line::Code),
        Look::Sketch if is_sketched => Some(Line::Sketch),
        Look::Prose | Look::Sketch => Some(Line::Prose),
        Look::Blank | Look::Comment | Look::Open => None,
    }
}

/// A comment after code, or in front of code, belongs to it.
fn comments_follow_code(looks: &[Look], found: &mut [Option<Line>]) {
    let mut last = None;
    for at in 0..looks.len() {
        if looks[at] == Look::Comment {
            let next = (at..looks.len()).find(|at| !matches!(looks[*at], Look::Blank | Look::Comment));
            let is_code = last == Some(Line::Code) || next.is_some_and(|next| found[next] == Some(Line::Code));
            found[at] = Some(if is_code { Line::Code } else { Line::Prose });
        }
        last = found[at].or(last);
    }
}

/// One statement amid prose is an example in its sentence.
fn drop_single_statements(looks: &[Look], found: &mut [Line]) {
    let mut start = 0;
    for at in 1..=found.len() {
        if at == found.len() || found[at] != found[start] {
            let statements = looks[start..at].iter().filter(|look| **look == Look::Code).count();
            if found[start] == Line::Code && statements < 2 {
                found[start..at].fill(Line::Prose);
            }
            start = at;
        }
    }
}

/// Lines inside a string over several lines are code, whatever they look like.
fn in_long_strings(lines: &[&str], looks: &mut [Look]) {
    for quote in ["\"\"\"", "'''"] {
        let mut is_open = false;
        for (line, look) in lines.iter().zip(looks.iter_mut()) {
            let was_open = is_open;
            is_open ^= line.matches(quote).count() % 2 == 1;
            if was_open || is_open {
                *look = Look::Code;
            }
        }
    }
}

fn look(line: &str) -> Look {
    let line = line.trim();
    if line.is_empty() {
        return Look::Blank;
    }
    if line.starts_with('#') {
        return Look::Comment;
    }
    let without = STRING.as_ref().map_or_else(|| line.into(), |string| string.replace_all(line, "\"\""));
    let code = without.split('#').next().unwrap_or_default().trim();
    let has_ideographs = code.contains(|c| is_ideograph(c) || matches!(c, '，' | '。' | '：' | '、'));
    match (has_ideographs, is_statement(line)) {
        (true, _) if sketch::is_step(code) => Look::Sketch,
        (true, _) => Look::Prose,
        (false, true) => Look::Code,
        (false, false) => Look::Open,
    }
}
