//! How hosts are treated.

use std::time::Duration;

/// How hosts are treated.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Manners {
    /// Requests under way at a time, each to another host.
    pub(in crate::check) concurrency: usize,
    /// Requests for a link until the host answers.
    pub(in crate::check) tries: u32,
    /// The pause before the second try; it doubles with each. `Retry-After` takes its place.
    pub(in crate::check) backoff: Duration,
    /// No pause is longer, whatever the host asks for.
    pub(in crate::check) longest_wait: Duration,
    /// The pause between two links of one host.
    pub(in crate::check) pause: Duration,
    /// Until an answer must have come.
    pub(in crate::check) timeout: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            concurrency: 4,
            tries: 3,
            backoff: Duration::from_secs(2),
            longest_wait: Duration::from_mins(1),
            pause: Duration::from_millis(250),
            timeout: Duration::from_secs(20),
        }
    }
}
