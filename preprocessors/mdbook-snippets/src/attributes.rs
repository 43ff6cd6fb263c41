//! What a chapter says about one snippet.

use qabook_support::Diagnostic;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

use crate::rule::SNIPPET;

/// A program, or a part of it: `tcp-echo` or `tcp-echo:server`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Folder name of the program.
    pub name: String,
    /// Name of the `// ANCHOR: part` region to show.
    pub part: Option<String>,
}

/// A language in which a card shows its program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// That of the programs of the package.
    #[default]
    Rust,
    /// That of the fence that names the program.
    Python,
}

/// The attributes of a fence or directive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The program that takes the fence's place.
    pub snippet: Option<Reference>,
    /// Show Python as Python, and why.
    pub keep: Option<String>,
    /// Leave the recorded output out.
    pub hide_output: bool,
    /// The program is not meant to be run on the Playground.
    pub no_run: bool,
    /// What the Python prints isn't recorded, because it prints times, say.
    pub no_record: bool,
    /// Lines (from 1) of the shown code to set off.
    pub highlight: Vec<RangeInclusive<usize>>,
    /// The language that comes first on the card.
    pub primary: Language,
}

const KNOWN: &str = "the attributes are snippet=NAME[:PART], hide-output, no-run, no-record, highlight=3-5, primary=python, keep and reason=\"…\"";

impl Attributes {
    /// Parses `NAME attr attr`, the inside of a `{{#snippet …}}`.
    pub(crate) fn of_directive(text: &str) -> Result<Self, Diagnostic> {
        let mut words = text.split_whitespace();
        let name =
            words.next().ok_or_else(|| SNIPPET.broken("{{#snippet}} names no program", "write {{#snippet NAME}}"))?;
        let mut attributes = Self { snippet: Some(Reference::parse(name)?), ..Self::default() };
        for word in words {
            attributes.set(word)?;
        }
        attributes.check()
    }

    /// Parses what follows the language in a fence's info string.
    pub(crate) fn of_info(text: &str) -> Result<Self, Diagnostic> {
        let mut attributes = Self::default();
        let mut reason = None;
        for item in split_outside_quotes(text)? {
            match item.split_once('=') {
                Some(("reason", value)) => reason = Some(value.trim_matches('"').trim().to_string()),
                _ => attributes.set(item)?,
            }
        }
        match (&mut attributes.keep, reason) {
            (Some(keep), Some(reason)) => *keep = reason,
            (None, Some(_)) => return Err(SNIPPET.broken("`reason` without `keep`", KNOWN)),
            (_, None) => {}
        }
        attributes.check()
    }

    fn set(&mut self, item: &str) -> Result<(), Diagnostic> {
        match item.split_once('=').map_or((item, None), |(key, value)| (key, Some(value))) {
            ("snippet", Some(name)) if self.snippet.is_none() => self.snippet = Some(Reference::parse(name)?),
            ("snippet", Some(_)) => return Err(SNIPPET.broken("`snippet` is here twice", "name one program")),
            ("hide-output", None) => self.hide_output = true,
            ("no-run", None) => self.no_run = true,
            ("no-record", None) => self.no_record = true,
            ("keep", None) => self.keep = Some(String::new()),
            ("highlight", Some(lines)) => self.highlight.push(parse_lines(lines)?),
            ("primary", Some(language)) => self.primary = Language::parse(language)?,
            _ => return Err(SNIPPET.broken(format!("unknown attribute `{item}`"), KNOWN)),
        }
        Ok(())
    }

    fn check(self) -> Result<Self, Diagnostic> {
        match (&self.keep, &self.snippet) {
            (Some(_), Some(_)) => {
                Err(SNIPPET
                    .broken("`keep` and `snippet` exclude each other", "keep the Python, or name its replacement"))
            }
            (Some(reason), None) if reason.is_empty() => Err(SNIPPET
                .broken("`keep` without a reason", "say why no Rust program can take its place: keep,reason=\"…\"")),
            _ => Ok(self),
        }
    }
}

impl Language {
    fn parse(text: &str) -> Result<Self, Diagnostic> {
        match text {
            "rust" => Ok(Self::Rust),
            "python" => Ok(Self::Python),
            _ => Err(SNIPPET
                .broken(format!("`primary={text}` is no language of a card"), "write primary=python, or leave it out")),
        }
    }

    /// Those of a card with both, in the order in which it shows them.
    pub(crate) fn in_order(self) -> [Self; 2] {
        match self {
            Self::Rust => [Self::Rust, Self::Python],
            Self::Python => [Self::Python, Self::Rust],
        }
    }

    /// As chapters write it in prose.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        match name {
            "Rust" => Some(Self::Rust),
            "Python" => Some(Self::Python),
            _ => None,
        }
    }
}

impl fmt::Display for Reference {
    /// As chapters write it: `tcp-echo` or `tcp-echo:server`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        self.part.as_ref().map_or(Ok(()), |part| write!(formatter, ":{part}"))
    }
}

impl Reference {
    fn parse(text: &str) -> Result<Self, Diagnostic> {
        let (name, part) = text.split_once(':').map_or((text, None), |(name, part)| (name, Some(part)));
        let valid = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !valid(name) || !part.is_none_or(valid) {
            return Err(SNIPPET.broken(
                format!("`{text}` is no snippet name"),
                "names are lower-case letters, digits and hyphens: tcp-echo, tcp-echo:server",
            ));
        }
        Ok(Self { name: name.into(), part: part.map(Into::into) })
    }
}

fn parse_lines(text: &str) -> Result<RangeInclusive<usize>, Diagnostic> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if (1..=last).contains(&first) => Ok(first..=last),
        _ => {
            Err(SNIPPET
                .broken(format!("`highlight={text}` is no range of lines"), "write highlight=3 or highlight=3-5"))
        }
    }
}

/// The parts of `text` between commas, where a comma inside double quotes doesn't count.
fn split_outside_quotes(text: &str) -> Result<Vec<&str>, Diagnostic> {
    let mut quoted = false;
    let parts = text.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    if quoted {
        return Err(SNIPPET.broken("a double quote is not closed", "close it: reason=\"…\""));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_names_its_replacement() {
        let attributes = Attributes::of_info(
            "snippet=tcp-echo:server, hide-output,no-run,no-record,highlight=3-5,highlight=9,primary=python",
        )
        .unwrap();
        let reference = attributes.snippet.unwrap();
        assert_eq!(reference, Reference { name: "tcp-echo".into(), part: Some("server".into()) });
        assert_eq!(reference.to_string(), "tcp-echo:server");
        assert!(attributes.hide_output && attributes.no_run && attributes.no_record);
        assert_eq!(attributes.highlight, [3..=5, 9..=9]);
        assert_eq!(attributes.primary, Language::Python);
    }

    #[test]
    fn a_kept_fence_says_why_and_may_use_commas() {
        let attributes = Attributes::of_info(r#"keep,reason="no twin, by design""#).unwrap();
        assert_eq!(attributes.keep.as_deref(), Some("no twin, by design"));
    }

    #[test]
    fn a_directive_takes_the_same_attributes() {
        let attributes = Attributes::of_directive(" tcp-states hide-output ").unwrap();
        assert_eq!(attributes.snippet.unwrap().name, "tcp-states");
        assert!(attributes.hide_output);
    }

    #[test]
    fn mistakes_are_named() {
        for (info, message) in [
            ("snipet=a", "unknown attribute `snipet=a`"),
            ("snippet=a,bogus", "unknown attribute `bogus`"),
            ("snippet=../etc", "`../etc` is no snippet name"),
            ("snippet=a:", "`a:` is no snippet name"),
            ("snippet=a,snippet=b", "`snippet` is here twice"),
            ("snippet=a,highlight=5-3", "`highlight=5-3` is no range of lines"),
            ("snippet=a,highlight=0", "`highlight=0` is no range of lines"),
            ("snippet=a,primary=ruby", "`primary=ruby` is no language of a card"),
            ("snippet=a,primary", "unknown attribute `primary`"),
            ("keep", "`keep` without a reason"),
            ("reason=\"x\"", "`reason` without `keep`"),
            ("keep,reason=\"x", "a double quote is not closed"),
            ("keep,reason=\"x\",snippet=a", "`keep` and `snippet` exclude each other"),
        ] {
            assert_eq!(Attributes::of_info(info).unwrap_err().message, message, "{info}");
        }
        assert_eq!(Attributes::of_directive("  ").unwrap_err().message, "{{#snippet}} names no program");
    }
}
