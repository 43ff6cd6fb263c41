//! Where formulas are: between dollars, as mdbook-katex scans for them or with more care.

use mdbook_preprocessor::config::Config;
use std::collections::HashSet;
use std::ops::Range;

/// What dollars mean in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dollars {
    /// Nothing: the book has no formulas.
    Text,
    /// Formulas, where they surely are around one: prices, variables of a shell and code are what they are.
    Formulas,
    /// Formulas, whatever is between two of them, as mdbook-katex reads them.
    #[default]
    All,
}

impl Dollars {
    /// What `[preprocessor.katex]` says: without the table, with `renderers = []` or with delimiters of other characters
    /// dollars are text; otherwise its key `dollars` decides, and without that they are as mdbook-katex reads them.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let text = |key: &str| config.get::<String>(&format!("preprocessor.katex.{key}")).ok().flatten();
        let renderers = config.get::<Vec<String>>("preprocessor.katex.renderers").ok().flatten();
        let has_others = |key: &str| text(&format!("{key}.left")).is_some_and(|left| !left.starts_with('$'));
        let is_off = !config.contains_key("preprocessor.katex") || renderers.is_some_and(|names| names.is_empty());
        if is_off || has_others("inline-delimiter") && has_others("block-delimiter") {
            Self::Text
        } else if text("dollars").is_some_and(|dollars| dollars == "formulas") {
            Self::Formulas
        } else {
            Self::All
        }
    }
}

/// The formulas of `text`, dollars included.
///
/// Backslashes and runs of backticks are known, but no other Markdown. mdbook-katex gives up at the first thing that isn't
/// closed, and so does [`Dollars::All`].
#[must_use]
pub fn formulas(text: &str, dollars: Dollars) -> Vec<Range<usize>> {
    if dollars == Dollars::Text {
        return Vec::new();
    }
    let is_careful = dollars == Dollars::Formulas;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Lengths of backtick runs that nothing closes from here on.
    let mut unclosed = HashSet::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\\' => at + 2,
            b'`' => {
                let ticks = run(bytes, at);
                let end = if unclosed.contains(&ticks) { None } else { after_code(bytes, at) };
                match end {
                    Some(end) => end,
                    None if is_careful => {
                        unclosed.insert(ticks);
                        at + ticks
                    }
                    None => break,
                }
            }
            b'$' => match after_formula(text, at) {
                Some(end) if !is_careful || is_formula(text, &(at..end)) => {
                    found.push(at..end);
                    end
                }
                _ if is_careful => at + if bytes[at..].starts_with(b"$$") { 2 } else { 1 },
                _ => break,
            },
            _ => at + 1,
        };
    }
    found
}

/// How many backticks there are from `at` on.
fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}

/// Where the code that opens at `start` ends: after the next run of exactly as many backticks.
fn after_code(bytes: &[u8], start: usize) -> Option<usize> {
    let ticks = run(bytes, start);
    let mut at = start + ticks;
    while at < bytes.len() {
        match run(bytes, at) {
            0 => at += 1,
            // It looks for the first run that is long enough, and goes on after a longer one.
            closing if closing == ticks => return Some(at + ticks),
            closing => at += closing,
        }
    }
    None
}

/// Where the formula that opens at `start` ends: after the next delimiter without a backslash in front.
fn after_formula(text: &str, start: usize) -> Option<usize> {
    let delimiter = if text[start..].starts_with("$$") { "$$" } else { "$" };
    let mut at = start + delimiter.len();
    loop {
        at += text[at..].find(delimiter)?;
        let backslashes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        at += delimiter.len();
        if backslashes % 2 == 0 {
            return Some(at);
        }
    }
}

/// Whether the dollars of `span` are surely around a formula: in one paragraph, not a word's or a price's.
fn is_formula(text: &str, span: &Range<usize>) -> bool {
    let (before, whole, after) = (&text[..span.start], &text[span.clone()], &text[span.end..]);
    let delimiter = if whole.starts_with("$$") { "$$" } else { "$" };
    let inside = &whole[delimiter.len()..whole.len() - delimiter.len()];
    if inside.trim().is_empty() || inside.contains('`') || has_empty_line(inside) {
        return false;
    }
    let is_tight = inside.trim() == inside;
    if delimiter == "$$" {
        let is_alone = |side: &str| side.trim_matches([' ', '\t', '\r', '>']).is_empty();
        let own_lines = is_alone(before.rsplit('\n').next().unwrap_or_default()) && is_alone(first_line(after));
        return is_tight || own_lines;
    }
    // No price and no variable has a command.
    if inside.split('\\').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return true;
    }
    let is_spaced = inside.starts_with(' ') && inside.ends_with(' ') && inside.contains(['^', '_']);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '$';
    let is_ordinal = ["th", "st", "nd", "rd", "s"].iter().any(|ending| {
        after.strip_prefix(ending).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    let is_followed = after.starts_with(is_word) && !is_ordinal || after.starts_with('{');
    let is_other = !(is_tight || is_spaced) || before.ends_with(is_word) || is_followed;
    !is_other && (inside.is_ascii() || inside.contains(['\\', '^', '_', '=', '+']) || !inside.contains(is_prose))
}

/// The rest of a line.
fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// Whether a line of `inside`, but for the first and the last, is empty, in a quotation, too.
fn has_empty_line(inside: &str) -> bool {
    let lines: Vec<&str> = inside.split('\n').collect();
    let between = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    between.iter().any(|line| line.trim_matches([' ', '\t', '\r', '>']).is_empty())
}

/// Letters and marks that a formula has no use for outside `\text{}`.
fn is_prose(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0xA4CF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, dollars: Dollars) -> Vec<&str> {
        formulas(text, dollars).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn formulas_are_found_as_mdbook_katex_does() {
        let found = |text| found(text, Dollars::All);
        assert_eq!(found("甲 $x$ 乙 $$\ny\n$$ 丙"), ["$x$", "$$\ny\n$$"]);
        assert_eq!(found(r"价 \$5 与 \$6，$a\$b$"), [r"$a\$b$"]);
        assert_eq!(found("`$a$` ``$b`$`` $c$"), ["$c$"]);
        assert_eq!(found("```\n$a$\n```\n$b$"), ["$b$"]);
        assert_eq!(found("$a$ ` $b$"), ["$a$"], "an open backtick ends the scan");
        assert_eq!(found("$a$ $b"), ["$a$"]);
        assert_eq!(found("价格 $5 与 $6"), ["$5 与 $"]);
        assert_eq!(found("\\汉$a$"), ["$a$"]);
    }

    #[test]
    fn prices_variables_and_code_are_no_formulas_to_the_careful() {
        for text in [
            "费用 $3 到 $7",
            "US$3，约 US$4",
            "设 $EDITOR 与 $PAGER。",
            "`echo $EDITOR`，在 $EDITOR/x，见 `$PAGER`",
            "${A}和${B}",
            "$(id)和$(ls)",
            "进程号 $$ 与 $$ 都是",
            "一段 $a\n\n另一段 b$",
            "$ x $",
            "$$$$$",
        ] {
            assert_eq!(found(text, Dollars::Formulas), [""; 0], "{text}");
        }
    }

    #[test]
    fn formulas_are_found_by_the_careful() {
        for (text, formula) in [
            ("价 $5，$x$ 元", "$x$"),
            ("一个 ` 与 $x$ 和 $y", "$x$"),
            ("排序要$O(n\\log n)$次", "$O(n\\log n)$"),
            ("$速度 = 路程$", "$速度 = 路程$"),
            (r"$5\,\$$。", r"$5\,\$$"),
            ("$$\nx\n$$", "$$\nx\n$$"),
            ("> $$\n> x\n> $$\n", "$$\n> x\n> $$"),
            ("行内 $$x+y$$ 完", "$$x+y$$"),
            ("the $n$th one", "$n$"),
            ("10$\\mu$s", "$\\mu$"),
            ("$ a_1 $", "$ a_1 $"),
        ] {
            assert_eq!(found(text, Dollars::Formulas), [formula], "{text}");
        }
    }

    #[test]
    fn the_table_of_katex_says_what_dollars_are() {
        for (toml, dollars) in [
            ("", Dollars::Text),
            ("[preprocessor.katex]\n", Dollars::All),
            ("[preprocessor.katex]\ndollars = \"formulas\"\n", Dollars::Formulas),
            ("[preprocessor.katex]\nrenderers = []\n", Dollars::Text),
            (
                "[preprocessor.katex]\ninline-delimiter = { left = \"((\", right = \"))\" }\n\
                 block-delimiter = { left = \"[[\", right = \"]]\" }\n",
                Dollars::Text,
            ),
        ] {
            assert_eq!(Dollars::of(&toml.parse().unwrap()), dollars, "{toml}");
        }
    }
}
