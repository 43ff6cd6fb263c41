//! Finding formulas in Markdown: what stands between dollars.

use std::ops::Range;

/// The formulas of `text` as mdbook-katex 0.10 scans for them, dollars included.
///
/// It knows backslashes and runs of backticks, but no other Markdown, and gives up at the first thing that isn't closed.
#[must_use]
pub fn formulas(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\\' => at + 2,
            b'`' => match after_code(bytes, at) {
                Some(end) => end,
                None => break,
            },
            b'$' => match after_formula(text, at) {
                Some(end) => {
                    found.push(at..end);
                    end
                }
                None => break,
            },
            _ => at + 1,
        };
    }
    found
}

/// Where the code that opens at `start` ends: behind the next run of exactly as many backticks.
fn after_code(bytes: &[u8], start: usize) -> Option<usize> {
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let ticks = run(start);
    let mut at = start + ticks;
    while at < bytes.len() {
        match run(at) {
            0 => at += 1,
            // It looks for the first run that is long enough, and goes on behind a longer one.
            closing if closing == ticks => return Some(at + ticks),
            closing => at += closing,
        }
    }
    None
}

/// Where the formula that opens at `start` ends: behind the next delimiter without a backslash in front.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        formulas(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn formulas_are_found_as_mdbook_katex_does() {
        assert_eq!(found("甲 $x$ 乙 $$\ny\n$$ 丙"), ["$x$", "$$\ny\n$$"]);
        assert_eq!(found(r"价 \$5 与 \$6，$a\$b$"), [r"$a\$b$"]);
        assert_eq!(found("`$a$` ``$b`$`` $c$"), ["$c$"]);
        assert_eq!(found("```\n$a$\n```\n$b$"), ["$b$"]);
        assert_eq!(found("$a$ ` $b$"), ["$a$"], "an open backtick ends the scan");
        assert_eq!(found("$a$ $b"), ["$a$"]);
        assert_eq!(found("价格 $5 与 $6"), ["$5 与 $"]);
        assert_eq!(found("\\汉$a$"), ["$a$"]);
    }
}
