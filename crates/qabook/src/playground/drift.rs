//! What differs between the book and the live Playground, and how it is told.

use mdbook_snippets::{Kind, Package, Snippet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// `playground-crates.toml`: the crates by the names that code uses.
#[derive(Debug, Deserialize)]
pub struct CrateList {
    /// Each crate that programs can use.
    pub crates: BTreeMap<String, RecordedCrate>,
}

/// A crate of the list.
#[derive(Debug, Deserialize)]
pub struct RecordedCrate {
    /// Its version when the list was made.
    pub version: String,
}

/// A crate that the service names under `/meta/crates`.
#[derive(Debug, Deserialize)]
pub struct LiveCrate {
    /// The name that code uses.
    pub id: String,
    /// Its version now.
    pub version: String,
}

/// What the service answers to `/execute`.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// Whether the program compiled and ended well.
    pub success: bool,
    /// What it printed.
    pub stdout: String,
    /// What the compiler said and the program printed as errors.
    pub stderr: String,
}

/// The differences; `Display` writes them in Markdown, for an issue.
#[derive(Debug, Default)]
pub struct Drift {
    /// Programs that no longer do what is recorded, each with what happened.
    programs: Vec<(String, String)>,
    /// Crates that programs use, and those that only the list names, each with what happened.
    used_crates: Vec<String>,
    other_crates: Vec<String>,
}

/// Lines of an output that are shown at most.
const SHOWN_LINES: usize = 30;

impl Drift {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.programs.is_empty() && self.used_crates.is_empty() && self.other_crates.is_empty()
    }

    /// Notes every crate that is gone, new or of another version. Those that programs of `package` use are told first.
    pub fn compare_crates(&mut self, recorded: &CrateList, live: &[LiveCrate], package: &Package) {
        let live: BTreeMap<&str, &str> = live.iter().map(|krate| (krate.id.as_str(), krate.version.as_str())).collect();
        let mut note = |id: &str, what: String| {
            let used = package.uses(id);
            if used { self.used_crates.push(what) } else { self.other_crates.push(what) }
        };
        for (id, RecordedCrate { version }) in &recorded.crates {
            match live.get(id.as_str()) {
                None => note(id, format!("`{id}` {version} is gone")),
                Some(now) if now != version => note(id, format!("`{id}` {version} → {now}")),
                Some(_) => {}
            }
        }
        for (id, version) in live {
            if !recorded.crates.contains_key(id) {
                note(id, format!("`{id}` {version} is new"));
            }
        }
    }

    /// Notes a program whose answer isn't the recorded one.
    pub fn compare_program(&mut self, snippet: &Snippet, answer: &Answer) {
        let what = match snippet.kind {
            Kind::Runs if !answer.success => Some(format!("It fails:\n{}", block(&answer.stderr))),
            Kind::Runs if answer.stdout != snippet.recorded => {
                Some(format!("It prints:\n{}instead of:\n{}", block(&answer.stdout), block(&snippet.recorded)))
            }
            Kind::FailsToCompile if answer.success || !answer.stderr.contains(error_code(&snippet.recorded)) => {
                Some(format!("It should be refused with `{}`:\n{}", snippet.recorded.trim(), block(&answer.stderr)))
            }
            _ => None,
        };
        self.programs.extend(what.map(|what| (snippet.name.clone(), what)));
    }
}

/// `error[E0277]` of a recorded error; its words may change.
fn error_code(recorded: &str) -> &str {
    recorded.split_once(':').map_or(recorded, |(code, _)| code).trim()
}

/// Text as a block of Markdown; indented, since it may hold any fence.
fn block(text: &str) -> String {
    let mut block = String::from("\n");
    for line in text.lines().take(SHOWN_LINES) {
        block += &format!("    {line}\n");
    }
    if text.lines().count() > SHOWN_LINES {
        block += "    …\n";
    }
    block + "\n"
}

impl fmt::Display for Drift {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.programs.is_empty() {
            writeln!(out, "## Programs ({})\n", self.programs.len())?;
        }
        for (name, what) in &self.programs {
            writeln!(out, "### `{name}`\n\n{what}")?;
        }
        for (title, crates) in
            [("Crates that programs use", &self.used_crates), ("Other crates of the list", &self.other_crates)]
        {
            if !crates.is_empty() {
                writeln!(out, "## {title} ({})\n", crates.len())?;
                for krate in crates {
                    writeln!(out, "- {krate}")?;
                }
                out.write_char('\n')?;
            }
        }
        Ok(())
    }
}
