//! What the command writes to stderr: errors and warnings with their places.
//!
//! ```text
//! error: URL is too long
//!   ┌─ chapters/0.typ:2:6
//!   │
//! 2 │ #link("https://…")[x]
//!   │       ^^^^^^^^^^
//!   = hint: make it shorter
//!
//!   while including `/chapters/0.typ` at main.typ:1:1
//!     include "/chapters/0.typ"
//! ```

use qabook_document::{DOCUMENT, DOUBTFUL};
use qabook_support::{Diagnostic, Severity};
use std::path::PathBuf;

use crate::emit::ChapterCode;

/// An error or a warning.
struct Message {
    severity: Severity,
    text: String,
    /// `FILE:LINE:COLUMN`, first of what is wrong, then of what led there.
    places: Vec<String>,
    hints: Vec<String>,
}

/// The errors and the warnings that the command said of a book of these chapters.
pub(super) fn read(chapters: &[ChapterCode], said: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (errors, warnings): (Vec<_>, Vec<_>) =
        messages(said).into_iter().partition(|message| message.severity == Severity::Error);
    let all = |messages: Vec<Message>| messages.into_iter().map(|message| message.diagnostic(chapters)).collect();
    (all(errors), all(warnings))
}

fn messages(said: &str) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    // Whether the text of the last message goes on.
    let mut is_text = false;
    for line in said.lines() {
        let begun = [("error: ", Severity::Error), ("warning: ", Severity::Warning)]
            .into_iter()
            .find_map(|(mark, severity)| Some((severity, line.strip_prefix(mark)?)));
        let last = found.last_mut();
        match (begun, last) {
            (Some((severity, text)), _) => {
                found.push(Message { severity, text: text.to_string(), places: Vec::new(), hints: Vec::new() });
                is_text = true;
            }
            (None, Some(message)) => {
                let trimmed = line.trim_start();
                let place = trimmed.strip_prefix("┌─ ").or_else(|| {
                    trimmed.starts_with("while ").then(|| trimmed.rsplit_once(" at ")).flatten().map(|(_, place)| place)
                });
                is_text &= !trimmed.is_empty() && place.is_none();
                if is_text {
                    message.text.push(' ');
                    message.text.push_str(trimmed);
                }
                message.places.extend(place.map(str::to_string));
                message.hints.extend(trimmed.strip_prefix("= hint: ").map(str::to_string));
            }
            (None, None) => {}
        }
    }
    found
}

impl Message {
    fn diagnostic(self, chapters: &[ChapterCode]) -> Diagnostic {
        let rule = if self.severity == Severity::Error { DOCUMENT } else { DOUBTFUL };
        let hint =
            if self.hints.is_empty() { "write it differently, or leave it out".into() } else { self.hints.join("; ") };
        let place = self.places.iter().find_map(|place| author_place(chapters, place));
        let (file, line) = place.unwrap_or_else(|| ("PDF".into(), None));
        rule.broken(self.text, hint).in_file(file).on_line(line)
    }
}

/// The chapter's file and line for `FILE:LINE:COLUMN`: lines are counted from 1, characters in them from 0.
fn author_place(chapters: &[ChapterCode], place: &str) -> Option<(PathBuf, Option<usize>)> {
    let mut parts = place.rsplitn(3, ':');
    let mut number = || parts.next()?.parse::<usize>().ok();
    let (column, line) = (number()?, number()?);
    // It is relative to the current folder, or whole.
    let file = format!("/{}", parts.next()?.replace('\\', "/"));
    let chapter = chapters.iter().find(|chapter| file.ends_with(&chapter.path))?;
    let start: usize = chapter.code.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let text = chapter.code[start..].lines().next().unwrap_or_default();
    let offset: usize = text.chars().take(column).map(char::len_utf8).sum();
    Some((chapter.file.clone(), chapter.line_at(start + offset)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter() -> ChapterCode {
        let code = "#head()\né#par(\"a\")\n#par(\"b\")\n".to_string();
        let lines = vec![(0, 1), (code.find("#par(\"a").unwrap(), 3), (code.find("#par(\"b").unwrap(), 5)];
        let path = "/chapters/0.typ".to_string();
        ChapterCode { path, file: "src/a.md".into(), code, lines, files: Vec::new(), warnings: Vec::new() }
    }

    fn said(text: &str) -> [Vec<String>; 2] {
        let (errors, warnings) = read(&[chapter()], text);
        [errors, warnings].map(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_message_of_two_lines_has_its_place_and_its_hints() {
        let text =
            "error: one\ntwo\n  ┌─ chapters/0.typ:2:2\n  │\n2 │ é#par(\"a\")\n  │    ^^^\n  = hint: x\n  = hint: y\n";
        assert_eq!(said(text), [vec!["src/a.md:3: one two\n    hint: x; y".to_string()], vec![]]);
    }

    #[test]
    fn the_chapter_is_found_in_what_led_there_and_below_any_folder() {
        let text = "warning: error: odd\n  ┌─ \\\\?\\C:\\tmp\\x\\look.typ:9:1\n\n  while calling `f` at \\\\?\\C:\\tmp\\x\\chapters\\0.typ:3:1\n    f()\n";
        assert_eq!(
            said(text),
            [vec![], vec!["src/a.md:5: error: odd\n    hint: write it differently, or leave it out".to_string()]]
        );
    }

    #[test]
    fn what_is_no_message_is_none() {
        assert_eq!(said("thread 'main' panicked\nat x\n"), [Vec::<String>::new(), vec![]]);
    }
}
