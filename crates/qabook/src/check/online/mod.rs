//! External links, asked politely: never two requests to a host at a time, few in all, and never without being told to.
//!
//! The HTTP client brings TLS, which takes long to compile, hence the cargo feature `online`.

#[cfg(feature = "online")]
mod manners;
#[cfg(feature = "online")]
mod probe;
#[cfg(feature = "online")]
mod queue;

use qabook_support::Diagnostic;

use super::site::ExternalLink;
use crate::exemptions::Exemption;

/// Asks for every link that `exemptions` don't exempt.
#[cfg_attr(not(feature = "online"), expect(unused_variables, reason = "there is no client"))]
pub(super) fn check(links: &[ExternalLink], exemptions: &[Exemption]) -> Vec<Diagnostic> {
    #[cfg(feature = "online")]
    return queue::check(links, exemptions, manners::Manners::default());
    #[cfg(not(feature = "online"))]
    return Vec::new();
}
