//! What is found wrong while a book becomes a document.

use qabook_support::{Diagnostic, Diagnostics};

/// Errors, which stop the book, and warnings, which don't.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    errors: Diagnostics,
    warnings: Vec<Diagnostic>,
}

impl Problems {
    pub(crate) fn error(&mut self, problem: Diagnostic) {
        self.errors.push(problem);
    }

    pub(crate) fn warning(&mut self, problem: Diagnostic) {
        self.warnings.push(problem);
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.errors.extend(other.errors);
        self.warnings.extend(other.warnings);
    }

    /// `value` and the warnings, or all errors.
    pub(crate) fn into_result<T>(mut self, value: T) -> Result<(T, Vec<Diagnostic>), Diagnostics> {
        self.warnings.sort();
        let value = self.errors.into_result(value)?;
        Ok((value, self.warnings))
    }
}
