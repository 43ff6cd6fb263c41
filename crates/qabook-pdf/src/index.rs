//! The index at the end: every term of the glossary and every tag, with the pages that explain it.
//!
//! A term is a row of a table in the glossary whose last cell leads into the book: word, English, …, link. A tag is a
//! section of the page of tags with a list of links; the index takes its place. Words are sorted by their pinyin, as in
//! Chinese dictionaries.

use pinyin::ToPinyin;
use qabook_document::{
    Block, BlockKind, Cell, Chapter, Document, Inline, PageKind, Target, for_each_inline, plain_text,
};
use std::collections::BTreeMap;

use crate::emit::label_of;
use crate::literal::literal;

/// What the index says of a word.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    english: String,
    /// Where it is explained.
    labels: Vec<String>,
    /// What links to this entry are called.
    anchor: Option<String>,
}

/// Words in the order of the index.
type Words = BTreeMap<(String, String), Entry>;

/// The Typst code of the index; empty when the book has neither glossary nor tags.
pub(crate) fn code(document: &Document) -> String {
    let mut words = Words::new();
    for chapter in document.chapters() {
        match chapter.kind {
            PageKind::Glossary => terms(chapter, &mut words),
            PageKind::Tags => tags(chapter, &mut words),
            _ => {}
        }
    }
    if words.is_empty() {
        return String::new();
    }
    let mut groups: Vec<(char, String)> = Vec::new();
    for ((key, word), entry) in &words {
        let letter = key.chars().next().filter(char::is_ascii_lowercase).map_or('#', |c| c.to_ascii_uppercase());
        let labels: String = entry.labels.iter().map(|label| format!("{}, ", literal(label))).collect();
        let anchor = entry.anchor.as_ref().map_or_else(|| "none".into(), |anchor| literal(anchor));
        let line = format!("({}, {}, ({labels}), {anchor}),\n", literal(word), literal(&entry.english));
        match groups.last_mut() {
            Some((last, lines)) if *last == letter => lines.push_str(&line),
            _ => groups.push((letter, line)),
        }
    }
    let groups: String = groups.iter().map(|(letter, lines)| format!("(\"{letter}\", (\n{lines})),\n")).collect();
    let tags = document.chapters().find(|chapter| chapter.kind == PageKind::Tags);
    let id = literal(tags.map_or("index", |chapter| &chapter.path));
    let title = literal(document.words.text("pdf.index"));
    format!("#headed(none, {title}, {id})[\n#chapter(1, none, {id}, {title})\n#book-index((\n{groups}))\n]\n")
}

fn terms(chapter: &Chapter, words: &mut Words) {
    let rows = chapter.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(&table.rows),
        _ => None,
    });
    for row in rows.flatten() {
        let (Some(word), Some(last)) = (row.first(), row.last()) else { continue };
        let text = |cell: &Cell| plain_text(cell.line().unwrap_or_default());
        let english = row.get(1).filter(|_| row.len() > 2).map(text).unwrap_or_default();
        for label in labels(&last.blocks) {
            add(words, &text(word), &english, label);
        }
    }
}

fn tags(chapter: &Chapter, words: &mut Words) {
    let mut tag = None;
    for block in &chapter.blocks {
        match &block.kind {
            BlockKind::Heading(heading) => {
                tag = (heading.level == 2).then(|| plain_text(&heading.text));
                if let Some(tag) = &tag {
                    let entry = words.entry((sort_key(tag), tag.clone())).or_default();
                    entry.anchor = Some(label_of(&chapter.path, Some(&heading.id)));
                }
            }
            _ => {
                if let Some(tag) = &tag {
                    for label in labels(std::slice::from_ref(block)) {
                        add(words, tag, "", label);
                    }
                }
            }
        }
    }
}

/// The places in the book that `blocks` lead to.
fn labels(blocks: &[Block]) -> Vec<String> {
    let mut labels = Vec::new();
    for_each_inline(blocks, &mut |inline| {
        if let Inline::Link(link) = inline
            && let Target::Chapter { path, id } = &link.target
        {
            labels.push(label_of(path, id.as_deref()));
        }
    });
    labels
}

fn add(words: &mut Words, word: &str, english: &str, label: String) {
    let entry = words.entry((sort_key(word), word.to_string())).or_default();
    if entry.english.is_empty() && english != word {
        entry.english = english.to_string();
    }
    if !entry.labels.contains(&label) {
        entry.labels.push(label);
    }
}

/// What a word is sorted by: pinyin for 汉字, lower case for the rest.
fn sort_key(word: &str) -> String {
    let mut key = String::new();
    for c in word.chars() {
        match c.to_pinyin() {
            // A digit keeps syllables apart and tones in order.
            Some(pinyin) => key.push_str(pinyin.with_tone_num_end()),
            None => key.extend(c.to_lowercase()),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_a_dictionary() {
        let mut words = ["套接字", "ARP 欺骗", "半关闭", "往返时间", "accept 队列", "包"];
        words.sort_by_key(|word| sort_key(word));
        assert_eq!(words, ["accept 队列", "ARP 欺骗", "半关闭", "包", "套接字", "往返时间"]);
    }
}
