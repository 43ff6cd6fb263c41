//! One pass over one page: what to change where, and which elements must be there.

use lol_html::html_content::{Comment, ContentType, Element, TextChunk};
use lol_html::{ElementContentHandlers, HandlerResult, RewriteStrSettings, Selector, rewrite_str};
use qabook_support::{Diagnostic, Rule};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How often a page has the elements that a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurs {
    /// Exactly once.
    Once,
    /// Any number of times, none included.
    Freely,
}

/// Where something is put: inside of an element, or after it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Start,
    End,
    After,
}

/// A selector that didn't match as it must, or a text that isn't what it was when its translation was written.
pub(super) const PAGE_FORM: Rule = Rule::error("page-form");

fn mismatch(message: impl Into<String>) -> Diagnostic {
    let hint = "qabook is written for the page of mdBook 0.5.4: is a file of mdBook's theme replaced in theme/?";
    PAGE_FORM.broken(message, hint)
}

/// The changes to one page, collected and then made in a single run over its text.
#[derive(Default)]
pub(super) struct Rewriting<'h> {
    handlers: Vec<(String, ElementContentHandlers<'h>)>,
    expected: Vec<(String, Occurs, Rc<Cell<usize>>)>,
    mismatches: Rc<RefCell<Vec<Diagnostic>>>,
}

impl<'h> Rewriting<'h> {
    /// Does `change` to each element that `selector` matches.
    pub(super) fn element(
        &mut self,
        selector: impl Into<String>,
        occurs: Occurs,
        mut change: impl FnMut(&mut Element<'_, '_>) -> HandlerResult + 'h,
    ) {
        let selector = selector.into();
        let count = Rc::new(Cell::new(0));
        self.expected.push((selector.clone(), occurs, Rc::clone(&count)));
        let handler = ElementContentHandlers::default().element(move |element: &mut Element<'_, '_>| {
            count.set(count.get() + 1);
            change(element)
        });
        self.handlers.push((selector, handler));
    }

    /// Puts `html` where `place` says, at the one element that `selector` matches.
    pub(super) fn insert(&mut self, selector: &str, place: Place, html: impl Into<String>) {
        let html = html.into();
        self.element(selector, Occurs::Once, move |element| {
            match place {
                Place::Start => element.prepend(&html, ContentType::Html),
                Place::End => element.append(&html, ContentType::Html),
                Place::After => element.after(&html, ContentType::Html),
            }
            Ok(())
        });
    }

    /// Sets an attribute of each element that `selector` matches.
    pub(super) fn attribute(&mut self, selector: &str, occurs: Occurs, name: &'static str, value: impl Into<String>) {
        // lol_html escapes the quotes only.
        let value = value.into().replace('&', "&amp;");
        self.element(selector, occurs, move |element| Ok(element.set_attribute(name, &value)?));
    }

    /// Like [`Rewriting::attribute`], but the attribute must have the value `stock` before.
    pub(super) fn translate_attribute(
        &mut self,
        selector: &'static str,
        occurs: Occurs,
        name: &'static str,
        (stock, value): (&'static str, &'h str),
    ) {
        let mismatches = Rc::clone(&self.mismatches);
        self.element(selector, occurs, move |element| {
            let found = element.get_attribute(name).unwrap_or_default();
            if found != stock {
                mismatches.borrow_mut().push(mismatch(format!("`{selector}` has {name}=\"{found}\", not \"{stock}\"")));
            }
            // lol_html escapes the quotes only.
            Ok(element.set_attribute(name, &value.replace('&', "&amp;"))?)
        });
    }

    /// Passes each whole text node inside `selector` through `change`, which may report that it doesn't know the text.
    pub(super) fn text(
        &mut self,
        selector: &'static str,
        occurs: Occurs,
        change: impl Fn(&str) -> Result<String, &'static str> + 'h,
    ) {
        self.element(selector, occurs, |_| Ok(()));
        let mismatches = Rc::clone(&self.mismatches);
        let mut node = String::new();
        let handler = ElementContentHandlers::default().text(move |chunk: &mut TextChunk<'_>| {
            node.push_str(chunk.as_str());
            if !chunk.last_in_text_node() {
                chunk.remove();
                return Ok(());
            }
            let text = std::mem::take(&mut node);
            let changed = change(&text).unwrap_or_else(|problem| {
                let message = format!("`{selector}` holds the text \"{}\": {problem}", text.trim());
                mismatches.borrow_mut().push(mismatch(message));
                text
            });
            chunk.replace(&changed, ContentType::Html);
            Ok(())
        });
        self.handlers.push((selector.to_string(), handler));
    }

    /// Replaces each text inside `selector` by the HTML next to it in `words`; blank ones stay.
    pub(super) fn translate_text(
        &mut self,
        selector: &'static str,
        occurs: Occurs,
        words: Vec<(&'static str, String)>,
    ) {
        self.text(selector, occurs, move |text| {
            let stock = text.trim();
            match words.iter().find(|(known, _)| *known == stock) {
                Some((_, translated)) => Ok(text.replacen(stock, translated, 1)),
                None if stock.is_empty() => Ok(text.to_string()),
                None => Err("it has no translation"),
            }
        });
    }

    /// Drops the comments of mdBook's template.
    pub(super) fn drop_comments_outside_main(&mut self) {
        let in_main = Rc::new(Cell::new(false));
        let inside = Rc::clone(&in_main);
        self.element("main", Occurs::Once, move |main| {
            inside.set(true);
            let inside = Rc::clone(&inside);
            main.on_end_tag(Box::new(move |_| {
                inside.set(false);
                Ok(())
            }))
        });
        let handler = ElementContentHandlers::default().comments(move |comment: &mut Comment<'_>| {
            if !in_main.get() {
                comment.remove();
            }
            Ok(())
        });
        self.handlers.push(("html".into(), handler));
    }

    /// Makes the changes to `page`.
    /// Errors: Every selector that matched another number of elements than it must, and every text that has changed.
    pub(super) fn run(self, page: &str) -> Result<String, Vec<Diagnostic>> {
        let mut settings = RewriteStrSettings::new();
        for (selector, handlers) in self.handlers {
            let parsed: Selector =
                selector.parse().map_err(|error| vec![mismatch(format!("the selector `{selector}`: {error}"))])?;
            settings = settings.append_element_content_handler((Cow::Owned(parsed), handlers));
        }
        let rewritten = rewrite_str(page, settings).map_err(|error| vec![mismatch(error.to_string())])?;
        let mut mismatches = self.mismatches.take();
        for (selector, occurs, count) in self.expected {
            let count = count.get();
            if occurs == Occurs::Once && count != 1 {
                mismatches.push(mismatch(format!("the selector `{selector}` matches {count} elements, not one")));
            }
        }
        // Several changes may be for one selector.
        mismatches.sort();
        mismatches.dedup();
        if mismatches.is_empty() { Ok(rewritten) } else { Err(mismatches) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_that_matches_nothing_is_named() {
        let mut rewriting = Rewriting::default();
        rewriting.attribute("html", Occurs::Once, "lang", "zh-CN");
        rewriting.attribute("body.gone", Occurs::Once, "id", "x");
        let mismatches = rewriting.run("<html><body></body></html>").unwrap_err();
        assert_eq!(mismatches, [mismatch("the selector `body.gone` matches 0 elements, not one")]);
    }

    #[test]
    fn an_attribute_has_the_value_that_was_given() {
        let mut rewriting = Rewriting::default();
        rewriting.attribute("meta", Occurs::Once, "content", "\"&lt;\"");
        assert_eq!(rewriting.run("<meta>").unwrap(), "<meta content=\"&quot;&amp;lt;&quot;\">");
    }

    #[test]
    fn a_changed_label_is_named() {
        let mut rewriting = Rewriting::default();
        rewriting.translate_attribute("a", Occurs::Freely, "title", ("Next", "后一页"));
        rewriting.translate_text("p", Occurs::Once, vec![("Press", "按".into())]);
        let mismatches = rewriting.run("<a title=\"Onwards\"></a><p>Press <b>x</b> </p>").unwrap_err();
        assert_eq!(
            mismatches,
            [
                mismatch("`a` has title=\"Onwards\", not \"Next\""),
                mismatch("`p` holds the text \"x\": it has no translation")
            ]
        );
    }

    #[test]
    fn only_the_text_keeps_its_comments() {
        let mut rewriting = Rewriting::default();
        rewriting.drop_comments_outside_main();
        let page = "<html><!-- a --><main><!-- b --><p>x</p></main><!-- c --></html>";
        assert_eq!(rewriting.run(page).unwrap(), "<html><main><!-- b --><p>x</p></main></html>");
    }

    #[test]
    fn everything_else_keeps_its_bytes() {
        let mut rewriting = Rewriting::default();
        rewriting.translate_text("p", Occurs::Once, vec![("Press", "按".into()), ("x", "x".into())]);
        let page = "<!DOCTYPE HTML>\r\n<P Class=a >Press <b>x</b>\n </P  ><main>&amp;&#36;<br/></main>";
        assert_eq!(rewriting.run(page).unwrap(), page.replace("Press", "按"));
    }
}
