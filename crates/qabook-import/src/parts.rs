//! Parts: which heading above a question, or which file or folder, is the part that it is in.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use crate::number;
use crate::plain::collapse;
use crate::read::{Source, is_about};
use crate::sections::Above;

/// Where a question stands.
#[derive(Debug, Clone)]
pub(crate) struct Standing<'a> {
    /// Which of the sources it is in.
    pub(crate) source: usize,
    /// The headings above it.
    pub(crate) path: &'a [Above],
}

/// What parts are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Headings of this level, and those above where two of one name must be told apart.
    Level(u8),
    /// Folders.
    Folders,
    /// Files.
    Files,
    /// The list has no parts.
    None,
}

/// Parts of questions.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) basis: Basis,
    /// The part of each question; `None` outside every part.
    pub(crate) titles: Vec<Option<String>>,
    /// The headings that are parts: source and line.
    pub(crate) headings: HashSet<(usize, usize)>,
}

/// What the parts of `questions` are made of, and the part of each.
pub(crate) fn assign(questions: &[Standing<'_>], sources: &[Source], level: Option<u8>) -> Parts {
    let basis = level.map_or_else(|| basis(questions, sources), Basis::Level);
    let first: HashSet<usize> = questions.iter().filter_map(h1).map(|above| above.line).collect();
    // The only H1 of a list is its title.
    let has_title = sources.len() == 1 && first.len() == 1 && level != Some(1);
    let mut parts = Parts { basis, titles: Vec::new(), headings: HashSet::new() };
    let mut owners: HashMap<String, HashSet<Owner>> = HashMap::new();
    let mut headed = Vec::new();
    for question in questions {
        let heading = match basis {
            Basis::Level(level) => of_level(question, level, has_title),
            Basis::Files => h1(question),
            Basis::Folders | Basis::None => None,
        };
        parts.headings.extend(heading.map(|above| (question.source, above.line)));
        let is_file = matches!(basis, Basis::Files) || matches!(basis, Basis::Level(_)) && sources.len() > 1;
        parts.titles.push(match (heading, basis) {
            (Some(above), _) => Some(name(&above.title)),
            (None, Basis::Folders) => folder(&sources[question.source]),
            (None, _) => is_file.then(|| of_file(&sources[question.source])),
        });
        if let Some(above) = heading {
            let owner = owner(question, above, has_title, sources);
            owners.entry(name(&above.title)).or_default().insert(owner.clone());
            headed.push((parts.titles.len() - 1, question.source, owner));
        }
    }
    for (index, source, owner) in headed {
        let title = parts.titles[index].take_if(|title| owners.get(title).is_some_and(|owners| owners.len() > 1));
        if let Some(title) = title {
            parts.headings.extend(owner.line.map(|line| (source, line)));
            parts.titles[index] = Some(if owner.name.is_empty() { title } else { format!("{} / {title}", owner.name) });
        }
    }
    parts
}

/// What a part is in: by it two parts of one name are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Owner {
    name: String,
    /// The line of its heading.
    line: Option<usize>,
}

/// What the part `heading` above `question` is in: a heading above it, or one of several files.
fn owner(question: &Standing<'_>, heading: &Above, has_title: bool, sources: &[Source]) -> Owner {
    let is_above = |above: &&Above| above.level < heading.level && (above.level > 1 || !has_title);
    match question.path.iter().rev().find(is_above) {
        Some(above) => Owner { name: name(&above.title), line: Some(above.line) },
        None if sources.len() > 1 => Owner { name: of_file(&sources[question.source]), line: None },
        None => Owner { name: String::new(), line: None },
    }
}

fn basis(questions: &[Standing<'_>], sources: &[Source]) -> Basis {
    // By level: the headings that have questions below them, each with its file.
    let mut levels: BTreeMap<u8, HashSet<(usize, usize)>> = BTreeMap::new();
    for question in questions {
        for above in question.path {
            levels.entry(above.level).or_default().insert((question.source, above.line));
        }
    }
    // The deepest level that makes parts of more than one question; a heading for each question is no part, and neither is the only H1: the title.
    let is_part = |level: u8, headings: usize| (headings > 1 || level > 1) && headings * 3 <= questions.len() * 2;
    let parts = levels.iter().rev().find(|(level, headings)| is_part(**level, headings.len()));
    let folders: HashSet<&Path> = questions.iter().map(|question| sources[question.source].folder.as_path()).collect();
    let files: HashSet<usize> = questions.iter().map(|question| question.source).collect();
    match parts {
        Some((level, _)) => Basis::Level(*level),
        None if folders.len() > 1 => Basis::Folders,
        None if files.len() > 1 && files.len() * 3 <= questions.len() * 2 => Basis::Files,
        None => Basis::None,
    }
}

/// The heading of `level` above a question, or the deepest one above that level; where the list has a title, no H1.
fn of_level<'a>(question: &Standing<'a>, level: u8, has_title: bool) -> Option<&'a Above> {
    let above = question.path.iter().rev().find(|above| above.level <= level);
    above.filter(|above| above.level > 1 || !has_title)
}

/// The H1 of a question's file.
fn h1<'a>(question: &Standing<'a>) -> Option<&'a Above> {
    question.path.iter().find(|above| above.level == 1)
}

/// The name of the source, or of its folder where it is a README.
fn of_file(source: &Source) -> String {
    let folder = source.path.parent().and_then(Path::file_name).filter(|_| is_about(&source.path));
    from_file_name(&folder.or(source.path.file_stem()).unwrap_or_default().to_string_lossy())
}

fn folder(source: &Source) -> Option<String> {
    let name = source.folder.file_name()?.to_string_lossy().into_owned();
    Some(from_file_name(&name))
}

/// A part's title without its number.
pub(crate) fn name(title: &str) -> String {
    number::strip(title).map_or(title, |stripped| stripped.rest).to_string()
}

/// A title for the file or folder `name`: `Core-Syntax` is “Core Syntax”.
pub(crate) fn from_file_name(name: &str) -> String {
    let words = collapse(&name.replace(['-', '_'], " "));
    let words = number::strip_loose(&words).map_or(words.as_str(), |stripped| stripped.rest).to_string();
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Format;

    fn source(path: &str) -> Source {
        let folder = Path::new(path).parent().unwrap().into();
        Source {
            path: path.into(),
            shown: path.into(),
            folder,
            text: String::new(),
            format: Format::Markdown,
            front_matter: None,
        }
    }

    fn above(titles: &[(u8, &str, usize)]) -> Vec<Above> {
        let above = |(level, title, line): &(u8, &str, usize)| Above {
            level: *level,
            title: (*title).into(),
            raw: (*title).into(),
            line: *line,
        };
        titles.iter().map(above).collect()
    }

    fn assigned(questions: &[(usize, Vec<Above>)], sources: &[Source]) -> (Basis, Vec<Option<String>>) {
        let Parts { basis, titles, .. } = {
            let questions: Vec<_> = questions.iter().map(|(source, path)| Standing { source: *source, path }).collect();
            assign(&questions, sources, None)
        };
        (basis, titles)
    }

    #[test]
    fn parts_are_headings_with_several_questions() {
        let a = above(&[(1, "L", 1), (2, "1. A", 3), (3, "x", 4)]);
        let b = above(&[(1, "L", 1), (2, "B", 9), (3, "y", 10)]);
        let (basis, parts) = assigned(&[(0, a.clone()), (0, a), (0, b.clone()), (0, b)], &[source("l.md")]);
        assert_eq!(basis, Basis::Level(3));
        assert_eq!(parts[0].as_deref(), Some("x"));
    }

    #[test]
    fn a_readme_is_called_by_its_folder() {
        let sources = ["net/README.md", "os/README.md"].map(source);
        let path = |line| above(&[(2, "Basics", line)]);
        let (_, parts) = assigned(&[(0, path(1)), (0, path(1)), (1, path(1)), (1, path(1))], &sources);
        assert_eq!(
            parts.into_iter().flatten().collect::<Vec<_>>(),
            ["Net / Basics", "Net / Basics", "Os / Basics", "Os / Basics"]
        );
    }

    #[test]
    fn a_heading_for_each_question_is_no_part() {
        let sources = ["Core-Syntax/q1.md", "Core-Syntax/q2.md", "Memory/q1.md"].map(source);
        let path = |line| above(&[(1, "Question 01 - Core", line)]);
        let (basis, parts) = assigned(&[(0, path(1)), (1, path(1)), (2, path(1))], &sources);
        assert_eq!(basis, Basis::Folders);
        assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>(), ["Core Syntax", "Core Syntax", "Memory"]);
    }
}
