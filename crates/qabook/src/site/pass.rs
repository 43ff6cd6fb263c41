//! The one run over each page.

use anyhow::{Context, Result, bail};
use lol_html::html_content::ContentType;
use qabook_support::Templates;
use rayon::prelude::*;
use regex::Regex;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::address::Address;
use super::assets::Sheets;
use super::model::Model;
use super::rewriting::{Mismatch, Occurs, Rewriting};
use super::{assets, head, katex, labels, landmarks, not_found, redirects};

/// mdBook's contents have parts and separators as items directly inside of items, which HTML doesn't allow.
static PART_IN_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("<li class=\"chapter-item[^\"]*\">(<li class=\"(?:part-title|spacer)\">[^<]*</li>)</li>")
        .expect("a valid pattern")
});

/// What is done to every page.
pub(super) struct Pass<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) address: &'a Address,
    pub(super) templates: &'a Templates,
    /// Where the page of each moved chapter leads.
    pub(super) redirects: HashMap<String, String>,
    /// mdBook's theme for a light and for a dark system.
    pub(super) themes: [Option<String>; 2],
    /// KaTeX's style sheet, as `additional-css` names it.
    pub(super) katex: Option<PathBuf>,
    /// What becomes of the links to style sheets.
    pub(super) sheets: Sheets,
}

impl Pass<'_> {
    /// Rewrites `files`, which are HTML below `site`.
    ///
    /// # Errors
    /// A file or template that is wrong, or everything about all pages that isn't as expected.
    pub(super) fn run(&self, site: &Path, files: Vec<PathBuf>) -> Result<()> {
        let finished: Vec<(String, Vec<Mismatch>)> = files
            .into_par_iter()
            .map(|path| {
                let file = path.strip_prefix(site).unwrap_or(&path).display().to_string().replace('\\', "/");
                let mismatches = self.finish_file(&file, &path).with_context(|| file.clone())?;
                Ok((file, mismatches))
            })
            .collect::<Result<_>>()?;
        let mut mismatches: BTreeMap<Mismatch, Vec<String>> = BTreeMap::new();
        for (file, found) in finished {
            for mismatch in found {
                mismatches.entry(mismatch).or_default().push(file.clone());
            }
        }
        if mismatches.is_empty() { Ok(()) } else { bail!("{}", shown(&mismatches)) }
    }

    /// Rewrites one file; what wasn't as expected is returned, and the file is as before then.
    fn finish_file(&self, file: &str, path: &Path) -> Result<Vec<Mismatch>> {
        let mut html = fs::read_to_string(path)?;
        let mut rewriting = Rewriting::default();
        // Only pages made from mdBook's index.hbs have it.
        if html.contains("<main>") {
            self.finish_page(file, &html, &mut rewriting)?;
        } else if file == "toc.html" {
            self.finish_contents(&mut rewriting);
            html = PART_IN_ITEM.replace_all(&html, "$1").into_owned();
        } else if let Some(target) = self.redirects.get(file) {
            redirects::mend(file, target, &self.model.language, self.is_chinese(), self.address, &mut rewriting);
        } else {
            return Ok(Vec::new());
        }
        match rewriting.run(&html) {
            Ok(finished) => Ok(fs::write(path, finished).map(|()| Vec::new())?),
            Err(mismatches) => Ok(mismatches),
        }
    }

    fn finish_page(&self, file: &str, html: &str, rewriting: &mut Rewriting<'_>) -> Result<()> {
        if self.is_chinese() {
            labels::translate(html, rewriting);
        }
        let is_not_found = file == "404.html";
        landmarks::mend(is_not_found, self.is_chinese(), rewriting);
        let [light, dark] = &self.themes;
        head::theme_color(light.as_deref().unwrap_or("light"), dark.as_deref().unwrap_or("navy"), rewriting);
        if let Some(page) = self.model.page(file) {
            head::write(self.model, page, self.address, self.templates, rewriting)?;
        } else if is_not_found {
            not_found::mend(self.model, self.is_chinese(), self.address, self.templates, rewriting)?;
        }
        if let Some(style_sheet) = &self.katex {
            katex::drop_unused_style_sheet(html, style_sheet, rewriting);
        }
        self.sheets.link(file, rewriting);
        assets::drop_unused_icons(html, rewriting);
        rewriting.drop_comments_outside_main();
        Ok(())
    }

    /// The table of contents that stands in a frame when scripts are off.
    fn finish_contents(&self, rewriting: &mut Rewriting<'_>) {
        let title = if self.is_chinese() { "目录" } else { "Table of contents" };
        rewriting.element("head", Occurs::Once, move |head| {
            head.append(&format!("<title>{title}</title>\n"), ContentType::Html);
            Ok(())
        });
        self.sheets.link("toc.html", rewriting);
    }

    /// Whether the stock labels become Chinese.
    fn is_chinese(&self) -> bool {
        self.model.language == "zh" || self.model.language.starts_with("zh-")
    }
}

/// The mismatches of all pages, each once with the first page that has it.
fn shown(mismatches: &BTreeMap<Mismatch, Vec<String>>) -> String {
    let lines = mismatches.iter().map(|(mismatch, files)| {
        let others = if files.len() > 1 { format!(" and {} more pages", files.len() - 1) } else { String::new() };
        format!("{}{others}: {}", files[0], mismatch.0)
    });
    let lines: Vec<String> = lines.collect();
    format!(
        "{}\n    hint: qabook is written for the page of mdBook 0.5.4: is a file of mdBook's theme replaced in theme/?",
        lines.join("\n")
    )
}
