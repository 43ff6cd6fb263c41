//! A line of a sequence diagram.

use super::arrow::{Arrow, Head};
use super::colours;
use crate::stand_in::plain;

/// What a line says. Texts are as they are to be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Participant {
        keyword: &'static str,
        id: String,
        label: Option<String>,
        is_created: bool,
    },
    Message {
        from: String,
        arrow: Arrow,
        activation: &'static str,
        to: String,
        text: String,
    },
    Note {
        place: String,
        text: String,
    },
    /// A frame: `loop`, `alt` …
    Open {
        keyword: &'static str,
        label: String,
    },
    Box {
        colour: String,
        label: String,
    },
    /// Another part of a frame: `else`, `and`, `option`.
    Section {
        keyword: &'static str,
        label: String,
    },
    End,
    /// What the renderer reads as it is.
    Other(String),
    /// What mermaid doesn't draw, either.
    Unseen,
}

const PARTICIPANTS: [&str; 6] = ["participant", "actor", "boundary", "control", "entity", "database"];
const FRAMES: [&str; 7] = ["alt", "opt", "loop", "par", "rect", "critical", "break"];
const SECTIONS: [&str; 3] = ["else", "and", "option"];

/// Each arrow with its ends; those that begin another come after it.
const ARROWS: [(&str, Arrow); 10] = [
    ("<<-->>", arrow(true, Head::Filled, true)),
    ("<<->>", arrow(true, Head::Filled, false)),
    ("-->>", arrow(false, Head::Filled, true)),
    ("->>", arrow(false, Head::Filled, false)),
    ("-->", arrow(false, Head::None, true)),
    ("->", arrow(false, Head::None, false)),
    ("--x", arrow(false, Head::Cross, true)),
    ("-x", arrow(false, Head::Cross, false)),
    ("--)", arrow(false, Head::Open, true)),
    ("-)", arrow(false, Head::Open, false)),
];

const fn arrow(at_start: bool, end: Head, dotted: bool) -> Arrow {
    Arrow { at_start, end, dotted }
}

/// Reads a line that isn't empty, no remark and not the first.
/// Errors: Why it can't be drawn.
pub(super) fn read(line: &str) -> Result<Line, String> {
    let (word, rest) = word(line);
    let lower = word.to_ascii_lowercase();
    let known = |words: &[&'static str]| words.iter().copied().find(|known| *known == lower);
    if let Some(keyword) = known(&PARTICIPANTS) {
        return participant(keyword, rest, false);
    }
    if let Some(keyword) = known(&FRAMES) {
        return Ok(Line::Open { keyword, label: unquoted(rest) });
    }
    if let Some(keyword) = known(&SECTIONS) {
        return Ok(Line::Section { keyword, label: unquoted(rest) });
    }
    // A frame's label may hold an arrow.
    if let Some(message) = if lower == "box" || lower == "note" { None } else { message(line)? } {
        return Ok(message);
    }
    match lower.as_str() {
        "create" => {
            let (keyword, rest) = self::word(rest);
            match PARTICIPANTS.iter().find(|known| keyword.eq_ignore_ascii_case(known)) {
                Some(keyword) => participant(keyword, rest, true),
                None => Err("`create` needs `participant` or `actor` and a name".into()),
            }
        }
        "box" => Ok(grouped(rest)),
        "end" if rest.is_empty() => Ok(Line::End),
        "note" => note(line, rest),
        "activate" | "deactivate" if !rest.is_empty() => Ok(Line::Other(format!("{lower} {rest}"))),
        "autonumber" if rest.split_whitespace().count() < 2 => Ok(Line::Other(line.into())),
        "acctitle" | "accdescr" => Ok(Line::Unseen),
        _ if lower.starts_with("acctitle:") || lower.starts_with("accdescr:") => Ok(Line::Unseen),
        "title" => Err("`title` isn't drawn: the first line, `%% What it shows`, is the caption".into()),
        "destroy" => Err("`destroy` can't be drawn: say it by a note".into()),
        _ => Err(format!("`{}` can't be drawn", plain(line))),
    }
}

/// The first word of `line`, and what follows it.
fn word(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim())
}

fn unquoted(text: &str) -> String {
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(text).trim().to_string()
}

fn participant(keyword: &'static str, rest: &str, is_created: bool) -> Result<Line, String> {
    if rest.contains("@{") {
        return Err("`@{…}` can't be drawn: write `participant` or `actor`, and `as` before a label".into());
    }
    let at = rest
        .char_indices()
        .find(|(at, _)| rest[*at..].get(..4).is_some_and(|found| found.eq_ignore_ascii_case(" as ")));
    let (id, label) = match at {
        Some((at, _)) => (&rest[..at], Some(unquoted(rest[at + 4..].trim()))),
        None => (rest, None),
    };
    let id = unquoted(id.trim());
    if id.is_empty() || label.as_ref().is_some_and(String::is_empty) {
        return Err(format!("`{keyword}` needs a name"));
    }
    Ok(Line::Participant { keyword, id, label, is_created })
}

/// A group of participants: mermaid takes the first word for its colour where it is one.
fn grouped(rest: &str) -> Line {
    let end = match rest.find('(').filter(|at| colours::is_function(&rest[..*at])) {
        Some(_) => rest.find(')').map_or(rest.len(), |end| end + 1),
        None => word(rest).0.len(),
    };
    let (first, label) = rest.split_at(end);
    if colours::is_colour(first) {
        let colour = first.split_whitespace().collect::<String>();
        return Line::Box { colour, label: unquoted(label.trim()) };
    }
    Line::Box { colour: "transparent".into(), label: unquoted(rest) }
}

fn note(line: &str, rest: &str) -> Result<Line, String> {
    let lower = rest.to_ascii_lowercase();
    let is_placed = ["left of ", "right of ", "over "].iter().any(|place| lower.starts_with(place));
    match line.split_once(':').filter(|_| is_placed) {
        Some((place, text)) if !text.trim().is_empty() => {
            Ok(Line::Note { place: place.trim().into(), text: without_wrap(text) })
        }
        _ => Err("a note is written `Note right of A: text`, `Note left of A: text` or `Note over A,B: text`".into()),
    }
}

/// A text without mermaid's marks about line breaks.
fn without_wrap(text: &str) -> String {
    let text = text.trim();
    let rest = text.strip_prefix("wrap:").or_else(|| text.strip_prefix("nowrap:"));
    rest.unwrap_or(text).trim().to_string()
}

/// The message that `line` is, if it is one: up to the first colon it has an arrow.
fn message(line: &str) -> Result<Option<Line>, String> {
    let head = line.split(':').next().unwrap_or_default();
    let first = head.char_indices().find_map(|(at, _)| {
        let found = ARROWS.iter().find(|(sign, _)| head[at..].starts_with(sign))?;
        Some((at, found))
    });
    let Some((at, (sign, arrow))) = first else { return Ok(None) };
    let (from, rest) = (head[..at].trim(), head[at + sign.len()..].trim());
    let activation = ["+", "-"].into_iter().find(|sign| rest.starts_with(sign)).unwrap_or_default();
    let to = rest[activation.len()..].trim();
    if from.is_empty() || to.is_empty() || to.starts_with(['-', '>', '+', '<', ')', '(']) {
        return Err(format!("`{}` can't be drawn: a message is `A->>B: text`", plain(line)));
    }
    if from.contains("()") || to.contains("()") {
        return Err("a message from or to the middle of a line, `()`, can't be drawn".into());
    }
    let text = line.split_once(':').map(|(_, text)| without_wrap(text)).unwrap_or_default();
    Ok(Some(Line::Message { from: unquoted(from), arrow: *arrow, activation, to: unquoted(to), text }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> String {
        match read(line) {
            Ok(Line::Message { from, arrow, activation, to, text }) => {
                format!("{from}|{:?} {}|{activation}|{to}|{text}", arrow.end, arrow.dotted)
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_message_has_its_first_arrow() {
        assert_eq!(text("A->>B: see a-->>b"), "A|Filled false||B|see a-->>b");
        assert_eq!(text("A--x+B: gone: really"), "A|Cross true|+|B|gone: really");
        assert_eq!(text("客户 端 -) 服务器"), "客户 端|Open false||服务器|");
        assert_eq!(text("A->B: x"), "A|None false||B|x");
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for line in ["A-", "A=>>B: x", "A->>: x", "destroy B", "links A: {}", "Note A: x", "par_over x", "A-\\B: x"] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_box_has_a_colour_only_where_its_first_word_is_one() {
        for (line, colour, label) in [
            ("box 我的 机器", "transparent", "我的 机器"),
            ("box Aqua 机器", "Aqua", "机器"),
            ("box rgb(1, 2, 3) My machines", "rgb(1,2,3)", "My machines"),
            ("box My machines", "transparent", "My machines"),
        ] {
            assert_eq!(read(line), Ok(Line::Box { colour: colour.into(), label: label.into() }), "{line}");
        }
    }
}
