//! The book's other forms, such as its PDF and EPUB, which are made after the site, into its folder.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use std::fs;
use std::path::Path;

/// Copies those in the folder `old` into `site`, which is to take its place; returns the names of those that aren't there.
/// Errors: Settings that are wrong, a file that can't be copied.
pub(super) fn keep(config: &Config, old: &Path, site: &Path) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for name in mdbook_questions::Config::from_book(config)?.downloads {
        let (from, to) = (old.join(&name), site.join(&name));
        if to.exists() {
            continue;
        }
        if from.is_file() {
            fs::copy(&from, &to).with_context(|| format!("{} can't be kept", from.display()))?;
        } else {
            missing.push(name);
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_kept_and_what_is_not_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (old, site) = (folder.path().join("old"), folder.path().join("new"));
        fs::create_dir(&old).unwrap();
        fs::create_dir(&site).unwrap();
        fs::write(old.join("a.pdf"), "old").unwrap();
        fs::write(old.join("c.pdf"), "old").unwrap();
        fs::write(site.join("c.pdf"), "from src").unwrap();
        let config = "[preprocessor.questions]\ndownloads = [\"a.pdf\", \"b.epub\", \"c.pdf\"]\n".parse().unwrap();
        assert_eq!(keep(&config, &old, &site).unwrap(), ["b.epub"]);
        assert_eq!(fs::read_to_string(site.join("a.pdf")).unwrap(), "old");
        assert_eq!(fs::read_to_string(site.join("c.pdf")).unwrap(), "from src");
    }
}
