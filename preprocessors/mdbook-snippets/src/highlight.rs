//! Syntax highlighting at build time.

use qabook_support::escape_html;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::LazyLock;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// TextMate scopes and the class of our style sheet that they get (`""`: none); the first that fits wins.
const CLASSES: [(&str, &str); 13] = [
    ("keyword.operator", ""),
    ("comment", "c"),
    ("string", "s"),
    ("constant.character", "s"),
    ("constant", "n"),
    ("support.macro", "m"),
    ("entity.name.macro", "m"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("storage", "k"),
    ("keyword", "k"),
];

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(scope, class)| Scope::from_str(scope).ok().map(|scope| (scope, *class))).collect()
});

/// `code` as HTML: a `span` of class `l` for each line, in it a `span` of one of the classes around each token that has one.
///
/// Line breaks are between the lines as `&#10;`, so that the text of the HTML is `code` itself. Lines in `marked`
/// (counted from 1) are `mark` elements. Where the grammar fails, or `language` is unknown, the code comes out without
/// tokens but whole.
#[must_use]
pub fn html(code: &str, language: &str, marked: &[RangeInclusive<usize>]) -> String {
    let lines: Vec<&str> = LinesWithEndings::from(code).collect();
    let tokens = tokens(&lines, language);
    let mut html = String::new();
    for (index, line) in lines.iter().enumerate() {
        let element = if marked.iter().any(|range| range.contains(&(index + 1))) { "mark" } else { "span" };
        let text = line.strip_suffix('\n').unwrap_or(line);
        html.extend(["<", element, " class=\"l\">"]);
        html.push_str(&tokens.as_ref().map_or_else(|| escaped(text), |tokens| tokens[index].clone()));
        html.extend(["</", element, ">", if text.len() < line.len() { "&#10;" } else { "" }]);
    }
    html
}

/// The tokens of each line as HTML, without line breaks.
fn tokens(lines: &[&str], language: &str) -> Option<Vec<String>> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let split = if language == "rust" { rust_words } else { whole };
    lines.iter().map(|line| line_tokens(line, &mut state, &mut stack, split)).collect()
}

/// Splits text that the grammar says nothing about into pieces with a class (`""`: none).
type Split = fn(&str) -> Vec<(&'static str, &str)>;

fn line_tokens(line: &str, state: &mut ParseState, stack: &mut ScopeStack, split: Split) -> Option<String> {
    let mut html = String::new();
    let mut open = "";
    let operations = state.parse_line(line, &SYNTAXES).ok()?;
    for (text, operation) in ScopeRegionIterator::new(&operations, line) {
        stack.apply(operation).ok()?;
        let text = text.trim_end_matches('\n');
        let pieces = class_of(stack).map_or_else(|| split(text), |class| vec![(class, text)]);
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

fn escaped(text: &str) -> String {
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
