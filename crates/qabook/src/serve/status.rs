//! How the build is.

use serde::Serialize;

/// The newest build, as open pages learn of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Status {
    /// Counts the successful builds; a page older than this reloads.
    pub(super) generation: u64,
    /// Why the last rebuild failed; the pages stay those of the generation before.
    pub(super) error: Option<String>,
}
