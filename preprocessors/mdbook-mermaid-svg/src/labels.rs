//! The labels of a diagram's source: what its picture must say, by its kind.

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

/// Words of `ZenUML` that are no part of a picture's text.
const ZEN_KEYWORDS: [&str; 14] = [
    "return", "if", "else", "while", "for", "foreach", "loop", "try", "catch", "finally", "par", "opt", "new", "await",
];

/// The labels of `source` with their lines (from 1).
/// Errors: A bracket or quotation mark that is never closed.
pub(crate) fn labels(source: &str, kind: DiagramKind) -> Result<Vec<(usize, String)>, DrawError> {
    let mut found = Vec::new();
    let mut has_header = false;
    let mut place = Place::Outside;
    for (index, line) in source.lines().enumerate() {
        let text = line.trim();
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
        let before = place;
        place = place.after(text, kind);
        let texts = match (before, place) {
            (Place::Note, Place::Outside) => Vec::new(),
            (Place::Note, _) | (Place::Class, Place::Class) => vec![text.into()],
            _ => of_line(text, kind).map_err(|reason| DrawError::on_line(index + 1, reason))?,
        };
        found.extend(texts.into_iter().map(|text| (index + 1, text)));
    }
    Ok(found)
}

/// What a line stands in, where that tells what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    /// A note of several lines, in a state diagram.
    Note,
    /// The members of a class.
    Class,
}

impl Place {
    /// The place of the line after `line`.
    fn after(self, line: &str, kind: DiagramKind) -> Self {
        let lower = line.to_ascii_lowercase();
        match self {
            Self::Outside if kind == DiagramKind::State && lower.starts_with("note ") && !line.contains(':') => {
                Self::Note
            }
            Self::Outside if kind == DiagramKind::Class && lower.starts_with("class ") && line.ends_with('{') => {
                Self::Class
            }
            Self::Note if lower == "end note" => Self::Outside,
            Self::Class if line.starts_with('}') => Self::Outside,
            _ => self,
        }
    }
}

/// The labels of one line.
/// Errors: A bracket or quotation mark that is never closed.
fn of_line(line: &str, kind: DiagramKind) -> Result<Vec<String>, String> {
    let lower = line.to_ascii_lowercase();
    let is_class = lower.starts_with("class ") && kind == DiagramKind::Class;
    if !is_class && UNSEEN.iter().any(|start| lower.starts_with(start)) {
        return Ok(Vec::new());
    }
    if kind != DiagramKind::Flowchart
        && let Some(title) = after_keyword(line, &["title", "section"])
    {
        return Ok(vec![title.into()]);
    }
    Ok(match kind {
        DiagramKind::Flowchart => [bracketed(line)?, on_edges(line)].concat(),
        DiagramKind::State | DiagramKind::Er | DiagramKind::Class | DiagramKind::Requirement => {
            [after_colon(line), foreign(line)].concat()
        }
        DiagramKind::Gantt => {
            let is_setting =
                ["dateformat", "axisformat", "tickinterval", "excludes", "includes", "todaymarker", "weekday"]
                    .iter()
                    .any(|key| lower.starts_with(key));
            let task = line.split(':').next().filter(|_| !is_setting && line.contains(':'));
            task.map(str::to_string).into_iter().collect()
        }
        DiagramKind::Timeline => vec![line.into()],
        DiagramKind::Journey => {
            // A task, how one feels, who does it.
            let mut parts = line.splitn(3, ':');
            let task = parts.next();
            task.into_iter().chain(parts.nth(1)).map(str::to_string).collect()
        }
        DiagramKind::Mindmap | DiagramKind::Kanban => in_shape(line),
        DiagramKind::GitGraph => {
            foreign(line).into_iter().chain(after_keyword(line, &["branch"]).map(str::to_string)).collect()
        }
        DiagramKind::Quadrant => {
            let named =
                after_keyword(line, &["x-axis", "y-axis", "quadrant-1", "quadrant-2", "quadrant-3", "quadrant-4"]);
            vec![named.unwrap_or_else(|| line.split(':').next().unwrap_or_default()).into()]
        }
        DiagramKind::XYChart => match after_keyword(line, &["x-axis", "y-axis"]) {
            Some(axis) if axis.contains('[') => vec![axis.into()],
            _ => foreign(line),
        },
        DiagramKind::Sankey => line.split(',').take(2).map(str::to_string).collect(),
        DiagramKind::ZenUML => {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            words.filter(|word| !ZEN_KEYWORDS.contains(word)).map(str::to_string).collect()
        }
        _ => foreign(line),
    })
}

/// What stands on `line` after one of `keywords`.
fn after_keyword<'a>(line: &'a str, keywords: &[&str]) -> Option<&'a str> {
    let (first, rest) = line.split_once(char::is_whitespace)?;
    keywords.iter().any(|keyword| first.eq_ignore_ascii_case(keyword)).then(|| rest.trim())
}

/// The text of a line of a mind map or of a board: what is in its shape, or all of it; icons and classes are none.
fn in_shape(line: &str) -> Vec<String> {
    let line = line.split("@{").next().unwrap_or_default().split(":::").next().unwrap_or_default().trim();
    if line.is_empty() || line.starts_with("::") {
        return Vec::new();
    }
    let inside = line.find(['[', '(', '{', ')']).map(|start| &line[start..]);
    vec![inside.unwrap_or(line).into()]
}

/// The labels of edges that stand within them: `A -- label --> B`.
fn on_edges(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (start, end) in [(" -- ", "--"), (" == ", "=="), (" -. ", ".-")] {
        let mut rest = line;
        while let Some((_, after)) = rest.split_once(start) {
            let Some((label, behind)) = after.split_once(end) else { break };
            found.push(label.trim().trim_matches('"').into());
            rest = behind;
        }
    }
    found
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
