//! The home page, which mdBook makes of the first chapter: one in a folder has links that lead from there.

use lol_html::html_content::Element;
use mdbook_preprocessor::book::Book;
use qabook_support::path::{joined, slashed};
use std::path::Path;

use super::prepare::HOME;
use super::rewriting::{Occurs, Rewriting};

/// The folder of the first chapter of `book`, with a slash at its end; `None` where it is at the root, or where another
/// chapter is the home page.
pub(super) fn folder(book: &Book) -> Option<String> {
    let has_own = book
        .chapters()
        .filter_map(|chapter| chapter.path.as_deref())
        .any(|path| path.with_extension("html") == Path::new(HOME));
    let first = book.chapters().find_map(|chapter| chapter.path.as_deref())?;
    let folder = slashed(first.parent()?);
    (!has_own && !folder.is_empty()).then(|| format!("{folder}/"))
}

/// Lets the links of the text lead on from the root, and what it shows be found there.
pub(super) fn mend(folder: &str, rewriting: &mut Rewriting<'_>) {
    for (selector, attribute) in [
        ("main [href]", "href"),
        ("main [src]", "src"),
        ("main [poster]", "poster"),
        ("main object[data]", "data"),
        ("main [srcset]", "srcset"),
    ] {
        let folder = folder.to_string();
        rewriting.element(selector, Occurs::Freely, move |element: &mut Element<'_, '_>| {
            let value = element.get_attribute(attribute).unwrap_or_default();
            let mended = if attribute == "srcset" { of_set(&folder, &value) } else { of_root(&folder, &value) };
            if let Some(mended) = mended {
                element.set_attribute(attribute, &mended)?;
            }
            Ok(())
        });
    }
}

/// A `srcset`: addresses with their sizes.
fn of_set(folder: &str, value: &str) -> Option<String> {
    let mended = value.split(", ").map(|candidate| {
        let candidate = candidate.trim();
        let (address, size) = candidate.split_once(' ').unwrap_or((candidate, ""));
        let address = of_root(folder, address).unwrap_or_else(|| address.to_string());
        format!("{address} {size}").trim_end().to_string()
    });
    (!value.starts_with("data:")).then(|| mended.collect::<Vec<_>>().join(", "))
}

/// `address`, which is relative to `folder`, relative to the root; `None` for one that is not.
fn of_root(folder: &str, address: &str) -> Option<String> {
    let address = address.trim();
    let path_end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(path_end);
    let has_scheme = path.split('/').next().unwrap_or_default().contains(':');
    if path.is_empty() || path.starts_with('/') || path.starts_with('\\') || has_scheme {
        return None;
    }
    let folder_left = if path.ends_with('/') || path.ends_with("..") || path == "." { "/" } else { "" };
    let joined = joined(folder, path);
    let joined = joined.trim_end_matches('/');
    let joined = if joined.is_empty() { ".".into() } else { format!("{joined}{folder_left}") };
    Some(format!("{joined}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_preprocessor::book::Chapter;

    fn mended(page: &str) -> String {
        let mut rewriting = Rewriting::default();
        mend("one/deep/", &mut rewriting);
        rewriting.run(page).unwrap()
    }

    #[test]
    fn relative_addresses_lead_on_from_the_root() {
        for (address, root) in [
            ("two.html", "one/deep/two.html"),
            ("../two.html#a/b", "one/two.html#a/b"),
            ("../../x.png?y=../z", "x.png?y=../z"),
            ("./%E4%B8%80.html", "one/deep/%E4%B8%80.html"),
            ("#here", "#here"),
            ("/root.html", "/root.html"),
            ("//host.test/x", "//host.test/x"),
            ("mailto:a@b.test", "mailto:a@b.test"),
            ("?q", "?q"),
        ] {
            assert_eq!(of_root("one/deep/", address).as_deref().unwrap_or(address), root, "{address}");
        }
    }

    #[test]
    fn only_the_text_is_mended() {
        assert_eq!(
            mended(
                "<a href=\"x.html\"></a><main><a href=\"x.html\"><img src=\"a.png\" srcset=\"b.png 2x, c.png\"></a></main>"
            ),
            "<a href=\"x.html\"></a><main><a href=\"one/deep/x.html\">\
             <img src=\"one/deep/a.png\" srcset=\"one/deep/b.png 2x, one/deep/c.png\"></a></main>"
        );
    }

    fn folder_of(paths: &[&str]) -> Option<String> {
        let mut book = Book::new();
        for path in paths {
            book.push_item(Chapter::new("A", String::new(), *path, Vec::new()));
        }
        folder(&book)
    }

    #[test]
    fn the_first_chapter_in_a_folder_is_the_home_page() {
        assert_eq!(folder_of(&["one/a.md", "b.md"]).as_deref(), Some("one/"));
        assert_eq!(folder_of(&["a.md", "one/b.md"]), None);
        assert_eq!(folder_of(&["one/a.md", "index.md"]), None);
    }
}
