//! What is written, and how.

use flate2::Compression;
use flate2::write::GzEncoder;
use mdbook_zh_search::{Config, index};
use qabook_words::Words;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::small_site::SmallSite;

fn site() -> SmallSite {
    SmallSite::new(&[("index.html", "<h1 id=t>死锁</h1>"), ("network/tcp.html", "<h1 id=t>握手</h1><p>三次握手</p>")])
}

/// All files of a folder with their contents.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn top_level(site: &SmallSite) -> Vec<String> {
    let mut names: Vec<_> =
        site.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let (one, two) = (site(), site());
    assert_eq!(one.index(), two.index());
    assert_eq!(files(one.path()), files(two.path()));
}

#[test]
fn indexing_again_changes_nothing() {
    let site = site();
    site.index();
    let before = files(site.path());
    site.index();
    assert_eq!(files(site.path()), before);
}

#[test]
fn another_text_gets_another_folder_and_the_old_one_goes() {
    let site = site();
    let old = site.index().folder;
    site.write("index.html", "<head>\n</head><main><h1>活锁</h1></main>".as_bytes());
    let new = site.index().folder;
    assert_ne!(old, new);
    let folders: Vec<_> = top_level(&site).into_iter().filter(|name| site.path().join(name).is_dir()).collect();
    assert_eq!(folders, ["network".to_string(), new]);
}

#[test]
fn nothing_of_others_is_removed() {
    let site = site();
    for name in ["zh-search-notes", "zh-search-0123456789abc", "searchindex.js"] {
        site.write(&format!("{name}/kept"), b"");
    }
    site.index();
    for name in ["zh-search-notes", "zh-search-0123456789abc", "searchindex.js"] {
        assert!(site.path().join(name).join("kept").exists(), "{name}");
    }
}

#[test]
fn every_page_names_its_index_and_client_from_where_it_is() {
    let site = site();
    let folder = site.index().folder;
    for (page, root) in [("index.html", ""), ("network/tcp.html", "../")] {
        let html = fs::read_to_string(site.path().join(page)).unwrap();
        assert_eq!(html.matches(&format!("data-index=\"{folder}\"")).count(), 1, "{html}");
        let (_, rest) = html.split_once("defer src=\"").unwrap();
        let script = rest.split_once('"').unwrap().0;
        assert!(script.starts_with(&format!("{root}zh-search-")), "{script}");
        assert!(site.path().join(page).parent().unwrap().join(script).is_file(), "{script}");
    }
}

#[test]
fn a_home_page_that_repeats_a_chapter_is_indexed_once() {
    let site = SmallSite::new(&[("index.html", "<h1 id=t>死锁</h1>"), ("first.html", "<h1 id=t>死锁</h1>")]);
    assert_eq!(site.find("死锁"), ["first.html"]);
}

#[test]
fn a_page_loads_2_and_a_half_kib_and_a_search_at_most_10_and_a_half_more() {
    let site = site();
    site.index();
    let weight = |script: &String| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&fs::read(site.path().join(script)).unwrap()).unwrap();
        gzip.finish().unwrap().len()
    };
    let files = top_level(&site);
    let weight_of = |endings: &[&str]| -> usize {
        let name = |ending: &str| {
            let names: Vec<_> =
                files.iter().filter(|name| name.split_once('.').is_some_and(|(_, end)| end == ending)).collect();
            assert_eq!(names.len(), 1, "{ending}: {files:?}");
            names[0]
        };
        endings.iter().map(|ending| weight(name(ending))).sum()
    };
    let [page, client, style] = [&["start.js", "css"][..], &["js"], &["results.css"]].map(weight_of);
    assert!(page <= 2560 && client <= 9_000 && style <= 1536, "{page}, {client} and {style} bytes by gzip");
}

#[test]
fn the_command_indexes_a_built_book_with_its_settings() {
    let site = site();
    let run =
        |arguments: &[&Path]| Command::new(env!("CARGO_BIN_EXE_mdbook-zh-search")).args(arguments).output().unwrap();
    let book_toml = site.path().join("settings.toml");
    fs::write(&book_toml, "[preprocessor.zh-search]\nsynonyms = [[\"死锁\", \"互锁\"]]\n").unwrap();
    let output = run(&[site.path(), &book_toml]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("indexed 2 pages: "), "{said}");
    assert!(output.stdout.is_empty());
    for wrong in [vec![], vec![Path::new("/nonexistent/book")]] {
        let output = run(&wrong);
        assert!(!output.status.success() && !output.stderr.is_empty(), "{output:?}");
    }
}

#[test]
fn an_index_that_cannot_be_written_leaves_the_pages_as_they_were() {
    let site = site();
    let before = files(site.path());
    // A name that is taken by a file: the folder can't be renamed to it.
    let folder = { site.index().folder };
    let other = self::site();
    fs::write(other.path().join(&folder), "").unwrap();
    let error = index(other.path(), &Config::default(), &Words::of_language("en")).unwrap_err().to_string();
    assert!(error.contains(&folder), "{error}");
    let mut after = files(other.path());
    after.remove(Path::new(&folder));
    assert_eq!(after, before);
}

#[test]
fn a_site_without_chinese_gets_nothing_that_is_for_chinese() {
    let site = SmallSite::new(&[("index.html", "<h1 id=t>Deadlock</h1><p>Two locks.</p>")]);
    index(site.path(), &Config::default(), &Words::of_language("en")).unwrap();
    let files = files(site.path());
    assert!(files.len() > 8, "{:?}", files.keys());
    for (file, bytes) in files.into_iter().filter(|(file, _)| !file.ends_with("index.html")) {
        let text = String::from_utf8(bytes).unwrap();
        let chinese: String = text.chars().filter(|c| ('\u{3000}'..='\u{9fff}').contains(c)).collect();
        assert_eq!(chinese, "", "{}", file.display());
    }
    assert_eq!(site.find("deadlokc"), ["index.html"]);
    assert_eq!(site.find("什么是死锁"), [""; 0]);
}
