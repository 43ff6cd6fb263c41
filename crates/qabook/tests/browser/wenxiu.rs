//! What these tests know of 问锈, the book that they visit: nothing else in them names its pages or counts its questions.

/// Questions of the first part. [`TCP`] has everything: formula, diagram, program, follow-ups, errata, references, related
/// questions.
pub(crate) const ARP: &str = "network/arp.html";
pub(crate) const LAN: &str = "network/lan-wan.html";
pub(crate) const OSI: &str = "network/osi-model.html";
pub(crate) const SOCKETS: &str = "network/socket-tcp-flow.html";
pub(crate) const TCP: &str = "network/tcp-handshake.html";

/// Questions of another part. The first is what a search for 死锁 finds first.
pub(crate) const DEADLOCK: &str = "concurrency/deadlock.html";
pub(crate) const THREADS: &str = "concurrency/thread-target-call.html";

/// The page of the first part.
pub(crate) const PART: &str = "network/index.html";

/// How many questions the book has, and its first part.
pub(crate) const QUESTIONS: u32 = 53;
pub(crate) const QUESTIONS_OF_PART: u32 = 17;
