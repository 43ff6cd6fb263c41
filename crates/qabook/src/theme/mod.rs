//! `qabook theme eject`: files of the embedded theme, copied into the book's own to be changed.

pub(crate) mod files;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use qabook_support::{Diagnostics, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, TempPath};

use crate::build::THEME;
use files::Files;

/// What to do with the theme.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Copy files of the theme into the book's `theme/`, to be changed there; none that is there is ever replaced
    Eject(Eject),
}

/// Which files are copied.
#[derive(Debug, Clone, Args)]
pub struct Eject {
    /// Files and folders of the theme, such as css/page.css or js; all without any
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// Copy only those that the book doesn't have yet
    #[arg(long)]
    pub missing: bool,
    /// Only list the files that there are
    #[arg(long)]
    pub list: bool,
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

/// Does what `command` says.
///
/// # Errors
/// No book, a file that the theme doesn't have, one that the book has already, one that can't be written; then none is.
pub fn run(command: &Command) -> Result<()> {
    let Command::Eject(eject) = command;
    let wanted = wanted(&eject.files, files::all())?;
    if eject.list {
        for path in wanted.keys() {
            println!("{path}");
        }
        return Ok(());
    }
    let book = qabook_document::open(&eject.root)?;
    let theme = book.config.html_config().unwrap_or_default().theme_dir(&eject.root);
    let new = missing(&theme, wanted, eject.missing)?;
    write(&eject.root, &theme, &new)?;
    eprintln!("copied {} files to {}", new.len(), shown(&theme).display());
    Ok(())
}

/// The files among `all` that `names` means: all without any.
fn wanted(names: &[String], mut all: Files) -> Result<Files> {
    let mut meant = BTreeSet::new();
    for name in names {
        let cleaned = name.replace('\\', "/");
        let path = cleaned.trim_start_matches("./").trim_start_matches("theme/").trim_end_matches('/');
        let is_meant = |file: &&String| {
            let rest = file.strip_prefix(path).filter(|_| !path.is_empty());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let found: Vec<String> = all.keys().filter(is_meant).cloned().collect();
        ensure!(!found.is_empty(), "the theme has no file `{name}`\n    hint: {}", similar(path, &all));
        meant.extend(found);
    }
    all.retain(|path, _| names.is_empty() || meant.contains(path));
    Ok(all)
}

/// What may be meant by `path`.
fn similar(path: &str, all: &Files) -> String {
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split('.').next().unwrap_or(name).to_lowercase()
    };
    let wanted = stem(path);
    let is_near = |file: &&str| {
        let name = stem(file);
        !wanted.is_empty()
            && (name.contains(&wanted) || wanted.contains(&name) || strsim::levenshtein(&name, &wanted) <= 2)
    };
    let near: Vec<&str> = all.keys().map(String::as_str).filter(is_near).take(5).collect();
    if near.is_empty() {
        "`qabook theme eject --list` shows all that there are".into()
    } else {
        format!("write one of: {}", near.join(", "))
    }
}

/// Those of `wanted` that the folder `theme` doesn't have. One that it has as it is in the embedded theme is left alone; so are
/// all others, where `leave` says so.
fn missing(theme: &Path, wanted: Files, leave: bool) -> Result<Files> {
    let mut problems = Diagnostics::default();
    let mut new = Files::new();
    for (path, embedded) in wanted {
        let file = theme.join(&path);
        match fs::read(&file) {
            Ok(content) if leave || content == *embedded => {}
            Err(_) if file.symlink_metadata().is_err() => drop(new.insert(path, embedded)),
            _ => {
                let hint = "move it away to get the theme's own, or copy only the others: --missing";
                problems.push(THEME.broken("the file is there already", hint).in_file(shown(&file)));
            }
        }
    }
    Ok(problems.into_result(new)?)
}

/// Writes `files` into the folder `theme`: first all beside it, so that a full disk leaves nothing there.
fn write(root: &Path, theme: &Path, files: &Files) -> Result<()> {
    let beside = tempfile::Builder::new().prefix(".qabook-theme-").tempdir_in(root);
    let beside = beside.with_context(|| format!("no folder can be made in {}", shown(root).display()))?;
    for (path, content) in files {
        let file = beside.path().join(path);
        make_folder(&file)
            .and_then(|()| fs::write(&file, content))
            .with_context(|| shown(&file).display().to_string())?;
    }
    let mut placed: Vec<PathBuf> = Vec::new();
    for path in files.keys() {
        if let Err(error) = place(&beside, theme, path) {
            for file in &placed {
                let _ = fs::remove_file(file);
            }
            bail!("{} can't be written: {error}", shown(&theme.join(path)).display());
        }
        placed.push(theme.join(path));
    }
    Ok(())
}

/// Moves a file into the theme, unless one is there by now.
fn place(beside: &TempDir, theme: &Path, path: &str) -> std::io::Result<()> {
    let to = theme.join(path);
    make_folder(&to)?;
    let from = TempPath::try_from_path(beside.path().join(path))?;
    from.persist_noclobber(&to).map_err(|error| error.error)
}

fn make_folder(file: &Path) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)
}
