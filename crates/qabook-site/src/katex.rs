//! KaTeX's style sheet and fonts: only for pages with formulas, and of them only what the book's formulas need.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use regex::Regex;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::files::{files_below, hash};
use super::rewriting::{Occurs, Rewriting};

const FILE_NAME: &str = "katex.min.css";

/// What may hold formulas, or make them: by the endings of files.
const TEXTS: [&str; 3] = ["html", "js", "json"];

/// `:not(.class)` in a selector.
static NEGATION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r":not\(\.[\w-]+\)").expect("a valid pattern"));

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

/// What took the place of the style sheet.
#[derive(Debug)]
pub(super) struct Shrunk {
    /// Its address below the site's root.
    pub(super) address: String,
    /// The classes without which its rules are for no element.
    left_out: HashSet<Vec<u8>>,
}

impl Shrunk {
    /// Whether a rule that was left out is for the formulas of `page`.
    pub(super) fn lacks_rules_of(&self, page: &str) -> bool {
        words_of(page.as_bytes()).any(|word| self.left_out.contains(word))
    }
}

/// Puts in the place of the style sheet one without the rules whose classes occur nowhere in `site`, and takes fonts away that
/// it doesn't name. `None` where it isn't KaTeX's or has no such rule.
///
/// Errors: A file that can't be read, written or removed.
pub(super) fn shrink(style_sheet: &Path, site: &Path) -> Result<Option<Shrunk>> {
    let folder = site.join(style_sheet.parent().unwrap_or(Path::new("")));
    let is_sheet = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("katex"));
    let Some(file) = files_below(&folder, "css")?.into_iter().find(is_sheet) else { return Ok(None) };
    let name = || file.strip_prefix(site).unwrap_or(&file).display().to_string();
    let text = fs::read_to_string(&file).with_context(name)?;
    let Some(rules) = rules(&text) else { return Ok(None) };
    let classes = used_classes(&rules, site)?;
    let used: Vec<String> = rules.iter().filter_map(|rule| rule.of_used_classes(&classes)).collect();
    let is_used = |family: &str| used.iter().any(|rule| rule.contains(family));
    let fonts = rules.iter().filter_map(Rule::font).filter(|(family, _)| is_used(family)).map(|(_, rule)| rule);
    let shrunk: String = fonts.map(str::to_string).chain(used.iter().cloned()).collect();
    if shrunk.len() == text.len() {
        return Ok(None);
    }
    for font in files_below(&folder.join("fonts"), "woff2")? {
        let name = font.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if text.contains(&name) && !shrunk.contains(&name) {
            fs::remove_file(&font).with_context(|| font.display().to_string())?;
        }
    }
    // Another book, or the next edition of this one, has another sheet: its name tells.
    let address = style_sheet.with_file_name(format!("katex-{}.min.css", hash(shrunk.as_bytes())));
    fs::remove_file(&file).with_context(name)?;
    fs::write(site.join(&address), shrunk).with_context(name)?;
    let left_out = rules.iter().flat_map(Rule::classes).filter(|class| !classes.contains(class));
    Ok(Some(Shrunk { address: slashed(&address), left_out: left_out.map(<[u8]>::to_vec).collect() }))
}

/// Those of the classes that `rules` are for which occur in `site`.
fn used_classes<'a>(rules: &[Rule<'a>], site: &Path) -> Result<HashSet<&'a [u8]>> {
    let mut unseen: HashSet<&[u8]> = rules.iter().flat_map(Rule::classes).collect();
    let mut used = HashSet::new();
    for ending in TEXTS {
        for file in files_below(site, ending)? {
            let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
            for word in words_of(&bytes) {
                used.extend(unseen.take(word));
            }
        }
    }
    Ok(used)
}

/// The words of a text that could be names of classes.
fn words_of(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte)).filter(|word| !word.is_empty())
}

/// A rule of a style sheet.
#[derive(Debug, PartialEq, Eq)]
enum Rule<'a> {
    /// One with selectors.
    Style { selectors: &'a str, body: &'a str },
    /// `@font-face`.
    Font(&'a str),
}

impl<'a> Rule<'a> {
    /// The classes of its selectors.
    fn classes(&self) -> impl Iterator<Item = &'a [u8]> {
        let selectors = match self {
            Self::Style { selectors, .. } => selectors,
            Self::Font(_) => "",
        };
        classes_of(selectors)
    }

    /// The rule for those of its selectors whose classes are among `used`.
    fn of_used_classes(&self, used: &HashSet<&[u8]>) -> Option<String> {
        let Self::Style { selectors, body } = self else { return None };
        let is_used =
            |selector: &&str| classes_of(&NEGATION.replace_all(selector, "")).all(|class| used.contains(class));
        let used: Vec<&str> = selectors.split(',').filter(is_used).collect();
        (!used.is_empty()).then(|| format!("{}{{{body}}}", used.join(",")))
    }

    /// The font's family and the rule itself.
    fn font(&self) -> Option<(&'a str, &'a str)> {
        let Self::Font(rule) = self else { return None };
        let family = rule.split_once("font-family:")?.1.split([';', '}']).next()?;
        Some((family.trim_matches('"'), rule))
    }
}

/// The classes that `selectors` name.
fn classes_of(selectors: &str) -> impl Iterator<Item = &[u8]> {
    selectors.split('.').skip(1).filter_map(|class| words_of(class.as_bytes()).next())
}

/// The rules of a sheet that has only such, none within another and no comment; `None` for any other sheet.
fn rules(sheet: &str) -> Option<Vec<Rule<'_>>> {
    let mut rules = Vec::new();
    let mut rest = sheet.trim_end();
    while !rest.is_empty() {
        let end = rest.find('}')? + 1;
        let (rule, after) = rest.split_at(end);
        let (selectors, body) = rule[..end - 1].split_once('{')?;
        let is_plain = !NEGATION.replace_all(selectors, "").contains(['@', '(', '[', '"', '\\', '/']);
        match selectors.trim() {
            "@font-face" => rules.push(Rule::Font(rule)),
            plain if is_plain && !body.contains('{') => rules.push(Rule::Style { selectors: plain, body }),
            _ => return None,
        }
        rest = after;
    }
    Some(rules)
}

/// Takes the link to the style sheet out of a page that has no formula; in the others it leads to `shrunk`, where there is one.
pub(super) fn drop_unused_style_sheet(
    page: &str,
    style_sheet: &Path,
    shrunk: Option<&str>,
    rewriting: &mut Rewriting<'_>,
) {
    let main = page.split_once("<main>").map_or("", |(_, main)| main);
    let needed = main.contains("class=\"katex");
    // mdBook puts a hash into the name: theme/katex/katex-1a2b3c4d.min.css.
    let folder = style_sheet.parent().unwrap_or(Path::new("")).display().to_string().replace('\\', "/");
    let selector = format!("link[rel=\"stylesheet\"][href*=\"{folder}/katex\"]");
    let shrunk = shrunk.map(str::to_string);
    rewriting.element(selector, Occurs::Once, move |link| {
        let address = link.get_attribute("href").unwrap_or_default();
        match &shrunk {
            _ if !needed => link.remove(),
            Some(shrunk) => {
                let up = &address[..address.len() - address.trim_start_matches("../").len()];
                link.set_attribute("href", &format!("{up}{shrunk}"))?;
            }
            None => {}
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
        drop_unused_style_sheet(page, Path::new(SHEET), None, &mut rewriting);
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
    fn rules_that_no_formula_needs_go_with_their_fonts() {
        let site = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = site.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let font = |name: &str| {
            format!(
                "@font-face{{font-family:KaTeX_{name};src:url(fonts/KaTeX_{name}-Regular.woff2) format(\"woff2\")}}"
            )
        };
        write(
            "theme/katex/katex-0a1b.min.css",
            &format!(
                "{}{}.katex{{font:1em KaTeX_Main}}.katex .rare,.katex .mord:not(.rare){{color:red}}.katex .script{{font-family:\
                 KaTeX_Script}}",
                font("Main"),
                font("Script")
            ),
        );
        for name in ["Main", "Script"] {
            write(&format!("theme/katex/fonts/KaTeX_{name}-Regular.woff2"), "");
        }
        write("a.html", "<span class=\"katex mord\">");
        let shrunk_sheet = shrink(Path::new(SHEET), site.path()).unwrap().unwrap();
        let address = shrunk_sheet.address.as_str();
        let shrunk = format!("{}.katex{{font:1em KaTeX_Main}}.katex .mord:not(.rare){{color:red}}", font("Main"));
        assert_eq!(fs::read_to_string(site.path().join(address)).unwrap(), shrunk);
        assert!(!shrunk_sheet.lacks_rules_of("<span class=\"katex mord\">"));
        assert!(shrunk_sheet.lacks_rules_of("<span class=\"katex rare\">"));
        let left = files_below(&site.path().join("theme"), "woff2").unwrap();
        assert!(left.len() == 1 && left[0].ends_with("KaTeX_Main-Regular.woff2"), "{left:?}");
        assert_eq!(files_below(site.path(), "css").unwrap().len(), 1);

        let mut rewriting = Rewriting::default();
        let page = page("<span class=\"katex\">x</span>");
        drop_unused_style_sheet(&page, Path::new(SHEET), Some(address), &mut rewriting);
        assert!(rewriting.run(&page).unwrap().contains(&format!("href=\"../{address}\"")));
    }

    #[test]
    fn a_sheet_of_another_form_stays() {
        for sheet in ["@media print{a{b:c}}", "a{b:c", "a:is(.x){b:c}", "/* a */b{c:d}", "@import \"x\";a{b:c}"] {
            assert_eq!(rules(sheet), None, "{sheet}");
        }
    }

    #[test]
    fn the_theme_has_a_sheet_that_can_be_shrunk() {
        let sheet = String::from_utf8(qabook_theme::file("katex/katex.min.css").unwrap().into_owned()).unwrap();
        let rules = rules(&sheet).unwrap();
        assert!(rules.iter().filter_map(Rule::font).count() > 10 && rules.len() > 200, "{}", rules.len());
    }

    #[test]
    fn a_page_that_never_had_it_is_an_error_naming_the_selector() {
        let error = finished("<main></main>").unwrap_err();
        assert!(error.contains("link[rel=\"stylesheet\"][href*=\"theme/katex/katex\"]` matches 0"), "{error}");
    }
}
