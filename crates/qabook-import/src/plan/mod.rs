//! What would be written: chapters, home page, table of contents, pictures.

mod drafts;
mod faults;
mod home;
mod language;
mod pages;
mod shape;

use qabook_support::Diagnostics;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::body::Drawing;
use crate::guess::{self, Guess};
use crate::parts;
use crate::read::{Format, Lists, is_about};
use crate::scan::{Kind, Mark, Outline, scan};
use crate::told::{Note, Told};

pub use shape::Shape;

/// What an author may say instead of what would be guessed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The level of the headings that are questions.
    pub question_level: Option<u8>,
    /// The level of the headings that are parts.
    pub part_level: Option<u8>,
    /// The book's language.
    pub language: Option<String>,
    /// The book's title.
    pub title: Option<String>,
}

/// A chapter of the new book.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its file, relative to `src/`, with forward slashes.
    pub path: String,
    /// The question as plain text.
    pub question: String,
    /// The part that it is in.
    pub part: Option<String>,
    /// The whole file.
    pub text: String,
    /// The list's file, as messages show it.
    pub file: PathBuf,
    /// The question's line in it.
    pub line: usize,
    /// How many Python examples wait for a program.
    pub waiting: usize,
}

/// What would be written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The book's title.
    pub title: String,
    /// The book's language.
    pub language: String,
    /// The chapters, in order; those of a part follow one another.
    pub chapters: Vec<Chapter>,
    /// The home page, `src/README.md`.
    pub home: String,
    /// Pictures on disk, and their names below `src/`.
    pub pictures: BTreeMap<PathBuf, String>,
    /// What was understood, in words.
    pub shape: Shape,
    /// What was done to the author's text, by file and line.
    pub notes: Vec<Note>,
    /// What was left out by rule, as it was written: for the test that nothing else was.
    pub left_out: Vec<String>,
    /// Files of folders that are no part of the list.
    pub files_left_out: Vec<PathBuf>,
}

/// Plans the book of `lists`.
///
/// # Errors
/// Lists without questions, tables with rows that are none, fences that swallow questions: all of them.
pub fn plan(lists: &Lists, options: &Options, drawing: &dyn Drawing) -> Result<Plan, Diagnostics> {
    let outlines: Vec<Outline> = lists
        .sources
        .iter()
        .map(|source| if source.format == Format::Markdown { scan(&source.text) } else { Outline::default() })
        .collect();
    let guess = guess::guess(&outlines, options.question_level);
    faults::check(lists, &outlines, guess.as_ref())?;
    let mut drafts = drafts::drafts(lists, &outlines, guess.as_ref())?;
    if drafts.questions.is_empty() {
        return Err(faults::no_questions(lists, &outlines, options).into());
    }
    let basis = drafts.assign_parts(lists, options.part_level);
    let title = title(lists, &outlines, options, guess.as_ref());
    drafts.title_line = title.line;
    let mut plan = Plan {
        language: options.language.clone().unwrap_or_else(|| language::guess(&lists.sources)),
        shape: shape::shape(lists, &drafts, guess.as_ref(), basis, &title),
        title: title.text.clone(),
        files_left_out: lists.left_out.clone(),
        ..Plan::default()
    };
    pages::write(&mut plan, lists, &outlines, &drafts, drawing);
    for source in &lists.sources {
        if let Some(front_matter) = &source.front_matter {
            plan.left_out.push(front_matter.clone());
            let (file, detail) = (source.shown.clone(), crate::plain::collapse(front_matter));
            plan.notes.push(Note { what: Told::FrontMatter, file, line: 1, detail });
        }
    }
    plan.notes.sort();
    Ok(plan)
}

/// A title, and where it is from.
pub(crate) struct Title {
    text: String,
    from: String,
    /// The line of the H1 that is the list's title, whether it is the book's or not.
    line: Option<usize>,
}

fn title(lists: &Lists, outlines: &[Outline], options: &Options, guess: Option<&Guess>) -> Title {
    let is_title = |mark: &&Mark| mark.kind == Kind::Heading(1) && guess.is_none_or(|guess| guess.level() > 1);
    // Of several files each has an H1 of its own.
    let h1 = if let [outline] = outlines { outline.marks.iter().find(is_title) } else { None };
    let line = h1.map(|mark| mark.line);
    let titled = |text: &str, from: String| Title { text: text.into(), from, line };
    match (&options.title, &lists.title, h1) {
        (Some(title), ..) => titled(title, "as you said".into()),
        (None, Some(title), _) => titled(title, "from the README's H1".into()),
        (None, None, Some(mark)) => titled(&mark.title, format!("from the H1, line {}", mark.line)),
        (None, None, None) => {
            let path = lists.sources.first().map_or(Path::new("questions"), |source| &source.path);
            let is_nameless = outlines.len() > 1 || is_about(path);
            let folder = path.parent().and_then(Path::file_name).filter(|_| is_nameless);
            let name = folder.or(path.file_stem()).unwrap_or_default().to_string_lossy();
            titled(&parts::from_file_name(&name), "from the file's name".into())
        }
    }
}
