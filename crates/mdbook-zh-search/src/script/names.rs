//! Short names for those that a script declares.
//!
//! A statement at the top level is a unit. In a unit a name gets the same short one wherever it stands, whatever it names
//! there, and no two get the same: what a name refers to can't change. So this needs no scopes, but two rules, which our
//! scripts keep: no unit uses a local name and a global one that are spelled alike, and there are no classes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tokens::{Kind, Token};

/// Words that are no names, or that a name had better not be.
const KEYWORDS: [&str; 42] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "false",
    "finally",
    "for",
    "function",
    "get",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "set",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "arguments",
];

/// Marks after which a `{` opens an object or a pattern, not a block.
const BEFORE_OBJECTS: [&str; 10] = ["(", ",", "=", ":", "[", "?", "|", "&", "...", "+"];
const WORDS_BEFORE_OBJECTS: [&str; 5] = ["return", "const", "let", "of", "in"];

/// How a token names something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It names nothing, or a property.
    None,
    Name,
    /// `{ name }`: a property and what has its value.
    Shorthand,
}

/// The tokens' texts with short names.
pub(super) fn shortened(tokens: &[Token<'_>]) -> Vec<String> {
    let script = Script::new(tokens);
    let top = script.declared(0..tokens.len(), true);
    let units = script.units();
    let locals: Vec<_> = units.iter().map(|unit| &script.declared(unit.clone(), false) - &top).collect();
    let free: BTreeSet<&str> = units
        .iter()
        .zip(&locals)
        .flat_map(|(unit, locals)| {
            script.names(unit.clone()).filter(|name| !top.contains(name) && !locals.contains(name))
        })
        .collect();
    let top = assign(&script.by_frequency(0..tokens.len(), &top), &free);
    let mut texts: Vec<String> = tokens.iter().map(|token| token.text.to_string()).collect();
    for (unit, locals) in units.into_iter().zip(&locals) {
        let used = script.names(unit.clone()).filter(|name| !locals.contains(name));
        let taken = used.map(|name| top.get(name).map_or(name, String::as_str)).collect();
        let local = assign(&script.by_frequency(unit.clone(), locals), &taken);
        for at in unit {
            let name = tokens[at].text;
            let short = top.get(name).or_else(|| local.get(name));
            match (script.roles[at], short) {
                (Role::Name, Some(short)) => texts[at].clone_from(short),
                (Role::Shorthand, Some(short)) => texts[at] = format!("{name}:{short}"),
                _ => {}
            }
        }
    }
    texts
}

/// The shortest names for `names` that aren't `taken`.
fn assign<'a>(names: &[&'a str], taken: &BTreeSet<&str>) -> HashMap<&'a str, String> {
    let first = || ('a'..='z').chain('A'..='Z');
    let one = first().map(String::from);
    let two = first().flat_map(move |a| first().map(move |b| format!("{a}{b}")));
    let free = one.chain(two).filter(|short| !taken.contains(short.as_str()) && !KEYWORDS.contains(&short.as_str()));
    names.iter().copied().zip(free).collect()
}

type Range = std::ops::Range<usize>;

struct Script<'a> {
    tokens: &'a [Token<'a>],
    roles: Vec<Role>,
    /// How many brackets are open around each token.
    depths: Vec<usize>,
}

impl<'a> Script<'a> {
    fn new(tokens: &'a [Token<'a>]) -> Self {
        let mut script = Self { tokens, roles: Vec::new(), depths: Vec::new() };
        // For each open bracket whether it is that of an object.
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let (opens, closes) = brackets(token);
            if closes {
                open.pop();
            }
            script.depths.push(open.len());
            script.roles.push(script.role(at, open.last() == Some(&true)));
            if opens {
                open.push(token.text == "{" && script.opens_object(at));
            }
        }
        script
    }

    fn text(&self, at: Option<usize>) -> &'a str {
        at.and_then(|at| self.tokens.get(at)).map_or("", |token| token.text)
    }

    fn opens_object(&self, at: usize) -> bool {
        let before = self.text(at.checked_sub(1));
        BEFORE_OBJECTS.contains(&before) || WORDS_BEFORE_OBJECTS.contains(&before)
    }

    fn role(&self, at: usize, in_object: bool) -> Role {
        let Token { kind, text, .. } = self.tokens[at];
        let is_name =
            kind == Kind::Word && !text.starts_with(|c: char| c.is_ascii_digit()) && !KEYWORDS.contains(&text);
        let before = self.text(at.checked_sub(1));
        if !is_name || [".", "?."].contains(&before) {
            return Role::None;
        }
        if in_object && ["{", ",", "async"].contains(&before) {
            match self.text(Some(at + 1)) {
                // A key, or a method.
                ":" | "(" => return Role::None,
                "," | "}" | "=" => return Role::Shorthand,
                _ => {}
            }
        }
        Role::Name
    }

    /// The statements of the top level.
    fn units(&self) -> Vec<Range> {
        let mut units = Vec::new();
        let mut start = 0;
        for at in 0..self.tokens.len() {
            if self.depths[at] == 0 && self.tokens[at].text == ";" {
                units.push(start..at + 1);
                start = at + 1;
            }
        }
        units.push(start..self.tokens.len());
        units
    }

    fn names(&self, range: Range) -> impl Iterator<Item = &'a str> + '_ {
        range.filter(|at| self.roles[*at] != Role::None).map(|at| self.tokens[at].text)
    }

    /// `names` in the order of how often they stand in `range`.
    fn by_frequency(&self, range: Range, names: &BTreeSet<&'a str>) -> Vec<&'a str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.names(range).filter(|name| names.contains(name)).for_each(|name| *counts.entry(name).or_default() += 1);
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sorted.into_iter().map(|(name, _)| name).collect()
    }

    /// The names that `range` declares, or that it declares at its top level.
    fn declared(&self, range: Range, at_top: bool) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for at in range.filter(|at| !at_top || self.depths[*at] == 0) {
            match self.tokens[at].text {
                "const" | "let" => self.pattern(at + 1, &mut found),
                _ if at_top => {}
                "catch" if self.text(Some(at + 1)) == "(" => self.pattern(at + 1, &mut found),
                "=>" => self.pattern(self.parameters(at), &mut found),
                _ => {}
            }
        }
        found
    }

    /// Where the parameters of the arrow at `at` begin.
    fn parameters(&self, at: usize) -> usize {
        let end = at.saturating_sub(1);
        if self.tokens[end].text != ")" {
            return end;
        }
        (0..end)
            .rev()
            .find(|open| self.depths[*open] == self.depths[end] && self.tokens[*open].text == "(")
            .unwrap_or(end)
    }

    /// Takes the names of the pattern that begins at `start`; what a name is without a value isn't part of it.
    fn pattern(&self, start: usize, found: &mut BTreeSet<&'a str>) {
        let depth = self.depths[start];
        let mut value_at = None;
        for at in start..self.tokens.len() {
            let (text, here) = (self.tokens[at].text, self.depths[at]);
            if value_at.is_some_and(|depth| here < depth || (here == depth && text == ",")) {
                value_at = None;
            }
            if text == "=" && value_at.is_none() && here > depth {
                value_at = Some(here);
            }
            if value_at.is_none() && self.roles[at] != Role::None {
                found.insert(text);
            }
            // A pattern in brackets ends with them, a name by itself.
            let next_depth = self.depths.get(at + 1).copied().unwrap_or_default();
            if here == depth && (at > start || next_depth <= depth) {
                return;
            }
        }
    }
}

/// Whether a token opens a bracket, and whether it closes one.
pub(super) fn brackets(token: &Token<'_>) -> (bool, bool) {
    match token.kind {
        Kind::Mark => (["(", "[", "{"].contains(&token.text), [")", "]", "}"].contains(&token.text)),
        Kind::Text => (token.text.ends_with("${"), token.text.starts_with('}')),
        Kind::Word => (false, false),
    }
}
