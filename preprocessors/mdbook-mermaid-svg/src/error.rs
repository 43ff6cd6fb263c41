//! Why a diagram can't be drawn.

use mermaid_rs_renderer::ParseError;
use std::fmt;

/// Why a source can't be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawError {
    message: String,
    line: Option<usize>,
}

impl DrawError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None }
    }

    pub(crate) fn on_line(line: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), line: Some(line) }
    }

    pub(crate) fn at(line: Option<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), line }
    }

    /// The line of the source (from 1), where one is at fault.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl From<ParseError> for DrawError {
    fn from(error: ParseError) -> Self {
        let line = match &error {
            ParseError::UnknownParticipant { line, .. }
            | ParseError::UnexpectedToken { line, .. }
            | ParseError::InvalidDirective { line, .. }
            | ParseError::UnclosedSubgraph { opened_at: line } => usize::try_from(*line).ok(),
            _ => None,
        };
        Self { message: error.to_string(), line }
    }
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DrawError {}
