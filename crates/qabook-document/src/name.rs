//! What the files of a book are called.

use mdbook_preprocessor::config::Config;
use std::path::Path;

/// The name without extension: that of the book's `downloads`, else the last folder of the site's address, else `book`.
pub(crate) fn file_stem(config: &Config) -> String {
    // A wrong table is an error of the preprocessor that it belongs to.
    let downloads = mdbook_questions::Config::from_book(config).unwrap_or_default().downloads;
    let named = downloads.first().and_then(|file| Path::new(file).file_stem()?.to_str());
    let site_url = config.html_config().and_then(|html| html.site_url).unwrap_or_default();
    named.or_else(|| last_folder(&site_url)).unwrap_or("book").to_string()
}

/// `wenxiu` of `/wenxiu/` and `https://example.org/wenxiu/`, nothing of `https://example.org/`.
fn last_folder(site_url: &str) -> Option<&str> {
    let path =
        site_url.split_once("://").map_or(site_url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    path.trim_matches('/').rsplit('/').next().filter(|folder| !folder.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_like_the_downloads_or_like_the_site() {
        for (site_url, downloads, stem) in [
            ("/wenxiu/", "[]", "wenxiu"),
            ("https://example.org/a/b/", "[]", "b"),
            ("https://example.org", "[]", "book"),
            ("/", "[]", "book"),
            ("https://example.org/a/", "[\"c.pdf\", \"c.epub\"]", "c"),
        ] {
            let text = format!(
                "[output.html]\nsite-url = \"{site_url}\"\n[preprocessor.questions]\ndownloads = {downloads}\n"
            );
            assert_eq!(file_stem(&text.parse().unwrap()), stem, "{site_url} {downloads}");
        }
        assert_eq!(file_stem(&Config::default()), "book");
    }
}
