//! External links, asked politely: never two requests to a host at a time, few in all, and never without being told to.
//!
//! The HTTP client brings TLS, which takes long to compile, hence the cargo feature `online`.

#[cfg(feature = "online")]
mod probe;
#[cfg(feature = "online")]
mod queue;

use std::time::Duration;

/// Whether this build can check external links.
pub(super) const AVAILABLE: bool = cfg!(feature = "online");

/// What is said when it can't.
pub(super) const HOW: &str = "build it with `--features qabook/online`";

/// How hosts are treated.
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only the client reads it"))]
#[derive(Debug, Clone, Copy)]
pub(super) struct Manners {
    /// Requests under way at a time, each to another host.
    pub(super) concurrency: usize,
    /// Requests for a link until the host answers.
    pub(super) tries: u32,
    /// The pause before the second try; it doubles with each. `Retry-After` takes its place.
    pub(super) backoff: Duration,
    /// No pause is longer, whatever the host asks for.
    pub(super) longest_wait: Duration,
    /// The pause between two links of one host.
    pub(super) pause: Duration,
    /// Until an answer must have come.
    pub(super) timeout: Duration,
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

#[cfg(not(feature = "online"))]
mod absent {
    use super::Manners;
    use crate::check::finding::Finding;
    use crate::check::settings::Exemption;
    use crate::check::site::ExternalLink;

    /// Finds nothing: see [`super::AVAILABLE`].
    pub(in crate::check) fn check(_: &[ExternalLink], _: &[Exemption], _: Manners) -> Vec<Finding> {
        Vec::new()
    }
}
#[cfg(not(feature = "online"))]
pub(super) use absent::check;
#[cfg(feature = "online")]
pub(super) use queue::check;
