//! What the head of a page tells search engines, feed readers and those who share it.

use jiff::Timestamp;
use lol_html::html_content::ContentType;
use qabook_support::{Diagnostics, Templates};
use serde::Serialize;

use super::address::Address;
use super::discovery::FEED;
use super::json_ld;
use super::model::{Kind, Model, Page, SHARE_IMAGE};
use super::rewriting::{Occurs, Rewriting};

/// The template and its built-in text.
pub(super) const TEMPLATE: (&str, &str) = ("page-head.html", include_str!("templates/page-head.html"));

/// What the template sees.
#[derive(Serialize)]
struct Head<'a> {
    url: &'a str,
    language: &'a str,
    /// The language with an underscore, as Open Graph wants it.
    locale: String,
    /// The address of the feed, when there is one.
    feed: Option<String>,
    /// `website`, `book` or `article` (<https://ogp.me/#types>).
    #[serde(rename = "type")]
    kind: &'static str,
    site: &'a str,
    title: &'a str,
    description: &'a str,
    published: Option<Timestamp>,
    modified: Option<Timestamp>,
    image: Option<&'a str>,
    image_width: u32,
    image_height: u32,
    json_ld: String,
}

/// Gives `page` its title and description, and its addresses when they are known.
/// Errors: What is wrong with the template.
pub(super) fn write(
    model: &Model,
    page: &Page,
    address: &Address,
    templates: &Templates,
    rewriting: &mut Rewriting<'_>,
) -> Result<(), Diagnostics> {
    let title = match page.kind {
        Kind::Home if model.description == model.title => model.title.clone(),
        Kind::Home => {
            model.words.filled("site.titled", &[("title", &model.title), ("description", &model.description)])
        }
        _ if model.title.is_empty() => page.name.clone(),
        _ => format!("{} - {}", page.name, model.title),
    };
    let fragment = fragment(model, page, address, templates)?;
    rewriting.element("head > title", Occurs::Once, move |element| {
        element.set_inner_content(&title, ContentType::Text);
        element.after(&fragment, ContentType::Html);
        Ok(())
    });
    rewriting.attribute("meta[name=\"description\"]", Occurs::Once, "content", page.description.clone());
    Ok(())
}

fn fragment(model: &Model, page: &Page, address: &Address, templates: &Templates) -> Result<String, Diagnostics> {
    let image = model.has_share_images.then(|| address.of_file(&page.share_image())).flatten();
    let url = address.of_page(&page.file);
    let json_ld = json_ld::of_page(model, page, address, image.as_deref());
    let (Some(url), Some(json_ld)) = (url, json_ld) else { return Ok(String::new()) };
    let head = Head {
        url: &url,
        language: &model.language,
        locale: model.language.replace('-', "_"),
        feed: model.pages.iter().any(|page| page.modified.is_some()).then(|| address.of_file(FEED)).flatten(),
        kind: match page.kind {
            Kind::Home => "book",
            Kind::Question(_) => "article",
            Kind::Part | Kind::Other | Kind::Collected => "website",
        },
        site: &model.title,
        title: &page.name,
        description: &page.description,
        published: page.published,
        modified: page.modified,
        image: image.as_deref(),
        image_width: SHARE_IMAGE.0,
        image_height: SHARE_IMAGE.1,
        json_ld,
    };
    templates.render(TEMPLATE.0, &head)
}

/// The colours that a browser's own bars take, by mdBook's theme: `--bg` in its variables.css.
const BACKGROUNDS: [(&str, &str); 5] =
    [("light", "#ffffff"), ("rust", "#e1e1db"), ("coal", "#131516"), ("navy", "#161923"), ("ayu", "#0f141a")];

/// Names the colour for a dark system, too, until the page's script sets that of the reader's theme.
pub(super) fn theme_color(light: &str, dark: &str, rewriting: &mut Rewriting<'_>) {
    let color = |theme: &str| BACKGROUNDS.iter().find(|(name, _)| *name == theme).map(|(_, color)| *color);
    let (Some(light), Some(dark)) = (color(light), color(dark)) else { return };
    rewriting.element("meta[name=\"theme-color\"]", Occurs::Once, move |meta| {
        meta.set_attribute("content", light)?;
        // Browsers take the first that fits; mdBook's script changes the first, whatever its media.
        meta.set_attribute("media", "(prefers-color-scheme: light)")?;
        let dark = format!("<meta name=\"theme-color\" content=\"{dark}\" media=\"(prefers-color-scheme: dark)\">");
        meta.after(&format!("\n        {dark}"), ContentType::Html);
        Ok(())
    });
}
