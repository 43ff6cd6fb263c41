//! The names by which `related`, browsers and decks know questions.

use qabook_support::path::slashed;
use std::collections::HashSet;
use std::path::Path;

use crate::entry::slug_of;

/// Gives the questions of one book their slugs, in its order.
#[derive(Debug, Clone, Default)]
pub struct Slugs {
    taken: HashSet<String>,
}

impl Slugs {
    /// The slug of the question whose chapter is at `path`, such as `network/arp.md`: its file name without the extension, or,
    /// where an earlier question has that one, its whole path without the extension.
    pub fn next(&mut self, path: &Path) -> String {
        let whole = slashed(&path.with_extension(""));
        let slug = Some(slug_of(path)).filter(|slug| !self.taken.contains(slug)).unwrap_or_else(|| whole.clone());
        self.taken.extend([slug.clone(), whole]);
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_file_names_the_first_has_the_short_slug() {
        let mut slugs = Slugs::default();
        let given = ["a/x.md", "b/x.md", "x.md", "b/y.md"].map(|path| slugs.next(Path::new(path)));
        assert_eq!(given, ["x", "b/x", "x", "y"]);
    }
}
