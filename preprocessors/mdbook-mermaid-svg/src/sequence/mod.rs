//! Sequence diagrams: lines as mermaid reads them, and what its renderer leaves out.
//!
//! Each line is read here first. What the renderer would misread is rewritten, what it doesn't know is put into its graph or
//! layout, and a line that nobody can draw is an error.

mod arrow;
mod colours;
mod columns;
mod fit;
mod line;

use mermaid_rs_renderer::{EdgeDecoration, Graph, Layout};

use crate::error::DrawError;
use crate::stand_in::{decode, hide};
use arrow::{Arrow, Head};
use line::{Line, read};

/// A sequence diagram that the renderer can read.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    /// As many lines as the author's.
    pub(crate) source: String,
    /// The messages, in order.
    messages: Vec<Arrow>,
    /// Who is created by a message, with the message's index.
    created: Vec<(String, usize)>,
    /// What must be in the picture, with its line (from 1).
    pub(crate) words: Vec<(usize, String)>,
}

/// The decoration whose shape is replaced by that of an open arrow head; sequence diagrams don't use it.
const OPEN: EdgeDecoration = EdgeDecoration::CrowsFootMany;
const OPEN_SHAPE: (&str, &str) = ("M 0 -6 L 0 6 M 0 0 L 8 -6 M 0 0 L 8 6", "M -9 -5 L 0 0 L -9 5");

/// Reads `source`, a sequence diagram.
/// Errors: The first line that can't be drawn.
pub(crate) fn sequence(source: &str) -> Result<Sequence, DrawError> {
    let mut made = Sequence::default();
    // The line of each open frame or box, and how many messages there were.
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    let mut has_header = false;
    for (index, raw) in source.lines().enumerate() {
        let number = index + 1;
        let text = raw.trim();
        if text.is_empty() || text.starts_with("%%") {
            made.push("");
            continue;
        }
        if !has_header {
            has_header = true;
            made.push("sequenceDiagram");
            continue;
        }
        let decoded = decode(text);
        let line =
            read(decoded.trim_end_matches(';').trim_end()).map_err(|reason| DrawError::on_line(number, reason))?;
        made.add(line, number, &mut open)?;
    }
    match open.first() {
        Some((line, ..)) => Err(DrawError::on_line(*line, "this is never closed: it needs a line `end`")),
        None => Ok(made),
    }
}

impl Sequence {
    fn push(&mut self, line: &str) {
        self.source.push_str(line);
        self.source.push('\n');
    }

    fn add(&mut self, line: Line, number: usize, open: &mut Vec<(usize, usize, bool)>) -> Result<(), DrawError> {
        match line {
            Line::Participant { keyword, id, label, is_created } => {
                let shown = label.as_deref().unwrap_or(&id);
                self.words.push((number, shown.into()));
                if is_created {
                    self.created.push((id.clone(), self.messages.len()));
                }
                let label = label.map(|label| format!(" as {}", hide(&label))).unwrap_or_default();
                self.push(&format!("{keyword} {id}{label}"));
            }
            Line::Message { from, arrow, activation, to, text } => {
                self.words.push((number, text.clone()));
                let dashes = if arrow.dotted { "-->>" } else { "->>" };
                let text = if text.is_empty() { String::new() } else { format!(": {}", hide(&text)) };
                self.messages.push(arrow);
                self.push(&format!("{from}{dashes}{activation}{to}{text}"));
            }
            Line::Note { place, text } => {
                self.words.push((number, text.clone()));
                self.push(&format!("{place}: {}", hide(&text)));
            }
            Line::Open { keyword, label } => {
                open.push((number, self.messages.len(), true));
                // The colour of a `rect` is no text.
                if keyword != "rect" {
                    self.words.push((number, label.clone()));
                }
                self.push(&format!("{keyword} {}", hide(&label)));
            }
            Line::Box { colour, label } => {
                open.push((number, self.messages.len(), false));
                self.words.push((number, label.clone()));
                self.push(&format!("box {colour} {}", hide(&label)));
            }
            Line::Section { keyword, label } => {
                self.words.push((number, label.clone()));
                self.push(&format!("{keyword} {}", hide(&label)));
            }
            Line::End => match open.pop() {
                Some((line, messages, true)) if messages == self.messages.len() => {
                    return Err(DrawError::on_line(line, "there is no message between this line and its `end`"));
                }
                Some(_) => self.push("end"),
                None => return Err(DrawError::on_line(number, "this `end` closes nothing")),
            },
            Line::Other(text) => self.push(&text),
            Line::Unseen => self.push(""),
        }
        Ok(())
    }

    /// Puts into `graph`, which was read from the source, what the renderer left out.
    pub(crate) fn complete(&self, graph: &mut Graph) {
        for (edge, arrow) in graph.edges.iter_mut().zip(&self.messages) {
            edge.arrow_start = arrow.at_start;
            edge.arrow_end = arrow.end == Head::Filled;
            edge.end_decoration = match arrow.end {
                Head::None | Head::Filled => None,
                Head::Cross => Some(EdgeDecoration::Cross),
                Head::Open => Some(OPEN),
            };
        }
    }

    /// Mends in `layout`, which was made of `graph`, what the renderer leaves too small or in the wrong place.
    pub(crate) fn fit(&self, graph: &Graph, layout: &mut Layout) {
        columns::narrow(graph, layout);
        fit::fit(&self.created, graph, layout);
    }

    /// `svg` with the shapes that the renderer doesn't have.
    pub(crate) fn with_shapes(&self, svg: String) -> String {
        if self.messages.iter().any(|arrow| arrow.end == Head::Open) {
            svg.replace(OPEN_SHAPE.0, OPEN_SHAPE.1)
        } else {
            svg
        }
    }
}
