//! Where the book is on the web: `output.html.site-url`.
//!
//! mdBook asks for the path only (`/book/`); with the full address (`https://you.github.io/book/`) every page can name
//! its own, which search engines, share images and feeds need. mdBook itself uses the key for the `<base>` of `404.html` alone,
//! which this pass sets to the path.

use mdbook_driver::config::Config;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use qabook_support::{Diagnostic, Rule, SettingsText, shown};
use std::fs;
use std::path::Path;

/// What can't be in the path of an address as it is (RFC 3986, section 3.3).
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// `output.html.site-url` is no address.
const SITE_URL: Rule = Rule::error("site-url");

/// Where the book is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Scheme and host, such as `https://you.github.io`; `None` when book.toml names a path only, or nothing.
    origin: Option<String>,
    /// Begins and ends with a slash.
    path: String,
    /// Where `404.html` looks for its files: `path`, but for a server for development.
    base: String,
    /// Whether book.toml says it.
    known: bool,
}

impl Address {
    /// Reads `output.html.site-url`; a book without one is taken to be at the root of a host.
    ///
    /// # Errors
    /// The key is neither an http address nor a path.
    pub fn from_config(root: &Path, config: &Config) -> Result<Self, Diagnostic> {
        let site_url = config.html_config().unwrap_or_default().site_url;
        let Some(site_url) = site_url else { return Ok(Self::local("/")) };
        Self::parse(&site_url).ok_or_else(|| problem(root, &format!("`site-url = \"{site_url}\"` is not an address")))
    }

    /// Reads an http address or a path that begins with a slash; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{}|?#".contains(&byte));
        let (origin, path) = match text.split_once("://") {
            None => (None, text),
            Some((scheme @ ("http" | "https"), rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                if host.is_empty() {
                    return None;
                }
                (Some(format!("{scheme}://{host}")), if path.is_empty() { "/" } else { path })
            }
            Some(_) => return None,
        };
        let valid = printable && path.starts_with('/') && !path.starts_with("//");
        let path = format!("{}/", path.trim_end_matches('/'));
        valid.then(|| Self { origin, base: path.clone(), path, known: true })
    }

    /// A book that nobody but this machine sees, at `path` of any host.
    #[must_use]
    pub fn local(path: &str) -> Self {
        Self { origin: None, path: path.to_string(), base: path.to_string(), known: false }
    }

    /// The same addresses, but 404.html looks for its files at `path`: so says a server for development.
    #[must_use]
    pub fn served_at(self, path: &str) -> Self {
        Self { base: path.to_string(), ..self }
    }

    /// The path at which `404.html` finds the book's root, with a slash at both ends.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether book.toml says anything of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Whether book.toml names a host, so that pages have addresses.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.origin.is_some()
    }

    /// Whether the host is one that can't exist (RFC 2606, section 2).
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        self.origin.as_deref().is_some_and(|origin| origin.ends_with(".example"))
    }

    /// The address of a file of the site, such as `network/arp.html`; `None` when the host isn't known.
    #[must_use]
    pub fn of_file(&self, file: &str) -> Option<String> {
        let origin = self.origin.as_ref()?;
        Some(format!("{origin}{}{}", self.path, utf8_percent_encode(file, PATH)))
    }

    /// The address of a page, without the `index.html` that servers add by themselves.
    #[must_use]
    pub fn of_page(&self, file: &str) -> Option<String> {
        let folder = file.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        self.of_file(folder.unwrap_or(file))
    }

    /// The address that `target` means in a link on the page `file`.
    #[must_use]
    pub fn of_link(&self, file: &str, target: &str) -> Option<String> {
        if target.contains("://") {
            return Some(target.to_string());
        }
        if target.starts_with('/') {
            return self.origin.as_ref().map(|origin| format!("{origin}{target}"));
        }
        let mut parts: Vec<&str> = file.split('/').collect();
        parts.pop();
        for part in target.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        self.of_page(&parts.join("/"))
    }
}

fn problem(root: &Path, message: &str) -> Diagnostic {
    let file = root.join("book.toml");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let text = SettingsText::new(&text);
    let line = text.line(&["output", "html", "site-url"]).or_else(|| text.line(&["output", "html"]));
    let hint = "write the address where the book will be: `site-url = \"https://you.github.io/book/\"`; \
                a path alone (`\"/book/\"`) will do, but then pages can't name their own address";
    SITE_URL.broken(message, hint).in_file(shown(&file)).on_line(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn a_full_address_gives_every_page_its_own() {
        for site_url in ["https://a.example/book", "https://a.example/book/"] {
            let address = address(site_url);
            assert_eq!(address.base(), "/book/");
            assert_eq!(address.of_page("net/arp.html").unwrap(), "https://a.example/book/net/arp.html");
            assert_eq!(address.of_page("net/index.html").unwrap(), "https://a.example/book/net/");
            assert_eq!(address.of_page("index.html").unwrap(), "https://a.example/book/");
            assert_eq!(address.of_page("my-index.html").unwrap(), "https://a.example/book/my-index.html");
            assert_eq!(address.of_page("网 1.html").unwrap(), "https://a.example/book/%E7%BD%91%201.html");
        }
        assert_eq!(address("http://127.0.0.1:80").of_page("index.html").unwrap(), "http://127.0.0.1:80/");
    }

    #[test]
    fn links_are_resolved() {
        let address = address("https://a.example/book/");
        assert_eq!(address.of_link("a/b.html", "../c/d.html").unwrap(), "https://a.example/book/c/d.html");
        assert_eq!(address.of_link("a/b.html", "./e.html").unwrap(), "https://a.example/book/a/e.html");
        assert_eq!(address.of_link("a/b.html", "/f.html").unwrap(), "https://a.example/f.html");
        assert_eq!(address.of_link("a/b.html", "http://x.example/").unwrap(), "http://x.example/");
    }

    #[test]
    fn a_path_has_no_addresses() {
        assert_eq!(address("/book/").of_page("index.html"), None);
        assert_eq!(address("/").base(), "/");
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in ["", "book", "ftp://a.example/", "https://", "https:///x", "/a b/", "/a\"b/", "//a.example/", "/?a"]
        {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
