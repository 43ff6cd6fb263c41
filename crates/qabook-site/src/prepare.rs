//! What pages load, put in order before the pages are finished.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::join::Joined;
use super::katex::Shrunk;
use super::on_demand::OnDemand;
use super::{assets, katex, not_found, scripts};

/// mdBook writes the first chapter here, too.
pub(super) const HOME: &str = "index.html";

/// What pages load, ready for them to be told of it.
#[derive(Debug)]
pub struct Prepared {
    /// The page at the root, as mdBook rendered it.
    pub(super) home: Option<String>,
    /// What becomes of the links to style sheets and scripts.
    pub(super) joined: Joined,
    /// What only some pages load.
    pub(super) on_demand: Arc<OnDemand>,
    /// KaTeX's style sheet, as `additional-css` names it.
    pub(super) katex: Option<PathBuf>,
    /// What took its place.
    pub(super) shrunk_katex: Option<Shrunk>,
}

/// Puts what pages load in order, in the site that mdBook rendered from `made` into `site` for the book in `root`.
///
/// # Errors
/// A file that can't be read or written, an `on-demand.toml` that is wrong.
pub fn prepare(root: &Path, made: &Path, config: &Config, site: &Path) -> Result<Prepared> {
    not_found::write_script(site)?;
    assets::shorten_sheets(site)?;
    let own = scripts::shorten(site)?;
    scripts::shorten_stock(site)?;
    let home = site.join(HOME);
    let home = home.is_file().then(|| {
        tracing::trace!(target: "html", file = HOME, "read");
        fs::read_to_string(&home).context(HOME)
    });
    let home = home.transpose()?;
    let on_demand = Arc::new(OnDemand::read(root, config)?);
    let joined = home.as_ref().map(|home| Joined::of(site, home, &on_demand, &own)).transpose()?.unwrap_or_default();
    let katex = katex::style_sheet(config);
    let mut shrunk_katex = None;
    if let Some(style_sheet) = &katex {
        katex::copy_fonts([made, root], style_sheet, site)?;
        shrunk_katex = katex::shrink(style_sheet, site)?;
    }
    Ok(Prepared { home, joined, on_demand, katex, shrunk_katex })
}
