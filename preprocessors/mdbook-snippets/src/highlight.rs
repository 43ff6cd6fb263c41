//! Syntax highlighting at build time.

use qabook_support::{Stopped, cache, escape_html, within};
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack};
use syntect::util::LinesWithEndings;

use crate::grammar::Grammar;
use crate::session;

/// TextMate scopes and the class of our style sheet that they get (`""`: none); the first that fits wins.
const CLASSES: [(&str, &str); 18] = [
    ("keyword.operator", ""),
    ("comment", "c"),
    ("string", "s"),
    ("constant.character", "s"),
    ("constant", "n"),
    ("support.macro", "m"),
    ("entity.name.macro", "m"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("entity.other.attribute-name", "f"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("storage", "k"),
    ("keyword", "k"),
    ("meta.diff.header", "c"),
    ("meta.diff.range", "f"),
    ("markup.inserted", "s"),
    ("markup.deleted", "k"),
];

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(scope, class)| Scope::from_str(scope).ok().map(|scope| (scope, *class))).collect()
});

/// A line of code with more bytes isn't written by people, and grammars take long for it: the code stays without tokens.
const LONGEST_LINE: usize = 10_000;

/// How long colouring a block may take; most take less than a thousandth of it.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// `code` as HTML: a `span` of class `l` for each line, in it a `span` of one of the classes around each token that has one.
///
/// Line breaks are between the lines as `&#10;`, so that the text of the HTML is `code` itself. Lines in `marked`
/// (counted from 1) are `mark` elements. Where the grammar fails, or `language` is unknown, the code comes out without
/// tokens but whole.
#[must_use]
pub fn html(code: &str, language: &str, marked: &[RangeInclusive<usize>]) -> String {
    let tokens = lines(code, language);
    let mut html = String::new();
    for (index, line) in LinesWithEndings::from(code).enumerate() {
        let element = if marked.iter().any(|range| range.contains(&(index + 1))) { "mark" } else { "span" };
        let text = line.strip_suffix('\n').unwrap_or(line);
        html.extend(["<", element, " class=\"l\">"]);
        html.push_str(&tokens.as_ref().map_or_else(|| escaped(text), |tokens| tokens[index].clone()));
        html.extend(["</", element, ">", if text.len() < line.len() { "&#10;" } else { "" }]);
    }
    html
}

/// The tokens of each line of `code` as HTML, without line breaks; `None` where there is no grammar for `language`, or it
/// fails or takes longer than [`LIMIT`].
pub(crate) fn lines(code: &str, language: &str) -> Option<Vec<String>> {
    let kept = cache::kept("code", &[language, code], || in_time(code, language)).ok()?;
    Some(kept.strip_prefix(COLOURED)?.split('\n').map(str::to_string).collect())
}

/// What is kept of code that has a grammar; of other code nothing is.
const COLOURED: char = '+';

/// The tokens of each line of `code`, with line breaks between them, which none of them has.
/// Errors: It takes longer than [`LIMIT`].
fn in_time(code: &str, language: &str) -> Result<String, Stopped> {
    let (code, language) = (code.to_string(), language.to_string());
    let lines = within(LIMIT, move || tokens(&code, &language))?;
    Ok(lines.map(|lines| format!("{COLOURED}{}", lines.join("\n"))).unwrap_or_default())
}

fn tokens(code: &str, language: &str) -> Option<Vec<String>> {
    let lines: Vec<&str> = LinesWithEndings::from(code).collect();
    if lines.iter().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    if session::is_session(language) {
        return session_lines(&lines);
    }
    let mut painter = Painter::new(Grammar::of(language)?);
    lines.iter().map(|line| painter.line(line)).collect()
}

/// The commands of a session as code of a shell, what they print as it is.
fn session_lines(lines: &[&str]) -> Option<Vec<String>> {
    let grammar = Grammar::of("sh")?;
    let mut painter = Painter::new(grammar);
    let told = session::lines(lines).into_iter().map(|line| match line {
        session::Line::Command(prompt, command) => {
            painter = Painter::new(grammar);
            Some(format!("<span class=\"c\">{}</span>{}", escaped(prompt), painter.line(command)?))
        }
        session::Line::Continued(line) => painter.line(line),
        session::Line::Output(line) => Some(escaped(line.trim_end_matches('\n'))),
    });
    told.collect()
}

/// Splits text that the grammar says nothing about into pieces with a class (`""`: none).
type Split = fn(&str) -> Vec<(&'static str, &str)>;

/// Goes over code line by line.
struct Painter {
    grammar: Grammar,
    state: ParseState,
    stack: ScopeStack,
    split: Split,
}

impl Painter {
    fn new(grammar: Grammar) -> Self {
        let split = if grammar.syntax.name == "Rust" { rust_words } else { whole };
        Self { grammar, state: ParseState::new(grammar.syntax), stack: ScopeStack::new(), split }
    }

    /// The tokens of the next line as HTML; `None` when the grammar fails.
    fn line(&mut self, line: &str) -> Option<String> {
        let mut html = String::new();
        let mut open = "";
        let operations = self.state.parse_line(line, self.grammar.set).ok()?;
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            self.stack.apply(operation).ok()?;
            let text = text.trim_end_matches('\n');
            let pieces = class_of(&self.stack).map_or_else(|| (self.split)(text), |class| vec![(class, text)]);
            for (class, piece) in pieces.into_iter().filter(|(_, piece)| !piece.is_empty()) {
                let class = if piece.trim().is_empty() { open } else { class };
                if class != open {
                    html.push_str(if open.is_empty() { "" } else { "</span>" });
                    if !class.is_empty() {
                        html.extend(["<span class=\"", class, "\">"]);
                    }
                    open = class;
                }
                html.push_str(&escaped(piece));
            }
        }
        html.push_str(if open.is_empty() { "" } else { "</span>" });
        Some(html)
    }
}

fn whole(text: &str) -> Vec<(&'static str, &str)> {
    vec![("", text)]
}

/// Words that the grammar for Rust, which is older than they are or sees them as operators, leaves without a class.
const RUST_KEYWORDS: [&str; 9] = ["as", "async", "await", "dyn", "impl", "in", "self", "Self", "where"];

/// Finds keywords, names of types (`TcpStream`) and of constants (`LIMIT`) by their spelling.
///
/// The page highlights edited programs by the same rules: theme/js/snippet-highlight.js.
fn rust_words(text: &str) -> Vec<(&'static str, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| in_word(c) != in_word(first)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        let class = if RUST_KEYWORDS.contains(&piece) {
            "k"
        } else if !first.is_ascii_uppercase() {
            ""
        } else if piece.len() > 1 && !piece.contains(|c: char| c.is_ascii_lowercase()) {
            "n"
        } else {
            "t"
        };
        pieces.push((class, piece));
        rest = behind;
    }
    pieces
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    // The innermost scope that has a class decides, but what is in a comment or string stays one.
    let class = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    let classes = || stack.as_slice().iter().rev().filter_map(class);
    classes().find(|class| *class == "c").or_else(|| classes().next()).filter(|class| !class.is_empty())
}

pub(crate) fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to a Vec can't fail, and the escapes are ASCII between characters of `text`.
    let _ = escape_html(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of one-line HTML, as a browser would show it.
    fn text_of(html: &str) -> String {
        let mut text = String::new();
        let mut inside_tag = false;
        for c in html.chars() {
            match c {
                '<' => inside_tag = true,
                '>' => inside_tag = false,
                _ if !inside_tag => text.push(c),
                _ => {}
            }
        }
        for (entity, c) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&#10;", "\n"),
            ("&#36;", "$"),
            ("&#96;", "`"),
            ("&#92;", "\\"),
            ("&#123;", "{"),
            ("&#125;", "}"),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, c);
        }
        text
    }

    #[test]
    fn tokens_get_the_classes_of_the_style_sheet() {
        let html = html("// 注释\nfn main() { let s = \"x\"; println!(\"{s}\"); }\n", "rust", &[]);
        assert!(html.starts_with("<span class=\"l\"><span class=\"c\">// 注释</span></span>&#10;"), "{html}");
        assert!(html.contains("<span class=\"k\">fn </span><span class=\"f\">main</span>"), "{html}");
        assert!(html.contains("<span class=\"m\">println!</span>"), "{html}");
        assert!(html.contains("<span class=\"s\">&quot;x&quot;</span>"), "{html}");
    }

    #[test]
    fn a_token_that_spans_lines_is_closed_on_each() {
        let html = html("/* a\nb */ fn\n", "rust", &[]);
        assert_eq!(
            html,
            "<span class=\"l\"><span class=\"c\">/* a</span></span>&#10;\
             <span class=\"l\"><span class=\"c\">b */ </span><span class=\"k\">fn</span></span>&#10;"
        );
    }

    #[test]
    fn words_that_the_grammar_does_not_know_are_found_by_their_spelling() {
        let html = html("async fn f(s: &TcpStream) -> T { g(MAX as u8).await }\n", "rust", &[]);
        for token in ["k\">async ", "t\">TcpStream", "t\">T", "n\">MAX", "k\">as ", "k\">await"] {
            assert!(html.contains(&format!("<span class=\"{token}")), "{token} in {html}");
        }
    }

    #[test]
    fn a_session_tells_commands_from_what_they_print() {
        assert_eq!(
            html("$ echo \"1\"\nif 1\n", "console", &[]),
            "<span class=\"l\"><span class=\"c\">&#36; </span><span class=\"f\">echo </span><span class=\"s\">&quot;1&quot;</span>\
             </span>&#10;<span class=\"l\">if 1</span>&#10;"
        );
    }

    #[test]
    fn a_diff_shows_what_came_and_what_went() {
        let html = html("@@ -1 +1 @@\n-old\n+new\n", "diff", &[]);
        for token in ["f\">@@", "k\">-old", "s\">+new"] {
            assert!(html.contains(&format!("<span class=\"{token}")), "{token} in {html}");
        }
    }

    #[test]
    fn a_line_that_no_one_wrote_stays_without_tokens() {
        assert_eq!(lines(&"x=1;".repeat(LONGEST_LINE), "js"), None);
    }

    #[test]
    fn marked_lines_stand_out_without_scripts() {
        let html = html("a\nb\nc", "no-such-language", &[2..=2]);
        assert_eq!(html, "<span class=\"l\">a</span>&#10;<mark class=\"l\">b</mark>&#10;<span class=\"l\">c</span>");
    }

    #[test]
    fn nothing_is_lost_and_no_line_break_remains() {
        for (code, language) in [
            ("fn f<'a>(x: &'a str) -> u8 {\n\n    b'\\n' /* $a$\n `b` */\n}\n", "rust"),
            ("def f(x):\n    return f\"{x}\\n\"  # 注释\n", "python"),
            ("任意 {{#include x}} <script>", "no-such-language"),
        ] {
            let html = html(code, language, &[1..=2]);
            assert_eq!(text_of(&html), code);
            assert!(!html.contains('\n'));
        }
    }
}
