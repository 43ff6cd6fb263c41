//! JavaScript to tokens: as much of it as our own scripts use.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword, a number.
    Word,
    /// A string, a regular expression, a template or a piece of one: up to `${`, and from its `}` on.
    Text,
    /// Anything else: `=>`, `...`, `?.`, `++`, `--` or one character.
    Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Whether white space or a comment is before it.
    pub(super) spaced: bool,
    /// Whether a line break is before it.
    pub(super) on_new_line: bool,
}

/// Marks of more than one character that say something to who reads tokens.
const LONG_MARKS: [&str; 5] = ["=>", "...", "?.", "++", "--"];

/// Words after which a `/` begins a regular expression.
const BEFORE_VALUES: [&str; 6] = ["return", "typeof", "case", "of", "in", "await"];

pub(super) fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The tokens of `script`; comments are none.
pub(super) fn tokens(script: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    // Whether each open brace is that of a template.
    let mut braces = Vec::new();
    let mut rest = script;
    loop {
        let code = after_space(rest);
        let space = &rest[..rest.len() - code.len()];
        let Some(first) = code.chars().next() else { return tokens };
        let (kind, length) = match first {
            '\'' | '"' => (Kind::Text, quoted(code, first)),
            '`' => (Kind::Text, template(code, &mut braces)),
            '}' if braces.pop() == Some(true) => (Kind::Text, template(code, &mut braces)),
            '/' if begins_value(tokens.last()) => (Kind::Text, regular_expression(code)),
            _ if is_in_word(first) => (Kind::Word, word(code)),
            _ => (Kind::Mark, mark(code)),
        };
        if first == '{' {
            braces.push(false);
        }
        let (text, after) = code.split_at(length);
        tokens.push(Token { kind, text, spaced: !space.is_empty(), on_new_line: space.contains('\n') });
        rest = after;
    }
}

/// What follows white space and comments.
fn after_space(code: &str) -> &str {
    let mut rest = code.trim_start();
    loop {
        let after = if rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, after)| after)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map_or("", |(_, after)| after)
        } else {
            return rest;
        };
        rest = after.trim_start();
    }
}

/// Whether a value may begin after `last`: then a `/` there is no division.
fn begins_value(last: Option<&Token<'_>>) -> bool {
    last.is_none_or(|token| match token.kind {
        Kind::Word => BEFORE_VALUES.contains(&token.text),
        Kind::Text => token.text.ends_with("${"),
        Kind::Mark => ![")", "]", "}"].contains(&token.text),
    })
}

fn word(code: &str) -> usize {
    let is_number = code.starts_with(|c: char| c.is_ascii_digit());
    code.find(|c| !(is_in_word(c) || (is_number && c == '.'))).unwrap_or(code.len())
}

fn mark(code: &str) -> usize {
    let long = LONG_MARKS.iter().find(|mark| code.starts_with(**mark));
    long.map_or_else(|| code.chars().next().map_or(0, char::len_utf8), |mark| mark.len())
}

/// The length of what `end` finds in `code` after its first character, itself included; an escaped character is passed over.
fn until(code: &str, mut end: impl FnMut(char, &str) -> Option<usize>) -> usize {
    let mut escaped = true;
    for (at, c) in code.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if let Some(length) = end(c, &code[at..]) {
            return at + length;
        }
    }
    code.len()
}

fn quoted(code: &str, quote: char) -> usize {
    until(code, |c, _| (c == quote).then_some(1))
}

fn template(code: &str, braces: &mut Vec<bool>) -> usize {
    until(code, |c, rest| match c {
        '`' => Some(1),
        '$' if rest.starts_with("${") => {
            braces.push(true);
            Some(2)
        }
        _ => None,
    })
}

fn regular_expression(code: &str) -> usize {
    let mut in_class = false;
    let body = until(code, |c, _| {
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        (c == '/' && !in_class).then_some(1)
    });
    body + word(&code[body..])
}
