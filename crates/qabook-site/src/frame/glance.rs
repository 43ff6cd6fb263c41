//! What a finished page says of itself: its headings, its neighbours, how long it takes to read.

use lol_html::html_content::{Element, TextChunk};
use lol_html::{ElementContentHandlers, HandlerResult, RewriteStrSettings, Selector, rewrite_str};
use serde::Serialize;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// A heading of the text that a link can lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Heading {
    /// From 2 on: the title isn't among them.
    pub(super) level: u8,
    /// The address within the page, as its own link writes it, such as `#what`.
    pub(super) href: String,
    /// Its text, as HTML.
    pub(super) html: String,
}

/// What is known of a page by its HTML.
#[derive(Debug, Default)]
pub(super) struct Glance {
    pub(super) headings: Vec<Heading>,
    /// Where mdBook's links to the neighbours lead.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    /// Characters that are read one by one, such as 汉字, and words of others.
    characters: usize,
    words: usize,
    /// How many elements are open whose text isn't read.
    skipped: usize,
    is_word: bool,
}

/// What nobody reads line by line, or what says again what stands beside it.
const SKIPPED: [&str; 7] =
    ["main pre", "main script", "main nav", "main svg", "main .katex-html", "main annotation", "main [data-no-index]"];

/// In a minute a reader of such a text reads this many characters or words: slower than in a novel.
const CHARACTERS: usize = 400;
const WORDS: usize = 220;

type Seen = Rc<RefCell<Glance>>;

impl Glance {
    /// Looks at the page `html`, as mdBook made it.
    pub(super) fn at(html: &str) -> Self {
        let seen = Seen::default();
        let mut settings = RewriteStrSettings::new();
        for (selector, handlers) in handlers(&seen) {
            let selector: Selector = selector.parse().expect("a valid selector");
            settings = settings.append_element_content_handler((Cow::Owned(selector), handlers));
        }
        // What is no HTML has no headings; the pass over the page says so.
        let _ = rewrite_str(html, settings);
        seen.take()
    }

    /// How many minutes the text takes; at least one.
    pub(super) fn minutes(&self) -> usize {
        (self.characters * WORDS + self.words * CHARACTERS).div_ceil(CHARACTERS * WORDS).max(1)
    }

    fn read(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        for c in text.chars() {
            let is_character =
                matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
            let is_word = c.is_alphanumeric() && !is_character;
            self.characters += usize::from(is_character);
            self.words += usize::from(is_word && !self.is_word);
            self.is_word = is_word;
        }
    }
}

fn handlers(seen: &Seen) -> Vec<(&'static str, ElementContentHandlers<'static>)> {
    let mut all = vec![
        ("nav.nav-wrapper a.previous", on_element(seen, |glance, link| glance.previous = link.get_attribute("href"))),
        ("nav.nav-wrapper a.next", on_element(seen, |glance, link| glance.next = link.get_attribute("href"))),
        ("main", on_text(seen, Glance::read)),
    ];
    for (selector, level) in [("main h2[id] > a.header", 2), ("main h3[id] > a.header", 3)] {
        let begin = move |glance: &mut Glance, link: &mut Element<'_, '_>| {
            let href = link.get_attribute("href").unwrap_or_default();
            glance.headings.push(Heading { level, href, html: String::new() });
        };
        all.push((selector, on_element(seen, begin)));
        let add = |glance: &mut Glance, text: &str| {
            let is_read = glance.skipped == 0;
            if let Some(heading) = glance.headings.last_mut().filter(|_| is_read) {
                heading.html.push_str(text);
            }
        };
        all.push((selector, on_text(seen, add)));
    }
    all.extend(SKIPPED.map(|selector| (selector, skipping(seen))));
    all
}

fn on_element(
    seen: &Seen,
    mut look: impl FnMut(&mut Glance, &mut Element<'_, '_>) + 'static,
) -> ElementContentHandlers<'static> {
    let seen = Rc::clone(seen);
    ElementContentHandlers::default().element(move |element: &mut Element<'_, '_>| {
        look(&mut seen.borrow_mut(), element);
        Ok(())
    })
}

fn on_text(seen: &Seen, mut look: impl FnMut(&mut Glance, &str) + 'static) -> ElementContentHandlers<'static> {
    let seen = Rc::clone(seen);
    ElementContentHandlers::default().text(move |text: &mut TextChunk<'_>| {
        look(&mut seen.borrow_mut(), text.as_str());
        Ok(())
    })
}

fn skipping(seen: &Seen) -> ElementContentHandlers<'static> {
    let seen = Rc::clone(seen);
    ElementContentHandlers::default().element(move |element: &mut Element<'_, '_>| -> HandlerResult {
        let inside = Rc::clone(&seen);
        seen.borrow_mut().skipped += 1;
        let ended = element.on_end_tag(Box::new(move |_| {
            inside.borrow_mut().skipped -= 1;
            Ok(())
        }));
        if ended.is_err() {
            // An element without an end holds nothing.
            seen.borrow_mut().skipped -= 1;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, href: &str, html: &str) -> Heading {
        Heading { level, href: href.into(), html: html.into() }
    }

    #[test]
    fn headings_are_those_that_can_be_led_to() {
        let glance = Glance::at(
            "<main><h1 id=\"t\"><a class=\"header\" href=\"#t\">T</a></h1>\
             <h2 id=\"a\"><a class=\"header\" href=\"#a\"><code>a</code> &amp; b</a></h2><h3 id=\"none\">no link</h3>\
             <h3 id=\"c\"><a class=\"header\" href=\"#c\">c<span class=\"katex-html\">twice</span></a></h3></main>\
             <h2 id=\"d\"><a class=\"header\" href=\"#d\">outside</a></h2>",
        );
        assert_eq!(glance.headings, [heading(2, "#a", "a &amp; b"), heading(3, "#c", "c")]);
    }

    #[test]
    fn neighbours_are_those_of_mdbook() {
        let glance = Glance::at(
            "<main></main><nav class=\"nav-wrapper\"><a class=\"mobile-nav-chapters next\" href=\"../b.html\">x</a></nav>",
        );
        assert_eq!((glance.previous, glance.next.as_deref()), (None, Some("../b.html")));
    }

    #[test]
    fn time_goes_by_what_is_read() {
        let minutes = |text: &str| Glance::at(&format!("<main>{text}</main>")).minutes();
        assert_eq!(minutes(""), 1);
        assert_eq!(minutes(&"汉".repeat(400)), 1);
        assert_eq!(minutes(&"汉".repeat(401)), 2);
        assert_eq!(minutes(&"word ".repeat(440)), 2);
        assert_eq!(minutes(&format!("{}<pre>{}</pre>", "汉".repeat(400), "x ".repeat(999))), 1);
        assert_eq!(minutes(&format!("{}{}", "汉".repeat(400), "word ".repeat(220))), 2);
    }
}
