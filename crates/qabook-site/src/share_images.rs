//! The picture that a link to a page shows where it is shared (Open Graph, Twitter): a Tera template of SVG, drawn by resvg
//! with the fonts that the template names and no others.
//!
//! A book without the fonts of the built-in template has none, until `theme/templates/share-image.svg` names fonts of its own.

use anyhow::{Context, Result};
use qabook_support::{Diagnostic, Diagnostics, Templates};
use serde::Serialize;
use std::fs;
use std::path::Path;

use super::model::{Kind, Model, Page, SHARE_IMAGE};
use crate::drawing::{self, Fonts};
use crate::lines::{self, Fitted, Room};

const TEMPLATE: &str = "share-image.svg";
const DEFAULT: &str = include_str!("templates/share-image.svg");

/// Where the template puts the page's title: it must agree with it.
const TITLE: Room = Room { width: 1040.0, height: 330.0, sizes: (88.0, 44.0), leading: 1.36 };

/// What the template sees.
#[derive(Serialize)]
struct ShareImage<'a> {
    width: u32,
    height: u32,
    /// Above the title: the question's number and part; empty on other pages.
    label: String,
    /// The title's lines with the baseline of each.
    lines: Vec<Line>,
    /// The title's font size.
    size: f64,
    site: &'a str,
    /// What the book is, where it fits next to its title.
    description: &'a str,
}

#[derive(Serialize)]
struct Line {
    text: String,
    y: f64,
}

/// The fonts that the template names; `None` where the book has neither a template of its own nor the fonts of the built-in
/// one.
///
/// # Errors
/// A font that the template names and that can't be used.
pub fn fonts(root: &Path, theme: &Path) -> Result<Option<Fonts>, Diagnostics> {
    are_drawn(root, theme).then(|| Fonts::load(root, &theme.join("templates").join(TEMPLATE), DEFAULT)).transpose()
}

/// Whether pages get one: with the built-in template only where the book has its fonts.
pub(super) fn are_drawn(root: &Path, theme: &Path) -> bool {
    theme.join("templates").join(TEMPLATE).exists()
        || drawing::font_files(DEFAULT).all(|file| root.join(file).is_file())
}

/// The files of the fonts that pictures are drawn with, relative to book.toml, where `theme` holds the templates.
pub(super) fn font_files(theme: &Path) -> Vec<String> {
    let text = fs::read_to_string(theme.join("templates").join(TEMPLATE)).unwrap_or_else(|_| DEFAULT.into());
    drawing::font_files(&text).collect()
}

/// Draws the share image of every page into `site`.
/// Errors: What is wrong with the template or its fonts, a character that they lack, or a file that can't be written.
pub(super) fn write(root: &Path, theme: &Path, model: &Model, site: &Path) -> Result<()> {
    use rayon::prelude::*;
    let templates = Templates::load(&theme.join("templates"), &[(TEMPLATE, DEFAULT)])?;
    let Some(fonts) = fonts(root, theme)? else { return Ok(()) };
    let problems: Vec<Option<Diagnostic>> = model
        .pages
        .par_iter()
        .map(|page| {
            let file = site.join(page.share_image());
            let svg = templates.render(TEMPLATE, &share_image(model, page, &fonts))?;
            if let Some(problem) = fonts.missing(&svg, &page.file) {
                return Ok(Some(problem));
            }
            let png = drawing::png(&svg, &fonts, SHARE_IMAGE)
                .with_context(|| format!("the share image of {}, made by {TEMPLATE}", page.file))?;
            fs::create_dir_all(file.parent().unwrap_or(site))?;
            fs::write(&file, png).with_context(|| file.display().to_string())?;
            Ok(None)
        })
        .collect::<Result<_>>()?;
    let mut found = Diagnostics::default();
    found.extend(problems.into_iter().flatten());
    Ok(found.into_result(())?)
}

fn share_image<'a>(model: &'a Model, page: &Page, fonts: &Fonts) -> ShareImage<'a> {
    let advance = fonts.advances();
    let width = |text: &str| text.chars().map(&advance).sum::<f64>();
    let part = page.part.as_ref().map(|part| part.title.as_str());
    let (label, asked) = match &page.kind {
        Kind::Question(asked) => {
            let number = model.words.filled("questions.numbered", &[("number", &asked.question.label())]);
            (part.map_or(number.clone(), |part| format!("{number} · {part}")), asked.question.question.as_str())
        }
        // Its title is below, as on every share image.
        Kind::Home => (String::new(), model.description.as_str()),
        Kind::Part | Kind::Other | Kind::Collected => (String::new(), page.name.as_str()),
    };
    // A question may be a whole exercise; its title is short.
    let fitted = lines::fit(asked, TITLE, &advance)
        .or_else(|| lines::fit(&page.name, TITLE, &advance))
        .unwrap_or_else(|| Fitted { size: TITLE.sizes.1, lines: vec![model.title.clone()] });
    let step = fitted.size * TITLE.leading;
    let baseline = |index: u32| (f64::from(index) * step + fitted.size * 0.88).round();
    ShareImage {
        width: SHARE_IMAGE.0,
        height: SHARE_IMAGE.1,
        label,
        lines: (0..).zip(fitted.lines).map(|(index, text)| Line { text, y: baseline(index) }).collect(),
        size: fitted.size,
        site: &model.title,
        description: if !matches!(page.kind, Kind::Home)
            && width(&model.description) * 27.0 + width(&model.title) * 38.0 < 1000.0
        {
            &model.description
        } else {
            ""
        },
    }
}
