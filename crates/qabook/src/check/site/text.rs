//! What stock mdBook lets slip into the text of a Chinese page.

use mdbook_chinese::is_written_solid;

use super::excerpt::{excerpt, first_chars, last_chars, line_end, quote_windows, shown};
use super::origin::Flaw;
use super::page::{Block, Page};
use crate::check::rules;

const ALERT_TITLES: &[&str] = &["Note", "Tip", "Important", "Warning", "Caution"];

/// The flaws in the text of `page`, marks aside.
pub(super) fn check(page: &Page) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = page.blocks.iter().filter_map(line_breaks).collect();
    flaws.extend(page.blocks.iter().filter_map(quotes));
    if page.is_chinese() {
        flaws.extend(page.blocks.iter().filter_map(alert_title));
    }
    flaws
}

/// Line breaks between 汉字 or full-width punctuation.
fn line_breaks(block: &Block) -> Option<Flaw> {
    let text = block.text.as_str();
    let mut first = None;
    let mut count = 0;
    for (at, _) in text.match_indices('\n') {
        let (before, after) = (text[..at].trim_end(), text[at..].trim_start());
        let solid = |c: Option<char>| c.is_some_and(is_written_solid);
        // Of several line breaks in a row, the first counts.
        let is_first = !text[before.len()..at].contains('\n');
        if is_first && solid(before.chars().next_back()) && solid(after.chars().next()) {
            count += 1;
            first.get_or_insert((before, after));
        }
    }
    let (before, after): (&str, &str) = first?;
    let (before, after) = (before.rsplit('\n').next()?, after.split('\n').next()?);
    let (left, right) = (shown(last_chars(before, 6)), shown(first_chars(after, 6)));
    let others = if count == 1 { String::new() } else { format!(" ({count} times in this paragraph)") };
    let needles = [6, 3, 1].map(|length| line_end(last_chars(before, length), first_chars(after, length)));
    let message = format!("browsers draw a space between “{left}” and “{right}”, where the line ends{others}");
    let hint = "turn [preprocessor.chinese] on, which joins lines, or write both on one line";
    Some(Flaw::new(rules::LINE_BREAK_SPACE.broken(message, hint), block.line, needles.to_vec()))
}

/// Quotes that open while one is open, or close while none is, as after smart punctuation.
fn quotes(block: &Block) -> Option<Flaw> {
    let text = block.text.as_str();
    if !text.contains(is_written_solid) {
        return None;
    }
    let mut open = false;
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '“' | '”')) {
        let opens = c == '“';
        if opens == open {
            let what = if opens { "opens inside another" } else { "closes, but none is open" };
            let message = format!("a quote {what}: “{}”", excerpt(text, at));
            let hint = "write `smart-punctuation = false` under [output.html]; inside “ ” use ‘ ’";
            return Some(Flaw::new(rules::QUOTES.broken(message, hint), block.line, quote_windows(text, at)));
        }
        open = opens;
    }
    None
}

fn alert_title(block: &Block) -> Option<Flaw> {
    let title = block.text.trim();
    (block.is_alert_title && ALERT_TITLES.contains(&title)).then(|| {
        let needles = [title.to_uppercase(), title.to_lowercase()].map(|title| format!("[!{title}]").into());
        let message = format!("the alert's title is English: {title}");
        let hint = "turn [preprocessor.chinese] on, whose titles are Chinese; where it is on, take HTML that isn't closed out of \
                    the alert";
        Flaw::new(rules::ALERT_TITLE.broken(message, hint), block.line, needles.to_vec())
    })
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    fn found(main: &str) -> Vec<String> {
        let page = read("a.html", &format!("<html lang=zh><main>{main}</main>"));
        check(&page).into_iter().map(|flaw| format!("{} {}", flaw.problem.rule.id, flaw.problem.message)).collect()
    }

    #[test]
    fn line_breaks_between_hanzi_are_found_across_elements() {
        assert_eq!(found("<p>甲 乙\nRust\n丙<br>\n丁<code>x</code>\n戊</p>\n<p>己</p>\n"), [""; 0]);
        assert_eq!(
            found("<p>第一行，\n<em>第二行\n第三行</em></p>"),
            [
                "line-break-space browsers draw a space between “第一行，” and “第二行”, where the line ends (2 times in this paragraph)"
            ]
        );
    }

    #[test]
    fn quotes_are_paired() {
        for good in
            ["“甲”与“乙”", "“甲‘乙’丙”", "He said “x“", "“<code>x</code>”", "<p>“甲</p><p>乙”</p>".get(0..0).unwrap()]
        {
            assert_eq!(found(good), [""; 0], "{good}");
        }
        for (bad, what) in [("他说“你好“吗", "opens inside another"), ("甲”乙", "closes, but none is open")]
        {
            assert!(found(bad)[0].starts_with(&format!("quotes a quote {what}")), "{bad}");
        }
    }

    #[test]
    fn alert_titles_are_chinese() {
        let alert =
            |title: &str| format!("<p class=\"blockquote-tag-title\"><svg><path d=\"\"/></svg>{title}</p><p>Note</p>");
        assert_eq!(found(&alert("注")), [""; 0]);
        assert_eq!(found(&alert("Note")), ["alert-title the alert's title is English: Note"]);
    }
}
