//! KaTeX's style sheet and fonts: only for pages with formulas.

use anyhow::{Context, Result, ensure};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use mdbook_driver::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

const FILE_NAME: &str = "katex.min.css";

/// The style sheet's path as `additional-css` in book.toml names it; `None` when the book has no KaTeX.
pub(super) fn style_sheet(config: &Config) -> Option<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    html.additional_css.into_iter().find(|path| path.file_name().is_some_and(|name| name == FILE_NAME))
}

/// Copies the fonts beside the style sheet: mdBook copies only the sheet itself.
pub(super) fn copy_fonts(root: &Path, style_sheet: &Path, site: &Path) -> Result<()> {
    let fonts = style_sheet.with_file_name("fonts");
    let (from, to) = (root.join(&fonts), site.join(&fonts));
    fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(&from).with_context(|| format!("{}: KaTeX's fonts are missing", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name())).with_context(|| entry.path().display().to_string())?;
    }
    Ok(())
}

/// The page without its link to the style sheet; `None` when the page needs it.
pub(super) fn drop_unused_style_sheet(page: &str, style_sheet: &Path) -> Result<Option<String>> {
    let main = page.split_once("<main>").map_or("", |(_, main)| main);
    let needed = main.contains("class=\"katex");
    // mdBook puts a hash into the name: theme/katex/katex-1a2b3c4d.min.css.
    let folder = style_sheet.parent().unwrap_or(Path::new("")).display().to_string().replace('\\', "/");
    let selector = format!("link[rel=\"stylesheet\"][href*=\"{folder}/katex\"]");
    let mut found = 0;
    let remove = element!(selector.as_str(), |link| {
        found += 1;
        link.remove();
        Ok(())
    });
    let finished = rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(remove))?;
    ensure!(found == 1, "the selector `{selector}` matches {found} elements, not one: has mdBook's page changed?");
    Ok((!needed).then_some(finished))
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

    #[test]
    fn a_page_without_formulas_does_not_load_katex() {
        let finished = drop_unused_style_sheet(&page("文字"), Path::new(SHEET)).unwrap().unwrap();
        assert_eq!(finished, "<head><link rel=\"stylesheet\" href=\"../theme/css/page.css\"></head><main>文字</main>");
    }

    #[test]
    fn a_page_with_a_formula_keeps_it() {
        assert_eq!(drop_unused_style_sheet(&page("<span class=\"katex\">x</span>"), Path::new(SHEET)).unwrap(), None);
    }

    #[test]
    fn a_page_that_never_had_it_is_an_error_naming_the_selector() {
        let error = drop_unused_style_sheet("<main></main>", Path::new(SHEET)).unwrap_err().to_string();
        assert!(error.contains("link[rel=\"stylesheet\"][href*=\"theme/katex/katex\"]` matches 0"), "{error}");
    }
}
