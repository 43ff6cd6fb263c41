//! The addresses of the book's pages on the web.

/// The address of the book, such as `https://example.org/wenxiu/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(String);

impl Site {
    /// The site at `url`; `None` unless that is a whole address: a path like `/wenxiu/` can't be opened from paper.
    #[must_use]
    pub fn new(url: &str) -> Option<Self> {
        let whole = url.starts_with("https://") || url.starts_with("http://");
        whole.then(|| Self(format!("{}/", url.trim_end_matches('/'))))
    }

    /// The address itself.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0
    }

    /// The page of the chapter at `path`, such as `network/arp.md`, at `id`.
    ///
    /// mdBook's rule: `.md` becomes `.html`, and a README is its folder's index.
    #[must_use]
    pub fn page(&self, path: &str, id: Option<&str>) -> String {
        let page = path.strip_suffix(".md").unwrap_or(path);
        let page = match page.strip_suffix("README") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("{folder}index"),
            _ => page.to_string(),
        };
        let fragment = id.map(|id| format!("#{id}")).unwrap_or_default();
        format!("{}{page}.html{fragment}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_name_that_mdbook_gives_it() {
        let site = Site::new("https://example.org/wenxiu").unwrap();
        assert_eq!(site.page("network/arp.md", Some("what")), "https://example.org/wenxiu/network/arp.html#what");
        assert_eq!(site.page("README.md", None), "https://example.org/wenxiu/index.html");
        assert_eq!(site.page("ops/README.md", None), "https://example.org/wenxiu/ops/index.html");
    }

    #[test]
    fn a_path_is_not_an_address() {
        assert_eq!(Site::new("/wenxiu/"), None);
    }
}
