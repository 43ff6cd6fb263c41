//! What stock mdBook lets slip into the text of a Chinese page.

use mdbook_chinese::is_written_solid;

use super::origin::{Flaw, Needle};
use super::page::{Block, Page, STAND_IN};
use crate::check::rules;

/// Marks that mean something in Markdown, KaTeX and mdBook, and what it means when they are seen.
const MARKS: &[(&str, &str, &str)] = &[
    ("**", "emphasis that CommonMark refuses", CHINESE),
    ("~~", "a deletion that CommonMark refuses", CHINESE),
    (
        "$$",
        "a formula that wasn't rendered",
        "turn [preprocessor.katex] on, or close the formula; sample text is inline code",
    ),
    (
        "{{",
        "a directive that wasn't expanded",
        "see how it is spelt, and what of book.toml reads it; sample text is inline code",
    ),
];

const CHINESE: &str =
    "put no blank inside the marks, or, in Chinese, turn [preprocessor.chinese] on; sample text is inline code";

const ALERT_TITLES: &[&str] = &["Note", "Tip", "Important", "Warning", "Caution"];

/// The flaws in the text of `page`. `plain` are words, such as those of a question, whose marks mean what they say.
pub(super) fn check(page: &Page, plain: &[String]) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = page.blocks.iter().flat_map(|block| marks(block, &block.text, plain)).collect();
    for text in [&page.title, &page.description].into_iter().flatten() {
        flaws.extend(marks(&Block { line: 1, ..Block::default() }, text, plain));
    }
    flaws.extend(page.blocks.iter().filter_map(line_breaks));
    flaws.extend(page.blocks.iter().filter_map(quotes));
    if page.is_chinese() {
        flaws.extend(page.blocks.iter().filter_map(alert_title));
    }
    flaws
}

fn marks<'a>(block: &'a Block, text: &'a str, plain: &'a [String]) -> impl Iterator<Item = Flaw> + 'a {
    let found = MARKS.iter().filter_map(|(mark, meaning, hint)| {
        let at = text.match_indices(mark).map(|(at, _)| at).find(|at| !is_plain(text, *at, plain))?;
        Some((at, mark, meaning, hint))
    });
    found.map(|(at, mark, meaning, hint)| {
        let message = format!("`{mark}` is left in “{}”: {meaning}", excerpt(text, at));
        Flaw::new(rules::LITERAL_MARK.broken(message, *hint), block.line, windows(text, at, mark.len()))
    })
}

/// Whether byte `at` of `text` is inside one of the words `plain`.
fn is_plain(text: &str, at: usize, plain: &[String]) -> bool {
    let covers =
        |word: &String| text.match_indices(word.as_str()).any(|(start, _)| (start..start + word.len()).contains(&at));
    plain.iter().any(covers)
}

/// The words of `text` that hold marks.
pub(in crate::check) fn words_with_marks(text: &str) -> impl Iterator<Item = String> {
    let has_mark = |word: &&str| MARKS.iter().any(|(mark, ..)| word.contains(mark));
    text.split_whitespace().filter(has_mark).map(Into::into)
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
        let hint = "turn [preprocessor.chinese] on: its titles are Chinese";
        Flaw::new(rules::ALERT_TITLE.broken(message, hint), block.line, needles.to_vec())
    })
}

/// The text around byte `at`, for messages.
fn excerpt(text: &str, at: usize) -> String {
    shown(&format!("{}{}", last_chars(&text[..at], 6), first_chars(&text[at..], 10)))
}

/// `text` on one line, with an ellipsis for code and formulas.
fn shown(text: &str) -> String {
    text.replace(STAND_IN, "…").replace('\n', " ")
}

/// The end of a line with `left` before and `right` after it.
fn line_end(left: &str, right: &str) -> Needle {
    let last = left.chars().next_back().map_or(0, char::len_utf8);
    Needle { text: format!("{left}\n{right}"), at: left.len() - last }
}

/// Ever shorter stretches around the `length` bytes at `at`, without code and across no line.
fn windows(text: &str, at: usize, length: usize) -> Vec<Needle> {
    let is_edge = |c: char| c == STAND_IN || c == '\n';
    let before = text[..at].rsplit(is_edge).next().unwrap_or_default();
    let after = text[at + length..].split(is_edge).next().unwrap_or_default();
    let mark = &text[at..at + length];
    [(8, 8), (4, 4), (0, 4), (4, 0), (1, 1)]
        .into_iter()
        .map(|(left, right)| (last_chars(before, left), first_chars(after, right)))
        .map(|(left, right)| Needle { text: format!("{left}{mark}{right}"), at: left.len() })
        .filter(|window| window.text != mark)
        .collect()
}

/// As the author may have typed the quote: straight.
fn quote_windows(text: &str, at: usize) -> Vec<Needle> {
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let straight = |text: &str| text.replace(['“', '”'], "\"");
    let curly = windows(text, at, length);
    let typed = curly
        .iter()
        .map(|window| Needle { at: straight(&window.text[..window.at]).len(), text: straight(&window.text) });
    let typed: Vec<Needle> = typed.collect();
    curly.into_iter().chain(typed).collect()
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, count: usize) -> &str {
    let Some(skipped) = text.chars().count().checked_sub(count) else { return text };
    text.char_indices().nth(skipped).map_or("", |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    fn found(main: &str) -> Vec<String> {
        let page = read("a.html", &format!("<html lang=zh><main>{main}</main>"));
        check(&page, &["What".into(), "**kwargs?".into()])
            .into_iter()
            .map(|flaw| format!("{} {}", flaw.problem.rule.id, flaw.problem.message))
            .collect()
    }

    #[test]
    fn marks_are_found_in_prose_only() {
        assert_eq!(found("<p><code>**</code><pre>$$ {{</pre><samp>~~</samp>一*二~$</p>"), [""; 0]);
        assert_eq!(
            found("<p>他说**<em>“同步”</em>**序号</p><td>$$x$$</td>"),
            [
                "literal-mark `**` is left in “他说**“同步”**序号”: emphasis that CommonMark refuses",
                "literal-mark `$$` is left in “$$x$$”: a formula that wasn't rendered"
            ]
        );
        assert_eq!(found("{{#snippet a}} ~~甲。~~乙").len(), 2);
        assert_eq!(found("What is **kwargs?"), [""; 0]);
        assert_eq!(found("<p>What is **kwargs? **so</p>").len(), 1);
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

    #[test]
    fn needles_are_ever_shorter() {
        let texts = |text, at| windows(text, at, 2).into_iter().map(|needle| needle.text).collect::<Vec<_>>();
        let expected = ["一二三四五**六七", "二三四五**六七", "**六七", "二三四五**", "五**六"];
        assert_eq!(texts("一二三四五**六七", 15), expected);
        assert_eq!(texts("**", 0), [""; 0]);
    }
}
