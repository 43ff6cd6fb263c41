//! Running a program of the book in a terminal.

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use mdbook_snippets::{Kind, Package, Snippet, embeds};
use qabook_run::{Answer, Language, Mode, Request, Runner, Sandbox, State};
use qabook_support::markdown::Parsed;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

use crate::interrupt::Interrupt;

/// What `qabook run` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// A program of the book, or a file of your own (`.rs`, or `.py` for Python) that may use the same crates
    pub program: String,
    /// Edit a copy first, with $VISUAL or $EDITOR
    #[arg(long, short)]
    pub edit: bool,
    /// Run its Python twin
    #[arg(long)]
    pub python: bool,
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

/// A program, and what it should do.
struct Program {
    request: Request,
    expected: Option<Expected>,
}

/// What was recorded of a program.
enum Expected {
    Prints(String),
    FailsWith(String),
}

/// Compiles and runs a program as `serve` does, prints what it prints, and says on stderr whether that is what was recorded;
/// `false` when it isn't, or when the program failed.
///
/// # Errors
/// No such program, no editor, no toolchain, crates that don't compile.
pub fn run(settings: &Settings) -> Result<bool> {
    let book = qabook_document::open(&settings.root)?;
    let config = mdbook_snippets::Config::from_book(&book.config)?;
    let folder = settings.root.join(&config.package);
    let mut program = if Path::new(&settings.program).is_file() {
        of_file(Path::new(&settings.program), &config)?
    } else {
        let package = Package::open(&folder)?;
        let snippet = package.snippet(&settings.program).map_err(|problem| anyhow::anyhow!("{problem}"))?;
        of_book(snippet, settings.python, &settings.root.join(&book.config.book.src), &config)?
    };
    if settings.edit {
        edit(&mut program, &settings.program)?;
    }
    let sandbox = Sandbox::new(std::env::current_exe()?, vec![crate::SANDBOXED.into()])?;
    let runner = Runner::new(&std::path::absolute(folder)?, sandbox);
    let answer = execute(&runner, &program.request)?;
    print(&answer)?;
    Ok(judge(&answer, program.expected.as_ref()))
}

fn of_file(path: &Path, config: &mdbook_snippets::Config) -> Result<Program> {
    let code = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let request = match path.extension().and_then(|extension| extension.to_str()) {
        Some("py") => Request::python(code),
        Some("rs") => rust(code, config)?,
        _ => bail!("{}: only .rs and .py files can be run", path.display()),
    };
    Ok(Program { request, expected: None })
}

fn of_book(snippet: Snippet, python: bool, src: &Path, config: &mdbook_snippets::Config) -> Result<Program> {
    if python {
        let code = twin(src, &snippet.name)?
            .with_context(|| format!("no chapter holds a Python twin of `{}`", snippet.name))?;
        let expected = snippet.python_recorded.map(Expected::Prints);
        return Ok(Program { request: Request::python(code), expected });
    }
    let request = rust(snippet.program(), config)?;
    let expected = match snippet.kind {
        Kind::Runs => Expected::Prints(snippet.recorded),
        Kind::FailsToCompile => Expected::FailsWith(snippet.recorded),
    };
    Ok(Program { request, expected: Some(expected) })
}

fn rust(code: String, config: &mdbook_snippets::Config) -> Result<Request> {
    let mode = match config.mode.as_str() {
        "debug" => Mode::Debug,
        "release" => Mode::Release,
        other => bail!("book.toml: `mode = \"{other}\"` in [preprocessor.snippets] is neither `debug` nor `release`"),
    };
    Ok(Request::rust(code, config.channel.clone(), mode, config.edition.clone()))
}

/// The Python that stands for the program `name` in the chapters below `src`: the first, as all print the same.
fn twin(src: &Path, name: &str) -> Result<Option<String>> {
    for entry in WalkDir::new(src).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let twin = embeds(&Parsed::new(&text)).into_iter().find_map(|embed| {
            let reference = embed.attributes.ok()?.snippet?;
            embed.python.filter(|_| reference.name == name)
        });
        if twin.is_some() {
            return Ok(twin);
        }
    }
    Ok(None)
}

/// Lets the reader change the program. A changed one is kept, and its record no longer counts.
fn edit(program: &mut Program, name: &str) -> Result<()> {
    let extension = if program.request.language == Language::Python { "py" } else { "rs" };
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = tempfile::Builder::new().prefix("qabook-").tempdir()?;
    let file = folder.path().join(format!("{stem}.{extension}"));
    std::fs::write(&file, &program.request.code)?;
    open_editor(&file)?;
    let edited = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    if edited != program.request.code {
        eprintln!("your version is kept: {}", folder.keep().join(format!("{stem}.{extension}")).display());
        program.request.code = edited;
        program.expected = None;
    }
    Ok(())
}

fn open_editor(file: &Path) -> Result<()> {
    let editor = std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR")).unwrap_or_default();
    // Editors are set with options, such as `code --wait`.
    let mut words = editor.split_whitespace();
    let command = words.next().context("no editor is set\n    hint: set VISUAL or EDITOR to its command")?;
    let status = Command::new(command).args(words).arg(file).status();
    let status = status.with_context(|| format!("the editor `{editor}` can't be started"))?;
    ensure!(status.success(), "the editor `{editor}` ended with {status}");
    Ok(())
}

/// Runs the program; Ctrl-C ends it with everything that it started.
fn execute(runner: &Runner, request: &Request) -> Result<Answer> {
    let interrupt = Interrupt::new()?;
    let terminal = std::io::stderr().is_terminal();
    let tell = |state| match state {
        State::Preparing { done, of } if terminal && of > 0 => eprint!("\rcrates that programs use: {done} of {of}"),
        State::Compiling if terminal => eprint!("\r\x1b[K"),
        _ => {}
    };
    Ok(runner.run(request, "terminal", &interrupt.cancel, &tell)?)
}

fn print(answer: &Answer) -> Result<()> {
    std::io::stdout().write_all(answer.stdout.as_bytes())?;
    std::io::stdout().flush()?;
    eprint!("{}", answer.stderr);
    let Answer { exit_detail, version, milliseconds, .. } = answer;
    eprintln!("{version}, {milliseconds} ms: {exit_detail}");
    Ok(())
}

/// Says how what happened compares with the record.
fn judge(answer: &Answer, expected: Option<&Expected>) -> bool {
    let (good, words) = match expected {
        None => return answer.success,
        Some(Expected::FailsWith(error)) => {
            let refused = !answer.success && answer.stderr.contains(error.trim());
            let words = if refused {
                "it is refused with the recorded error"
            } else {
                "it isn't refused with the recorded error"
            };
            (refused, words.to_string())
        }
        Some(Expected::Prints(_)) if !answer.success => return false,
        Some(Expected::Prints(record)) => match first_difference(record, &answer.stdout) {
            None => (true, "the output is that of the record".to_string()),
            Some(line) => (false, format!("the output differs from the record at line {line}")),
        },
    };
    eprintln!("{words}");
    good
}

/// The first line, from 1, where two outputs differ.
fn first_difference(recorded: &str, printed: &str) -> Option<usize> {
    let same = recorded.lines().zip(printed.lines()).take_while(|(one, other)| one == other).count();
    (recorded != printed).then_some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\nb\n", "a\n"), Some(2));
        assert_eq!(first_difference("a\n", "a"), Some(2));
    }
}
