//! Finished pages, kept between builds: after an edit most pages are rendered as they were before it.

use anyhow::Result;
use qabook_support::{Diagnostic, cache};
use std::fmt::Debug;

use super::offline::hash_of;
use super::weight::Load;

/// The longest page that is kept, in bytes. Longer ones are made of all chapters, and any edit changes them.
const LONGEST: usize = 256 << 10;

/// A finished page.
pub(super) struct Finished {
    pub(super) html: String,
    pub(super) load: Option<Load>,
    pub(super) scripts: Vec<Diagnostic>,
}

/// Why a page isn't kept.
enum Unkept {
    Failed(anyhow::Error),
    Refused(Vec<Diagnostic>),
    /// Its scripts are told with places in the sources, which may move.
    Made(Finished),
}

impl Finished {
    /// Its load on the first line, then its text.
    fn to_text(&self) -> Option<String> {
        Some(format!("{}\n{}", serde_json::to_string(&self.load).ok()?, self.html))
    }

    fn of_text(text: &str) -> Option<Self> {
        let (load, html) = text.split_once('\n')?;
        Some(Self { html: html.into(), load: serde_json::from_str(load).ok()?, scripts: Vec::new() })
    }
}

/// The pages that were finished as a pass finishes them.
pub(super) struct Kept {
    /// The hash of all that the pass goes by besides a page's text.
    basis: String,
}

impl Kept {
    /// Those that were finished by what `basis` shows.
    pub(super) fn by(basis: &impl Debug) -> Self {
        Self { basis: hash_of(format!("{basis:?}")) }
    }

    /// The page `file`, rendered as `html`, from an earlier build, or as `make` makes it now.
    /// Errors: Those of `make`.
    pub(super) fn finished(
        &self,
        file: &str,
        html: &str,
        make: impl Fn() -> Result<Result<Finished, Vec<Diagnostic>>>,
    ) -> Result<Result<Finished, Vec<Diagnostic>>> {
        if html.len() > LONGEST {
            return make();
        }
        let kept = cache::kept("page", &[&self.basis, file, html], || {
            let finished = make().map_err(Unkept::Failed)?.map_err(Unkept::Refused)?;
            let text = finished.to_text().filter(|_| finished.scripts.is_empty());
            text.ok_or(Unkept::Made(finished))
        });
        match kept {
            Ok(text) => Finished::of_text(&text).map_or_else(make, |finished| Ok(Ok(finished))),
            Err(Unkept::Made(finished)) => Ok(Ok(finished)),
            Err(Unkept::Refused(problems)) => Ok(Err(problems)),
            Err(Unkept::Failed(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn a_page_is_what_it_was() {
        let assets = BTreeSet::from(["a.css".into(), "b/c.js".into()]);
        for load in [None, Some(Load::new(Path::new("a/b.html"), "<p>x</p>", assets))] {
            let finished = Finished { html: "<p>\n\"x\"</p>\n".into(), load, scripts: Vec::new() };
            let again = Finished::of_text(&finished.to_text().unwrap()).unwrap();
            assert_eq!(again.html, finished.html);
            assert_eq!(format!("{:?}", again.load), format!("{:?}", finished.load));
        }
        assert!(Finished::of_text("").is_none() && Finished::of_text("{\n").is_none());
    }
}
