//! Marks of Markdown, KaTeX and mdBook that a reader sees in the text of a page.

use pulldown_cmark::Event;
use qabook_support::markdown;
use std::ops::Range;

use super::excerpt::{excerpt, first_chars, last_chars, windows};
use super::origin::Flaw;
use super::page::{Block, Page};
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

/// The marks left in the text of `page`. `plain` are words, such as those of a question, whose marks mean what they say.
///
/// Title and description are plain text, made of what stands in these blocks, code included: marks mean themselves there.
pub(super) fn check(page: &Page, plain: &[String]) -> Vec<Flaw> {
    page.blocks.iter().flat_map(|block| marks(block, plain)).collect()
}

fn marks<'a>(block: &'a Block, plain: &'a [String]) -> impl Iterator<Item = Flaw> + 'a {
    let text = block.text.as_str();
    let found = MARKS.iter().filter_map(move |(mark, meaning, hint)| {
        let meant = |at: &usize| !is_plain(text, *at, plain) && !is_alone(text, *at, mark);
        let left: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).filter(meant).collect();
        let at = *left.first()?;
        // One deletion mark is a sign, as at the end of a drawn-out word; so are several that could only close.
        let is_sign = *mark == "~~" && (left.len() < 2 || left.iter().all(|at| only_closes(text, *at)));
        (!is_sign).then_some((at, mark, meaning, hint))
    });
    found.map(move |(at, mark, meaning, hint)| {
        let message = format!("`{mark}` is left in “{}”: {meaning}", excerpt(text, at));
        Flaw::new(rules::LITERAL_MARK.broken(message, *hint), block.line, windows(text, at, mark.len()))
    })
}

/// Whether the `mark` at byte `at` of `text` can't be one: between blanks, or as part of a longer row of tildes.
fn is_alone(text: &str, at: usize, mark: &str) -> bool {
    let (Some(sign), true) = (mark.chars().next(), matches!(mark, "**" | "~~")) else { return false };
    let (before, after) = (text[..at].trim_end_matches(sign), text[at..].trim_start_matches(sign));
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let between_blanks = is_blank(before.chars().next_back()) && is_blank(after.chars().next());
    between_blanks || sign == '~' && text.len() - before.len() - after.len() != mark.len()
}

/// Whether emphasis can end at the two bytes at `at` of `text` but not begin (CommonMark 0.31 §6.2).
fn only_closes(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[at + 2..].chars().next().unwrap_or(' ');
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let opens = !after.is_whitespace() && (!is_mark(after) || before.is_whitespace() || is_mark(before));
    !before.is_whitespace() && !opens
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

/// What stands around the marks in `text`, a chapter's source, that its author escaped, as the page has it.
pub(in crate::check) fn escaped_marks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // A stretch of text without markup, as the page has it, and where it was not typed so.
    let (mut run, mut typed_otherwise) = (String::new(), Vec::new());
    for (event, span) in markdown::parse(text) {
        let Event::Text(part) = &event else {
            found.extend(meant_as_typed(&run, &typed_otherwise));
            (run, typed_otherwise) = (String::new(), Vec::new());
            continue;
        };
        if text[..span.start].ends_with('\\') || text.get(span) != Some(&**part) {
            typed_otherwise.push(run.len()..run.len() + part.chars().next().map_or(0, char::len_utf8));
        }
        run.push_str(part);
    }
    found
}

/// The stretches of `run` around the marks that have a byte in one of `escaped`.
fn meant_as_typed<'a>(run: &'a str, escaped: &'a [Range<usize>]) -> impl Iterator<Item = String> + 'a {
    let all = MARKS.iter().flat_map(move |(mark, ..)| run.match_indices(mark));
    let meant = all.filter(|(at, mark)| escaped.iter().any(|range| range.start < at + mark.len() && *at < range.end));
    meant.map(|(at, mark)| {
        let end = at + mark.len();
        format!("{}{mark}{}", last_chars(&run[..at], 8), first_chars(&run[end..], 8))
    })
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
    fn a_tilde_or_an_asterisk_that_is_a_sign_is_no_mark() {
        for text in ["走 ~~ 停", "真的~~~", "真的~~，来吧~~。", "好呀~~", "3 ** 4", "~~~~"] {
            assert_eq!(found(&format!("<p>{text}</p>")), [""; 0], "{text}");
        }
        for text in ["~~旧。~~新", "甲~~“旧”~~乙", "~~（旧）~~新", "2 **（粗）**后"] {
            assert_eq!(found(&format!("<p>{text}</p>")).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_its_author_escaped_is_meant() {
        for (source, page) in [
            ("慢\\~\\~走\\~\\~停", "慢~~走~~停"),
            ("粗体写作\\*\\*字\\*\\*", "粗体写作**字**"),
            ("公式写作 \\$\\$", "公式写作 $$"),
            ("&#123;&#123; x }} 与 &ast;&ast;y", "{{ x }} 与 **y"),
            ("*斜*：\\*\\*。`**`", "<em>斜</em>：**。<code>**</code>"),
        ] {
            let read = read("a.html", &format!("<html lang=zh><main><p>{page}</p></main>"));
            assert_eq!(check(&read, &escaped_marks(source)), [], "{source}");
            assert_ne!(check(&read, &[]), [], "{source}");
        }
        assert_eq!(escaped_marks("~~甲~~ **乙** `\\*\\*` \\* \\~\n"), [""; 0]);
    }
}
