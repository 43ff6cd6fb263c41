//! MathML as its standard has it, out of what KaTeX writes.

/// Elements that hold text and nothing else (MathML 3 §3.2).
const TOKENS: [&str; 5] = ["mi", "mn", "mo", "ms", "mtext"];

/// `math` with KaTeX's liberties taken out: a token element that holds elements becomes a row of them, or, where they are
/// but letters, such as those of `\bmod`, a token of these. Attributes, which come in any order, are sorted.
pub(super) fn valid(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    // For each open element where its tag starts in `out`, its name, and what it will be closed as.
    let mut open: Vec<(usize, &str, bool)> = Vec::new();
    let mut rest = math;
    while let Some(start) = rest.find('<') {
        let (text, tag_on) = rest.split_at(start);
        let Some(end) = tag_on.find('>') else { break };
        let (tag, after) = tag_on.split_at(end + 1);
        out.push_str(text);
        rest = after;
        if tag.starts_with("</") {
            let Some((at, name, is_row)) = open.pop() else { break };
            match (is_row, letters(&out[at..])) {
                (false, _) => out.push_str(tag),
                (true, Some(letters)) => {
                    let opening = out[at..].split_inclusive('>').next().unwrap_or_default().to_string();
                    out.truncate(at);
                    out.push_str(&format!("{opening}{letters}</{name}>"));
                }
                (true, None) => {
                    let opening = out[at..].find('>').map_or(0, |end| end + 1);
                    out.replace_range(at..at + opening, "<mrow>");
                    out.push_str("</mrow>");
                }
            }
        } else if tag.ends_with("/>") {
            out.push_str(&sorted(tag));
        } else {
            let name = tag[1..tag.len() - 1].split(' ').next().unwrap_or_default();
            let holds_elements = after.starts_with('<') && !after.starts_with("</");
            open.push((out.len(), name, TOKENS.contains(&name) && holds_elements));
            out.push_str(&sorted(tag));
        }
    }
    out + rest
}

/// `math` with `10^{-6}` as a power of ten: KaTeX 0.16.4 puts only the digit before a script into its base.
pub(super) fn whole_numbers(mut math: String) -> String {
    for script in ["msup", "msub", "msubsup"] {
        let seam = format!("</mn><{script}><mn>");
        let mut from = 0;
        while let Some(at) = math[from..].find(&seam).map(|found| from + found) {
            from = at + seam.len();
            let start = math[..at].rfind('<').unwrap_or(at);
            if let Some(digits) = math[start..at].strip_prefix("<mn>") {
                let joined = format!("<{script}><mn>{digits}");
                math.replace_range(start..from, &joined);
                from = start + joined.len();
            }
        }
    }
    math
}

/// A start tag with its attributes in the order of their names. A quotation mark ends a value, for KaTeX escapes others.
pub(super) fn sorted(tag: &str) -> String {
    let end = if tag.ends_with("/>") { "/>" } else { ">" };
    let inside = tag.trim_start_matches('<').trim_end_matches(end);
    let Some((name, attributes)) = inside.split_once(' ') else { return tag.into() };
    // KaTeX 0.16.4 writes `class ="…"`.
    let tidy = |attribute: &str| attribute.trim().replacen(" =\"", "=\"", 1);
    let mut attributes: Vec<String> = attributes.split_inclusive("\" ").map(tidy).collect();
    attributes.sort_unstable();
    format!("<{name} {}{end}", attributes.join(" "))
}

/// The text of `element`, its end tag left off, when it holds rows of single letters only.
fn letters(element: &str) -> Option<String> {
    let (_, inside) = element.split_once('>')?;
    let mut text = String::new();
    for part in inside.split('<').skip(1) {
        let (tag, after) = part.split_once('>')?;
        let name = tag.trim_start_matches('/').split(' ').next()?;
        if !matches!(name, "mrow" | "mi" | "mtext") {
            return None;
        }
        text.push_str(after);
    }
    Some(text).filter(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic()))
}
