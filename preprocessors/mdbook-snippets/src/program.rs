//! A program as a chapter shows it.

use qabook_support::Diagnostic;
use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

use crate::attributes::{Attributes, Language, Reference};
use crate::package::Package;
use crate::rule::SNIPPET;
use crate::snippet::{Kind, Recording};

/// A program as a chapter shows it: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The program and the part shown, as the chapter names them.
    pub reference: Reference,
    /// Whether it runs.
    pub kind: Kind,
    /// What it shows.
    pub caption: String,
    /// The Rust code shown.
    pub code: String,
    /// The whole program, when only a part is shown.
    pub whole: Option<String>,
    /// Lines (from 1) of `code` to set off.
    pub highlighted: Vec<RangeInclusive<usize>>,
    /// Its stdout, or the compiler's error line; `None` when the chapter hides it.
    pub recorded: Option<String>,
    /// How that was recorded, where this is known.
    pub recording: Option<Recording>,
    /// The Python program that it replaces.
    pub python: Option<String>,
    /// What that prints, where it is recorded and the chapter shows what programs print.
    #[serde(default)]
    pub python_recorded: Option<String>,
    /// Which of the two languages comes first, where there are two.
    #[serde(default)]
    pub primary: Language,
    /// The crates that it uses, as code names them.
    pub crates: Vec<String>,
    /// Whether it is meant to be run on the Playground.
    pub runnable: bool,
    /// The address that opens the whole program in the Playground; `None` for the page, which makes it when it is asked.
    pub playground: Option<String>,
}

impl Fact for Program {
    const NAME: &'static str = "program";
}

impl Program {
    /// Looks up what `attributes` ask for; `python` is the fence that names it. `None` when the fence stays as it is.
    pub(crate) fn find(
        attributes: Attributes,
        python: Option<String>,
        package: &Package,
    ) -> Result<Option<Self>, Diagnostic> {
        let Some(reference) = attributes.snippet else { return Ok(None) };
        let snippet = package.snippet(&reference.name)?;
        let code = snippet.part(reference.part.as_deref())?;
        if attributes.primary == Language::Python && python.is_none() {
            return Err(SNIPPET.broken(
                "`primary=python` on a card without Python",
                "write the Python in a fence that names the program: ```python,snippet=NAME,primary=python",
            ));
        }
        let lines = code.lines().count();
        if let Some(range) = attributes.highlight.iter().find(|range| *range.end() > lines) {
            return Err(SNIPPET.broken(
                format!("highlight={}-{} lies beyond the {lines} lines shown", range.start(), range.end()),
                "count the lines of the part that the card shows",
            ));
        }
        Ok(Some(Self {
            reference,
            kind: snippet.kind,
            whole: Some(snippet.program()).filter(|whole| *whole != code),
            caption: snippet.caption,
            code,
            highlighted: attributes.highlight,
            recorded: (!attributes.hide_output).then_some(snippet.recorded),
            recording: snippet.recording,
            python_recorded: snippet
                .python_recorded
                .filter(|_| python.is_some() && !attributes.no_record && !attributes.hide_output),
            python,
            primary: attributes.primary,
            crates: snippet.crates,
            runnable: !attributes.no_run,
            playground: None,
        }))
    }

    /// The whole program.
    #[must_use]
    pub fn whole(&self) -> &str {
        self.whole.as_deref().unwrap_or(&self.code)
    }

    /// The id of its card, which is the one at `index` (from 1) in its chapter.
    pub(crate) fn card_id(&self, index: usize) -> String {
        format!("snippet-{index}-{}", self.reference.name)
    }

    /// The languages in which it is shown, in their order.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        match self.python {
            Some(_) => self.primary.in_order().to_vec(),
            None => vec![Language::Rust],
        }
    }

    /// Whether it compiles and runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.kind == Kind::Runs
    }
}
