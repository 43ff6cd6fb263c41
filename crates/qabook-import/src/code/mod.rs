//! What is inside a fence: code, or prose that somebody put there.

mod line;
mod sketch;

use line::Line;

use crate::plain::is_ideograph;

/// A stretch of a fence. Lines are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) first: usize,
    pub(crate) kind: PieceKind,
    pub(crate) lines: Vec<String>,
    /// How many of them were prose and are comments now.
    pub(crate) commented: usize,
}

/// What a stretch of a fence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Prose,
    Python,
    /// An outline of a program in words and calls.
    Sketch,
}

/// Whether `language`, of a fence's info string, means Python, also when its letters changed places.
pub(crate) fn is_python(language: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let language = language.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    matches!(language, "py" | "python" | "ipython" | "pycon") || sorted(language) == sorted("python")
}

/// The pieces of the fence with `language` and `body`; `None` for a fence that stays as it is.
///
/// Prose is told from code where it is written in ideographs, or where a fence of Python holds nothing but sentences. What
/// could be code, output or a drawing stays in its fence.
pub(crate) fn pieces(language: &str, body: &str) -> Option<Vec<Piece>> {
    let is_bare = matches!(language, "" | "text" | "txt" | "plain" | "plaintext");
    if !is_bare && !is_python(language) {
        return None;
    }
    let lines: Vec<&str> = body.lines().collect();
    if !body.contains(is_ideograph) {
        let is_prose = !is_bare && is_all_sentences(&lines);
        return is_prose.then(|| vec![piece(0, PieceKind::Prose, &lines)]);
    }
    let kinds = line::classify(&lines);
    let has_prose = kinds.contains(&Line::Prose);
    let has_code = kinds.iter().filter(|kind| matches!(kind, Line::Code | Line::Sketch)).count() > 1;
    if !has_prose && !kinds.contains(&Line::Sketch) || is_bare && !has_code && !is_mostly_ideographs(&lines) {
        return None;
    }
    Some(programs(&lines, &kinds))
}

/// Whether a bare fence holds text and no drawing.
fn is_mostly_ideographs(lines: &[&str]) -> bool {
    let text = lines.concat();
    let is_drawing = text.chars().any(|c| matches!(c, '\u{2500}'..='\u{25ff}'))
        || ["--", "=>", "->", "+-", "|"].iter().any(|mark| text.contains(mark));
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let ideographs = text.chars().filter(|c| is_ideograph(*c)).count();
    !is_drawing && ideographs * 10 >= letters * 3
}

/// Whether every line is part of a sentence in words, and none could be code.
fn is_all_sentences(lines: &[&str]) -> bool {
    let written = || lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let looks_like_code =
        |line: &str| line::is_statement(line) || line.contains(['=', '(', '{', '[', '#', ';', '>', '_']);
    let is_sentence = |line: &str| line.split_whitespace().count() >= 4;
    let ends = written().next_back().is_some_and(|line| line.ends_with(['.', '!', '?', ':']));
    ends && written().any(is_sentence) && !written().any(looks_like_code)
}

fn piece(first: usize, kind: PieceKind, lines: &[&str]) -> Piece {
    let lines = lines.iter().map(|line| (*line).to_string()).collect();
    Piece { first, kind, lines, commented: 0 }
}

/// Cuts `lines` where code and prose meet, and code where a program after the first begins with its imports.
fn programs(lines: &[&str], kinds: &[Line]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut start = 0;
    for at in 1..=lines.len() {
        let ends = at == lines.len()
            || kinds[at] != kinds[start]
            || kinds[at] == Line::Code && begins_program(lines, start, at);
        if ends {
            let kind = match kinds[start] {
                Line::Code => PieceKind::Python,
                Line::Sketch => PieceKind::Sketch,
                Line::Prose => PieceKind::Prose,
            };
            found.push(piece(start, kind, &lines[start..at]));
            start = at;
        }
    }
    found.retain(|piece| piece.lines.iter().any(|line| !line.trim().is_empty()));
    join_imports(found)
}

/// Whether a new program begins at line `at` of code that began at `start`: imports, with their comments, after a blank line
/// and after statements.
fn begins_program(lines: &[&str], start: usize, at: usize) -> bool {
    let after_blank = lines[at - 1].trim().is_empty();
    let mut rest = lines[at..].iter().map(|line| line.trim()).skip_while(|line| line.starts_with('#'));
    let has_statements =
        || lines[start..at].iter().any(|line| !line.trim().is_empty() && !line::is_comment_or_import(line));
    after_blank && !lines[at].trim().is_empty() && rest.next().is_some_and(line::is_import) && has_statements()
}

/// Imports that a few lines of prose part from their program stay with it, and the prose becomes comments.
fn join_imports(pieces: Vec<Piece>) -> Vec<Piece> {
    let only_imports = |piece: &Piece| {
        let mut lines = piece.lines.iter().filter(|line| !line.trim().is_empty());
        piece.kind == PieceKind::Python && lines.all(|line| line::is_comment_or_import(line))
    };
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let [.., imports, prose] = &mut joined[..] else {
            joined.push(piece);
            continue;
        };
        let is_interrupted = prose.kind == PieceKind::Prose && prose.lines.len() <= 5 && only_imports(imports);
        if piece.kind == PieceKind::Python && is_interrupted {
            imports.commented += prose.lines.iter().filter(|line| !line.trim().is_empty()).count();
            imports.lines.extend(prose.lines.iter().map(|line| commented(line)));
            imports.lines.extend(piece.lines);
            joined.pop();
        } else {
            joined.push(piece);
        }
    }
    joined
}

fn commented(line: &str) -> String {
    if line.trim().is_empty() || line.trim_start().starts_with('#') { line.to_string() } else { format!("# {line}") }
}

#[cfg(test)]
mod tests;
