//! The files and folders that a build reads, for `serve` to watch.

use mdbook_driver::config::Config;
use mdbook_zh_search::Synonyms;
use qabook_document::Opened;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{includes, sources};

/// What a build reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// The folder of book.toml.
    pub(crate) root: PathBuf,
    /// The folder of the chapters, which is also in `paths`.
    pub(crate) src: PathBuf,
    /// Where the site goes; it may be below a folder that is read.
    pub(crate) destination: PathBuf,
    /// Files, and folders with all that they hold. Not all of them exist.
    pub(crate) paths: Vec<PathBuf>,
}

impl Inputs {
    /// What a build of the book in `root` reads, by its settings as they are now.
    /// Errors: Settings that can't be read.
    pub(crate) fn of(root: &Path) -> anyhow::Result<Self> {
        let opened = qabook_document::open(root)?;
        let config = &opened.config;
        let src = root.join(&config.book.src);
        let mut paths = vec![root.join("book.toml"), root.join(Synonyms::FILE), src.clone()];
        paths.extend(named(root, config));
        paths.extend(crate::site::inputs(root, config));
        let chapters: BTreeSet<PathBuf> = chapters(&opened, &src);
        // Most are in one of the folders.
        let elsewhere = chapters.into_iter().filter(|file| !paths.iter().any(|path| file.starts_with(path)));
        let elsewhere: Vec<PathBuf> = elsewhere.collect();
        paths.extend(elsewhere);
        Ok(Self { root: root.to_path_buf(), destination: opened.destination(), src, paths })
    }

    /// The settings alone, when nothing is known of the rest: they can't be read.
    pub(crate) fn settings_of(root: &Path) -> Self {
        let [root, src, destination] = [root.to_path_buf(), root.join("src"), root.join("book")];
        Self { paths: vec![root.join("book.toml"), src.clone()], root, src, destination }
    }
}

/// What the settings name.
fn named(root: &Path, config: &Config) -> Vec<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    let mut paths =
        vec![html.theme_dir(root), root.join(mdbook_snippets::Config::from_book(config).unwrap_or_default().package)];
    let files = html.additional_css.iter().chain(&html.additional_js).chain(&config.build.extra_watch_dirs);
    paths.extend(files.map(|file| root.join(file)));
    let macros = config.get::<String>("preprocessor.katex.macros").ok().flatten();
    paths.extend(macros.map(|file| root.join(file)));
    paths
}

/// The files of the chapters, and what they include.
fn chapters(opened: &Opened, src: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    let summary = sources::readable_summary(&opened.root, &opened.config);
    for location in summary.iter().flat_map(sources::locations) {
        let path = src.join(location);
        if let Ok(text) = fs::read_to_string(&path) {
            includes::files(&path, &text, &mut files);
        }
        files.insert(path);
    }
    files
}
