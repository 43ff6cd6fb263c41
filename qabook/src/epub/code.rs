//! Code in colours.

use snippet_cards::tokens;

use super::xml::escape;

/// `text` in `language` inside `<code>`, with a span per token and a mark around each of the lines (from 1) to set off.
pub(super) fn code(text: &str, language: &str, set_off: &[(usize, usize)]) -> String {
    let is_set_off = |line: usize| set_off.iter().any(|(first, last)| (*first..=*last).contains(&line));
    let mut lines = vec![String::new()];
    for token in tokens(text.trim_end_matches('\n'), language) {
        for (index, part) in token.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(String::new());
            }
            let (Some(line), false) = (lines.last_mut(), part.is_empty()) else { continue };
            match token.class {
                Some(class) => line.push_str(&format!("<span class=\"{class}\">{}</span>", escape(part))),
                None => line.push_str(&escape(part)),
            }
        }
    }
    let mark =
        |(index, line): (usize, String)| if is_set_off(index + 1) { format!("<mark>{line}</mark>") } else { line };
    let lines: Vec<String> = lines.into_iter().enumerate().map(mark).collect();
    format!("<code>{}</code>", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_token_over_two_lines_is_two_spans() {
        let html = code("/* a\nb */\nfn f() {}\n", "rust", &[(2, 2)]);
        assert_eq!(
            html,
            "<code><span class=\"c\">/* a</span>\n<mark><span class=\"c\">b */</span></mark>\n\
             <span class=\"k\">fn </span><span class=\"f\">f</span>() {}</code>"
        );
    }
}
