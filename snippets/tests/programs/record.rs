//! Comparing an output with its record, or recording it.

use std::path::Path;
use std::sync::Mutex;
use std::{fs, process::Command};

/// Whether `SNAPSHOTS=overwrite` asks to record instead of compare.
pub(crate) fn overwriting() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite")
}

/// Compares `actual` with `folder/file`; when asked to, records it and who made it.
pub(crate) fn check(
    package: &Path,
    name: &str,
    folder: &Path,
    actual: &[u8],
) -> Result<(), String> {
    check_text(&folder.join("output.txt"), actual)?;
    if overwriting() {
        note_recording(package, name)
    } else if recordings(package).lines().any(|line| is_about(line, name)) {
        Ok(())
    } else {
        Err(
            "recorded.toml doesn't say how output.txt was made: record it with SNAPSHOTS=overwrite"
                .into(),
        )
    }
}

/// What is said of a program that prints something else each time.
pub(crate) const NOT_THE_SAME: &str =
    "two runs print different output: nothing of ports, ids, time or order may show in it";

/// Compares `actual` with the record at `path`; when asked to, records it.
pub(crate) fn check_text(path: &Path, actual: &[u8]) -> Result<(), String> {
    match fs::read(path) {
        Ok(recorded) if recorded == actual => Ok(()),
        Ok(recorded) if !overwriting() => Err(difference(path, &recorded, actual)),
        Err(error) if !overwriting() => Err(format!(
            "{}: {error}\nhint: `SNAPSHOTS=overwrite cargo test -p snippets` records it",
            path.display()
        )),
        _ => fs::write(path, actual).map_err(|error| format!("{}: {error}", path.display())),
    }
}

/// Fails for a program with a `python.txt` that isn't among `twins`, the names of those that have a twin.
pub(crate) fn without_twin(package: &Path, twins: &[String]) -> Result<(), String> {
    let programs = fs::read_dir(package.join("examples")).map_err(|error| error.to_string())?;
    let mut names = programs
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            package
                .join("examples")
                .join(name)
                .join("python.txt")
                .exists()
        });
    match names.find(|name| !twins.contains(name)) {
        Some(name) => Err(format!(
            "examples/{name}/python.txt: no chapter holds a Python twin of {name}\nhint: delete it"
        )),
        None => Ok(()),
    }
}

/// The text of `recorded.toml`.
fn recordings(package: &Path) -> String {
    fs::read_to_string(package.join("recorded.toml")).unwrap_or_default()
}

/// Whether a line of `recorded.toml` is the entry of `name`.
fn is_about(line: &str, name: &str) -> bool {
    line.split(' ').next() == Some(name)
}

fn difference(path: &Path, recorded: &[u8], actual: &[u8]) -> String {
    let file = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (recorded, actual) = (
        String::from_utf8_lossy(recorded),
        String::from_utf8_lossy(actual),
    );
    let line = recorded
        .lines()
        .zip(actual.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let nth = |text: &str| {
        text.lines()
            .nth(line)
            .map_or("(the end)".to_string(), |line| format!("{line:?}"))
    };
    format!(
        "its output differs from {file} at line {}\n  recorded: {}\n  now:      {}\n\
         hint: fix the program, or accept the new output by `SNAPSHOTS=overwrite cargo test -p snippets`",
        line + 1,
        nth(&recorded),
        nth(&actual)
    )
}

/// Several tests record at once, but the file is one.
static RECORDED: Mutex<()> = Mutex::new(());

/// Writes today's date and the compiler's version for `name` into `recorded.toml`.
fn note_recording(package: &Path, name: &str) -> Result<(), String> {
    let _guard = RECORDED.lock().map_err(|error| error.to_string())?;
    let path = package.join("recorded.toml");
    let heading = "# Made by `SNAPSHOTS=overwrite cargo test -p snippets`: which compiler made each output.txt, and when.";
    let mut lines: Vec<String> = recordings(package)
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty() && !is_about(line, name))
        .map(Into::into)
        .collect();
    let date = jiff::Zoned::now().date();
    lines.push(format!(
        "{name} = {{ rustc = \"{}\", date = {date} }}",
        rustc_version()?
    ));
    lines.sort();
    fs::write(&path, format!("{heading}\n{}\n", lines.join("\n")))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The compiler's version, such as `1.95.0`.
fn rustc_version() -> Result<String, String> {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .output()
        .map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(' ')
        .nth(1)
        .map(Into::into)
        .ok_or_else(|| format!("rustc --version printed {text:?}"))
}
