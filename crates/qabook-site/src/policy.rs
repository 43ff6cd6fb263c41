//! The policy of a page: what it may run, load and connect to (<https://www.w3.org/TR/CSP3/>).
//!
//! A static host sends no headers of ours, so the policy is in a `<meta>`, before anything that it governs. Scripts of the
//! template and styles in the page are named by their hashes, other hosts by the book's settings ([`super::grants`]). Style
//! *attributes* have to be allowed as such, since KaTeX places its glyphs by them. What the policy would refuse is an error
//! here: a browser only notes it in its console, where no author looks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lol_html::html_content::Element;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::grants::BookGrants;
use super::origin::{Leads, cleaned, leads};
use super::rewriting::{Occurs, Rewriting};
use super::text_guard::{self, Refused};

/// What a page holds that its policy depends on.
#[derive(Debug)]
pub(super) struct Needs<'a> {
    grants: &'a BookGrants,
    /// Where the text is in the page; what is outside comes from templates.
    text: Range<usize>,
    /// Whether the element that was met last is in the text.
    in_text: bool,
    /// Whether scripts of the text may run.
    has_text_scripts: bool,
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
    /// Where its programs are run, such as `https://play.rust-lang.org`.
    services: BTreeSet<String>,
    base: bool,
    /// Where the `<meta>` of the policy goes: after that of the character set.
    place: Option<usize>,
    /// What the templates hold that no policy of ours allows.
    refused: BTreeSet<Refused>,
}

/// Where the text is in the page `html`: nothing in it can end `<main>` for us, since the template's own end comes after it.
pub(super) fn text_of(html: &str) -> Range<usize> {
    let start = html.find("<main>").map_or(html.len(), |at| at + "<main>".len());
    start..html.rfind("</main>").unwrap_or(html.len()).max(start)
}

impl<'a> Needs<'a> {
    /// Gathers the needs of the page `html` at `file`, which `rewriting` goes over; its bytes stay.
    pub(super) fn gather<'h>(
        file: &str,
        html: &str,
        grants: &'a BookGrants,
        rewriting: &mut Rewriting<'h>,
    ) -> Rc<RefCell<Self>>
    where
        'a: 'h,
    {
        let needs = Rc::new(RefCell::new(Self {
            grants,
            text: text_of(html),
            in_text: false,
            has_text_scripts: grants.has_text_scripts(file),
            scripts: BTreeSet::new(),
            styles: BTreeSet::new(),
            services: BTreeSet::new(),
            base: false,
            place: None,
            refused: BTreeSet::new(),
        }));
        let all = Rc::clone(&needs);
        rewriting.element("*", Occurs::Freely, move |element| {
            all.borrow_mut().note(element);
            Ok(())
        });
        let scripts = Rc::clone(&needs);
        rewriting.text("script:not([src]):not([type=\"application/ld+json\"])", Occurs::Freely, move |script| {
            let mut needs = scripts.borrow_mut();
            if !needs.in_text || needs.has_text_scripts {
                needs.scripts.insert(source_of(script));
            }
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
        let bytes = element.source_location().bytes();
        self.in_text = self.text.contains(&bytes.start);
        if element.has_attribute("data-endpoint") {
            self.services.extend(self.grants.service());
        }
        let class = element.get_attribute("class").unwrap_or_default();
        if element.tag_name() == "pre" && class.split_ascii_whitespace().any(|class| class == "playground") {
            self.services.insert(BookGrants::playground());
        }
        // What the text may hold is looked at by itself.
        if !self.in_text {
            self.note_of_template(element, bytes.end);
        }
    }

    fn note_of_template(&mut self, element: &Element<'_, '_>, end: usize) {
        let name = element.tag_name();
        for attribute in element.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            let clean = cleaned(&value);
            let is_of_another_host = leads(&clean) == Leads::OtherHost;
            let mut refuse = |what: &str, is_load| {
                let message = text_guard::message(&name, &key, &value, what);
                self.refused.insert(Refused { message, needle: value.clone(), is_load });
            };
            match key.as_str() {
                "src" | "srcset" | "poster" if is_of_another_host && !self.grants.loads(&value, name == "script") => {
                    refuse("loads from another host", true);
                }
                "href"
                    if name == "link"
                        && is_loaded(element)
                        && is_of_another_host
                        && !self.grants.loads(&value, false) =>
                {
                    refuse("loads from another host", true);
                }
                "href" if leads(&clean) == Leads::Scheme("javascript") => refuse(text_guard::ACTIVE_LINK, false),
                handler if handler.starts_with("on") => refuse("is a script in an attribute", false),
                _ => {}
            }
        }
        match name.as_str() {
            "meta" if element.has_attribute("charset") && end <= self.text.start => {
                self.place.get_or_insert(end);
            }
            "base" => self.base = true,
            _ => {}
        }
    }

    /// The byte after the page's `<meta charset>`.
    pub(super) fn place(&self) -> Option<usize> {
        self.place
    }

    /// What the templates hold that the policy would refuse.
    pub(super) fn refused(&self) -> &BTreeSet<Refused> {
        &self.refused
    }

    /// The value of the page's `Content-Security-Policy`.
    pub(super) fn policy(&self) -> String {
        let list = |first: &str, more: &BTreeSet<String>| {
            more.iter().fold(first.to_string(), |list, source| format!("{list} {source}"))
        };
        let hosts = self.grants.hosts();
        let script_hosts = self.grants.script_hosts();
        let scripts = self.scripts.union(script_hosts).cloned().collect();
        // The editor of stock mdBook writes style sheets into the page. Beside a hash the word for that means nothing.
        let styles = if self.grants.is_editable() {
            list("'self' 'unsafe-inline'", hosts)
        } else {
            list(&list("'self'", &self.styles), hosts)
        };
        let services = self.services.union(script_hosts).cloned().collect();
        let mut directives = vec![
            "default-src 'self'".to_string(),
            format!("script-src {}", list("'self'", &scripts)),
            // For browsers that don't know the two directives below.
            format!("style-src {}", list("'self' 'unsafe-inline'", hosts)),
            format!("style-src-elem {styles}"),
            "style-src-attr 'unsafe-inline'".into(),
            // mdBook's chrome.css draws the copy button by one.
            format!("img-src {}", list("'self' data:", hosts)),
        ];
        if !hosts.is_empty() {
            directives
                .extend(["font-src", "media-src", "frame-src"].map(|kind| format!("{kind} {}", list("'self'", hosts))));
        }
        directives.extend([
            format!("connect-src {}", list("'self'", &services)),
            "object-src 'none'".into(),
            // `<base>` moves every relative address: only 404.html, which is shown anywhere, has one.
            format!("base-uri {}", if self.base { "'self'" } else { "'none'" }),
            "form-action 'self'".into(),
        ]);
        directives.join("; ")
    }
}

/// A script or style as a policy names it. A parser of HTML sees only `\n` at the ends of lines.
fn source_of(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Whether a browser loads what `link` names by itself.
fn is_loaded(link: &Element<'_, '_>) -> bool {
    const LOADED: [&str; 9] = [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
    ];
    let rel = link.get_attribute("rel").unwrap_or_default().to_ascii_lowercase();
    rel.split_ascii_whitespace().any(|rel| LOADED.contains(&rel))
}

#[cfg(test)]
mod tests;
