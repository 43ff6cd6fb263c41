//! Where pages are, and how they link each other.

use mdbook_preprocessor::book::Chapter;
use qabook_support::path::{joined, slashed};
use std::path::{Path, PathBuf};

/// Where the index of tags is.
pub(crate) const TAGS: &str = "tags.md";
/// Where the page of all errata is.
pub(crate) const ERRATA: &str = "errata.md";
/// Where the page of all sources is.
pub(crate) const REFERENCES: &str = "references.md";

/// Where the pages to practise with are: all questions, what is claimed, what is asked next.
pub(crate) const REVIEW: &str = "review.md";
pub(crate) const STATEMENTS: &str = "statements.md";
pub(crate) const FOLLOW_UPS: &str = "follow-ups.md";
/// Where the preprocessor `snippets` puts the outputs to guess.
pub(crate) const OUTPUTS: &str = "outputs.md";

/// Whether a page to practise with is at `path`.
pub(crate) fn is_practice(path: &Path) -> bool {
    [REVIEW, STATEMENTS, FOLLOW_UPS, OUTPUTS].iter().any(|page| path == Path::new(page))
}

/// Whether `chapter` is the page that the preprocessor `snippets` makes.
pub(crate) fn is_outputs(chapter: &Chapter) -> bool {
    chapter.source_path.is_none() && chapter.path.as_deref() == Some(Path::new(OUTPUTS))
}

/// Where the page of the chapter at `path` is: mdBook makes `index.html` of `README.md`.
pub(crate) fn as_index(path: &Path) -> PathBuf {
    let is_readme = path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
    if is_readme { path.with_file_name("index.md") } else { path.to_path_buf() }
}

/// The address of the file `to`, below the book's root, as the chapter `from` links it.
pub(crate) fn href(to: &Path, from: &Path) -> String {
    "../".repeat(from.components().count().saturating_sub(1)) + &slashed(to)
}

/// A relative link of the page `chapter` as seen from the root; `None` for a link that is the same everywhere.
pub(crate) fn at_root(link: &str, chapter: &Path) -> Option<String> {
    if link.contains("://") || link.starts_with('/') || link.starts_with("mailto:") {
        return None;
    }
    let chapter = slashed(chapter);
    Some(if link.starts_with('#') { chapter + link } else { joined(&chapter, link) })
}
