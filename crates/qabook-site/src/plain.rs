//! Plain text out of Markdown, for descriptions.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use qabook_words::Words;

/// The most characters of a description; search engines cut longer ones.
const LIMIT: usize = 150;

/// What the page `name` says first: its first paragraph, or else its sections or the lines of its lists.
///
/// `None` when it has none of these.
pub(super) fn description(name: &str, markdown: &str, words: &Words) -> Option<String> {
    // A directive alone in a paragraph is the place of something else.
    let paragraphs: Vec<String> =
        Blocks::new(markdown, |tag| matches!(tag, Tag::Paragraph)).filter(|text| !text.starts_with("{{#")).collect();
    // One that ends with a colon says nothing without what follows.
    let whole = paragraphs.iter().find(|text| !text.ends_with(['：', ':']));
    if let Some(first) = whole.or(paragraphs.first()) {
        return Some(shortened(first));
    }
    let sections = Blocks::new(markdown, |tag| matches!(tag, Tag::Heading { level, .. } if *level as usize == 2));
    let mut listed: Vec<String> = sections.collect();
    if listed.is_empty() {
        listed = Blocks::new(markdown, |tag| matches!(tag, Tag::Item)).collect();
    }
    (!listed.is_empty()).then(|| {
        let listed = listed.join(words.text("site.list-comma"));
        shortened(&words.filled("site.titled", &[("title", name), ("description", &listed)]))
    })
}

/// The texts of the blocks that `wanted` names, empty ones left out.
struct Blocks<'a, F> {
    events: Parser<'a>,
    wanted: F,
}

impl<'a, F: Fn(&Tag<'_>) -> bool> Blocks<'a, F> {
    fn new(markdown: &'a str, wanted: F) -> Self {
        Self { events: Parser::new_ext(markdown, qabook_support::markdown::extensions()), wanted }
    }
}

impl<F: Fn(&Tag<'_>) -> bool> Iterator for Blocks<'_, F> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(tag) if (self.wanted)(&tag) => {
                    let text = text_until(&mut self.events, tag.to_end());
                    if !text.is_empty() {
                        return Some(text);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

fn text_until(events: &mut Parser<'_>, end: TagEnd) -> String {
    let mut text = String::new();
    let mut is_readable = true;
    let mut is_deleted = false;
    for event in events {
        match event {
            Event::End(tag) if tag == end => break,
            // What was struck out is not what the page says.
            Event::Start(Tag::Strikethrough) => is_deleted = true,
            Event::End(TagEnd::Strikethrough) => is_deleted = false,
            Event::InlineHtml(html) if matches!(&*html, "<del>" | "</del>") => is_deleted = &*html == "<del>",
            _ if is_deleted => {}
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            // A formula is markup of a hundred little texts: a block with one can't be read aloud.
            Event::InlineHtml(html) if html.contains("class=\"katex") => is_readable = false,
            // An item that holds paragraphs or another list.
            Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item) => text.push('\n'),
            _ => {}
        }
    }
    if is_readable { joined(&text) } else { String::new() }
}

/// Joins lines: with a space, unless Chinese meets Chinese or its punctuation.
fn joined(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if let (Some(before), Some(after)) = (out.chars().last(), line.chars().next())
            && !(is_chinese(before) && is_chinese(after) || is_wide_mark(before) || is_wide_mark(after))
        {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation as wide as a 汉字.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '“' | '”' | '‘' | '’')
}

/// Whole sentences up to [`LIMIT`], or the first of them cut.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LIMIT {
        return text.to_string();
    }
    let head: String = text.chars().take(LIMIT - 1).collect();
    match head.rfind(['。', '！', '？', '.']) {
        Some(end) if head[..end].chars().count() >= LIMIT / 3 => {
            let end = end + head[end..].chars().next().map_or(0, char::len_utf8);
            head[..end].to_string()
        }
        _ => format!("{}…", head.trim_end_matches(['、', '，'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description(name: &str, markdown: &str) -> Option<String> {
        super::description(name, markdown, &Words::of_language("zh-CN"))
    }

    #[test]
    fn the_first_paragraph_describes_a_page() {
        let text = "# 标题\n\n{{#questions}}\n\n如下：\n\n第一**段**，有 `code`\n两行。\nend of\nit\n\n第二段。\n";
        assert_eq!(description("页", text).unwrap(), "第一段，有 code 两行。end of it");
        assert_eq!(description("页", "如下：\n").unwrap(), "如下：");
        let text = "设 <span class=\"katex\"><math>x</math></span> 为数。\n\n其<strong>后</strong>。\n";
        assert_eq!(description("页", text).unwrap(), "其后。");
    }

    #[test]
    fn what_is_struck_out_describes_nothing() {
        assert_eq!(description("页", "票价~~三十~~二十元。\n").unwrap(), "票价二十元。");
        assert_eq!(description("页", "票价<del>三十</del>二十元，~写作 `~~`~。\n").unwrap(), "票价二十元，。");
        assert_eq!(description("页", "波浪~~号 `~~` 与\\~\\~。\n").unwrap(), "波浪~~号 ~~ 与~~。");
    }

    #[test]
    fn a_page_of_lists_is_described_by_them() {
        let text = "# 标签\n\n## ARP\n\n- [5 什么是 ARP？](a.md)\n\n## CDN\n\n- [24 什么是 CDN？](b.md)\n";
        assert_eq!(description("标签", text).unwrap(), "标签：ARP、CDN");
        assert_eq!(description("页", "- [一](a.md)\n- 二\n").unwrap(), "页：一、二");
    }

    #[test]
    fn a_long_text_ends_with_a_sentence() {
        let text = format!("{}。{}。", "一".repeat(100), "二".repeat(100));
        assert_eq!(description("页", &text).unwrap(), format!("{}。", "一".repeat(100)));
        let endless = description("页", &"字".repeat(400)).unwrap();
        assert_eq!((endless.chars().count(), endless.ends_with('…')), (LIMIT, true));
    }

    #[test]
    fn a_page_without_text_has_no_description() {
        assert_eq!(description("页", "# 标题\n\n<div>x</div>\n"), None);
    }
}
