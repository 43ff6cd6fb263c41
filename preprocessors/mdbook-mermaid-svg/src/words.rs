//! What of a diagram's source must be in its picture.
//!
//! The renderer skips in silence what it doesn't know. So the labels of the source are looked for among the texts that it
//! drew: letters and digits only, for lines are broken and marks drawn in more than one way.

use mermaid_rs_renderer::DiagramKind;

use crate::error::DrawError;
use crate::stand_in::original;

/// Beginnings of lines that say how a diagram looks or what a click does.
const UNSEEN: [&str; 12] = [
    "style ",
    "classdef ",
    "class ",
    "linkstyle ",
    "click ",
    "callback ",
    "link ",
    "href ",
    "direction ",
    "acctitle",
    "accdescr",
    "update",
];

/// Checks that `svg`, the picture of `source`, has each of `words` with their lines, or, without these, each label of `source`.
/// Errors: The first that it lacks.
pub(crate) fn check(
    source: &str,
    kind: DiagramKind,
    words: Option<&[(usize, String)]>,
    svg: &str,
) -> Result<(), DrawError> {
    let drawn = letters(&texts(svg));
    let found;
    let words = if let Some(words) = words {
        words
    } else {
        found = labels(source, kind)?;
        &found
    };
    if drawn.is_empty() && !svg.contains("<circle") {
        return Err(DrawError::new("it says nothing: there is no node, message or other part with a text"));
    }
    for (line, text) in words {
        for word in words_of(text) {
            if !drawn.contains(&word) {
                let message = format!("`{word}` would not be in the picture: the renderer doesn't read this line so");
                return Err(DrawError::on_line(*line, message));
            }
        }
    }
    Ok(())
}

/// The runs of letters and digits of `text`; tags are none.
fn words_of(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(tag) = rest.strip_prefix('<').and_then(|after| Some(&after[..after.find('>')?]))
            && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        {
            words.push(String::new());
            rest = &rest[tag.len() + 2..];
            continue;
        }
        let c_shown = original(c).unwrap_or(c);
        match words.last_mut() {
            Some(word) if c_shown.is_alphanumeric() => word.push(c_shown),
            _ => words.push(String::new()),
        }
        rest = &rest[c.len_utf8()..];
    }
    words.retain(|word| !word.is_empty());
    words
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is between tags in `svg`, without its title.
fn texts(svg: &str) -> String {
    let mut out = String::new();
    let mut rest = svg;
    while let Some(end) = rest.find('>') {
        rest = &rest[end + 1..];
        let text = rest.split('<').next().unwrap_or_default();
        rest = &rest[text.len()..];
        if !rest.starts_with("</title") && !rest.starts_with("</style") {
            out.push_str(text);
        }
    }
    for (reference, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        out = out.replace(reference, c);
    }
    out
}

/// The labels of `source` with their lines (from 1).
/// Errors: A bracket or quotation mark that is never closed.
fn labels(source: &str, kind: DiagramKind) -> Result<Vec<(usize, String)>, DrawError> {
    let mut found = Vec::new();
    let mut has_header = false;
    for (index, line) in source.lines().enumerate() {
        let text = line.trim();
        let lower = text.to_ascii_lowercase();
        if text.is_empty() || text.starts_with("%%") {
            continue;
        }
        if !has_header {
            has_header = true;
            // `pie title Pets` says it there.
            if let Some((_, title)) = text.split_once(" title ") {
                found.push((index + 1, title.into()));
            }
            continue;
        }
        let is_class = lower.starts_with("class ") && kind == DiagramKind::Class;
        if !is_class && UNSEEN.iter().any(|start| lower.starts_with(start)) {
            continue;
        }
        let texts = match kind {
            DiagramKind::Flowchart => bracketed(text).map_err(|reason| DrawError::on_line(index + 1, reason))?,
            DiagramKind::State | DiagramKind::Er => after_colon(text),
            DiagramKind::Gantt => foreign(text.split(':').next().unwrap_or_default()),
            // Of a class diagram, too: types are drawn in more than one way.
            _ => foreign(text),
        };
        found.extend(texts.into_iter().map(|text| (index + 1, text)));
    }
    Ok(found)
}

/// The labels of a line of a flowchart: in brackets, bars and quotation marks.
fn bracketed(line: &str) -> Result<Vec<String>, String> {
    let line = line.split(" %%").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '(', '{', '|', '"']) {
        let open = rest[at..].chars().next().unwrap_or_default();
        let after = &rest[at + 1..];
        let end = match open {
            '|' | '"' => after.find(open),
            _ => closing(after, open),
        };
        let Some(end) = end else { return Err(format!("`{open}` is never closed on this line")) };
        let inside = &after[..end];
        // What `A@{ … }` says is read by keys.
        let is_settings = open == '{' && rest[..at].ends_with('@');
        if let Some((_, label)) = inside.split_once("label:").filter(|_| is_settings) {
            found.push(label.trim().trim_start_matches('"').split('"').next().unwrap_or_default().to_string());
        } else if !is_settings {
            found.push(inside.to_string());
        }
        rest = &after[end + 1..];
    }
    Ok(found)
}

/// Where the bracket that was `open`ed before `text` is closed; brackets in quotation marks count for nothing.
fn closing(text: &str, open: char) -> Option<usize> {
    let close = match open {
        '[' => ']',
        '(' => ')',
        _ => '}',
    };
    let (mut depth, mut is_quoted) = (1_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            _ if c == open => depth += 1,
            _ if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// What follows the first colon of `line`, and what is in quotation marks.
fn after_colon(line: &str) -> Vec<String> {
    let after = line.split_once(':').map(|(_, after)| after).filter(|after| !after.starts_with(':'));
    let quoted = line.split('"').skip(1).step_by(2);
    after.into_iter().chain(quoted).map(str::to_string).collect()
}

/// What is in quotation marks, and runs of letters that no syntax has.
fn foreign(line: &str) -> Vec<String> {
    let quoted = line.split('"').skip(1).step_by(2).map(str::to_string);
    let is_own = |c: char| !c.is_ascii() && c.is_alphanumeric() && original(c).is_none();
    let runs = line.split(|c| !is_own(c)).filter(|run| !run.is_empty()).map(str::to_string);
    quoted.chain(runs).collect()
}
