//! File names and ids inside the archive.
//!
//! Ids must be XML names (XML 1.0 §2.3) and file names should be ASCII (EPUB 3.3 §4.2.3); chapters and headings may be
//! called anything. No two names become one: what isn't allowed is written as `_x4E2D_`.

use qabook_document::Target;

/// The page of the chapter at `path`, such as `network/arp.xhtml` for `network/arp.md`.
pub(super) fn page(path: &str) -> String {
    // `pages/` keeps them apart from nav.xhtml and the other files that every book has.
    format!("pages/{}.xhtml", file(path.strip_suffix(".md").unwrap_or(path)))
}

/// The file of the image at `path` below `src`.
pub(super) fn image(path: &str) -> String {
    format!("pages/{}", file(path))
}

/// `path` with nothing but ASCII letters, digits, `.`, `-`, `_` and slashes.
pub(super) fn file(path: &str) -> String {
    escaped(path, |_, c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'))
}

/// An id of a chapter as an XML name. Full stops are left to ids that aren't the author's, such as `note.1`.
pub(super) fn id(id: &str) -> String {
    escaped(id, |at, c| {
        c.is_ascii_alphabetic() || ('\u{4e00}'..='\u{9fa5}').contains(&c) || at > 0 && (c.is_ascii_digit() || c == '-')
    })
}

fn escaped(name: &str, keep: impl Fn(usize, char) -> bool) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        let begins_escape = c == '_' && name[at..].starts_with("_x");
        if keep(at, c) || c == '_' && !begins_escape {
            out.push(c);
        } else {
            out.push_str(&format!("_x{:X}_", u32::from(c)));
        }
    }
    out
}

/// The way from the folder of the file `from` to that of all files, such as `../../`.
pub(super) fn up(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// The file `to`, a page or image, as seen from the page of the chapter at `from`: all are in `pages/`.
pub(super) fn relative(to: &str, from: &str) -> String {
    format!("{}{}", up(from), to.trim_start_matches("pages/"))
}

/// The address of `target` as seen from the page of the chapter at `from`; `None` for a file, which isn't in the archive.
pub(super) fn href(target: &Target, from: &str) -> Option<String> {
    match target {
        Target::External(address) => Some(address.clone()),
        Target::File(_) => None,
        Target::Chapter { path, id: place } => {
            let fragment = place.as_ref().map_or(String::new(), |place| format!("#{}", id(place)));
            if path == from && !fragment.is_empty() {
                return Some(fragment);
            }
            Some(format!("{}{fragment}", relative(&page(path), from)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_differ() {
        assert_eq!(page("network/arp.md"), "pages/network/arp.xhtml");
        assert_eq!(page("网/a b.md"), "pages/_x7F51_/a_x20_b.xhtml");
        assert_eq!(id("san-ci"), "san-ci");
        assert_eq!(id("3-x"), "_x33_-x");
        assert_eq!(id("a.b"), "a_x2E_b");
        assert_ne!(id("_x33_"), id("3"));
        assert_eq!(id("标签_io"), "标签_io");
    }

    #[test]
    fn links_are_relative() {
        let to = |path: &str, id: Option<&str>| Target::Chapter { path: path.into(), id: id.map(Into::into) };
        assert_eq!(href(&to("a/b.md", None), "c/d.md").unwrap(), "../a/b.xhtml");
        assert_eq!(href(&to("a/b.md", Some("x")), "a/b.md").unwrap(), "#x");
        assert_eq!(href(&to("a/b.md", None), "a/b.md").unwrap(), "../a/b.xhtml");
        assert_eq!(href(&Target::File("x.zip".into()), "a.md"), None);
    }
}
