//! The page for a keyboard and a screen reader: a skip link, landmarks, and controls that can be focused.

use lol_html::html_content::ContentType;
use qabook_words::Words;

use super::rewriting::{Occurs, Place, Rewriting};

/// The style of what this module adds; in the page, because it belongs to no theme.
const STYLE: &str = include_str!("templates/landmarks.css");

/// For the finger only, as the label of the button is.
const SCRIM: &str =
    "<span class=\"sidebar-scrim\" aria-hidden=\"true\"><label for=\"mdbook-sidebar-toggle-anchor\"></label></span>";

/// Finishes a page made from mdBook's `index.hbs`.
///
/// `home` is where the title leads, where there is one. `moved` says that a `<base>` makes `#fragments` of the page lead elsewhere, as on `404.html`: then a skip link can't work.
pub(super) fn finish(moved: bool, home: Option<&str>, words: &Words, rewriting: &mut Rewriting<'_>) {
    let style = minifier::css::minify(STYLE).map_or_else(|_| STYLE.to_string(), |style| style.to_string());
    let style = format!("{style}{}", words_of_sheets(words));
    rewriting.insert("head", Place::End, format!("<style>{style}</style>\n"));
    if !moved {
        let skip = words.text("site.skip").replace('&', "&amp;").replace('<', "&lt;");
        let link = format!("\n<a class=\"skip-link\" href=\"#mdbook-content\">{skip}</a>");
        rewriting.insert("body", Place::Start, link);
    }
    // So that following the link moves the focus, too.
    rewriting.attribute("#mdbook-content", Occurs::Once, "tabindex", "-1");
    rewriting.element("#mdbook-menu-bar", Occurs::Once, |bar| Ok(bar.set_tag_name("header")?));
    // The page's own H1 is the only one.
    let link = home.map(|home| format!("<a href=\"{home}\">"));
    rewriting.element("h1.menu-title", Occurs::Once, move |title| {
        if let Some(link) = &link {
            title.prepend(link, ContentType::Html);
            title.append("</a>", ContentType::Html);
        }
        Ok(title.set_tag_name("p")?)
    });
    rewriting.element("#mdbook-help-popup", Occurs::Once, |dialog| {
        dialog.set_attribute("role", "dialog")?;
        Ok(dialog.set_attribute("aria-labelledby", "mdbook-help-title")?)
    });
    rewriting.attribute(".mdbook-help-title", Occurs::Once, "id", "mdbook-help-title");
    // What is beside the drawer of a phone closes it, without scripts, too.
    rewriting.insert("#mdbook-sidebar", Place::After, SCRIM);
    let contents = words.text("site.contents").replace('&', "&amp;");
    // mdBook hides the checkbox and leaves its label, which no key reaches.
    rewriting.element("#mdbook-sidebar-toggle-anchor", Occurs::Once, move |checkbox| {
        checkbox.set_attribute("class", "sidebar-toggle-box")?;
        Ok(checkbox.set_attribute("aria-label", &contents)?)
    });
    // Its label is for the mouse only: the checkbox speaks for it. HTML allows no ARIA attributes on a label, and mdBook's
    // script sets one: what is around it hides it.
    rewriting.element("#mdbook-sidebar-toggle", Occurs::Once, |label| {
        label.remove_attribute("aria-label");
        label.remove_attribute("aria-controls");
        label.before("<span class=\"sidebar-toggle-label\" aria-hidden=\"true\">", ContentType::Html);
        label.after("</span>", ContentType::Html);
        Ok(())
    });
}

/// What style sheets write into pages, as they ask for it: `content: var(--asked)`.
fn words_of_sheets(words: &Words) -> String {
    let property = |name: &str| format!("--{name}:{}", css_string(words.text(&format!("site.{name}"))));
    format!(":root{{{}}}", ["asked", "answered"].map(property).join(";"))
}

/// `text` as a string of CSS that can't end a `<style>`.
fn css_string(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' | '<' | '\n' | '\r' => format!("\\{:x} ", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_sheets_are_strings_of_css() {
        assert_eq!(words_of_sheets(&Words::of_language("en")), ":root{--asked:\"Q\";--answered:\"A\"}");
        assert_eq!(css_string("a\"</style>\\\n"), "\"a\\22 \\3c /style>\\5c \\a \"");
    }
}
