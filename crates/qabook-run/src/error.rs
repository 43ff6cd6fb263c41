//! Why a program wasn't run.

/// Why a program wasn't run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no Rust on this machine.
    #[error("cargo or rustc is not on the PATH")]
    NoRust,
    /// There is no Python that is new enough.
    #[error("no CPython 3.11 or later is on the PATH as python3 or python")]
    NoPython,
    /// The program wants a compiler that isn't here.
    #[error("the program wants a {wanted} compiler; this is rustc {version}")]
    Channel {
        /// The channel that it wants.
        wanted: String,
        /// The version that is installed.
        version: String,
    },
    /// No such edition.
    #[error("there is no edition {0} of Rust")]
    Edition(String),
    /// Too many wait already.
    #[error("too many programs wait to be run: try again later")]
    Full,
    /// Whoever asked doesn't want it any more.
    #[error("cancelled")]
    Cancelled,
    /// The crates of the package can't be compiled; what cargo said.
    #[error("the crates that programs use can't be compiled:\n{0}")]
    Dependencies(String),
    /// The sandbox or its folder can't be made.
    #[error("the program can't be started: {0}")]
    Io(#[from] std::io::Error),
}
