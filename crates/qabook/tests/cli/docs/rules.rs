//! Every rule of the workspace is explained, and every rule that is explained exists.

use super::{chapter, repository, section};
use regex::Regex;
use std::collections::BTreeMap;
use std::fs;
use walkdir::WalkDir;

/// The rules of all crates with their severity, from the sources: those of `qabook-pdf` and `qabook-anki` aren't linked in here.
fn declared() -> BTreeMap<String, String> {
    let rule = Regex::new(r#"(?:Rule::|= )(error|warning|note)\(\s*"([a-z0-9-]+)"\s*\)"#).unwrap();
    let mut found = BTreeMap::new();
    for folder in ["crates", "preprocessors"] {
        for entry in WalkDir::new(repository().join(folder)) {
            let path = entry.unwrap().into_path();
            if !path.components().any(|part| part.as_os_str() == "src")
                || path.extension().is_none_or(|ending| ending != "rs")
            {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(rule.captures_iter(code).map(|found| (found[2].to_string(), found[1].to_string())));
        }
    }
    found
}

#[test]
fn every_rule_is_explained() {
    let text = chapter("reference/rules.md");
    let heading = Regex::new(r"(?m)^### `([a-z0-9-]+)` \{#([a-z0-9-]+)\}$").unwrap();
    let explained: BTreeMap<String, String> = heading
        .captures_iter(&text)
        .map(|found| {
            assert_eq!(found[1], found[2], "the id of its section");
            let first = section(&text, &found[1]).into_iter().find(|line| !line.is_empty()).unwrap();
            let kind = first.strip_prefix('*').and_then(|rest| Some(rest.split_once(".*")?.0.to_lowercase()));
            (found[1].to_string(), kind.unwrap_or("error".into()))
        })
        .collect();
    assert_eq!(explained, declared());
}
