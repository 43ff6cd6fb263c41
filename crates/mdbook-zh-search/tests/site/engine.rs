//! The client of an indexed site, run by `QuickJS`.

// Each of its users uses a part.
#![allow(dead_code)]

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A site's client with its index, in a thread of its own.
pub(crate) struct Engine {
    scripts: Sender<String>,
    results: Receiver<Result<String>>,
}

/// The client's answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) pages: Vec<Page>,
    /// Pages that are not listed yet.
    pub(crate) more: usize,
    /// What was replaced by what.
    pub(crate) notes: Vec<(String, String)>,
    /// A query to offer, if there is one.
    pub(crate) meant: String,
    pub(crate) missing: Vec<String>,
    pub(crate) cut: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) sections: Vec<Section>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Section {
    pub(crate) anchor: String,
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) words: Vec<String>,
}

impl Engine {
    /// Starts the client that the pages of `site` load.
    pub(crate) fn open(site: &Path) -> Result<Self> {
        let entries = fs::read_dir(site).with_context(|| site.display().to_string())?;
        let names = entries.map(|entry| Ok(entry?.file_name().into_string().unwrap_or_default()));
        let names = names.collect::<Result<Vec<_>>>()?;
        let find = |is_sought: fn(&str) -> bool| {
            let name = names.iter().find(|name| name.starts_with("zh-search-") && is_sought(name));
            name.with_context(|| format!("{} is not indexed: run mdbook-zh-search", site.display()))
        };
        let folder = find(|name| !name.contains('.'))?;
        // Next to it is `….start.js`, which only opens the box.
        let script = find(|name| !name.contains(".start.") && name.contains(".js"))?;
        let root = site.to_path_buf();
        let (scripts, receiver) = channel::<String>();
        let (sender, results) = channel();
        thread::spawn(move || {
            let context = quick_js::Context::new()?;
            context.add_callback("readFile", move |name: String| {
                let path = root.join(name);
                fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
            })?;
            for script in receiver {
                if sender.send(evaluate(&context, &script)).is_err() {
                    break;
                }
            }
            anyhow::Ok(())
        });
        let engine = Self { scripts, results };
        let folder = serde_json::to_string(folder)?;
        engine.run(format!("var indexFolder = {folder};\n{}\n''", include_str!("page.js")))?;
        engine.run(format!("{}\n''", fs::read_to_string(site.join(script))?))?;
        Ok(engine)
    }

    /// What the client answers to `query`, with at most `limit` pages.
    pub(crate) fn ask(&self, query: &str, limit: usize) -> Result<Answer> {
        let json = self.run(format!("ask({}, {limit})", serde_json::to_string(query)?));
        Ok(serde_json::from_str(&json.with_context(|| query.chars().take(40).collect::<String>())?)?)
    }

    /// How many steps the client has taken so far.
    pub(crate) fn work(&self) -> Result<u64> {
        Ok(self.run("work()".to_string())?.parse()?)
    }

    fn run(&self, script: String) -> Result<String> {
        self.scripts.send(script)?;
        self.results.recv()?
    }
}

/// `QuickJS` measures its stack from where the context was made and takes a shallower call for an overflow: this one is
/// deeper.
#[inline(never)]
fn evaluate(context: &quick_js::Context, script: &str) -> Result<String> {
    black_box(&[0_u8; 16 * 1024]);
    context.eval_as::<String>(script).map_err(|error| anyhow!("{error}"))
}
