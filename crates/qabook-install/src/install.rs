//! Installing a part into a book, and taking it out.

use anyhow::{Context, Result};
use qabook_support::{Diagnostic, Diagnostics, shown};
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{self, Changes, Found};
use crate::parts::{self, PARTS, Part};
use crate::settings::{INSTALL, Settings};

/// A book.
struct Book {
    root: PathBuf,
    /// Its book.toml; where it is a link, the file that it leads to.
    settings_file: PathBuf,
    settings: Settings,
    /// The folder of the theme, relative to the root.
    theme: String,
}

impl Book {
    /// Errors: There is no book.toml, it can't be read or isn't TOML, it is a link out of the book.
    fn open(root: &Path) -> Result<Self, Diagnostics> {
        let file = root.join("book.toml");
        let located = |problem: Diagnostic| problem.in_file(shown(&file));
        let text = fs::read_to_string(&file).map_err(|error| {
            let hint = "name the folder of a book; `mdbook init` makes one";
            located(INSTALL.broken(format!("it can't be read: {error}"), hint))
        })?;
        files::stays_inside(&file, root).map_err(located)?;
        let settings = Settings::new(text).map_err(located)?;
        let theme = settings.value(&["output", "html", "theme"]);
        let theme =
            theme.as_ref().and_then(|value| value.get_ref().as_str()).unwrap_or("theme").trim_matches('/').into();
        let settings_file = file.canonicalize().unwrap_or(file);
        Ok(Self { root: root.to_path_buf(), settings_file, settings, theme })
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join(&self.theme).join(file)
    }

    /// As `additional-css` and `additional-js` name files.
    fn names(&self, files: &[&str]) -> Vec<String> {
        files.iter().map(|file| format!("{}/{file}", self.theme)).collect()
    }

    fn located(&self, problem: Diagnostic) -> Diagnostics {
        problem.in_file(shown(&self.root.join("book.toml"))).into()
    }

    fn has(&self, part: &Part) -> bool {
        self.settings.has(&part.table().split('.').collect::<Vec<_>>())
    }

    /// Whether the book has another part than `part` that needs `file`.
    fn is_needed(&self, file: &str, part: &Part) -> bool {
        let mut others = PARTS.iter().filter(|other| other.name != part.name);
        others.any(|other| other.files().any(|needed| needed == file) && self.has(other))
    }
}

/// Installs `part` of this version into the book in `root`, or the files of this version in the place of those of another.
///
/// Returns what there is to say. Settings and files that the author wrote or changed stay.
///
/// # Errors
/// [`Diagnostics`] when the book is not one, or has links that lead out of it; a file that can't be written. The book is as it
/// was then.
pub fn install(part: &Part, version: &str, root: &Path) -> Result<Vec<String>> {
    let mut book = Book::open(root)?;
    let mut notes = Vec::new();
    let before = book.settings.text().to_string();
    add_settings(part, &mut book, &mut notes).map_err(|problem| book.located(problem))?;
    let mut changes = Changes::default();
    let mut written = 0;
    for name in part.files() {
        let content = qabook_theme::file(name).with_context(|| format!("the theme lacks {name}"))?;
        let text = files::installed(&String::from_utf8_lossy(&content), &part.command(), version);
        let path = book.path(name);
        match files::find(&path, root)? {
            // A part that shares it may have written it.
            Found::Installed if same_content(&path, &content) => continue,
            Found::Nothing | Found::Installed => {}
            Found::Changed => {
                notes.push(format!(
                    "{}: it was changed, so it stays; delete it to get the new one",
                    shown(&path).display()
                ));
                continue;
            }
            Found::Foreign => {
                notes.push(format!("{}: it isn't ours, so it stays", shown(&path).display()));
                continue;
            }
        }
        written += 1;
        changes.write(path, text);
    }
    let is_changed = before != book.settings.text();
    if is_changed {
        changes.write(book.settings_file, book.settings.text().into());
    }
    changes.make(root)?;
    let what = [
        if is_changed { "settings added to book.toml".into() } else { "book.toml is as it was".to_string() },
        match written {
            0 => "no file written".into(),
            1 => "1 file written".into(),
            _ => format!("{written} files written"),
        },
    ];
    notes.insert(0, format!("{} {version} is installed: {}", part.command(), what.join(", ")));
    Ok(notes)
}

fn same_content(path: &Path, content: &[u8]) -> bool {
    let there = fs::read(path).unwrap_or_default();
    there.iter().position(|byte| *byte == b'\n').is_some_and(|end| there[end + 1..] == *content)
}

fn add_settings(part: &Part, book: &mut Book, notes: &mut Vec<String>) -> Result<(), Diagnostic> {
    let command = part.name;
    for setting in part.settings {
        let path = path_of(setting.table);
        let full: Vec<&str> = path.iter().copied().chain([setting.key]).collect();
        match book.settings.value(&full).map(|value| value.span()) {
            None => book.settings.add_key(&path, setting.table, setting.key, setting.value, command)?,
            Some(span) if book.settings.text()[span.clone()] == *setting.value => {}
            Some(span) => notes.push(format!(
                "book.toml:{}: `{}` is set otherwise, so it stays; {} wants {}",
                book.settings.line(span.start),
                setting.key,
                part.command(),
                setting.value
            )),
        }
    }
    let is_ours = |file: &str| PARTS.iter().any(|part| part.files().any(|own| file.ends_with(&format!("/{own}"))));
    for (key, files) in [("additional-css", part.css), ("additional-js", part.js)] {
        if !files.is_empty() {
            let names = book.names(files);
            book.settings.add_items(&["output", "html"], "output.html", key, &names, is_ours, command)?;
        }
    }
    let table = part.table();
    if book.has(part) {
        return Ok(());
    }
    let mut lines = Vec::new();
    if part.is_preprocessor {
        let others = book.settings.keys(&["preprocessor"]);
        let (after, before) = parts::order(part, |name| others.iter().any(|other| other == name));
        lines.push(format!("after = {after:?}"));
        lines.extend((!before.is_empty()).then(|| format!("before = {before:?}")));
    }
    book.settings.add_table(&table, &lines, command);
    Ok(())
}

/// Takes `part` out of the book in `root`: what [`install`] added and nobody changed.
///
/// Returns what there is to say.
///
/// # Errors
/// Those of [`install`].
pub fn uninstall(part: &Part, root: &Path) -> Result<Vec<String>> {
    let mut book = Book::open(root)?;
    let mut notes = Vec::new();
    let mut changes = Changes::default();
    let before = book.settings.text().to_string();
    remove_settings(part, &mut book, &mut notes);
    for name in part.files().filter(|name| !book.is_needed(name, part)) {
        let path = book.path(name);
        match files::find(&path, root)? {
            Found::Installed => changes.remove(path),
            Found::Changed => notes.push(format!("{}: it was changed, so it stays", shown(&path).display())),
            Found::Nothing | Found::Foreign => {}
        }
    }
    if before != book.settings.text() {
        changes.write(book.settings_file.clone(), book.settings.text().into());
    }
    changes.make(root)?;
    notes.insert(0, format!("{} is no longer installed", part.command()));
    Ok(notes)
}

fn remove_settings(part: &Part, book: &mut Book, notes: &mut Vec<String>) {
    let table = part.table();
    let path = path_of(&table);
    if !book.settings.remove_table(&path, &["after", "before"]) && book.has(part) {
        let line = book.settings.value(&path).map_or(1, |value| book.settings.line(value.span().start));
        notes.push(format!("book.toml:{line}: [{table}] has settings of yours, so it stays: take it out yourself"));
    }
    for (key, files) in [("additional-js", part.js), ("additional-css", part.css)] {
        let unneeded: Vec<&str> = files.iter().copied().filter(|file| !book.is_needed(file, part)).collect();
        book.settings.remove_items(&["output", "html", key], &book.names(&unneeded));
    }
    for setting in part.settings.iter().rev() {
        let path = path_of(setting.table);
        book.settings.remove_key(&path.iter().copied().chain([setting.key]).collect::<Vec<_>>(), part.name);
        book.settings.remove_table(&path, &[]);
    }
    book.settings.remove_table(&["output", "html"], &[]);
}

/// The names in a table's header. Ours have no dots in them.
fn path_of(table: &str) -> Vec<&str> {
    table.split('.').map(|name| name.trim_matches('"')).collect()
}
