//! What a style sheet loads.

/// The addresses that `css`, a sheet or the value of an attribute, names to be loaded: `url(…)`, `src(…)`, `@import "…"`, and the
/// strings in `image-set(…)`. Comments and escapes hide none.
pub(super) fn loads(css: &str) -> Vec<String> {
    let css = unescaped(&without_comments(css));
    // As long as `css`: an address keeps its case.
    let lower = css.to_ascii_lowercase();
    let mut found = Vec::new();
    for function in ["url(", "src(", "image-set(", "image(", "@import"] {
        for (at, _) in lower.match_indices(function) {
            let argument = css[at + function.len()..].trim_start();
            match function {
                "image-set(" | "image(" => found.extend(strings(argument.split(')').next().unwrap_or_default())),
                "@import" if argument.starts_with(['"', '\'']) => found.extend(strings(argument).take(1)),
                "@import" => {}
                _ if argument.starts_with(['"', '\'']) => found.extend(strings(argument).take(1)),
                _ => found.push(argument.split(')').next().unwrap_or_default().trim().to_string()),
            }
        }
    }
    found
}

/// What stands between quotes.
fn strings(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let quote = rest.find(['"', '\''])?;
        let mark = rest[quote..].chars().next()?;
        let after = &rest[quote + 1..];
        let end = after.find(mark).unwrap_or(after.len());
        rest = after.get(end + 1..).unwrap_or_default();
        Some(after[..end].to_string())
    })
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// `css` with its escapes resolved (<https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point>).
fn unescaped(css: &str) -> String {
    let mut out = String::new();
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut digits = String::new();
        while digits.len() < 6
            && let Some(digit) = chars.next_if(char::is_ascii_hexdigit)
        {
            digits.push(digit);
        }
        if let Ok(code) = u32::from_str_radix(&digits, 16) {
            out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            chars.next_if(char::is_ascii_whitespace);
        } else {
            out.extend(chars.next().filter(|c| *c != '\n'));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for css in [
            "a { background: url(//h/x) }",
            "a { background: URL( '//h/x' ) }",
            "@import \"//h/x\";",
            "@import url(//h/x);",
            "a { background: u\\72l(//h/x) }",
            "a { background: url(/\\2f h/x) }",
            "a { background: ur/**/l(//h/x) }",
            "a { background: image-set('//h/x' 1x) }",
            "url(//h/x",
        ] {
            assert!(loads(css).iter().any(|address| address == "//h/x"), "{css}: {:?}", loads(css));
        }
        assert_eq!(loads("a { color: red; content: \"x\" } /* url(//h/x) */"), [""; 0]);
        assert_eq!(loads("fill: url(#a)"), ["#a"]);
    }
}
