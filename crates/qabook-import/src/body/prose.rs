//! Prose that was in a fence, as paragraphs.

use regex::Regex;
use std::sync::LazyLock;

use crate::plain::escape;

/// Addresses, which are text and links.
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"https?://[!-;=?-Z\[\]_a-z~]+").ok());

/// `lines` as Markdown: a blank line parts paragraphs, every other line break stays one. What would be a list, a heading or
/// emphasis is escaped.
pub(super) fn paragraphs(lines: &[String]) -> String {
    let mut out = String::new();
    let mut is_open = false;
    for line in lines {
        let line = line.trim_matches(|c: char| c.is_whitespace());
        if line.is_empty() {
            is_open = false;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if is_open { "\\\n" } else { "\n\n" });
        }
        out.push_str(&start_escaped(&inline(line)));
        is_open = true;
    }
    out
}

fn inline(line: &str) -> String {
    let Some(url) = URL.as_ref() else { return escape(line) };
    let mut out = String::new();
    let mut last = 0;
    for found in url.find_iter(line) {
        out.push_str(&escape(&line[last..found.start()]));
        out.push_str(&format!("<{}>", found.as_str()));
        last = found.end();
    }
    out + &escape(&line[last..])
}

/// `line` so that it begins no block.
fn start_escaped(line: &str) -> String {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let rest = &line[digits..];
    let after_mark = rest.get(1..).unwrap_or_default();
    let ends = after_mark.is_empty() || after_mark.starts_with([' ', '\t']);
    if (1..=9).contains(&digits) && rest.starts_with(['.', ')']) && ends {
        return format!("{}\\{rest}", &line[..digits]);
    }
    let is_rule = !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | ' '));
    let is_mark = line.starts_with('>') || line.starts_with("+++") || line.starts_with(['-', '+']) && ends_mark(line);
    if is_mark || is_rule { format!("\\{line}") } else { line.to_string() }
}

fn ends_mark(line: &str) -> bool {
    line.len() == 1 || line[1..].starts_with([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::plain;

    #[test]
    fn lines_stay_lines_and_mean_nothing() {
        let lines = ["", "1. 启动*x*", "- `a`", "====", "", "\t# 注", "见 https://a.cn/b_c_d。"].map(str::to_string);
        let markdown = paragraphs(&lines);
        assert_eq!(markdown, "1\\. 启动\\*x\\*\\\n\\- \\`a\\`\\\n\\====\n\n\\# 注\\\n见 <https://a.cn/b_c_d>。");
        assert_eq!(plain("1\\. 启动\\*x\\*"), "1. 启动*x*");
    }
}
