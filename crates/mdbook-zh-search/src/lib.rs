//! A full-text search index for mdBook that finds Chinese, and works from `file://`.
//!
//! [`index`] reads the pages of a site that mdBook has built and writes a folder `zh-search-HASH` into it: scripts with
//! the postings of 汉字, pairs of 汉字 and words, the texts that results quote, and what finds typing mistakes and pinyin.
//! The client, ES modules in `client/` of which two scripts are made, is written beside it and loads the few of them that a
//! query needs. How they fit together, and the numbers: the crate's README.
//!
//! ```text
//! page ──parse──> Page ──documents──> Document ──┬─ Inverter ──> t/*.js  postings, w/*.js words, p/*.js readings
//!                                                └─ TextFiles ─> d/*.js  texts            meta.js, directories
//! ```

// Numbers of documents and digits: their ranges are far below what a cast could lose.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]

mod astray;
mod characters;
mod client;
mod config;
mod document;
mod encode;
mod error;
mod files;
mod fold;
mod index;
mod meta;
mod page;
mod postings;
mod readings;
mod renderer;
mod score;
mod script;
mod stamp;
mod synonyms;
mod terms;
mod texts;
mod tokens;
mod wording;
mod words;

pub use astray::Astray;
pub use config::Config;
pub use error::Error;
pub use index::{Report, index, write};
pub use renderer::render;
pub use stamp::Stamp;
pub use synonyms::Synonyms;
