//! Fewer files: style sheets, and the tool's own scripts, that follow each other on the same pages become one.
//!
//! One request, and less to send, because they resemble each other.

use anyhow::{Context, Result};
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::files::hash;
use super::movable::{can_move, is_closed};
use super::on_demand::OnDemand;
use super::rewriting::{Occurs, Rewriting};
use super::scripts::is_stock;

/// What pages load a file by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sheet,
    Script,
}

impl Kind {
    /// The selector and the attribute that names the file.
    fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Sheet => ("link[rel=\"stylesheet\"]", "href"),
            Self::Script => ("script[src]", "src"),
        }
    }

    /// The folder, which is the ending, too.
    fn ending(self) -> &'static str {
        match self {
            Self::Sheet => "css",
            Self::Script => "js",
        }
    }
}

/// What becomes of the links to files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    /// Each file, below the site's root, with the one that takes its place; `None` where the link goes.
    links: Vec<(Kind, String, Option<String>)>,
}

/// mdBook's style sheets for the library that highlights code in the browser, by their ids, which its script asks for.
const HIGHLIGHTING: [&str; 3] = ["mdbook-highlight-css", "mdbook-tomorrow-night-css", "mdbook-ayu-highlight-css"];

/// A link of a page to a file.
struct Link {
    file: String,
    id: Option<String>,
    /// Whether it applies always, at its place, and no script asks for it.
    plain: bool,
    /// The entry of `on-demand.toml` that says where it is loaded; `None` means everywhere.
    entry: Option<usize>,
}

impl Link {
    fn is_for_highlighting(&self) -> bool {
        self.id.as_deref().is_some_and(|id| HIGHLIGHTING.contains(&id))
    }
}

impl Joined {
    /// Joins what the page `home` at the root of `site` loads: style sheets, and of scripts those that are `own`, as they are
    /// named below the site. Style sheets without rules go, and those for highlighting where the theme's own script has taken
    /// the library's place; those that name other files, which would move, stay apart.
    ///
    /// Errors: A file that can't be read or written.
    pub(super) fn of(site: &Path, home: &str, on_demand: &OnDemand, own: &BTreeSet<String>) -> Result<Self> {
        let mut joined = Self::default();
        let highlights = !own.iter().any(|file| is_stock(file, "highlight"));
        joined.add(Kind::Sheet, site, home, on_demand, highlights, |_, text| can_move(text) && is_closed(text))?;
        joined.add(Kind::Script, site, home, on_demand, highlights, |file, _| own.contains(file))?;
        Ok(joined)
    }

    fn add(
        &mut self,
        kind: Kind,
        site: &Path,
        home: &str,
        on_demand: &OnDemand,
        highlights: bool,
        may_join: impl Fn(&str, &str) -> bool,
    ) -> Result<()> {
        let mut group: Vec<(String, String)> = Vec::new();
        let mut entry = None;
        for link in links(kind, home, on_demand)? {
            let text = fs::read_to_string(site.join(&link.file)).with_context(|| link.file.clone())?;
            if kind == Kind::Sheet && (!text.contains('{') || !highlights && link.is_for_highlighting()) {
                fs::remove_file(site.join(&link.file)).with_context(|| link.file.clone())?;
                self.links.push((kind, link.file, None));
            } else if link.plain && may_join(&link.file, &text) {
                if entry != link.entry {
                    entry = link.entry;
                    self.join(kind, site, std::mem::take(&mut group))?;
                }
                group.push((link.file, text));
            } else {
                self.join(kind, site, std::mem::take(&mut group))?;
            }
        }
        self.join(kind, site, group)
    }

    fn join(&mut self, kind: Kind, site: &Path, group: Vec<(String, String)>) -> Result<()> {
        if group.len() < 2 {
            return Ok(());
        }
        let ending = kind.ending();
        let text = group.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join("\n");
        let joined = format!("{ending}/joined-{}.{ending}", hash(text.as_bytes()));
        fs::create_dir_all(site.join(ending)).context(ending)?;
        fs::write(site.join(&joined), text).with_context(|| joined.clone())?;
        let mut place = Some(joined);
        for (file, _) in group {
            fs::remove_file(site.join(&file)).with_context(|| file.clone())?;
            self.links.push((kind, file, place.take()));
        }
        Ok(())
    }

    /// Changes the links of the page `page`; one that has style sheets only is no `index.hbs`, and hasn't all of them.
    pub(super) fn link(&self, page: &str, has_scripts: bool, rewriting: &mut Rewriting<'_>) {
        let root = "../".repeat(page.matches('/').count());
        for (kind, file, place) in self.links.clone() {
            if kind == Kind::Script && !has_scripts {
                continue;
            }
            let (element, attribute) = kind.link();
            let (selector, root) = (format!("{element}[{attribute}=\"{root}{file}\"]"), root.clone());
            let occurs = if has_scripts { Occurs::Once } else { Occurs::Freely };
            rewriting.element(selector, occurs, move |link| {
                match &place {
                    Some(joined) => link.set_attribute(attribute, &format!("{root}{joined}"))?,
                    // Scripts that ask for it find something that can be switched off.
                    None => match link.get_attribute("id") {
                        Some(id) => link.replace(&format!("<template id=\"{id}\"></template>"), ContentType::Html),
                        None => link.remove(),
                    },
                }
                Ok(())
            });
        }
    }
}

/// The files that the page at the site's root loads, in their order.
fn links(kind: Kind, html: &str, on_demand: &OnDemand) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    let (selector, attribute) = kind.link();
    let note = element!(selector, |link| {
        let file = link.get_attribute(attribute).filter(|file| !file.contains(':') && !file.starts_with(['/', '.']));
        let is_moved = ["media", "id", "async", "defer", "type"].iter().any(|name| link.has_attribute(name));
        let id = link.get_attribute("id");
        links.extend(file.map(|file| Link { entry: on_demand.entry(&file), file, id, plain: !is_moved }));
        Ok(())
    });
    rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(note))?;
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::files_below;

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
        let sheets = Joined::of(site.path(), &page, &on_demand, &BTreeSet::new()).unwrap();
        let places: Vec<_> = sheets.links.iter().map(|(_, file, place)| (file.as_str(), place.is_some())).collect();
        let expected = [("a.css", true), ("b.css", false), ("drill-a.css", true), ("drill-b.css", false)];
        assert_eq!(places, expected);
        assert_eq!(files_below(site.path(), "css").unwrap().len(), 3);
    }

    #[test]
    fn what_highlights_in_the_browser_is_left_out_with_its_sheets() {
        let (sheet, script) = ("highlight-1a.css", "highlight-1a.js");
        let page = format!(
            "<link rel=\"stylesheet\" id=\"{}\" href=\"{sheet}\"><script src=\"{script}\"></script>",
            HIGHLIGHTING[0]
        );
        for (own, expected) in [(true, "<template id=\"mdbook-highlight-css\"></template>"), (false, "<link ")] {
            let site = tempfile::tempdir().unwrap();
            fs::write(site.path().join(sheet), ".hljs{color:red}").unwrap();
            fs::write(site.path().join(script), "x").unwrap();
            let own = own.then(|| script.to_string()).into_iter().collect();
            let joined = Joined::of(site.path(), &page, &OnDemand::default(), &own).unwrap();
            let mut rewriting = Rewriting::default();
            joined.link("a.html", true, &mut rewriting);
            assert!(rewriting.run(&page).unwrap().starts_with(expected));
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
        let sheets = Joined::of(site.path(), &page, &OnDemand::default(), &BTreeSet::new()).unwrap();
        let mut rewriting = Rewriting::default();
        sheets.link("in/a.html", true, &mut rewriting);
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

    #[test]
    fn of_scripts_only_our_own_are_joined() {
        let site = tempfile::tempdir().unwrap();
        let mut page = String::new();
        for (name, attribute) in
            [("a.js", ""), ("b.js", ""), ("theirs.js", ""), ("c.js", ""), ("d.js", " defer"), ("e.js", "")]
        {
            fs::write(site.path().join(name), format!("{{ {}() }}\n", &name[..1])).unwrap();
            page += &format!("<script{attribute} src=\"{name}\"></script>");
        }
        let own = ["a.js", "b.js", "c.js", "d.js", "e.js"].map(String::from).into();
        let scripts = Joined::of(site.path(), &page, &OnDemand::default(), &own).unwrap();
        let mut rewriting = Rewriting::default();
        scripts.link("in/a.html", true, &mut rewriting);
        let joined = format!("js/joined-{}.js", hash(b"{ a() }\n{ b() }"));
        assert_eq!(
            rewriting.run(&page.replace("src=\"", "src=\"../")).unwrap(),
            format!(
                "<script src=\"../{joined}\"></script><script src=\"../theirs.js\"></script><script \
                 src=\"../c.js\"></script><script defer src=\"../d.js\"></script><script src=\"../e.js\"></script>"
            )
        );
        assert!(!site.path().join("a.js").exists() && site.path().join("c.js").exists());
    }
}
