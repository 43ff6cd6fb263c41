//! Which style sheets can be put into a file with others.

/// Whether a style sheet means the same in another folder and after another sheet.
pub(super) fn can_move(text: &str) -> bool {
    let addresses = text.split("url(").skip(1);
    let stays = |address: &str| address.trim_start_matches(['\'', '"']).starts_with("data:");
    addresses.into_iter().all(stays) && !["@import", "@charset", "@namespace"].iter().any(|rule| text.contains(rule))
}

/// Whether a style sheet leaves nothing open, nor anything begun: what follows it would be read as a part of that.
pub(super) fn is_closed(text: &str) -> bool {
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    let mut last = ';';
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '"' | '\'' => {
                let mut is_escaped = false;
                let end = chars.find(|&inside| {
                    let ends = !is_escaped && (inside == c || inside == '\n');
                    is_escaped = inside == '\\' && !is_escaped;
                    ends
                });
                if end != Some(c) {
                    return false;
                }
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                if !chars.any(|inside| std::mem::replace(&mut before, inside) == '*' && inside == '/') {
                    return false;
                }
                continue;
            }
            '{' => open.push('}'),
            '(' => open.push(')'),
            '[' => open.push(']'),
            '}' | ')' | ']' if open.pop() != Some(c) => return false,
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    open.is_empty() && matches!(last, '}' | ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_that_leaves_something_open_swallows_no_other() {
        for closed in
            ["", "a{b:c}", "@layer a;", "a{content:\"}{\"}\n", "a{b:url(x)}/* { */", "a{b:'\\''}", ".\\}{b:c}"]
        {
            assert!(is_closed(closed), "{closed:?}");
        }
        for open in ["a{b:c", "a{b:c}}", "a{b:(c}", "a{b:\"c}", "a{b:c}/* d", "a{b:c}\nd", "a{b:\"c\n\"}", "a{b:c]}"] {
            assert!(!is_closed(open), "{open:?}");
        }
    }
}
