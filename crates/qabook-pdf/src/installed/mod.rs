//! A Typst that is installed: its command, which is given the book's files in a temporary folder.
//!
//! For those who have it and don't want to wait until the one of this program is compiled. What runs over the edge of a page
//! isn't found, for the command doesn't say where it put things.

mod messages;

use qabook_document::DOCUMENT;
use qabook_support::Diagnostics;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

use crate::assemble::{Assembled, MAIN};
use crate::pdf::{Pdf, pack};

/// The versions that set a book as this program expects: layout and interface change with each 0.x.
const VERSIONS: &str = "0.15.";

/// The file that the command writes.
const PDF: &str = "book.pdf";

/// Sets and exports the book by the command `program`.
///
/// The file claims PDF/UA-1 (accessible) and PDF/A-2a (archival); the exporter refuses what would break the claim.
///
/// # Errors
/// The command is no Typst of the right version; what Typst or its exporter refuses, with the author's file and line where
/// they are known.
pub(crate) fn compile(book: Assembled, program: &Path) -> Result<Pdf, Diagnostics> {
    check(program)?;
    let unwritable = |error: io::Error| {
        let hint = "the book's files are put into the folder for temporary files: see that it can be written";
        Diagnostics::from(DOCUMENT.broken(format!("Typst can't be given the book: {error}"), hint).in_file("PDF"))
    };
    let folder = tempfile::tempdir().map_err(unwritable)?;
    let fonts = write(&book, folder.path()).map_err(unwritable)?;
    let output = command(program, folder.path(), &fonts).output().map_err(unwritable)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let (errors, warnings) = messages::read(&book.chapters, &said);
    let pdf = fs::read(folder.path().join(PDF)).ok().filter(|_| output.status.success() && errors.is_empty());
    let Some(pdf) = pdf else {
        let mut problems = Diagnostics::default();
        problems.extend(errors);
        problems.into_result(())?;
        let message = format!("`{}` made no PDF ({}): {}", program.display(), output.status, said.trim());
        return Err(DOCUMENT
            .broken(message, "see whether it sets other files; or compile qabook-pdf with its default features")
            .in_file("PDF")
            .into());
    };
    let (bytes, pages) = pack(&pdf)?;
    let own = book.chapters.into_iter().flat_map(|chapter| chapter.warnings);
    Ok(Pdf { bytes, pages, warnings: own.chain(warnings).collect() })
}

/// Whether `program` is a Typst of a version that sets books.
/// Errors: It can't be started, or is another.
fn check(program: &Path) -> Result<(), Diagnostics> {
    let name = program.display();
    let message = match Command::new(program).arg("--version").output() {
        Err(error) => format!("the command `{name}` can't be started: {error}"),
        Ok(Output { stdout, .. }) => {
            let said = String::from_utf8_lossy(&stdout);
            match said.strip_prefix("typst ").and_then(|version| version.split_whitespace().next()) {
                Some(version) if version.starts_with(VERSIONS) => return Ok(()),
                Some(version) => format!("`{name}` is Typst {version}, and books are set by Typst {VERSIONS}x"),
                None => format!("the command `{name}` is no Typst"),
            }
        }
    };
    let hint =
        format!("install Typst {VERSIONS}x, or compile qabook-pdf with its default features: then it has its own");
    Err(DOCUMENT.broken(message, hint).in_file("PDF").into())
}

/// Writes the files of `book` into `folder`; returns a folder for each font, in order.
fn write(book: &Assembled, folder: &Path) -> io::Result<Vec<PathBuf>> {
    for (path, data) in &book.files {
        let file = folder.join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, data)?;
    }
    let fonts = book.fonts.files.iter().enumerate().map(|(index, data)| {
        // Typst reads those of one folder in the order of the file system.
        let own = folder.join("fonts").join(index.to_string());
        fs::create_dir_all(&own)?;
        fs::write(own.join("font.ttf"), data)?;
        Ok(own)
    });
    fonts.collect()
}

fn command(program: &Path, folder: &Path, fonts: &[PathBuf]) -> Command {
    let mut command = Command::new(program);
    // Nothing but the book says how it is set.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TYPST_")) {
        command.env_remove(name);
    }
    // No option: a Typst without fonts of its own lacks that.
    command.env("TYPST_IGNORE_EMBEDDED_FONTS", "true");
    command.args(["--color", "never", "compile", "--ignore-system-fonts"]);
    for font in fonts {
        command.arg("--font-path").arg(font);
    }
    command.args(["--pdf-standard", "ua-1,a-2a", "--creation-timestamp", "0"]).arg("--root").arg(folder);
    // Nothing that a chapter says makes it fetch a package.
    for option in ["--package-path", "--package-cache-path"] {
        command.arg(option).arg(folder.join("packages"));
    }
    command.arg(folder.join(MAIN.trim_start_matches('/'))).arg(folder.join(PDF));
    command
}
