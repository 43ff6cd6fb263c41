//! Pages collected from the chapters: all errata, and all sources with the chapters that cite them.

use qabook_support::markdown::escape;
use qabook_support::path::slashed;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::chapter::ParsedChapter;
use crate::config::SourceGroup;
use crate::entry::Entry;
use crate::errata;
use crate::sections::{ERRATA, ItemLink, REFERENCES, items};
use qabook_words::Words;

/// The page of all errata, or `None` when no chapter has any; `html` marks them for the theme.
pub(crate) fn all_errata(chapters: &[ParsedChapter<'_>], html: bool, words: &Words) -> Option<String> {
    let mut body = String::new();
    let mut count = 0;
    let mut part = None;
    for (entry, chapter) in chapters.iter().filter_map(|chapter| Some((chapter.entry?, chapter))) {
        let items = items(chapter.body, ERRATA);
        if items.is_empty() {
            continue;
        }
        if let Some(title) = entry.part.as_deref().filter(|_| part != Some(&entry.part)) {
            body += &format!("\n## {}\n", escape(title));
        }
        part = Some(&entry.part);
        count += items.len();
        let label = entry.question.label();
        let level = if entry.part.is_some() { "###" } else { "##" };
        body += &format!("\n{level} {label} {} {{#q{label}}}\n\n", escape(&entry.title));
        if html {
            // Otherwise the page would be as long as fifty screens; the theme opens those that links lead to.
            let count = words.filled("questions.errata-count", &[("n", &items.len().to_string())]);
            body += &format!("<details class=\"errata-of\"><summary>{count}</summary>\n\n");
        }
        for item in items {
            let mut splices = item.rebased(&entry.path);
            if html {
                splices.extend(errata::marks(&item, words));
            }
            body += &(item.spliced(splices) + "\n");
        }
        let read = [("number", label.as_str()), ("title", &escape(&entry.title))];
        body += &format!("\n[{}]({})\n", words.filled("questions.read-question", &read), slashed(&entry.path));
        body += if html { "\n</details>\n" } else { "" };
    }
    let intro = words.filled("questions.errata-intro", &[("n", &count.to_string())]);
    let intro = format!("# {}\n\n{intro}\n", words.text("questions.errata"));
    (count > 0).then(|| intro + &body)
}

/// The page of all sources, or `None` when no chapter names any.
pub(crate) fn references(chapters: &[ParsedChapter<'_>], groups: &[SourceGroup], words: &Words) -> Option<String> {
    let documents = documents(chapters);
    if documents.is_empty() {
        return None;
    }
    let intro = words.filled("questions.references-intro", &[("n", &documents.len().to_string())]);
    let mut page = format!("# {}\n\n{intro}\n", words.text("questions.references"));
    let mut sections: BTreeMap<usize, Vec<(&String, &Document<'_>)>> = BTreeMap::new();
    for (url, document) in &documents {
        let group =
            groups.iter().position(|group| group.hosts.iter().any(|host| host_of(url).ends_with(host.as_str())));
        sections.entry(group.unwrap_or(groups.len())).or_default().push((url, document));
    }
    for (index, mut section) in sections {
        let title = groups.get(index).map_or(words.text("questions.other-sources"), |group| group.title.as_str());
        page += &format!("\n## {title} {{#sources-{}}}\n\n", index + 1);
        section.sort_by_cached_key(|(url, document)| (rfc_number(url), document.title().to_lowercase()));
        for (_, document) in section {
            page += &document.line(words);
        }
    }
    Some(page)
}

/// A source: a URL without its fragment.
#[derive(Default)]
struct Document<'a> {
    /// The links to it and its parts, by what they read.
    links: BTreeMap<String, String>,
    cited_by: BTreeSet<(u32, String, &'a Path)>,
}

impl Document<'_> {
    /// Its shortest name: `RFC 9293` rather than `RFC 9293 §3.5`.
    fn title(&self) -> &str {
        self.links.keys().min_by_key(|text| text.chars().count()).map_or("", String::as_str)
    }

    fn line(&self, words: &Words) -> String {
        let mut links: Vec<_> = self.links.iter().collect();
        links.sort_by_cached_key(|(text, _)| natural_key(text));
        // `RFC 9293 §3.4、§3.5`: the document is named once.
        let document = links.first().map_or("", |(text, _)| text.split(" §").next().unwrap_or_default());
        let short = |at: usize, text: &'_ str| match text.strip_prefix(document) {
            Some(rest) if at > 0 && rest.starts_with(" §") => escaped(rest.trim_start()),
            _ => escaped(text),
        };
        let links = links.iter().enumerate().map(|(at, (text, url))| format!("[{}]({url})", short(at, text)));
        let links = links.collect::<Vec<_>>();
        let chapter = |(_, label, path): &(u32, String, &Path)| format!("[{label}]({})", slashed(path));
        let chapters = self.cited_by.iter().map(chapter).collect::<Vec<_>>();
        let [links, chapters] = [links, chapters].map(|texts| texts.join(words.text("questions.comma")));
        format!("- {}\n", words.filled("questions.cited", &[("source", &links), ("questions", &chapters)]))
    }
}

fn documents<'a>(chapters: &'a [ParsedChapter<'_>]) -> BTreeMap<String, Document<'a>> {
    let mut documents: BTreeMap<String, Document<'a>> = BTreeMap::new();
    for (entry, chapter) in questions(chapters) {
        for section in [ERRATA, REFERENCES] {
            for item in items(chapter.body, section) {
                for ItemLink { text, url } in item.links() {
                    if !url.starts_with("http") {
                        continue;
                    }
                    let (base, fragment) =
                        url.split_once('#').map_or((url.as_str(), None), |(base, part)| (base, Some(part)));
                    let document = documents.entry(base.to_string()).or_default();
                    document.links.entry(rfc_name(base, fragment).unwrap_or(text)).or_insert_with(|| url.clone());
                    let number = entry.question.number;
                    document.cited_by.insert((number, entry.question.label(), entry.path.as_path()));
                }
            }
        }
    }
    documents
}

/// The number of an RFC, so that RFC 768 comes before RFC 9293; 0 for everything else.
fn rfc_number(url: &str) -> u32 {
    let digits = url.split_once("/rfc/rfc").map_or("", |(_, rest)| rest);
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

/// `RFC 9293 §3.5` for a link to that section, whatever the chapter calls it.
fn rfc_name(base: &str, fragment: Option<&str>) -> Option<String> {
    let number = base.strip_prefix("https://www.rfc-editor.org/rfc/rfc")?.trim_end_matches(".html");
    Some(match fragment.and_then(|fragment| fragment.strip_prefix("section-")) {
        Some(section) => format!("RFC {number} §{section}"),
        None => format!("RFC {number}"),
    })
}

/// Sorts `§3.10` after `§3.9`: each run of digits as a number.
fn natural_key(text: &str) -> Vec<(u32, String)> {
    let mut key = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = rest[..digits].parse().unwrap_or(0);
        rest = &rest[digits..];
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        key.push((number, rest[..words].to_string()));
        rest = &rest[words..];
    }
    key
}

fn host_of(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default())
}

/// The questions by number.
fn questions<'a, 'b>(chapters: &'a [ParsedChapter<'b>]) -> Vec<(&'b Entry, &'a ParsedChapter<'b>)> {
    let mut found: Vec<_> = chapters.iter().filter_map(|chapter| Some((chapter.entry?, chapter))).collect();
    found.sort_by_key(|(entry, _)| (entry.question.number, entry.question.variant));
    found
}

/// A link's text may hold marks that were code in its chapter.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '[' | ']' | '*' | '_' | '`' | '<' | '>' | '$' | '\\') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_sort_by_number() {
        let mut texts = ["RFC 9293 §3.10", "RFC 9293", "RFC 9293 §3.9", "RFC 9293 §3.9.1"];
        texts.sort_by_cached_key(|text| natural_key(text));
        assert_eq!(texts, ["RFC 9293", "RFC 9293 §3.9", "RFC 9293 §3.9.1", "RFC 9293 §3.10"]);
    }

    #[test]
    fn an_rfc_is_named_by_its_address() {
        let base = "https://www.rfc-editor.org/rfc/rfc768.html";
        assert_eq!(rfc_name(base, Some("section-1.2")).unwrap(), "RFC 768 §1.2");
        assert_eq!(rfc_name(base, None).unwrap(), "RFC 768");
        assert_eq!(rfc_name("https://man7.org/x.html", None), None);
    }
}
