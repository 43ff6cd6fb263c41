//! The programs of the book stand in `examples/`, those that must not compile in `compile-fail/`; `tests/` runs them all.
//! This library is empty: cargo wants a target besides the examples.
