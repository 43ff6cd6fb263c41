//! The numbers of questions in the table of contents. mdBook's are numbers alone: `20b` is its second `20.`.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

use super::model::{Kind, Model};

/// Gives the table of contents that pages load from the folder `site` the numbers that the questions have.
/// Errors: A file that can't be read or written.
pub(super) fn write(model: &Model, site: &Path) -> Result<()> {
    for file in fs::read_dir(site)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("toc-") && name.ends_with(".js") || name == "toc.js" {
            let script = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let named = named(model, &script);
            if named != script {
                fs::write(&path, named).with_context(|| path.display().to_string())?;
            }
        }
    }
    Ok(())
}

/// `contents` with the numbers that the questions have.
pub(super) fn named(model: &Model, contents: &str) -> String {
    let mut named = contents.to_string();
    for page in &model.pages {
        let Kind::Question(asked) = &page.kind else { continue };
        if asked.question.variant.is_none() {
            continue;
        }
        let number = asked.question.number;
        for target in ["", " target=\"_parent\""] {
            let link = format!("href=\"{}\"{target}><strong aria-hidden=\"true\">{number}", page.file);
            let variant = asked.question.label();
            named =
                named.replace(&format!("{link}."), &format!("{}{variant}.", link.trim_end_matches(char::is_numeric)));
        }
    }
    named
}
