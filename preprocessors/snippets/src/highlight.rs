//! Syntax highlighting at build time.

use std::str::FromStr;
use std::sync::LazyLock;
use support::escape_html;
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

/// `code` as HTML on one line, with a `span` of one of the classes around each token that has one.
///
/// Where the grammar fails, or `language` is unknown, the code comes out without spans but whole.
pub(crate) fn html(code: &str, language: &str) -> String {
    spans(code, language).unwrap_or_else(|| escaped(code))
}

fn spans(code: &str, language: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = String::new();
    let mut open: Option<&str> = None;
    for line in syntect::util::LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            if text.is_empty() {
                continue;
            }
            let class = if text.trim().is_empty() { open } else { class_of(&stack) };
            if class != open {
                html.push_str(if open.is_some() { "</span>" } else { "" });
                if let Some(class) = class {
                    html.extend(["<span class=\"", class, "\">"]);
                }
                open = class;
            }
            html.push_str(&escaped(text));
        }
    }
    html.push_str(if open.is_some() { "</span>" } else { "" });
    Some(html)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    // The innermost scope that has a class decides, but what stands in a comment or string stays one.
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
