//! Made pages that would be too long, over several.

use serde::Serialize;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How many bytes of text a page to look things up in may hold.
pub(crate) const LIMIT: usize = 200 << 10;
/// How many a page to practise with may hold, which mixes and filters what is on it alone.
pub(crate) const PRACTICE_LIMIT: usize = 400 << 10;

/// Cuts pieces of these `sizes` into runs of about the same size, none of which is larger than `limit` unless it is a single
/// piece.
pub(crate) fn runs(sizes: &[usize], limit: usize) -> Vec<Range<usize>> {
    let total: usize = sizes.iter().sum();
    let even = total.div_ceil(total.div_ceil(limit).max(1));
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (index, size) in sizes.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if filled < even && filled + size <= limit => run.end = index + 1,
            _ => {
                runs.push(index..index + 1);
                filled = 0;
            }
        }
        filled += size;
    }
    runs
}

/// The path of the page at `index`, from 0, of those whose first is at `first`.
pub(crate) fn path(first: &str, index: usize) -> PathBuf {
    match index {
        0 => first.into(),
        _ => format!("{}-{}.md", first.trim_end_matches(".md"), index + 1).into(),
    }
}

/// The path of the first of the pages of which one is at `path`, if it is a later one.
pub(crate) fn first_of(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match stem.rsplit_once('-') {
        Some((first, number)) if number.parse::<usize>().is_ok() => path.with_file_name(format!("{first}.md")),
        _ => path.to_path_buf(),
    }
}

/// A link to one of several pages.
#[derive(Debug, Serialize)]
pub(crate) struct PageLink {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// The links to pages with these `names`, the first of which is at `first`, as they stand on that at `current`; none for a
/// single page.
pub(crate) fn links(first: &str, names: &[String], current: usize) -> Vec<PageLink> {
    let several = names.iter().filter(|_| names.len() > 1).enumerate();
    let link = |(index, text): (usize, &String)| PageLink {
        text: text.clone(),
        href: path(first, index).with_extension("html").display().to_string(),
        current: index == current,
    };
    several.map(link).collect()
}

/// What a page is called that has these first and last things.
pub(crate) fn name(first: &str, last: &str) -> String {
    if first == last { first.to_string() } else { format!("{first} – {last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_even_and_hold_every_piece_once() {
        assert_eq!(runs(&[4, 4, 4], 20), std::iter::once(0..3).collect::<Vec<_>>());
        assert_eq!(runs(&[4, 4, 4, 4, 4, 4], 20), [0..3, 3..6]);
        assert_eq!(runs(&[30, 1, 30], 20), [0..1, 1..2, 2..3]);
        assert!(runs(&[], 20).is_empty());
        for limit in 1..50 {
            let sizes: Vec<usize> = (0..40).map(|piece| piece * 7 % 13).collect();
            let runs = runs(&sizes, limit);
            assert_eq!(runs.iter().cloned().flatten().collect::<Vec<_>>(), (0..40).collect::<Vec<_>>());
            let is_small = |run: &Range<usize>| run.len() == 1 || sizes[run.clone()].iter().sum::<usize>() <= limit;
            assert!(runs.iter().all(is_small), "{limit}: {runs:?}");
        }
    }

    #[test]
    fn pages_are_numbered_from_the_second_on() {
        for (index, file) in ["errata.md", "errata-2.md", "errata-3.md"].into_iter().enumerate() {
            assert_eq!(path("errata.md", index), Path::new(file));
            assert_eq!(first_of(Path::new(file)), Path::new("errata.md"));
        }
        assert_eq!(first_of(Path::new("follow-ups.md")), Path::new("follow-ups.md"));
    }

    #[test]
    fn a_single_page_has_no_links() {
        assert!(links("a.md", &["1".into()], 0).is_empty());
        let links = links("a.md", &["1 – 9".into(), "10".into()], 1);
        let links: Vec<_> = links.iter().map(|link| (link.href.as_str(), link.current)).collect();
        assert_eq!(links, [("a.html", false), ("a-2.html", true)]);
    }
}
