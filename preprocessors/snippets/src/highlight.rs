//! Syntax highlighting at build time.

use std::str::FromStr;
use std::sync::LazyLock;
use support::escape_attribute;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

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

/// A stretch of code of one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// The class of our style sheet: `c` comment, `s` string, `n` constant, `m` macro, `f` function, `t` type, `k` keyword.
    pub class: Option<&'static str>,
    /// The code; it may hold line breaks.
    pub text: &'a str,
}

/// Cuts `code` into tokens. Where the grammar fails, or `language` is unknown, the whole code is one without a class.
#[must_use]
pub fn tokens<'a>(code: &'a str, language: &str) -> Vec<Token<'a>> {
    highlighted(code, language).unwrap_or_else(|| vec![Token { class: None, text: code }])
}

/// `code` as HTML on one line, with a `span` of one of the classes around each token that has one.
pub(crate) fn html(code: &str, language: &str) -> String {
    let html = |token: Token<'_>| match token.class {
        Some(class) => format!("<span class=\"{class}\">{}</span>", escape_attribute(token.text)),
        None => escape_attribute(token.text),
    };
    tokens(code, language).into_iter().map(html).collect()
}

fn highlighted<'a>(code: &'a str, language: &str) -> Option<Vec<Token<'a>>> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens = Vec::new();
    // Where the open token starts, and where the text that was read ends.
    let (mut start, mut end) = (0, 0);
    let mut open = None;
    for line in syntect::util::LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            let class = if text.trim().is_empty() { open } else { class_of(&stack) };
            if class != open && !text.is_empty() {
                tokens.push(Token { class: open, text: &code[start..end] });
                (start, open) = (end, class);
            }
            end += text.len();
        }
    }
    tokens.push(Token { class: open, text: &code[start..end] });
    tokens.retain(|token| !token.text.is_empty());
    Some(tokens)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    // The innermost scope that has a class decides, but what stands in a comment or string stays one.
    let class = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    let classes = || stack.as_slice().iter().rev().filter_map(class);
    classes().find(|class| *class == "c").or_else(|| classes().next()).filter(|class| !class.is_empty())
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
        let html = html("// 注释\nfn main() { let s = \"x\"; println!(\"{s}\"); }\n", "rust");
        assert!(html.starts_with("<span class=\"c\">// 注释&#10;</span><span class=\"k\">fn </span>"), "{html}");
        assert!(html.contains("<span class=\"f\">main</span>"), "{html}");
        assert!(html.contains("<span class=\"m\">println!</span>"), "{html}");
        assert!(html.contains("<span class=\"s\">&quot;x&quot;</span>"), "{html}");
    }

    #[test]
    fn nothing_is_lost_and_no_line_break_remains() {
        for (code, language) in [
            ("fn f<'a>(x: &'a str) -> u8 {\n\n    b'\\n' /* $a$ `b` */\n}\n", "rust"),
            ("def f(x):\n    return f\"{x}\\n\"  # 注释\n", "python"),
            ("任意 {{#include x}} <script>", "no-such-language"),
        ] {
            let html = html(code, language);
            assert_eq!(text_of(&html), code);
            assert!(!html.contains('\n'));
        }
    }
}
