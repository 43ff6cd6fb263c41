//! The images of the chapters.

use anyhow::Result;
use qabook_document::{BlockKind, DOCUMENT, Document, Image, Inline, for_each_block, for_each_inline};
use qabook_support::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::archive::Entry;
use super::{names, svg};

/// Every image once, and what is doubtful about them.
/// Errors: Images that can't be read, that e-readers need not know, or that load something.
pub(super) fn collect(document: &Document) -> Result<(Vec<Entry>, Vec<Diagnostic>)> {
    let mut problems = Diagnostics::default();
    let mut warnings = Vec::new();
    let mut entries = BTreeMap::new();
    for (image, file) in images(document) {
        if entries.contains_key(&image.path) {
            continue;
        }
        let problem = |message: String, hint: &str| DOCUMENT.broken(message, hint).in_file(file).on_line(image.line);
        let Some(media_type) = media_type(&image.path) else {
            let hint = "save it as PNG, JPEG, GIF, WebP or SVG";
            problems.push(problem(format!("e-readers need not show images like {}", image.path), hint));
            continue;
        };
        match fs::read(&image.file) {
            Ok(mut bytes) => {
                if media_type == "image/svg+xml" {
                    if let Ok(svg) = std::str::from_utf8(&bytes) {
                        bytes = svg::without_type(svg).into_owned().into_bytes();
                    }
                    check_svg(&String::from_utf8_lossy(&bytes), &image.path, &problem, &mut problems, &mut warnings);
                }
                entries.insert(image.path.clone(), Entry::new(names::image(&image.path), media_type, "", bytes));
            }
            Err(error) => problems.push(problem(
                format!("the image {} can't be read: {error}", image.path),
                "fix the file, or leave the image out",
            )),
        }
    }
    Ok((problems.into_result(entries.into_values().collect())?, warnings))
}

fn images(document: &Document) -> Vec<(&Image, &Path)> {
    let mut found = Vec::new();
    for chapter in document.chapters() {
        let file = chapter.file.as_path();
        let notes = chapter.footnotes.iter().map(|footnote| &footnote.blocks);
        for blocks in std::iter::once(&chapter.blocks).chain(notes) {
            for_each_block(blocks, &mut |block| {
                if let BlockKind::Image(image) = &block.kind {
                    found.push((image, file));
                }
            });
            for_each_inline(blocks, &mut |inline| {
                if let Inline::Image(image) = inline {
                    found.push((image, file));
                }
            });
        }
    }
    found
}

/// The core media types of images (EPUB 3.3 §3.2).
fn media_type(path: &str) -> Option<&'static str> {
    let extension = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

fn check_svg(
    svg: &str,
    path: &str,
    problem: &impl Fn(String, &str) -> Diagnostic,
    problems: &mut Diagnostics,
    warnings: &mut Vec<Diagnostic>,
) {
    let loads = ["href=\"http", "href='http", "url(http", "url('http", "url(\"http", "@import"];
    if svg.contains("<script") || loads.iter().any(|load| svg.contains(load)) {
        let hint = "put what it loads into it: a book must be whole without a network";
        problems.push(problem(format!("the image {path} runs a script or loads something"), hint));
    }
    if svg.contains("<text") && !svg.contains("font-family") && !svg.contains("font:") {
        let hint = "give its texts a font-family, such as sans-serif; each reader chooses its own otherwise";
        warnings.push(problem(format!("the image {path} has texts without a font"), hint));
    }
}
