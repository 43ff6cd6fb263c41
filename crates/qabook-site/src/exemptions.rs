//! `check.toml`: how bad `qabook check` finds a breach of a house rule, and what is let pass, each with a reason.
//!
//! ```toml
//! [rules]                               # of house rules: "off", "warn" or "error"
//! bare-url = "off"
//!
//! [[large-file]]                        # files that may be over 300 KB
//! file = "fonts/*.woff2"                # a path in the site; `*` matches any characters
//! reason = "…"
//!
//! [[other-host]]                        # addresses that pages may load, for `build`, too
//! url = "https://example.org/*"
//! scripts = true                        # as scripts, too, which may connect to that host
//! reason = "…"
//!
//! [[text-script]]                       # pages whose text may hold scripts, for `build`
//! page = "demo/*.html"
//! reason = "…"
//!
//! [[external-link]]                     # links that --online doesn't check
//! url = "https://play.rust-lang.org/*"
//! reason = "…"
//! ```

use qabook_support::{Diagnostic, Rule, SettingsText};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, io};

/// Where the settings are, relative to the book's root.
pub const FILE: &str = "check.toml";

/// The keys of a pattern: its own name, and those that authors write.
const PATTERN: [&str; 4] = ["file", "url", "page", "pattern"];

const SOURCE: Rule = Rule::error("source");
const UNUSED_EXEMPTION: Rule = Rule::warning("unused-exemption");

/// What becomes of a breach of a house rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It isn't reported.
    Off,
    /// It is a warning.
    Warn,
    /// It is an error.
    Error,
}

/// The settings; unknown keys are refused.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The levels of house rules, by their ids.
    pub rules: BTreeMap<String, Level>,
    /// Files that may be large.
    pub large_file: Vec<Exemption>,
    /// What may come from other hosts.
    pub other_host: Vec<Exemption>,
    /// Pages whose text may hold scripts.
    pub text_script: Vec<Exemption>,
    /// External links that aren't checked.
    pub external_link: Vec<Exemption>,
}

/// One thing that is let pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// A path or URL, in which `*` matches any characters.
    #[serde(alias = "file", alias = "url", alias = "page")]
    pub pattern: String,
    /// Of another host: whether its scripts may run, too.
    #[serde(default)]
    pub scripts: bool,
    /// Why.
    reason: String,
    /// The line of its pattern in the file, from 1.
    #[serde(skip)]
    pub line: Option<usize>,
    /// Whether it has let something pass.
    #[serde(skip)]
    used: AtomicBool,
}

impl Settings {
    /// Reads the settings of the book in `root`; without any, the defaults.
    ///
    /// # Errors
    /// A file that can't be read or doesn't have this form.
    pub fn read(root: &Path) -> Result<Self, Diagnostic> {
        let path = root.join(FILE);
        let fail = |message: String| {
            let hint = "it holds [rules], [[large-file]], [[other-host]], [[text-script]] and [[external-link]], each entry with a \
                        pattern and a reason";
            SOURCE.broken(message, hint).in_file(&path)
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(fail(format!("it can't be read: {error}"))),
        };
        let mut settings: Self = toml::from_str(&text).map_err(|error| {
            let finding = fail(error.message().to_string());
            match error.span() {
                Some(span) if text.is_char_boundary(span.start) => finding.at(&text, span.start),
                _ => finding,
            }
        })?;
        settings.add_lines(&SettingsText::new(&text));
        let unreasoned = settings.all().find(|exemption| exemption.reason.trim().is_empty());
        let problem = |Exemption { pattern, line, .. }: &Exemption| {
            fail(format!("the exemption `{pattern}` has no reason")).on_line(*line)
        };
        unreasoned.map(problem).map_or(Ok(()), Err)?;
        Ok(settings)
    }

    /// Gives each exemption its line in `text`.
    fn add_lines(&mut self, text: &SettingsText<'_>) {
        for (table, list) in [
            ("large-file", &mut self.large_file),
            ("other-host", &mut self.other_host),
            ("text-script", &mut self.text_script),
            ("external-link", &mut self.external_link),
        ] {
            for (index, exemption) in list.iter_mut().enumerate() {
                let line = |key| text.line(&[table, &index.to_string(), key]);
                exemption.line = PATTERN.iter().find_map(|key| line(key));
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &Exemption> {
        self.large_file.iter().chain(&self.other_host).chain(&self.text_script).chain(&self.external_link)
    }

    /// The exemptions that let nothing pass; those of external links only when these were checked.
    #[must_use]
    pub fn unused(&self, root: &Path, online: bool) -> Vec<Diagnostic> {
        let links = self.external_link.iter().filter(|_| online);
        let unused = self.large_file.iter().chain(&self.other_host).chain(links);
        let unused = unused.filter(|exemption| !exemption.used.load(Ordering::Relaxed));
        let finding = |exemption: &Exemption| {
            let message = format!("the exemption `{}` matches nothing", exemption.pattern);
            UNUSED_EXEMPTION.broken(message, "delete it").in_file(root.join(FILE)).on_line(exemption.line)
        };
        unused.map(finding).collect()
    }
}

/// Whether one of `exemptions` lets `name` pass.
#[must_use]
pub fn passes(exemptions: &[Exemption], name: &str) -> bool {
    let found = exemptions.iter().find(|exemption| matches(&exemption.pattern, name));
    found.inspect(|exemption| exemption.used.store(true, Ordering::Relaxed)).is_some()
}

/// Whether `name` has the form of `pattern`, in which `*` is any characters.
fn matches(pattern: &str, name: &str) -> bool {
    let pattern = regex::escape(pattern).replace(r"\*", ".*");
    Regex::new(&format!(r"(?s)\A{pattern}\z")).is_ok_and(|pattern| pattern.is_match(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, Diagnostic> {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(FILE), text).unwrap();
        Settings::read(root.path())
    }

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name) in [("a.js", "a.js"), ("a-*.js", "a-1b.js"), ("*", ""), ("a*b*c", "a-b-b-c"), ("a*", "a")] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("a.js", "a.jsx"), ("a-*.js", "b-1.js"), ("a*b*c", "a-c"), ("a*a", "a")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn an_exemption_that_lets_nothing_pass_is_a_warning() {
        let settings =
            read("[[large-file]]\nfile = \"a*\"\nreason = \"x\"\n[[external-link]]\nurl = \"b\"\nreason = \"x\"\n");
        let settings = settings.unwrap();
        assert_eq!(settings.unused(Path::new(""), false).len(), 1);
        assert!(passes(&settings.large_file, "ab"));
        assert_eq!(settings.unused(Path::new(""), false), []);
        let [unused] = &settings.unused(Path::new(""), true)[..] else { panic!("one") };
        assert_eq!((unused.message.as_str(), unused.place.line), ("the exemption `b` matches nothing", Some(5)));
    }

    #[test]
    fn house_rules_have_three_levels() {
        let settings = read("[rules]\none-h1 = \"off\"\ntodo = \"warn\"\n").unwrap();
        assert_eq!((settings.rules["one-h1"], settings.rules["todo"]), (Level::Off, Level::Warn));
        let error = read("[rules]\n\ntodo = \"loud\"\n").unwrap_err();
        assert_eq!((error.rule, error.place.line), (SOURCE, Some(3)));
        assert!(error.message.contains("expected one of `off`, `warn`, `error`"), "{}", error.message);
    }

    #[test]
    fn without_a_file_nothing_passes() {
        let settings = Settings::read(Path::new("nowhere")).unwrap();
        assert!(!passes(&settings.large_file, "a"));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let error = read("[[large-file]]\nfile = \"a\"\nwhy = \"x\"\n").unwrap_err();
        assert_eq!((error.rule, error.place.line, error.place.column), (SOURCE, Some(3), Some(1)));
        assert!(error.message.contains("unknown field `why`"), "{}", error.message);
        let error = read("[[other-host]]\nurl = \"a\"\nreason = \" \"\n").unwrap_err();
        assert_eq!((error.message.as_str(), error.place.line), ("the exemption `a` has no reason", Some(2)));
    }
}
