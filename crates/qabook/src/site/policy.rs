//! The policy of a page: what it may run, load and connect to (<https://www.w3.org/TR/CSP3/>).
//!
//! A static host sends no headers of ours, so the policy is in a `<meta>`, before anything that it governs. Scripts and
//! styles in the page are named by their hashes, the Playground by the cards that post to it. Style *attributes* have to be
//! allowed as such, since KaTeX places its glyphs by them. What the policy would refuse is an error here: a browser only
//! notes it in its console, where no author looks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lol_html::html_content::Element;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::rewriting::{Occurs, Rewriting};

/// What a page holds that its policy depends on.
#[derive(Debug, Default)]
pub(super) struct Needs {
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
    /// Where its programs are run, such as `https://play.rust-lang.org`.
    services: BTreeSet<String>,
    base: bool,
    /// Where the `<meta>` of the policy goes: after that of the character set.
    place: Option<usize>,
    /// What no policy of ours allows, in words.
    refused: BTreeSet<String>,
}

impl Needs {
    /// Gathers the needs of the page that `rewriting` goes over; its bytes stay.
    pub(super) fn gather(rewriting: &mut Rewriting<'_>) -> Rc<RefCell<Self>> {
        let needs = Rc::new(RefCell::new(Self::default()));
        let all = Rc::clone(&needs);
        rewriting.element("*", Occurs::Freely, move |element| {
            all.borrow_mut().note(element);
            Ok(())
        });
        let scripts = Rc::clone(&needs);
        rewriting.text("script:not([src]):not([type=\"application/ld+json\"])", Occurs::Freely, move |script| {
            scripts.borrow_mut().scripts.insert(source_of(script));
            Ok(script.to_string())
        });
        let styles = Rc::clone(&needs);
        rewriting.text("style", Occurs::Freely, move |style| {
            styles.borrow_mut().styles.insert(source_of(style));
            Ok(style.to_string())
        });
        needs
    }

    fn note(&mut self, element: &Element<'_, '_>) {
        let name = element.tag_name();
        for attribute in element.attributes() {
            let (attribute, value) = (attribute.name(), attribute.value());
            match attribute.as_str() {
                "src" | "srcset" | "poster" if is_of_another_host(&value) => {
                    self.refused.insert(format!("`<{name} {attribute}=\"{value}\">` loads from another host"));
                }
                "href" if value.trim_start().to_ascii_lowercase().starts_with("javascript:") => {
                    self.refused.insert(format!("`<{name} href=\"{value}\">` is a script in a link"));
                }
                "data-endpoint" => self.services.extend(origin_of(&value)),
                handler if handler.starts_with("on") => {
                    self.refused.insert(format!("`<{name} {handler}=\"{value}\">` is a script in an attribute"));
                }
                _ => {}
            }
        }
        match name.as_str() {
            "meta" if element.has_attribute("charset") => self.place = Some(element.source_location().bytes().end),
            "link" if loads_from_another_host(element) => {
                let href = element.get_attribute("href").unwrap_or_default();
                self.refused.insert(format!("`<link href=\"{href}\">` loads from another host"));
            }
            "base" => self.base = true,
            _ => {}
        }
    }

    /// The byte after the page's `<meta charset>`.
    pub(super) fn place(&self) -> Option<usize> {
        self.place
    }

    /// What the page holds that its policy would refuse, in words.
    pub(super) fn refused(&self) -> impl Iterator<Item = &str> {
        self.refused.iter().map(String::as_str)
    }

    /// The value of the page's `Content-Security-Policy`.
    pub(super) fn policy(&self) -> String {
        let list = |first: &str, more: &BTreeSet<String>| {
            more.iter().fold(first.to_string(), |list, source| format!("{list} {source}"))
        };
        [
            "default-src 'self'".to_string(),
            format!("script-src {}", list("'self'", &self.scripts)),
            // For browsers that don't know the two directives below.
            "style-src 'self' 'unsafe-inline'".into(),
            format!("style-src-elem {}", list("'self'", &self.styles)),
            "style-src-attr 'unsafe-inline'".into(),
            // mdBook's chrome.css draws the copy button by one.
            "img-src 'self' data:".into(),
            format!("connect-src {}", list("'self'", &self.services)),
            "object-src 'none'".into(),
            // `<base>` moves every relative address: only 404.html, which is shown anywhere, has one.
            format!("base-uri {}", if self.base { "'self'" } else { "'none'" }),
            "form-action 'self'".into(),
        ]
        .join("; ")
    }
}

/// A script or style as a policy names it. A parser of HTML sees only `\n` at the ends of lines.
fn source_of(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn is_of_another_host(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http://", "https://", "//"].iter().any(|start| address.starts_with(start))
}

fn loads_from_another_host(link: &Element<'_, '_>) -> bool {
    const LOADED: [&str; 5] = ["stylesheet", "icon", "preload", "modulepreload", "manifest"];
    let rel = link.get_attribute("rel").unwrap_or_default().to_ascii_lowercase();
    rel.split_ascii_whitespace().any(|rel| LOADED.contains(&rel))
        && link.get_attribute("href").is_some_and(|href| is_of_another_host(&href))
}

/// Scheme, host and port of an address; `None` for one on the book's own host.
fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs_of(page: &str) -> Needs {
        let mut rewriting = Rewriting::default();
        let needs = Needs::gather(&mut rewriting);
        assert_eq!(rewriting.run(page).unwrap(), page);
        needs.take()
    }

    fn directive(page: &str, name: &str) -> String {
        let policy = needs_of(page).policy();
        let found = policy.split("; ").find_map(|directive| directive.strip_prefix(&format!("{name} ")));
        found.unwrap_or_else(|| panic!("{name} is not in {policy}")).to_string()
    }

    #[test]
    fn scripts_in_the_page_are_named_by_hash() {
        // printf 'let a = 1 < 2;\n' | openssl dgst -sha256 -binary | base64
        let hash = "'self' 'sha256-ittdVKm3ObeDhin4huNcmyz3lnTwKtOGek/4gq0irPU='";
        assert_eq!(directive("<script>let a = 1 < 2;\n</script>", "script-src"), hash);
        assert_eq!(directive("<script>let a = 1 < 2;\r\n</script>", "script-src"), hash, "as a parser sees it");
        assert_eq!(directive("<script src=\"a.js\"></script>", "script-src"), "'self'");
    }

    #[test]
    fn data_is_not_a_script() {
        let page = "<script type=\"application/ld+json\">{}</script>";
        assert_eq!(directive(page, "script-src"), "'self'");
    }

    #[test]
    fn only_the_service_that_runs_the_programs_can_be_connected_to() {
        assert_eq!(directive("<p></p>", "connect-src"), "'self'");
        let card = "<figure data-endpoint=\"https://play.rust-lang.org/execute?a\"></figure>";
        assert_eq!(directive(card, "connect-src"), "'self' https://play.rust-lang.org");
        assert_eq!(directive("<figure data-endpoint=\"/execute\"></figure>", "connect-src"), "'self'");
    }

    #[test]
    fn only_a_page_with_a_base_may_have_one() {
        assert_eq!(directive("<p></p>", "base-uri"), "'none'");
        assert_eq!(directive("<base href=\"/a/\">", "base-uri"), "'self'");
    }

    #[test]
    fn what_would_be_refused_is_named() {
        let page = "<a href=\"https://a.example/\"></a><a href=\"JavaScript:x\"></a><p onclick=\"y\"></p>\
                    <img src=\"//a.example/b.png\"><link rel=\"stylesheet\" href=\"https://a.example/c.css\">\
                    <link rel=\"canonical\" href=\"https://a.example/\">";
        let needs = needs_of(page);
        let refused: Vec<&str> = needs.refused().collect();
        assert_eq!(
            refused,
            [
                "`<a href=\"JavaScript:x\">` is a script in a link",
                "`<img src=\"//a.example/b.png\">` loads from another host",
                "`<link href=\"https://a.example/c.css\">` loads from another host",
                "`<p onclick=\"y\">` is a script in an attribute",
            ]
        );
    }
}
