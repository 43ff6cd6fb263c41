//! The cells of tables as spreadsheets write them, and what parts them.

mod delimiter;
mod records;

pub(crate) use delimiter::{delimiter, name};
pub(crate) use records::{Cell, Record, Records};
