//! Preprocessors that note their problems instead of stopping the build.

use anyhow::Result;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::{Diagnostic, Diagnostics};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::rules::stopped;

/// The problems of all preprocessors.
#[derive(Default)]
pub(super) struct Problems(Arc<Mutex<Vec<anyhow::Error>>>);

impl Problems {
    /// `preprocessor`, which then leaves the book as it is where it would fail.
    pub(super) fn collect(&self, preprocessor: Box<dyn Preprocessor>) -> Box<dyn Preprocessor> {
        Box::new(Lenient { preprocessor, problems: self.0.clone() })
    }

    /// What they reported, for the book in `root`.
    pub(super) fn into_findings(self, root: &Path) -> Vec<Diagnostic> {
        let errors = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let findings = |error: anyhow::Error| match error.downcast::<Diagnostics>() {
            Ok(problems) => problems.into_iter().collect::<Vec<_>>(),
            Err(error) => vec![stopped(root, &error)],
        };
        errors.into_iter().flat_map(findings).collect()
    }
}

struct Lenient {
    preprocessor: Box<dyn Preprocessor>,
    problems: Arc<Mutex<Vec<anyhow::Error>>>,
}

impl Preprocessor for Lenient {
    fn name(&self) -> &str {
        self.preprocessor.name()
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        self.preprocessor.run(ctx, book.clone()).or_else(|error| {
            self.problems.lock().unwrap_or_else(PoisonError::into_inner).push(error);
            Ok(book)
        })
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.preprocessor.supports_renderer(renderer)
    }
}
