//! Reading lists: files and folders of files, as text.

mod encoding;
mod folder;
mod order;

use qabook_support::{Diagnostic, Diagnostics, Rule, shell, shown};
use std::fs;
use std::path::{Path, PathBuf};

use crate::book::Target;
use crate::cells;
use crate::plain;
use folder::Found;

pub(crate) use folder::is_about;
pub use folder::{LeftOut, Why};

/// A list that can't be read.
pub const LIST: Rule = Rule::error("list");

/// What a list is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// A table with this between its cells.
    Table(u8),
}

/// A list, or one file of it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it is on disk.
    pub path: PathBuf,
    /// As messages show it.
    pub shown: PathBuf,
    /// The folders between the list that was named and this file.
    pub folder: PathBuf,
    /// Its text, without a byte order mark and with plain line breaks.
    pub text: String,
    /// What it is written in.
    pub format: Format,
    /// Front matter of another tool, which isn't in the text any more.
    pub front_matter: Option<String>,
}

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// The files, in order.
    pub sources: Vec<Source>,
    /// What of folders is no part of the list.
    pub left_out: Vec<LeftOut>,
    /// The title that a folder's README gives.
    pub title: Option<String>,
}

/// Reads `lists`: files, and folders with all their Markdown in natural order.
///
/// # Errors
/// Each file that can't be read, is empty or isn't UTF-8, with the encoding that it looks like.
pub fn read(lists: &[PathBuf]) -> Result<Lists, Diagnostics> {
    read_all(lists, None)
}

/// Reads `lists` as [`read`] does, for an import into `book`, whose own chapters are no lists.
///
/// # Errors
/// See [`read`]; settings of the book that are wrong, with their line.
pub fn read_for(lists: &[PathBuf], book: &Path) -> Result<Lists, Diagnostics> {
    read_all(lists, Target::of(book)?.as_ref())
}

fn read_all(lists: &[PathBuf], book: Option<&Target>) -> Result<Lists, Diagnostics> {
    let mut found = Lists::default();
    let mut problems = Diagnostics::default();
    for list in lists {
        match files(list, book) {
            Ok(files) => {
                files.files.iter().for_each(|file| add(file, list, &mut found, &mut problems));
                found.title = files.readme.as_deref().map_or(found.title.take(), title_of);
                found.left_out.extend(files.left_out);
            }
            Err(problem) => problems.push(problem),
        }
    }
    found.left_out.sort();
    let is_nothing = found.sources.is_empty() && !found.left_out.is_empty();
    problems.extend(lists.first().filter(|_| is_nothing).map(|list| {
        let hint = "name a file in Markdown, CSV or TSV, or a folder of Markdown";
        LIST.broken("all Markdown in this folder is empty", hint).in_file(shown(list))
    }));
    problems.into_result(found)
}

/// The files of `list`: itself, or those of a folder.
fn files(list: &Path, book: Option<&Target>) -> Result<Found, Diagnostic> {
    let is_folder = fs::metadata(list).map_err(|error| unreadable(list, &error))?.is_dir();
    if !is_folder {
        return Ok(Found { files: vec![list.into()], ..Found::default() });
    }
    let full = list.canonicalize().unwrap_or_default();
    if book.is_some_and(|book| book.source.as_ref() == Some(&full) && book.root != full) {
        let hint = "name the folder of your lists, or another book with --into";
        return Err(LIST.broken("this folder has the book's own chapters", hint).in_file(shown(list)));
    }
    let found = folder::markdown(list, book).map_err(|error| unreadable(list, &error))?;
    if found.files.is_empty() {
        let others = found.left_out.iter().map(|left| left.path.display().to_string()).collect::<Vec<_>>().join(", ");
        let message = if others.is_empty() { String::new() } else { format!(" but what is left out: {others}") };
        let hint = "name a file in Markdown, CSV or TSV, or a folder of Markdown";
        return Err(LIST.broken(format!("no Markdown in this folder{message}"), hint).in_file(shown(list)));
    }
    Ok(found)
}

fn add(file: &Path, list: &Path, found: &mut Lists, problems: &mut Diagnostics) {
    match text(file) {
        Ok(text) if text.trim().is_empty() => {
            // Who names a file means it; in a folder of many some may not be written yet.
            if file != list {
                found.left_out.push(LeftOut { path: shown(file), why: Why::Empty });
                return;
            }
            let hint = "name a list of questions in Markdown, CSV or TSV";
            problems.push(LIST.broken("the file is empty", hint).in_file(shown(file)));
        }
        Ok(text) => {
            let (front_matter, text) = front_matter(text);
            found.sources.push(Source {
                path: file.into(),
                shown: shown(file),
                folder: file.strip_prefix(list).ok().and_then(Path::parent).unwrap_or(Path::new("")).into(),
                format: format(file, &text),
                text,
                front_matter,
            });
        }
        Err(problem) => problems.push(problem),
    }
}

fn format(path: &Path, text: &str) -> Format {
    match &*path.extension().unwrap_or_default().to_string_lossy().to_lowercase() {
        "csv" => Format::Table(cells::delimiter(text, b',')),
        "tsv" | "tab" => Format::Table(cells::delimiter(text, b'\t')),
        _ => Format::Markdown,
    }
}

/// The first H1 of the README at `path`.
fn title_of(path: &Path) -> Option<String> {
    let text = text(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("# "))?;
    Some(plain::plain(line)).filter(|title| !title.is_empty())
}

/// The text of `file`.
fn text(file: &Path) -> Result<String, Diagnostic> {
    let bytes = fs::read(file).map_err(|error| unreadable(file, &error))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(not_text(file, encoding::guess(text.as_bytes()))),
        Ok(text) => Ok(text),
        Err(error) => Err(not_text(file, encoding::guess(error.as_bytes())).on_line({
            let valid = error.utf8_error().valid_up_to();
            1 + error.as_bytes()[..valid].split(|byte| *byte == b'\n').skip(1).count()
        })),
    }?;
    let text = text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// `text` without the YAML at its beginning, and that; its title becomes an H1, and every other line stays where it was.
fn front_matter(text: String) -> (Option<String>, String) {
    let yaml = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n").map(|end| &rest[..end]));
    // A rule is followed by a blank line, and a table has no colons.
    let is_yaml = |yaml: &&str| yaml.lines().all(|line| line.contains(':') || line.starts_with([' ', '-', '#']));
    let Some(yaml) = yaml.filter(is_yaml).map(str::to_string) else { return (None, text) };
    let title = yaml.lines().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|title| title.trim().trim_matches(['"', '\''])).filter(|title| !title.is_empty());
    let blank = "\n".repeat(yaml.lines().count() + 2);
    let rest = &text["---\n".len() + yaml.len() + "\n---\n".len()..];
    let heading = title.map_or(String::new(), |title| format!("# {title}"));
    let text = format!("{heading}{blank}{rest}");
    (Some(yaml), text)
}

fn unreadable(file: &Path, error: &std::io::Error) -> Diagnostic {
    let hint = "is the path right, and may you read it?";
    LIST.broken(format!("it can't be read: {error}"), hint).in_file(shown(file))
}

fn not_text(file: &Path, guess: Option<&'static str>) -> Diagnostic {
    let problem = match guess {
        Some(name) => {
            // The ending says what the list is written in.
            let converted = Path::new("utf-8").with_extension(file.extension().unwrap_or_default());
            let (from, to) = (shell::quoted(&shown(file)), shell::quoted(&converted));
            let hint = format!("convert it: iconv -f {name} -t UTF-8 {from} > {to}");
            LIST.broken(format!("this isn't UTF-8; it looks like {name}"), hint)
        }
        None => LIST.broken("this is no text", "name a list of questions in Markdown, CSV or TSV"),
    };
    problem.in_file(shown(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(name: &str, bytes: &[u8]) -> Result<Lists, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        read(&[file]).map_err(|problems| problems.to_string())
    }

    #[test]
    fn what_is_not_utf_8_is_named() {
        // “什么是线程？进程和线程的区别是什么？” in GB 18030.
        let gbk = [
            0xca, 0xb2, 0xc3, 0xb4, 0xca, 0xc7, 0xcf, 0xdf, 0xb3, 0xcc, 0xa3, 0xbf, 0xbd, 0xf8, 0xb3, 0xcc, 0xba, 0xcd,
            0xcf, 0xdf, 0xb3, 0xcc, 0xb5, 0xc4, 0xc7, 0xf8, 0xb1, 0xf0, 0xca, 0xc7, 0xca, 0xb2, 0xc3, 0xb4, 0xa3, 0xbf,
        ];
        let error = read_bytes("a.md", &[b"# A\n\n".as_slice(), &gbk].concat()).unwrap_err();
        assert!(error.contains("a.md:3: this isn't UTF-8; it looks like GB"), "{error}");
        assert!(error.contains("iconv -f GB") && error.ends_with("a.md > utf-8.md"), "{error}");
        for (name, command) in
            [("a.csv", "a.csv > utf-8.csv"), ("it's.tsv", r"it'\''s.tsv' > utf-8.tsv"), ("a b", "a b' > utf-8")]
        {
            let error = read_bytes(name, &gbk).unwrap_err();
            assert!(error.contains("iconv -f GB") && error.ends_with(command), "{error}");
        }
        let utf_16 = [0xff, 0xfe, b'#', 0, b' ', 0, b'A', 0];
        assert!(read_bytes("a.md", &utf_16).unwrap_err().contains("UTF-16"));
        assert!(read_bytes("a.png", b"\x89PNG\0\0").unwrap_err().contains("this is no text"));
        assert!(read_bytes("a.md", b" \n").unwrap_err().contains("empty"));
    }

    #[test]
    fn line_breaks_and_byte_order_marks_mean_nothing() {
        assert_eq!(read_bytes("a.md", "\u{feff}# A\r\n\r\nb\r".as_bytes()).unwrap().sources[0].text, "# A\n\nb\n");
    }

    #[test]
    fn the_title_of_other_tools_front_matter_is_an_h1() {
        let source = read_bytes("a.md", b"---\ntitle: \"A b\"\nlayout: x\n---\n\ntext\n").unwrap().sources.remove(0);
        assert_eq!((source.text.as_str(), source.text.lines().nth(5)), ("# A b\n\n\n\n\ntext\n", Some("text")));
        let rule = "---\n\ntext\n\n---\n";
        assert_eq!(read_bytes("a.md", rule.as_bytes()).unwrap().sources[0].text, rule);
    }

    #[test]
    fn a_folder_is_read_in_natural_order_without_what_is_about_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["q10.md", "q2.md", "README.md", "sub/q1.md", "x.txt", ".git/a.md"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "# The list\n").unwrap();
        }
        let lists = read(&[folder.path().into()]).unwrap();
        let names: Vec<_> = lists
            .sources
            .iter()
            .map(|source| source.path.strip_prefix(folder.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["q2.md", "q10.md", "sub/q1.md"]);
        assert_eq!(lists.sources[2].folder, Path::new("sub"));
        assert_eq!((lists.left_out.len(), lists.title.as_deref()), (1, Some("The list")));
    }

    #[test]
    fn an_empty_file_of_a_folder_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), " \n").unwrap();
        let error = read(&[folder.path().into()]).unwrap_err().to_string();
        assert!(error.contains("all Markdown in this folder is empty"), "{error}");
        fs::write(folder.path().join("b.md"), "# B\n").unwrap();
        let lists = read(&[folder.path().into()]).unwrap();
        assert_eq!(lists.left_out.iter().map(|left| left.why).collect::<Vec<_>>(), [Why::Empty]);
        assert_eq!(lists.sources.len(), 1);
    }
}
