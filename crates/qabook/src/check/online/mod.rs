//! External links, asked politely: never two requests to a host at a time, few in all, and never without being told to.
//!
//! The HTTP client brings TLS, which takes long to compile, hence the cargo feature `online`.

mod manners;
#[cfg(feature = "online")]
mod probe;
#[cfg(feature = "online")]
mod queue;

/// Whether this build can check external links.
pub(super) const AVAILABLE: bool = cfg!(feature = "online");

/// What is said when it can't.
pub(super) const HOW: &str = "build it with `--features qabook/online`";

#[cfg(not(feature = "online"))]
mod absent {
    use super::Manners;
    use crate::check::settings::Exemption;
    use crate::check::site::ExternalLink;
    use qabook_support::Diagnostic;

    /// Finds nothing: see [`super::AVAILABLE`].
    pub(in crate::check) fn check(_: &[ExternalLink], _: &[Exemption], _: Manners) -> Vec<Diagnostic> {
        Vec::new()
    }
}
#[cfg(not(feature = "online"))]
pub(super) use absent::check;
pub(super) use manners::Manners;
#[cfg(feature = "online")]
pub(super) use queue::check;
