//! How the build is, and what it made.

use qabook_words::Words;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// A finished site, as it is served.
#[derive(Debug)]
pub(super) struct Site {
    /// Where its pages are.
    pub(super) folder: PathBuf,
    /// What the book offers to download.
    pub(super) downloads: Vec<String>,
    /// What is said in the book's language.
    pub(super) words: Words,
}

/// The newest build, as open pages learn of it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Status {
    /// Counts the successful builds after the first; `None` before it.
    pub(super) generation: Option<u64>,
    /// Whether a build is under way; the pages are still those of the last one, but for one that was made before it.
    pub(super) building: bool,
    /// Why the last rebuild failed; the pages stay as they were.
    pub(super) error: Option<String>,
    /// What the last successful build made.
    #[serde(skip)]
    pub(super) site: Option<Arc<Site>>,
}

impl Site {
    /// Whether its pages are there: somebody may have deleted them.
    pub(super) fn is_there(&self) -> bool {
        self.folder.join("index.html").is_file()
    }
}

impl Status {
    /// Whether what the last build made is there no longer. Not after one that failed: the next would, too.
    pub(super) fn is_site_gone(&self) -> bool {
        self.error.is_none() && self.site.as_ref().is_some_and(|site| !site.is_there())
    }

    /// The build under way has made `site`.
    pub(super) fn succeed(&mut self, site: Site) {
        let generation = self.generation.map_or(0, |last| last + 1);
        *self = Self { generation: Some(generation), building: false, error: None, site: Some(Arc::new(site)) };
    }

    /// The build under way has failed, because of `error`.
    pub(super) fn fail(&mut self, error: String) {
        self.building = false;
        self.error = Some(error);
    }
}
