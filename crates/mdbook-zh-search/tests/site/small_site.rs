//! A site of a few pages in a temporary folder.

use mdbook_zh_search::{Config, Report, Synonyms, index};
use qabook_words::Words;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

use crate::engine::{Answer, Engine};

pub(crate) struct SmallSite {
    folder: TempDir,
    config: Config,
}

impl SmallSite {
    /// Pages by address, with what is inside their `<main>`.
    pub(crate) fn new(pages: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), config: Config::default() };
        for (address, main) in pages {
            let page = format!(
                "<!DOCTYPE HTML>\n<html><head>\n<title>书</title>\n</head><body><main>{main}</main></body></html>"
            );
            site.write(address, page.as_bytes());
        }
        site
    }

    pub(crate) fn with_synonyms(mut self, words: &[&str]) -> Self {
        self.config.synonyms.push(words.iter().map(ToString::to_string).collect());
        self
    }

    pub(crate) fn with_more_synonyms(mut self, synonyms: Synonyms) -> Self {
        self.config.more_synonyms = synonyms;
        self
    }

    pub(crate) fn with_overview(mut self, address: &str) -> Self {
        self.config.overview.push(address.to_string());
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, address: &str, bytes: &[u8]) {
        let path = self.path().join(address);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn index(&self) -> Report {
        index(self.path(), &self.config, &Words::of_language("zh-CN")).unwrap()
    }

    /// Indexes the site and answers a query.
    pub(crate) fn ask(&self, query: &str) -> Answer {
        self.index();
        Engine::open(self.path()).unwrap().ask(query, 10).unwrap()
    }

    /// The addresses that are found.
    pub(crate) fn find(&self, query: &str) -> Vec<String> {
        self.ask(query).pages.into_iter().map(|page| page.address).collect()
    }
}
