//! Beginning the program that takes the place of a Python example.

use anyhow::{Context, Result};
use qabook_document::Opened;
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::{self, Splice};
use qabook_support::{Diagnostics, Rule, shown, write_whole};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::scaffold;

/// A program that can't be begun.
const NEW_PROGRAM: Rule = Rule::error("new-program");

/// The reason that `qabook import` gives for a Python example that it keeps.
const WAITS: &str = "reason=\"no Rust program yet\"";

/// Writes a stub of the program `name` into `package`, which is made if there is none, and lets it take the place of the
/// first Python example of `chapter` that has no program.
///
/// # Errors
/// A name that isn't one or is taken, a chapter that can't be read or has no such example, a file that can't be written.
pub(super) fn begin(book: &Opened, package: &Path, name: &str, chapter: &Path) -> Result<()> {
    check_name(name, package)?;
    let chapter = find(book, chapter)?;
    let file = shown(&chapter);
    let text = fs::read_to_string(&chapter).map_err(|error| problem(&file, format!("it can't be read: {error}")))?;
    let fence = first_waiting(&text).ok_or_else(|| {
        let hint = "name a chapter with a Python fence that names no program; `qabook check` lists them";
        Diagnostics::from(NEW_PROGRAM.broken("no Python example here waits for a program", hint).in_file(&file))
    })?;
    let line = 1 + text[..fence.span.start].matches('\n').count();
    let info = Splice { span: fence.info_span, text: format!("python,snippet={name}") };
    let replaced = splice::apply(&text, vec![info]);

    if !package.join("Cargo.toml").exists() {
        scaffold::write_package(package)?;
    }
    let folder = package.join("examples").join(name);
    fs::create_dir_all(package.join("examples"))
        .and_then(|()| fs::create_dir(&folder))
        .with_context(|| format!("{} can't be made", folder.display()))?;
    let written = write(&folder.join("main.rs"), &stub(name, &fence.body)).and_then(|()| write(&chapter, &replaced));
    if written.is_err() {
        // It was made here a moment ago.
        let _ = fs::remove_dir_all(&folder);
    }
    written?;
    eprintln!("made {}", shown(&folder.join("main.rs")).display());
    eprintln!("{}:{line} shows it in the place of the Python", file.display());
    eprintln!("next: write the program, then `qabook record {name}`");
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    write_whole(path, |mut file: &File| Ok(file.write_all(text.as_bytes())?))
}

fn problem(file: &Path, message: String) -> Diagnostics {
    NEW_PROGRAM.broken(message, "name a chapter's Markdown file by --chapter").in_file(file).into()
}

fn check_name(name: &str, package: &Path) -> Result<(), Diagnostics> {
    let is_name = name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_name {
        let hint = "use lower-case letters, digits and hyphens, and begin with a letter: tcp-echo";
        return Err(NEW_PROGRAM.broken(format!("`{name}` is no name for a program"), hint).into());
    }
    let taken = ["examples", "compile-fail"].map(|parent| package.join(parent).join(name));
    match taken.iter().find(|folder| folder.symlink_metadata().is_ok()) {
        Some(folder) => {
            let hint = "choose another name; nothing was changed";
            Err(NEW_PROGRAM.broken(format!("there is a program `{name}` already"), hint).in_file(shown(folder)).into())
        }
        None => Ok(()),
    }
}

/// The file of a chapter, named from here, from the book's folder or from that of its chapters.
fn find(book: &Opened, chapter: &Path) -> Result<PathBuf, Diagnostics> {
    let src = book.root.join(&book.config.book.src);
    let places = [chapter.to_path_buf(), book.root.join(chapter), src.join(chapter)];
    let found = places.into_iter().find(|place| place.is_file());
    let found = found.ok_or_else(|| problem(chapter, "there is no such file".into()))?;
    // A link stays one, to the file that is changed.
    Ok(found.canonicalize().unwrap_or(found))
}

/// The first Python fence that names no program and isn't kept for a reason of the author's.
fn first_waiting(text: &str) -> Option<Fence> {
    Parsed::new(text).fences().into_iter().find(|fence| {
        let is_python = matches!(fence.language().as_str(), "python" | "py" | "python3" | "py3");
        let is_kept = fence.info.contains("keep") && !fence.info.contains(WAITS);
        is_python && fence.closed && !fence.info.contains("snippet=") && !is_kept
    })
}

/// A program that says what it should become.
fn stub(name: &str, python: &str) -> String {
    let words = name.replace('-', " ");
    let (first, rest) = words.split_at(1);
    let python: String =
        python.trim_end().lines().map(|line| format!("    // {line}").trim_end().to_string() + "\n").collect();
    format!(
        "//! {}{rest}\n\nfn main() {{\n    // The Python of the chapter:\n    //\n{python}    todo!()\n}}\n",
        first.to_uppercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stub_holds_the_python_as_comments() {
        assert_eq!(
            stub("tcp-echo", "for x in y:\n    print(x)\n\nprint()\n"),
            "//! Tcp echo\n\nfn main() {\n    // The Python of the chapter:\n    //\n    // for x in y:\n    //     print(x)\n    //\n    \
             // print()\n    todo!()\n}\n"
        );
    }

    #[test]
    fn the_first_python_without_a_program_waits() {
        let info = |text: &str| first_waiting(text).map(|fence| fence.info);
        assert_eq!(info("```rust\n```\n\n```python,snippet=a\n```\n"), None);
        assert_eq!(info("```python,keep,reason=\"it is about pip\"\n```\n"), None);
        let kept = "python,keep,reason=\"no Rust program yet\"";
        assert_eq!(info(&format!("- one\n\n  ```{kept}\n  x\n  ```\n\n```py\n```\n")).as_deref(), Some(kept));
        assert_eq!(info("```py\n```\n").as_deref(), Some("py"));
    }
}
