//! What would be written: chapters, home page, table of contents, pictures.

mod drafts;
mod faults;
mod home;
mod language;
mod model;
mod pages;
mod shape;
mod site;

use qabook_support::Diagnostics;
use std::path::Path;

use crate::body::Drawing;
use crate::guess::{self, Guess};
use crate::parts;
use crate::read::{Format, Lists, is_about};
use crate::scan::{Kind, Mark, Outline, scan};
use crate::told::{Note, Told};

pub use model::{Chapter, Options, Plan, Shape};

use model::Title;

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
    let title = title(lists, &outlines, options, guess.as_ref(), &drafts);
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

fn title(
    lists: &Lists,
    outlines: &[Outline],
    options: &Options,
    guess: Option<&Guess>,
    drafts: &drafts::Drafts,
) -> Title {
    // One of several with questions below is a part.
    let with_questions = drafts.h1s_with_questions();
    let is_part = |mark: &Mark| with_questions.len() > 1 && with_questions.contains(&mark.line);
    let is_title =
        |mark: &&Mark| mark.kind == Kind::Heading(1) && guess.is_none_or(|guess| guess.level() > 1) && !is_part(mark);
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
