//! Style sheets: smaller, fewer, and without those that say nothing.

use anyhow::{Context, Result};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use regex::Regex;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::files::{files_below, hash};
use super::on_demand::OnDemand;
use super::rewriting::{Occurs, Rewriting};

/// Takes comments and needless spaces out of every style sheet; one that the minifier doesn't understand stays as it is.
///
/// Scripts stay as they were written, see [`super::scripts`].
/// Errors: A file that can't be read or written.
pub(super) fn shorten_sheets(site: &Path) -> Result<()> {
    use rayon::prelude::*;
    files_below(site, "css")?.into_par_iter().try_for_each(|file| {
        let name = || file.strip_prefix(site).unwrap_or(&file).display().to_string();
        // What isn't UTF-8 is no sheet of ours, and none that the minifier reads.
        let Ok(text) = String::from_utf8(fs::read(&file).with_context(name)?) else { return Ok(()) };
        match shortened(&text) {
            Some(smaller) if smaller.len() < text.len() => fs::write(&file, smaller).with_context(name),
            _ => Ok(()),
        }
    })
}

/// `sheet` without comments and needless spaces; `None` where the minifier doesn't understand it.
fn shortened(sheet: &str) -> Option<String> {
    // It makes a space of a comment, which in `a/**/.b` is none.
    static COMMENT_IN_WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)[^\s{};,>/]/\*.*?\*/[^\s{};,>/]").expect("a valid pattern"));
    if COMMENT_IN_WORD.is_match(sheet) {
        return None;
    }
    minifier::css::minify(sheet).ok().map(|shortened| shortened.to_string())
}

/// What becomes of the links to style sheets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sheets {
    /// Each file, below the site's root, with the one that takes its place; `None` where the link goes.
    links: Vec<(String, Option<String>)>,
}

/// A link of a page to a style sheet.
struct Link {
    file: String,
    /// Whether it applies always, and no script asks for it.
    plain: bool,
    /// The entry of `on-demand.toml` that says where it is loaded; `None` means everywhere.
    entry: Option<usize>,
}

/// Joins the style sheets that follow each other on the same pages: one request, and less to send, because they resemble
/// each other. Those that name other files, which would move, stay apart; those without rules go.
///
/// `home` is the page at the site's root.
/// Errors: A file that can't be read or written.
pub(super) fn join_sheets(site: &Path, home: &str, on_demand: &OnDemand) -> Result<Sheets> {
    let mut sheets = Sheets::default();
    let mut group: Vec<(String, String)> = Vec::new();
    let mut entry = None;
    for link in links(home, on_demand)? {
        let text = fs::read_to_string(site.join(&link.file)).with_context(|| link.file.clone())?;
        if !text.contains('{') {
            fs::remove_file(site.join(&link.file)).with_context(|| link.file.clone())?;
            sheets.links.push((link.file, None));
        } else if link.plain && can_move(&text) && is_closed(&text) {
            if entry != link.entry {
                entry = link.entry;
                sheets.join(site, std::mem::take(&mut group))?;
            }
            group.push((link.file, text));
        } else {
            sheets.join(site, std::mem::take(&mut group))?;
        }
    }
    sheets.join(site, group)?;
    Ok(sheets)
}

/// Whether a style sheet means the same in another folder and after another sheet.
fn can_move(text: &str) -> bool {
    let addresses = text.split("url(").skip(1);
    let stays = |address: &str| address.trim_start_matches(['\'', '"']).starts_with("data:");
    addresses.into_iter().all(stays) && !["@import", "@charset", "@namespace"].iter().any(|rule| text.contains(rule))
}

/// Whether a style sheet leaves nothing open, nor anything begun: what follows it would be read as a part of that.
fn is_closed(text: &str) -> bool {
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    let mut last = ';';
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '"' | '\'' => {
                let mut is_escaped = false;
                let end = chars.find(|&inside| {
                    let ends = !is_escaped && (inside == c || inside == '\n');
                    is_escaped = inside == '\\' && !is_escaped;
                    ends
                });
                if end != Some(c) {
                    return false;
                }
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                if !chars.any(|inside| std::mem::replace(&mut before, inside) == '*' && inside == '/') {
                    return false;
                }
                continue;
            }
            '{' => open.push('}'),
            '(' => open.push(')'),
            '[' => open.push(']'),
            '}' | ')' | ']' if open.pop() != Some(c) => return false,
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    open.is_empty() && matches!(last, '}' | ';')
}

impl Sheets {
    fn join(&mut self, site: &Path, group: Vec<(String, String)>) -> Result<()> {
        if group.len() < 2 {
            return Ok(());
        }
        let text = group.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join("\n");
        let joined = format!("css/joined-{}.css", hash(text.as_bytes()));
        fs::create_dir_all(site.join("css")).context("css")?;
        fs::write(site.join(&joined), text).with_context(|| joined.clone())?;
        let mut place = Some(joined);
        for (file, _) in group {
            fs::remove_file(site.join(&file)).with_context(|| file.clone())?;
            self.links.push((file, place.take()));
        }
        Ok(())
    }

    /// Changes the links of the page `page`.
    pub(super) fn link(&self, page: &str, rewriting: &mut Rewriting<'_>) {
        let root = "../".repeat(page.matches('/').count());
        for (file, place) in self.links.clone() {
            let (selector, root) = (format!("link[rel=\"stylesheet\"][href=\"{root}{file}\"]"), root.clone());
            rewriting.element(selector, Occurs::Once, move |link| {
                match &place {
                    Some(joined) => link.set_attribute("href", &format!("{root}{joined}"))?,
                    None => link.remove(),
                }
                Ok(())
            });
        }
    }
}

/// Takes out of a page the icons of buttons that mdBook's script makes for hidden lines and runnable blocks, when it has
/// neither.
pub(super) fn drop_unused_icons(page: &str, rewriting: &mut Rewriting<'_>) {
    if page.contains("class=\"boring\"") || page.contains("class=\"playground") {
        return;
    }
    for icon in ["eye", "eye-slash", "copy", "play", "clock-rotate-left"] {
        rewriting.element(format!("template#fa-{icon}"), Occurs::Once, |template| {
            template.remove();
            Ok(())
        });
    }
}

/// The style sheets that the page at the site's root loads, in their order.
fn links(html: &str, on_demand: &OnDemand) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    let note = element!("link[rel=\"stylesheet\"]", |link| {
        let file = link.get_attribute("href").filter(|href| !href.contains(':') && !href.starts_with(['/', '.']));
        let plain = !link.has_attribute("media") && !link.has_attribute("id");
        links.extend(file.map(|file| Link { entry: on_demand.entry(&file), file, plain }));
        Ok(())
    });
    rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(note))?;
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_different_pages_stay_apart() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("on-demand.toml"), "[[load]]\nfiles = [\"drill\"]\nwhere = [\"x\"]\n").unwrap();
        let names = ["a.css", "b.css", "drill-a.css", "drill-b.css", "c.css"];
        let mut page = String::new();
        for name in names {
            fs::write(site.path().join(name), format!(".{} {{ color: red }}", &name[..1])).unwrap();
            page += &format!("<link rel=\"stylesheet\" href=\"{name}\">");
        }
        let config = "[output.html]\ntheme = \".\"\nadditional-css = [\"drill-a.css\"]\n".parse().unwrap();
        let on_demand = OnDemand::read(site.path(), &config).unwrap();
        let sheets = join_sheets(site.path(), &page, &on_demand).unwrap();
        let places: Vec<_> = sheets.links.iter().map(|(file, place)| (file.as_str(), place.is_some())).collect();
        let expected = [("a.css", true), ("b.css", false), ("drill-a.css", true), ("drill-b.css", false)];
        assert_eq!(places, expected);
        assert_eq!(files_below(site.path(), "css").unwrap().len(), 3);
    }

    #[test]
    fn a_sheet_that_leaves_something_open_swallows_no_other() {
        for closed in
            ["", "a{b:c}", "@layer a;", "a{content:\"}{\"}\n", "a{b:url(x)}/* { */", "a{b:'\\''}", ".\\}{b:c}"]
        {
            assert!(is_closed(closed), "{closed:?}");
        }
        for open in ["a{b:c", "a{b:c}}", "a{b:(c}", "a{b:\"c}", "a{b:c}/* d", "a{b:c}\nd", "a{b:\"c\n\"}", "a{b:c]}"] {
            assert!(!is_closed(open), "{open:?}");
        }
    }

    #[test]
    fn a_sheet_means_the_same_when_it_is_shortened() {
        for (sheet, expected) in [
            (".a :hover { b: c }", Some(".a :hover{b:c}")),
            ("a { b: calc(1px + 2px) } /* x */ d { e: \"f  g\" }", Some("a{b:calc(1px + 2px)}d{e:\"f  g\"}")),
            (
                "@container x (min-width: 1px) { a { & .b { c: d } } }",
                Some("@container x (min-width:1px){a{& .b{c:d}}}"),
            ),
            ("div/* x */.a { b: c }", None),
        ] {
            assert_eq!(
                shortened(sheet).as_deref().map(|sheet| sheet.replace(";}", "}")).as_deref(),
                expected,
                "{sheet}"
            );
        }
    }

    #[test]
    fn neighbours_are_joined_in_their_order() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("css")).unwrap();
        let mut page = String::new();
        for (name, attribute, text) in [
            ("css/a.css", "", "a{}"),
            ("css/b.css", "", "b{}"),
            ("css/empty.css", "", "/* */"),
            ("c.css", "", "c{}"),
            ("switched.css", " id=\"x\"", "s{}"),
            ("d.css", "", "d{background:url(\"data:image/png,x\")}"),
            ("moved.css", "", "e{background:url(x.png)}"),
        ] {
            fs::write(site.path().join(name), text).unwrap();
            page += &format!("<link rel=\"stylesheet\" href=\"{name}\"{attribute}>");
        }
        let sheets = join_sheets(site.path(), &page, &OnDemand::default()).unwrap();
        let mut rewriting = Rewriting::default();
        sheets.link("in/a.html", &mut rewriting);
        let joined = format!("css/joined-{}.css", hash(b"a{}\nb{}\nc{}"));
        assert_eq!(
            rewriting.run(&page.replace("href=\"", "href=\"../")).unwrap(),
            format!(
                "<link rel=\"stylesheet\" href=\"../{joined}\"><link rel=\"stylesheet\" href=\"../switched.css\" \
                 id=\"x\"><link rel=\"stylesheet\" href=\"../d.css\"><link rel=\"stylesheet\" href=\"../moved.css\">"
            )
        );
        assert_eq!(fs::read_to_string(site.path().join(joined)).unwrap(), "a{}\nb{}\nc{}");
        let left = files_below(site.path(), "css").unwrap();
        assert_eq!(left.len(), 4, "what was joined is gone: {left:?}");
    }
}
