//! Which files a book's words are of, and which of them wins.

use qabook_support::{Diagnostics, shown};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::{fs, io};

use crate::file::{self, WORDS};
use crate::word::Table;

/// The built-in files; the first has every word.
pub(crate) const BUILT_IN: &[(&str, &str)] =
    &[("en", include_str!("../words/en.toml")), ("zh-CN", include_str!("../words/zh-CN.toml"))];

/// The words of a file.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// Its name without the ending: a language tag.
    language: String,
    pub(crate) tables: BTreeMap<String, Table>,
}

/// Those of [`BUILT_IN`], in their order.
pub(crate) fn built_in() -> &'static [Layer] {
    static LAYERS: LazyLock<Vec<Layer>> = LazyLock::new(|| {
        let read = |(language, text): &(&str, &str)| {
            let tables = file::tables(text, language)
                .unwrap_or_else(|(_, problem)| panic!("the built-in words/{language}.toml: {problem}"));
            Layer { language: (*language).to_string(), tables }
        };
        BUILT_IN.iter().map(read).collect()
    });
    &LAYERS
}

/// The files in `folder`, which need not exist, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Layer>, Diagnostics> {
    let unreadable = |path: &Path, error: io::Error| {
        let hint = "save it as UTF-8 text, or delete it: the built-in words are used then";
        Diagnostics::from(WORDS.broken(format!("the words can't be read: {error}"), hint).in_file(shown(path)))
    };
    let entries = match fs::read_dir(folder) {
        // A theme that is a file is refused by what needs the theme.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        entries => {
            entries.and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(|error| unreadable(folder, error))?
        }
    };
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    // Emacs locks a file that is edited by a link of such a name to nowhere.
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml") && !is_hidden(path));
    paths.sort();
    let mut problems = Diagnostics::default();
    let mut layers = Vec::new();
    for path in paths {
        let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let checked = fs::read_to_string(&path)
            .map_err(|error| unreadable(&path, error))
            .and_then(|text| file::checked(&text, &language, &shown(&path), &built_in()[0].tables));
        match checked {
            Ok(tables) => layers.push(Layer { language, tables }),
            Err(found) => problems.extend(found),
        }
    }
    problems.into_result(layers)
}

/// The words for a book in `language`, where files of the book's `own` win over built-in ones; and the keys that no file of
/// that language has.
pub(crate) fn merged(own: Vec<Layer>, language: &str) -> (BTreeMap<String, Table>, Vec<String>) {
    let [english, ..] = built_in() else { return (BTreeMap::new(), Vec::new()) };
    let mut layers: Vec<(bool, Layer)> = built_in().iter().map(|layer| (false, layer.clone())).collect();
    layers.extend(own.into_iter().map(|layer| (true, layer)));
    layers.retain(|(_, layer)| main(&layer.language) == main(language));
    // The nearest language comes last: a region's own words win over those of its language, those of another region lose.
    layers.sort_by_key(|(is_own, layer)| (nearness(&layer.language, language), *is_own));
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (name, table) in layers.into_iter().flat_map(|(_, layer)| layer.tables) {
        tables.entry(name).or_default().extend(table);
    }
    let mut untranslated = Vec::new();
    for (name, table) in &english.tables {
        let translated = tables.entry(name.clone()).or_default();
        for (key, word) in table {
            translated.entry(key.clone()).or_insert_with(|| {
                untranslated.push(format!("{name}.{key}"));
                word.clone()
            });
        }
    }
    (tables, untranslated)
}

/// How near the language of a file is to the book's, which it shares the main language with.
fn nearness(file: &str, book: &str) -> u8 {
    if normal(file) == normal(book) { 2 } else { u8::from(normal(file) == main(book)) }
}

/// The language of `tag` alone: `zh` of `zh-CN`.
fn main(tag: &str) -> String {
    normal(tag).split('-').next().unwrap_or_default().to_string()
}

fn normal(tag: &str) -> String {
    tag.to_ascii_lowercase().replace('_', "-")
}
