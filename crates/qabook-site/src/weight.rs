//! What a reader's first visit to a page costs.

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use qabook_support::path::{joined, slashed};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::rewriting::{Occurs, Rewriting};

/// A page with everything that it loads before a reader does anything, in bytes as servers send them (gzip, level 6).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weight {
    /// The page's file below the site's root.
    pub page: PathBuf,
    /// The page itself.
    pub html: usize,
    /// Its style sheets.
    pub css: usize,
    /// Its scripts.
    pub js: usize,
}

impl Weight {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> usize {
        self.html + self.css + self.js
    }
}

/// Kilobytes (1,000 bytes), as in `61.4 KB gzipped on the first visit: network/arp.html (html 24.1, css 20.0, js 17.3)`.
impl std::fmt::Display for Weight {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        #[expect(clippy::cast_precision_loss, reason = "a page isn't that large")]
        let kb = |bytes: usize| bytes as f64 / 1000.0;
        let page = slashed(&self.page);
        let (total, html, css, js) = (kb(self.total()), kb(self.html), kb(self.css), kb(self.js));
        write!(f, "{total:.1} KB gzipped on the first visit: {page} (html {html:.1}, css {css:.1}, js {js:.1})")
    }
}

/// What is loaded with one page.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Load {
    page: PathBuf,
    /// The page itself, gzipped.
    html: usize,
    /// The style sheets and scripts of its own site.
    assets: BTreeSet<PathBuf>,
}

impl Load {
    pub(super) fn new(page: &Path, html: &str, assets: BTreeSet<PathBuf>) -> Self {
        Self { page: page.into(), html: gzipped(html.as_bytes()), assets }
    }
}

/// Gathers the style sheets and scripts that the page `page` loads from its own site, while `rewriting` goes over it.
pub(super) fn gather(page: &Path, rewriting: &mut Rewriting<'_>) -> Rc<RefCell<BTreeSet<PathBuf>>> {
    let assets = Rc::new(RefCell::new(BTreeSet::new()));
    for (selector, attribute) in [("link[rel=\"stylesheet\"]", "href"), ("script[src]", "src")] {
        let (page, assets) = (slashed(page), Rc::clone(&assets));
        rewriting.element(selector, Occurs::Freely, move |element| {
            let address = element.get_attribute(attribute).filter(|address| !address.contains(':'));
            let own = address.filter(|address| !address.starts_with('/'));
            let path = |address: String| joined(&page, address.split(['?', '#']).next().unwrap_or_default()).into();
            assets.borrow_mut().extend(own.map(path));
            Ok(())
        });
    }
    assets
}

/// The heaviest of the pages of `site`, by what each loads; `None` when there are none.
/// Errors: A file that a page loads and that can't be read.
pub(super) fn heaviest(site: &Path, loads: &[Load]) -> Result<Option<Weight>> {
    let all: BTreeSet<&PathBuf> = loads.iter().flat_map(|load| &load.assets).collect();
    let sizes: BTreeMap<&PathBuf, usize> = all
        .into_par_iter()
        .map(|asset| {
            let bytes = fs::read(site.join(asset)).with_context(|| asset.display().to_string())?;
            Ok((asset, gzipped(&bytes)))
        })
        .collect::<Result<_>>()?;
    let weights = loads.iter().map(|Load { page, html, assets }| {
        let mut weight = Weight { page: page.clone(), html: *html, ..Weight::default() };
        for asset in assets {
            let part = if asset.extension().is_some_and(|extension| extension == "css") {
                &mut weight.css
            } else {
                &mut weight.js
            };
            *part += sizes[asset];
        }
        weight
    });
    // Of two equally heavy ones the same is named every time.
    Ok(weights.max_by(|a, b| a.total().cmp(&b.total()).then_with(|| b.page.cmp(&a.page))))
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Writing to a Vec can't fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(0, |compressed| compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_weighs_what_it_loads() {
        let site = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            fs::create_dir_all(site.path().join(name).parent().unwrap()).unwrap();
            fs::write(site.path().join(name), text).unwrap();
        };
        let link = "<link rel=\"stylesheet\" href=\"../css/a.css\"><script src=\"../b.js\"></script>";
        put("css/a.css", "a { color: red }");
        put("b.js", "let x = 1;");
        let heavy = format!("{link}<script>let inline;</script><img src=\"x.png\">");
        let loads = [("in/heavy.html", heavy.as_str()), ("light.html", "<p>x</p>")].map(|(page, html)| {
            let mut rewriting = Rewriting::default();
            let assets = gather(Path::new(page), &mut rewriting);
            rewriting.run(html).unwrap();
            Load::new(Path::new(page), html, assets.take())
        });
        let weight = heaviest(site.path(), &loads).unwrap().unwrap();
        assert_eq!(weight.page, PathBuf::from("in/heavy.html"));
        assert_eq!(weight.css, gzipped(b"a { color: red }"));
        assert_eq!(weight.js, gzipped(b"let x = 1;"));
        assert!(weight.html > 0 && weight.total() == weight.html + weight.css + weight.js);
        fs::remove_file(site.path().join("b.js")).unwrap();
        let error = heaviest(site.path(), &loads).unwrap_err().to_string();
        assert_eq!(error, "b.js");
    }
}
