//! What the package's `Cargo.toml` says about its programs.

use qabook_support::{Diagnostic, shown};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::rule::RECORD;

/// Other tables are cargo's.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    package: Package,
}

#[derive(Debug, Default, Deserialize)]
struct Package {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    qabook: Ours,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Ours {
    linux_only: BTreeSet<String>,
}

/// The programs of the package in `folder` that only compile on Linux.
pub(crate) fn linux_only(folder: &Path) -> Result<BTreeSet<String>, Diagnostic> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| {
        let hint = "set `package` in [preprocessor.snippets] of book.toml to the folder of the programs";
        RECORD.broken(format!("it can't be read: {error}"), hint).in_file(shown(&path))
    })?;
    let manifest: Manifest = toml::from_str(&text).map_err(|error| {
        let problem = RECORD.broken(error.message().to_string(), "fix it: cargo reads it, too").in_file(shown(&path));
        match error.span() {
            Some(span) => problem.at(&text, span.start),
            None => problem,
        }
    })?;
    Ok(manifest.package.metadata.qabook.linux_only)
}
