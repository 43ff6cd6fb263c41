//! Reports: for people, for tools, and for GitHub's annotations.

mod counts;
mod github;
mod human;
mod json;

pub(super) use counts::count;

use clap::ValueEnum;
use qabook_support::Diagnostic;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people, grouped by file
    Human,
    /// One JSON object for tools
    Json,
    /// GitHub workflow commands, which become annotations of a change
    Github,
}

impl Format {
    /// The form to use when none is asked for: GitHub sets `GITHUB_ACTIONS` to `true` in its workflows.
    #[must_use]
    pub fn by_environment() -> Self {
        match std::env::var("GITHUB_ACTIONS") {
            Ok(value) if value == "true" => Self::Github,
            _ => Self::Human,
        }
    }

    /// Writes `findings`, which are in order, in this form.
    #[must_use]
    pub fn write(self, findings: &[Diagnostic]) -> String {
        match self {
            Self::Human => human::write(findings),
            Self::Json => json::write(findings),
            Self::Github => github::write(findings),
        }
    }
}
