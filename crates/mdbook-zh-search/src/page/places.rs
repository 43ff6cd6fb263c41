//! Where a section answers a question of its own: found while the elements of a page open and close.

use super::section::{Place, Section};

/// What a question ends with, in any language.
const QUESTION_MARKS: [char; 2] = ['?', '？'];

/// Finds the places of sections.
#[derive(Default)]
pub(super) struct Places {
    /// The first id since the block began.
    id: Option<String>,
    /// The place that goes on until the next one, or the next section.
    current: Option<usize>,
    /// Open elements whose paragraphs belong to something else.
    nested: usize,
    in_head: bool,
    /// The open block is a heading of its own or a term.
    is_heading: bool,
    question: Question,
    row: Option<Row>,
    /// What goes on below the open list of terms.
    below_terms: Option<usize>,
}

/// What the open paragraph begins with.
#[derive(Default)]
enum Question {
    #[default]
    None,
    Paragraph,
    Bold,
    Asked(String),
}

/// An open row of a table.
#[derive(Default)]
struct Row {
    cells: usize,
    place: Option<usize>,
}

impl Places {
    /// Forgets what was open: a section begins.
    pub(super) fn section(&mut self) {
        self.current = None;
    }

    /// An element begins; `is_first` says that its block has no text yet.
    pub(super) fn start(&mut self, name: &str, id: Option<&str>, is_first: bool) {
        if let Some(id) = id.filter(|_| is_first) {
            self.id.get_or_insert_with(|| id.to_string());
        }
        match name {
            "li" | "blockquote" | "dd" | "table" => self.nested += 1,
            "p" if self.nested == 0 => self.question = Question::Paragraph,
            "strong" | "b" if is_first && matches!(self.question, Question::Paragraph) => {
                self.question = Question::Bold;
            }
            "h4" | "h5" | "h6" | "dt" => self.is_heading = true,
            "dl" => self.below_terms = self.current,
            "thead" => self.in_head = true,
            "tr" if !self.in_head => self.row = Some(Row::default()),
            _ => {}
        }
        if let (Some(row), "td" | "th") = (&mut self.row, name) {
            row.cells += 1;
        }
    }

    /// An element ends; its block has `text` so far, if it goes on.
    pub(super) fn end(&mut self, name: &str, text: &str) {
        match name {
            "li" | "blockquote" | "dd" | "table" => self.nested = self.nested.saturating_sub(1),
            "strong" | "b" if matches!(self.question, Question::Bold) => {
                let asked = text.trim();
                let is_question = asked.ends_with(QUESTION_MARKS);
                self.question = if is_question { Question::Asked(asked.to_string()) } else { Question::None };
            }
            "dl" => self.current = self.below_terms.take(),
            "thead" => self.in_head = false,
            "tr" => self.row = None,
            _ => {}
        }
    }

    /// A block of `section` is over and has this `text`, which is empty where no place can begin: the place in which it is.
    pub(super) fn block(&mut self, text: &str, section: &mut Section) -> Option<usize> {
        let id = self.id.take();
        let question = std::mem::take(&mut self.question);
        let is_heading = std::mem::take(&mut self.is_heading);
        let mut place = |heading: &str| {
            let anchor = id.clone().unwrap_or_else(|| section.anchor.clone());
            section.places.push(Place { anchor, heading: heading.to_string() });
            Some(section.places.len() - 1)
        };
        match (&mut self.row, question) {
            _ if text.is_empty() => {}
            (Some(row), _) if row.cells == 1 && row.place.is_none() => row.place = place(text),
            (_, Question::Asked(asked)) => self.current = place(&asked),
            _ if is_heading => self.current = place(text),
            _ => {}
        }
        self.row.as_ref().and_then(|row| row.place).or(self.current)
    }
}
