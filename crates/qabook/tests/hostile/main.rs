//! Foreign text for every parser: nothing panics, nothing runs away, and what is refused is refused with a place.
//!
//! Input is made of pieces that pull against each other, of other characters, and of the seeds in `seeds/NAME/`, which also
//! hold what once failed. `cargo test` tries for a second a parser, and for `QABOOK_FUZZ_SECONDS` where that is set.

mod diagrams;
mod document;
mod import;
mod input;
mod marks;
mod maths;
mod questions;
mod search;
mod snippets;
