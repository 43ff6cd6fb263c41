//! The arrows of messages.

/// The two ends of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) at_start: bool,
    pub(super) end: Head,
    pub(super) dotted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    None,
    Filled,
    Cross,
    Open,
}
