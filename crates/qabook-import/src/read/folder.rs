//! The Markdown of a folder that is a list.

use qabook_support::shown;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::order;
use crate::book::{self, Target};
use crate::plain;
use crate::words::{WORDS, is_one_of};

/// A file or folder that was not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// As messages show it.
    pub path: PathBuf,
    /// Why not.
    pub why: Why,
}

/// Why a file or folder was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its name says that it is about the list.
    About,
    /// Nothing is in it.
    Empty,
    /// It is a book.
    Book,
    /// It has the chapters of the book that the lists are beside, or are imported into.
    Chapters,
}

impl Why {
    /// Why, behind “because”.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::About => "its name says that it is no part of the list",
            Self::Empty => "it is empty",
            Self::Book => "it is a book",
            Self::Chapters => "it has the book's own chapters",
        }
    }
}

/// The Markdown of a folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files of the list, in natural order.
    pub(super) files: Vec<PathBuf>,
    pub(super) left_out: Vec<LeftOut>,
    /// The README of the folder itself, where it isn't the list.
    pub(super) readme: Option<PathBuf>,
}

/// The Markdown in `list`, which will be imported into `book`: neither that of books nor what is about the list.
pub(super) fn markdown(list: &Path, book: Option<&Target>) -> io::Result<Found> {
    let book: Vec<&Target> = book.into_iter().collect();
    // Who names a book with lists beside its chapters means these; one without lists has only the chapters.
    let own = if book::is_book(list) { Target::of(list).ok().flatten() } else { None };
    if let Some(own) = &own {
        let beside = walk(list, &[&book[..], &[own]].concat())?;
        if beside.files.iter().any(|file| !is_about(file)) {
            return Ok(beside);
        }
    }
    walk(list, &book)
}

/// The Markdown in `list` that is in none of `books`.
fn walk(list: &Path, books: &[&Target]) -> io::Result<Found> {
    let mut found = Found::default();
    let mut files = Vec::new();
    let mut folders = vec![list.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            match entry.file_type()? {
                kind if kind.is_dir() => match of_book(&path, books) {
                    Some(why) => found.leave_out(&path, why),
                    None => folders.push(path),
                },
                kind if kind.is_file() && is_markdown(&path) && !books.iter().any(|book| book.wrote(&path)) => {
                    files.push(path);
                }
                _ => {}
            }
        }
    }
    // A README comes before what it introduces.
    let name = |file: &PathBuf| if is_readme(file) { file.with_file_name("") } else { file.clone() };
    files.sort_by(|a, b| order::natural(&name(a).to_string_lossy(), &name(b).to_string_lossy()));
    found.add(files, list);
    found.left_out.sort();
    Ok(found)
}

/// Why the folder at `path` is no part of a list that `books` are made of.
fn of_book(path: &Path, books: &[&Target]) -> Option<Why> {
    let full = path.canonicalize().unwrap_or_default();
    if books.iter().any(|book| book.source.as_ref() == Some(&full)) {
        return Some(Why::Chapters);
    }
    (book::is_book(path) || books.iter().any(|book| book.root == full)).then_some(Why::Book)
}

impl Found {
    fn leave_out(&mut self, path: &Path, why: Why) {
        self.left_out.push(LeftOut { path: shown(path), why });
    }

    /// Adds `files` but those that are about the list in the folder `list`. A README is a list where its folder has no other;
    /// that of `list` itself where there is none below, either: else it introduces these.
    fn add(&mut self, files: Vec<PathBuf>, list: &Path) {
        let lists: Vec<&PathBuf> = files.iter().filter(|file| !is_about(file)).collect();
        let with_lists: HashSet<&Path> = lists.iter().filter_map(|file| file.parent()).collect();
        let is_alone = |file: &Path| match file.parent() {
            Some(folder) if folder == list => {
                lists.is_empty() && !files.iter().any(|file| is_readme(file) && file.parent() != Some(list))
            }
            folder => folder.is_some_and(|folder| !with_lists.contains(folder)),
        };
        let is_list = |file: &Path| !is_about(file) || is_readme(file) && is_alone(file);
        let is_list: Vec<bool> = files.iter().map(|file| is_list(file)).collect();
        for (file, is_list) in files.into_iter().zip(is_list) {
            if is_list {
                self.files.push(file);
                continue;
            }
            self.leave_out(&file, Why::About);
            if file.parent() == Some(list) && is_readme(&file) {
                self.readme = Some(file);
            }
        }
    }
}

/// Whether the file at `path` is about a list, by its name.
pub(crate) fn is_about(path: &Path) -> bool {
    is_one_of(&plain::collapse(&stem(path)), &WORDS.files.about)
}

fn is_readme(path: &Path) -> bool {
    is_one_of(&stem(path), &["readme".into()])
}

fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(&*ending, "md" | "markdown" | "mdown" | "mkd")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
}

#[cfg(test)]
mod tests;
