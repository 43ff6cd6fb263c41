//! Paths of pages, with forward slashes on every system.

use std::path::Path;

/// `path` with forward slashes.
#[must_use]
pub fn slashed(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// `relative`, as the file at `from` writes it, from the folder of all files; a leading slash means that folder.
#[must_use]
pub fn joined(from: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if relative.starts_with('/') {
        parts.clear();
    }
    for part in relative.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn links_are_followed_from_their_file() {
        for (link, path) in
            [("b.md#c", "a/b.md#c"), ("../d.md", "d.md"), ("../../d.md", "d.md"), ("/e/./f.md", "e/f.md")]
        {
            assert_eq!(joined("a/x.md", link), path);
        }
    }
}
