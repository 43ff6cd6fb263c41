//! The pass over rendered pages.
//!
//! mdBook's own theme files stay as they are; what the site needs beyond them is done here, in one run over each page
//! ([`lol_html`]). A selector that no longer matches is an error with its name, so that an mdBook upgrade can't silently
//! lose a feature. What is inside `<main>` isn't touched: that is the preprocessors' and the stock build makes it, too.

mod katex;
mod labels;
mod landmarks;
mod manifest;
mod offline;
mod policy;
mod rewriting;
mod seal;

use anyhow::{Context, Result, bail};
use lol_html::html_content::ContentType;
use mdbook_driver::config::Config;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rewriting::{Mismatch, Occurs, Rewriting};

pub use seal::{Audience, seal};

/// Finishes the site that mdBook rendered into `site` for the book in `root`.
///
/// # Errors
/// A file that can't be read or written, or a page that doesn't have the form this pass relies on.
pub fn finish(root: &Path, config: &Config, site: &Path) -> Result<()> {
    let style_sheet = katex::style_sheet(config);
    if let Some(style_sheet) = &style_sheet {
        katex::copy_fonts(root, style_sheet, site)?;
    }
    let pass = Pass { chinese: config.book.language.as_deref().is_some_and(is_chinese), katex: style_sheet };
    let mut pages = pages(site)?;
    pages.sort();
    let finished: Vec<(PathBuf, Vec<Mismatch>)> =
        pages.into_par_iter().map(|page| Ok((page.clone(), pass.finish_page(site, &page)?))).collect::<Result<_>>()?;
    let mut mismatches: BTreeMap<Mismatch, Vec<PathBuf>> = BTreeMap::new();
    for (page, found) in finished {
        for mismatch in found {
            mismatches.entry(mismatch).or_default().push(page.strip_prefix(site).unwrap_or(&page).to_path_buf());
        }
    }
    if !mismatches.is_empty() {
        bail!("{}", shown(&mismatches));
    }
    Ok(())
}

fn is_chinese(language: &str) -> bool {
    language == "zh" || language.starts_with("zh-")
}

/// The mismatches of all pages, each once with the first page that has it.
fn shown(mismatches: &BTreeMap<Mismatch, Vec<PathBuf>>) -> String {
    let lines = mismatches.iter().map(|(mismatch, pages)| {
        let page = pages[0].display().to_string().replace('\\', "/");
        let others = if pages.len() > 1 { format!(" and {} more pages", pages.len() - 1) } else { String::new() };
        format!("{page}{others}: {}", mismatch.0)
    });
    let lines: Vec<String> = lines.collect();
    format!(
        "{}\n    hint: mdBook's page is not what qabook was written for: use mdBook 0.5.4's theme files, or mend qabook/src/site",
        lines.join("\n")
    )
}

/// What is done to every page.
struct Pass {
    /// Whether the stock labels become Chinese.
    chinese: bool,
    /// KaTeX's style sheet, as `additional-css` names it.
    katex: Option<PathBuf>,
}

impl Pass {
    /// Rewrites one file; what wasn't as expected is returned, and the file is as before then.
    fn finish_page(&self, site: &Path, path: &Path) -> Result<Vec<Mismatch>> {
        let name = || path.strip_prefix(site).unwrap_or(path).display().to_string();
        let html = fs::read_to_string(path).with_context(name)?;
        let mut rewriting = Rewriting::default();
        // Only pages made from mdBook's index.hbs have it: not toc.html, not redirects.
        if html.contains("<main>") {
            self.finish_chapter(&html, &mut rewriting);
        } else if path == site.join("toc.html") {
            self.finish_contents(&mut rewriting);
        } else {
            return Ok(Vec::new());
        }
        match rewriting.run(&html) {
            Ok(finished) => fs::write(path, finished).with_context(name).map(|()| Vec::new()),
            Err(mismatches) => Ok(mismatches),
        }
    }

    fn finish_chapter(&self, html: &str, rewriting: &mut Rewriting<'_>) {
        if self.chinese {
            labels::translate(html, rewriting);
        }
        let head = html.split_once("</head>").map_or("", |(head, _)| head);
        landmarks::mend(head.contains("<base "), self.chinese, rewriting);
        if let Some(style_sheet) = &self.katex {
            katex::drop_unused_style_sheet(html, style_sheet, rewriting);
        }
    }

    /// The table of contents that stands in a frame when scripts are off.
    fn finish_contents(&self, rewriting: &mut Rewriting<'_>) {
        let title = if self.chinese { "目录" } else { "Table of contents" };
        rewriting.element("head", Occurs::Once, move |head| {
            head.append(&format!("<title>{title}</title>\n"), ContentType::Html);
            Ok(())
        });
    }
}

/// All HTML files below `folder`.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = files(folder)?;
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    Ok(pages)
}

/// All files below `folder`, in no order.
///
/// # Errors
/// A folder that can't be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
