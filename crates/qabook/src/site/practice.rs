//! The scripts and style sheets of pages to practise with: only for those pages.

use lol_html::html_content::Element;

use super::rewriting::{Occurs, Rewriting};

/// The folder that they are in, wherever `additional-js` and `additional-css` have it.
const FOLDER: &str = "/practice/";

/// What a page says that needs them.
const NEED: &str = "data-needs=\"practice\"";

/// Whether a script or style sheet is for pages to practise with alone.
pub(super) fn is_for_practice(file: &str) -> bool {
    format!("/{file}").contains(FOLDER)
}

/// Takes the links to them out of a page that doesn't need them.
pub(super) fn drop_unused(page: &str, rewriting: &mut Rewriting<'_>) {
    let main = page.split_once("<main>").map_or("", |(_, main)| main);
    if main.contains(NEED) {
        return;
    }
    for (selector, attribute) in [("script[src]", "src"), ("link[rel=\"stylesheet\"]", "href")] {
        rewriting.element(selector, Occurs::Freely, move |element: &mut Element<'_, '_>| {
            if element.get_attribute(attribute).is_some_and(|file| is_for_practice(&file)) {
                element.remove();
            }
            Ok(())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(main: &str) -> String {
        let mut rewriting = Rewriting::default();
        let page = page(main);
        drop_unused(&page, &mut rewriting);
        rewriting.run(&page).unwrap()
    }

    fn page(main: &str) -> String {
        format!(
            "{HEAD}<main>{main}</main><script src=\"../theme/practice/keys-1a.js\"></script><script>let x;</script>"
        )
    }

    const HEAD: &str = "<link rel=\"stylesheet\" href=\"../theme/practice/practice-1a.css\"><link rel=\"stylesheet\" \
                        href=\"../theme/css/page.css\"><script src=\"../theme/js/practice.js\"></script>";

    #[test]
    fn a_page_to_practise_with_keeps_them() {
        let main = "<div class=\"practice\" data-needs=\"practice\"></div>";
        assert_eq!(finished(main), page(main));
    }

    #[test]
    fn another_page_does_not_load_them() {
        let expected = "<link rel=\"stylesheet\" href=\"../theme/css/page.css\">\
                        <script src=\"../theme/js/practice.js\"></script><main>x</main><script>let x;</script>";
        assert_eq!(finished("x"), expected);
    }
}
