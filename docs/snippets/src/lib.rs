//! The programs of the book are in `examples/`. Cargo wants a target besides them: this empty library.
