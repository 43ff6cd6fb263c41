//! Small sites, indexed and searched by their own client in `QuickJS`.

mod bad_input;
mod engine;
mod english;
mod places;
mod queries;
mod renderer;
mod small_site;
mod writing;
