//! The pages that are where a chapter was before it moved (`[output.html.redirect]`).

use lol_html::html_content::ContentType;
use mdbook_driver::config::Config;
use qabook_support::escape_attribute;
use qabook_words::Words;
use std::collections::BTreeMap;

use super::address::Address;
use super::rewriting::{Occurs, Place, Rewriting};

/// The file of each redirect, below the site's root, with where it leads.
pub(super) fn of_config(config: &Config) -> BTreeMap<String, String> {
    let redirects = config.html_config().unwrap_or_default().redirect;
    // Those with a fragment are part of a page.
    let whole = redirects.into_iter().filter(|(from, _)| !from.contains('#'));
    whole.map(|(from, to)| (from.trim_start_matches('/').to_string(), to)).collect()
}

/// Finishes the page made from mdBook's `redirect.hbs` for `file`, which leads to `target`.
pub(super) fn finish(
    file: &str,
    target: &str,
    language: &str,
    words: &Words,
    address: &Address,
    rewriting: &mut Rewriting<'_>,
) {
    rewriting.attribute("html", Occurs::Once, "lang", language);
    if let Some(url) = address.of_link(file, target) {
        rewriting.attribute("link[rel=\"canonical\"]", Occurs::Once, "href", url);
    }
    let viewport = "\n    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    rewriting.insert("meta[http-equiv=\"refresh\"]", Place::After, viewport);
    let title = words.text("site.moved").to_string();
    rewriting.element("title", Occurs::Once, move |element| {
        element.set_inner_content(&title, ContentType::Text);
        Ok(())
    });
    let link = escape_attribute(target);
    let text = words.filled("site.moved-to", &[("link", &format!("<a href=\"{link}\">{link}</a>"))]);
    rewriting.element("body > p", Occurs::Once, move |element| {
        element.set_inner_content(&text, ContentType::Html);
        Ok(())
    });
}
