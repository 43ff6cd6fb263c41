//! Fences: prose out of them, Python kept with its reason, diagrams titled.

use pulldown_cmark::{CodeBlockKind, Event, Tag};
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::{self, Splice};
use std::ops::Range;

use super::{Pass, excerpt, prose};
use crate::code::{self, Piece, PieceKind};
use crate::lined::Lined;
use crate::told::Told;

/// What a kept Python example carries.
pub(crate) const KEPT: &str = "python,keep,reason=\"no Rust program yet\"";

/// Rewrites the fences of `text`, and says how many Python examples wait for a program.
pub(super) fn rewrite(text: &Lined, pass: &mut Pass<'_>) -> (Lined, usize) {
    let parsed = Parsed::new(&text.text);
    let mut splices = Vec::new();
    let mut waiting = 0;
    for fence in parsed.fences() {
        let line = text.line(fence.span.start);
        if fence.body.trim().is_empty() {
            pass.notes.add(Told::Empty, line, "fence");
            // One in an item may end with it: what follows stays on its line.
            let line_break = if text.text[fence.span.clone()].ends_with('\n') { "\n" } else { "" };
            splices.push(Splice { span: fence.span, text: line_break.into() });
        } else if let Some(pieces) = code::pieces(&fence.language(), &fence.body) {
            waiting += note_pieces(&pieces, line, pass);
            let block = splice::indented_block(&written(&pieces), &text.text, fence.span.start);
            splices.push(Splice { span: fence.span, text: block });
        } else {
            let python = code::is_python(&fence.language());
            waiting += usize::from(python);
            splices.extend(if python { Some(keep(&fence, line, pass)) } else { other(&fence, text, pass) });
        }
    }
    splices.extend(indented(&parsed, text, false, pass));
    (text.spliced(splices), waiting)
}

/// `text` with its indented code between backticks, if it has lists or footnotes, which such code would go on.
pub(super) fn unindented(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let parsed = Parsed::new(&text.text);
    let has_list = parsed.events().iter().any(|(event, _)| matches!(event, Event::Start(Tag::List(_))));
    if !has_list && !text.text.contains("[^") {
        return text.clone();
    }
    text.spliced(indented(&parsed, text, true, pass))
}

/// A Python example that stays as it is, with its reason.
fn keep(fence: &Fence, line: usize, pass: &mut Pass<'_>) -> Splice {
    pass.notes.add(Told::Python, line, excerpt(&fence.body));
    Splice { span: fence.info_span.clone(), text: KEPT.into() }
}

fn note_pieces(pieces: &[Piece], line: usize, pass: &mut Pass<'_>) -> usize {
    let mut waiting = 0;
    for piece in pieces {
        let at = line + 1 + piece.first;
        let beginning = excerpt(&piece.lines.join("\n"));
        if piece.kind == PieceKind::Prose {
            pass.notes.add(Told::Prose, at, beginning);
        } else {
            waiting += 1;
            let detail = if piece.kind == PieceKind::Sketch { format!("a sketch: {beginning}") } else { beginning };
            pass.notes.add(Told::Python, at, detail);
        }
        if piece.commented > 0 {
            pass.notes.add(Told::Commented, at, format!("{} lines", piece.commented));
        }
    }
    waiting
}

/// `pieces` as Markdown: paragraphs and fences.
fn written(pieces: &[Piece]) -> String {
    let block = |piece: &Piece| match piece.kind {
        PieceKind::Prose => prose::paragraphs(&piece.lines),
        PieceKind::Python | PieceKind::Sketch => fenced(&piece.lines, KEPT),
    };
    pieces.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// `lines` in a fence that is longer than every run of backticks in them, without the indentation that they share.
fn fenced(lines: &[String], info: &str) -> String {
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let last = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    let lines = lines.get(first..last).unwrap_or_default();
    let indentation = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let code: String =
        lines.iter().map(|line| format!("{}\n", line.get(shared..).unwrap_or_default().trim_end())).collect();
    let longest =
        code.lines().map(|line| line.trim_start().chars().take_while(|c| *c == '`').count()).max().unwrap_or(0);
    let ticks = "`".repeat((longest + 1).max(3));
    format!("{ticks}{info}\n{code}{ticks}")
}

/// A fence of another language: a diagram, or code between tildes, or one that nothing closes.
fn other(fence: &Fence, text: &Lined, pass: &mut Pass<'_>) -> Option<Splice> {
    let source = &text.text[fence.span.clone()];
    let line = text.line(fence.span.start);
    if fence.language() == "mermaid" {
        return diagram(fence, text, pass);
    }
    let is_tilde = source.starts_with('~');
    if !is_tilde && fence.closed {
        return plain_info(fence);
    }
    pass.notes.add(Told::Fence, line, if is_tilde { "~~~" } else { "a fence that nothing closed" });
    let lines: Vec<String> = fence.body.lines().map(str::to_string).collect();
    let block = splice::indented_block(&fenced_as_is(&lines, &fence.info), &text.text, fence.span.start);
    Some(Splice { span: fence.span.clone(), text: block })
}

/// An info string of other tools, such as `js {1,3}` or `jsx harmony`, by its language.
fn plain_info(fence: &Fence) -> Option<Splice> {
    let language = fence.info.split([',', ' ', '\t', '{']).next().unwrap_or_default();
    (language.len() < fence.info.trim_end().len() && fence.language() != "rust")
        .then(|| Splice { span: fence.info_span.clone(), text: language.into() })
}

fn fenced_as_is(lines: &[String], info: &str) -> String {
    let longest =
        lines.iter().map(|line| line.trim_start().chars().take_while(|c| *c == '`').count()).max().unwrap_or(0);
    let ticks = "`".repeat((longest + 1).max(3));
    // Between backticks an info string can hold none.
    let info = info.split([' ', '\t']).next().filter(|info| !info.contains('`')).unwrap_or_default();
    let code: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{ticks}{info}\n{code}{ticks}")
}

fn diagram(fence: &Fence, text: &Lined, pass: &mut Pass<'_>) -> Option<Splice> {
    let line = text.line(fence.span.start);
    if !pass.context.drawing.diagram(&fence.body) {
        pass.notes.add(Told::Diagram, line, excerpt(&fence.body));
        return Some(Splice { span: fence.info_span.clone(), text: "text".into() });
    }
    let first = fence.body.lines().next().unwrap_or_default().trim();
    if first.strip_prefix("%%").is_some_and(|title| !title.trim().is_empty() && !title.starts_with('{')) {
        return None;
    }
    pass.notes.add(Told::DiagramTitle, line, pass.context.title);
    let prefix = splice::indentation(&text.text, fence.span.start);
    // A caption is text, in which marks would be left over.
    let words =
        ["**", "~~", "$$", "{{"].iter().fold(pass.context.title.to_string(), |title, mark| title.replace(mark, ""));
    let title = format!("mermaid\n{prefix}%% {words}");
    Some(Splice { span: fence.info_span.clone(), text: title })
}

/// Indented code, `all` of it or that whose dollars or backticks KaTeX would read.
fn indented(parsed: &Parsed<'_>, text: &Lined, all: bool, pass: &mut Pass<'_>) -> Vec<Splice> {
    let mut splices = Vec::new();
    let mut open: Option<(Range<usize>, String)> = None;
    for (event, span) in parsed.events() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => open = Some((span.clone(), String::new())),
            Event::Text(code) => open.iter_mut().for_each(|(_, body)| body.push_str(code)),
            Event::End(_) => {
                let Some((span, body)) = open.take() else { continue };
                if !all && !body.contains(['$', '`']) && !body.contains("{{") {
                    continue;
                }
                pass.notes.add(Told::Fence, text.line(span.start), "indented code");
                let lines: Vec<String> = body.trim_end().lines().map(str::to_string).collect();
                let end = span.start + text.text[span.clone()].trim_end().len();
                let before = &text.text[..span.start];
                let at = span.start - if before.ends_with("    ") { 4 } else { usize::from(before.ends_with('\t')) };
                let block = splice::indented_block(&fenced_as_is(&lines, ""), &text.text, at);
                splices.push(Splice { span: at..end, text: block });
            }
            _ => {}
        }
    }
    splices
}
