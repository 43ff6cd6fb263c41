//! KaTeX's style sheet and fonts: only for pages with formulas.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

use super::rewriting::{Occurs, Rewriting};

const FILE_NAME: &str = "katex.min.css";

/// The style sheet's path as `additional-css` in book.toml names it; `None` when the book has no KaTeX.
pub(super) fn style_sheet(config: &Config) -> Option<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    html.additional_css.into_iter().find(|path| path.file_name().is_some_and(|name| name == FILE_NAME))
}

/// Copies the fonts next to the style sheet: mdBook copies only the sheet itself. The sheet is below one of `roots`.
pub(super) fn copy_fonts(roots: [&Path; 2], style_sheet: &Path, site: &Path) -> Result<()> {
    let fonts = style_sheet.with_file_name("fonts");
    let from = roots.iter().map(|root| root.join(&fonts)).find(|from| from.is_dir()).unwrap_or_else(|| fonts.clone());
    let to = site.join(&fonts);
    fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(&from).with_context(|| format!("{}: KaTeX's fonts are missing", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name())).with_context(|| entry.path().display().to_string())?;
    }
    Ok(())
}

/// Takes the link to the style sheet out of a page that has no formula.
pub(super) fn drop_unused_style_sheet(page: &str, style_sheet: &Path, rewriting: &mut Rewriting<'_>) {
    let main = page.split_once("<main>").map_or("", |(_, main)| main);
    let needed = main.contains("class=\"katex");
    // mdBook puts a hash into the name: theme/katex/katex-1a2b3c4d.min.css.
    let folder = style_sheet.parent().unwrap_or(Path::new("")).display().to_string().replace('\\', "/");
    let selector = format!("link[rel=\"stylesheet\"][href*=\"{folder}/katex\"]");
    rewriting.element(selector, Occurs::Once, move |link| {
        if !needed {
            link.remove();
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "theme/katex/katex.min.css";

    fn page(main: &str) -> String {
        format!(
            "<head><link rel=\"stylesheet\" href=\"../theme/katex/katex-0a1b.min.css\"><link rel=\"stylesheet\" \
             href=\"../theme/css/page.css\"></head><main>{main}</main>"
        )
    }

    fn finished(page: &str) -> Result<String, String> {
        let mut rewriting = Rewriting::default();
        drop_unused_style_sheet(page, Path::new(SHEET), &mut rewriting);
        rewriting.run(page).map_err(|mismatches| mismatches[0].message.clone())
    }

    #[test]
    fn a_page_without_formulas_does_not_load_katex() {
        let page = page("文字");
        let without = "<head><link rel=\"stylesheet\" href=\"../theme/css/page.css\"></head><main>文字</main>";
        assert_eq!(finished(&page).unwrap(), without);
    }

    #[test]
    fn a_page_with_a_formula_keeps_it() {
        let page = page("<span class=\"katex\">x</span>");
        assert_eq!(finished(&page).unwrap(), page);
    }

    #[test]
    fn a_page_that_never_had_it_is_an_error_naming_the_selector() {
        let error = finished("<main></main>").unwrap_err();
        assert!(error.contains("link[rel=\"stylesheet\"][href*=\"theme/katex/katex\"]` matches 0"), "{error}");
    }
}
