//! Printing that survives a reader who goes: `qabook build | head -1` closes the pipe early, and the macros of std panic.

use std::fmt::Arguments;
use std::io::{self, Write};

/// Prints to stdout what anybody still reads.
#[doc(hidden)]
pub fn to_stdout(text: Arguments<'_>) {
    // Whoever closed the pipe has seen enough; the work goes on.
    let _ = io::stdout().lock().write_fmt(text);
}

/// Prints to stderr what anybody still reads.
#[doc(hidden)]
pub fn to_stderr(text: Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(text);
}

/// Like the macro of std, without its panic.
#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::printing::to_stdout(::std::format_args!($($text)*)) };
}

/// Like the macro of std, without its panic.
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($text:tt)*) => { $crate::print!("{}\n", ::std::format_args!($($text)*)) };
}

/// Like the macro of std, without its panic.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::printing::to_stderr(::std::format_args!($($text)*)) };
}

/// Like the macro of std, without its panic.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($text:tt)*) => { $crate::eprint!("{}\n", ::std::format_args!($($text)*)) };
}
