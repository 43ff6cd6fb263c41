//! Pages collected from the chapters: all errata, and all sources with the chapters that cite them.

use qabook_support::markdown::escape;
use qabook_support::path::slashed;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::chapter::ParsedChapter;
use crate::config::SourceGroup;
use crate::entry::Entry;
use crate::sections::{ERRATA, Item, ItemLink, REFERENCES, items};
use crate::{errata, paging};
use qabook_words::Words;

/// A text of a page that is made, and what it is called when there are several.
pub(crate) type Named = (String, String);

/// A piece of a page: what a chapter or a source adds to it.
struct Piece<'a> {
    /// What pages are called that begin or end with it.
    name: String,
    /// The section that it is in: the Markdown of its heading.
    section: &'a str,
    text: String,
}

/// The texts of pages with `pieces` after `intro`: several only for `html`, when they are too long for one.
fn pages(intro: &str, pieces: &[Piece<'_>], html: bool) -> Vec<Named> {
    let sizes: Vec<usize> = pieces.iter().map(|piece| piece.text.len()).collect();
    let runs = paging::runs(&sizes, if html { paging::LIMIT } else { usize::MAX });
    let page = |pieces: &[Piece<'_>]| {
        let mut text = format!("{intro}\n");
        for section in pieces.chunk_by(|one, next| one.section == next.section) {
            text += section[0].section;
            text.extend(section.iter().map(|piece| piece.text.as_str()));
        }
        let [first, last] = [pieces.first(), pieces.last()].map(|piece| piece.map_or("", |piece| piece.name.as_str()));
        (paging::name(first, last), text)
    };
    runs.into_iter().map(|run| page(&pieces[run])).collect()
}

/// The pages of all errata, none when no chapter has any; `html` marks them for the theme.
pub(crate) fn all_errata(chapters: &[ParsedChapter<'_>], html: bool, words: &Words) -> Vec<Named> {
    let with_items = chapters.iter().filter_map(|chapter| Some((chapter.entry?, items(chapter.body, ERRATA))));
    let with_items: Vec<(&Entry, Vec<Item<'_>>)> = with_items.filter(|(_, items)| !items.is_empty()).collect();
    let count: usize = with_items.iter().map(|(_, items)| items.len()).sum();
    let heading =
        |entry: &Entry| entry.part.as_ref().map_or_else(String::new, |part| format!("\n## {}\n", escape(part)));
    let headings: Vec<String> = with_items.iter().map(|(entry, _)| heading(entry)).collect();
    let pieces = with_items.iter().zip(&headings).map(|((entry, items), section)| Piece {
        name: entry.question.label(),
        section,
        text: errata_of(entry, items, html, words),
    });
    pages(&words.filled("questions.errata-intro", &[("n", &count.to_string())]), &pieces.collect::<Vec<_>>(), html)
}

/// The `items` of the errata of a chapter.
fn errata_of(entry: &Entry, items: &[Item<'_>], html: bool, words: &Words) -> String {
    let label = entry.question.label();
    let level = if entry.part.is_some() { "###" } else { "##" };
    let mut text = format!("\n{level} {label} {} {{#q{label}}}\n\n", escape(&entry.title));
    if html {
        // Otherwise the page would be as long as fifty screens; the theme opens those that links lead to.
        let count = words.filled("questions.errata-count", &[("n", &items.len().to_string())]);
        text += &format!("<details class=\"errata-of\"><summary>{count}</summary>\n\n");
    }
    for item in items {
        let mut splices = item.rebased(&entry.path);
        if html {
            splices.extend(errata::marks(item, words));
        }
        text += &(item.spliced(splices) + "\n");
    }
    let read = [("number", label.as_str()), ("title", &escape(&entry.title))];
    text += &format!("\n[{}]({})\n", words.filled("questions.read-question", &read), slashed(&entry.path));
    text += if html { "\n</details>\n" } else { "" };
    text
}

/// The pages of all sources, none when no chapter names any; only for `html` there is more than one.
pub(crate) fn references(
    chapters: &[ParsedChapter<'_>],
    groups: &[SourceGroup],
    html: bool,
    words: &Words,
) -> Vec<Named> {
    let documents = documents(chapters);
    let mut sections: BTreeMap<usize, Vec<(&String, &Document<'_>)>> = BTreeMap::new();
    for (url, document) in &documents {
        let group =
            groups.iter().position(|group| group.hosts.iter().any(|host| host_of(url).ends_with(host.as_str())));
        sections.entry(group.unwrap_or(groups.len())).or_default().push((url, document));
    }
    let title = |index: usize| groups.get(index).map_or(words.text("questions.other-sources"), |group| &group.title);
    let heading = |index: usize| (index, format!("\n## {} {{#sources-{}}}\n\n", title(index), index + 1));
    let headings: BTreeMap<usize, String> = sections.keys().map(|index| heading(*index)).collect();
    let mut pieces = Vec::new();
    for (index, mut section) in sections {
        section.sort_by_cached_key(|(url, document)| (rfc_number(url), document.title().to_lowercase()));
        pieces.extend(section.into_iter().map(|(_, document)| Piece {
            name: title(index).to_string(),
            section: &headings[&index],
            text: document.line(words),
        }));
    }
    let count = documents.len().to_string();
    pages(&words.filled("questions.references-intro", &[("n", &count)]), &pieces, html)
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
