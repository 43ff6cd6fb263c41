//! `qabook epub`: what becomes of each construct, of this book, and of mistakes.

mod archive;
mod golden;
mod mistakes;
mod small_book;
mod this_book;
