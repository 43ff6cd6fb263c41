//! What is around an answer and no part of it.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

use super::Pass;
use crate::lined::Lined;
use crate::plain::plain;
use crate::told::Told;
use crate::words::{WORDS, is_one_of};

/// HTML tags.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|</?[A-Za-z][^>]*>").ok());

/// `text` without links to the top, tables of contents, badges, `[TOC]`, and rules at the end.
pub(super) fn clean(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let mut dropped: Vec<(Told, Range<usize>)> = Vec::new();
    for block in blocks(text) {
        if let Some(what) = judge(&text.text[block.span.clone()], &block, pass.context.is_outside) {
            dropped.push((what, block.span));
        }
    }
    dropped.extend(last_rule(text, &dropped).map(|span| (Told::Rule, span)));
    dropped.sort_by_key(|(_, span)| span.start);
    for (what, span) in &dropped {
        pass.leave_out(*what, text, span.clone());
    }
    text.spliced(dropped.into_iter().map(|(_, span)| Splice { span, text: String::new() }).collect())
}

/// An outermost block.
struct Block {
    span: Range<usize>,
    is_html: bool,
    is_paragraph: bool,
    links_inside: usize,
    /// Bytes of text inside links, and all of them.
    linked: usize,
    text: usize,
}

fn blocks(text: &Lined) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let (mut depth, mut in_link) = (0_usize, false);
    for (event, span) in Parsed::new(&text.text).into_events() {
        if let Event::Start(tag) = &event {
            if depth == 0 {
                let (is_html, is_paragraph) = (*tag == Tag::HtmlBlock, *tag == Tag::Paragraph);
                let (links_inside, linked, text) = (0, 0, 0);
                found.push(Block { span: span.clone(), is_html, is_paragraph, links_inside, linked, text });
            }
            depth += 1;
        }
        let Some(block) = found.last_mut() else { continue };
        let is_end = matches!(event, Event::End(_));
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                in_link = dest_url.starts_with('#');
                block.links_inside += usize::from(in_link);
            }
            Event::End(TagEnd::Link) => in_link = false,
            Event::Text(text) | Event::Code(text) => {
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                block.text += letters;
                block.linked += if in_link { letters } else { 0 };
            }
            _ => {}
        }
        if is_end {
            depth = depth.saturating_sub(1);
        }
    }
    found
}

/// What `block` is, if it is no part of the text.
fn judge(source: &str, block: &Block, is_outside: bool) -> Option<Told> {
    let source = source.trim();
    if matches!(source.to_lowercase().as_str(), "[toc]" | "[[toc]]" | "@[toc]" | "${toc}" | "{:toc}" | "[[_toc_]]") {
        return Some(Told::Contents);
    }
    let is_contents = block.links_inside >= 3 && block.linked * 10 >= block.text * 8;
    if is_contents && is_outside && !block.is_paragraph {
        return Some(Told::Contents);
    }
    if !(block.is_html || block.is_paragraph) {
        return None;
    }
    if is_back_to_top(source) {
        return Some(Told::BackToTop);
    }
    let has_image = source.contains("![") || source.contains("<img");
    let says_nothing = || !without_links_and_images(source).contains(|c: char| c.is_alphanumeric());
    (is_outside && has_image && says_nothing()).then_some(Told::Badge)
}

/// Whether `source` is nothing but a link into the page whose text says that it leads to the top.
fn is_back_to_top(source: &str) -> bool {
    if source.len() > 400 || !(source.contains("](#") || source.contains("href")) {
        return false;
    }
    let text = without_tags(source);
    let shown = plain(&text);
    let arrow = shown.contains(['⬆', '↑', '↥', '⇧', '▲', '🔝', '🔼', '⤴', '⏫', '^']) && shown.chars().count() <= 30;
    let leads_into_page = source.contains("](#")
        || source.contains("href=\"#")
        || source.contains("href='#")
        || source.contains("href=#");
    let is_link_only = || {
        let outside = Regex::new(r"\[[^\]]*\]\(#[^)]*\)")
            .map_or_else(|_| text.clone(), |link| link.replace_all(&text, "").into_owned());
        source.contains("href") || !outside.contains(|c: char| c.is_alphanumeric())
    };
    leads_into_page && (arrow || is_one_of(&shown, &WORDS.back_to_top)) && is_link_only()
}

fn without_tags(source: &str) -> String {
    TAG.as_ref().map_or_else(|| source.into(), |tag| tag.replace_all(source, " ").into_owned())
}

/// What of `source` is neither a link around pictures, a picture nor a tag.
fn without_links_and_images(source: &str) -> String {
    static IMAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\[\s*!\[[^\]]*\]\([^)]*\)\s*\]\([^)]*\)|!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])").ok()
    });
    let text = IMAGE.as_ref().map_or_else(|| source.into(), |image| image.replace_all(source, " ").into_owned());
    without_tags(&text)
}

/// The rule that ends a body: it parted the question from the next.
fn last_rule(text: &Lined, dropped: &[(Told, Range<usize>)]) -> Option<Range<usize>> {
    let mut end = text.text.len();
    // What is dropped anyway doesn't hide a rule.
    loop {
        end = text.text[..end].trim_end().len();
        match dropped
            .iter()
            .find(|(_, span)| span.start < end && end <= text.text[..span.end].trim_end().len().max(span.start + 1))
        {
            Some((_, span)) => end = span.start,
            None => break,
        }
    }
    let start = text.text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.text[start..end].trim();
    let is_rule = line.len() >= 3 && ['-', '*', '_'].iter().any(|mark| line.chars().all(|c| c == *mark || c == ' '));
    // Below text without a blank line it underlines a heading.
    let is_apart = text.text[..start].trim_end_matches([' ', '\t']).ends_with("\n\n")
        || text.text[..start].trim().is_empty()
        || !line.contains('-');
    (is_rule && is_apart).then_some(start..end)
}
