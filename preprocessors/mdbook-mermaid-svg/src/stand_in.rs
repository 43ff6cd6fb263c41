//! Characters that the renderer would take for syntax: others stand for them while it draws.

use std::fmt::Write;

/// Where the characters begin that stand for those of ASCII: planes for private use, in which no text is written.
const BASE: u32 = 0x0010_F000;

/// Names of characters as mermaid and HTML know them, those that diagrams use.
const NAMES: [(&str, char); 40] = [
    ("quot", '"'),
    ("apos", '\''),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("nbsp", '\u{a0}'),
    ("semi", ';'),
    ("colon", ':'),
    ("comma", ','),
    ("period", '.'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("lcub", '{'),
    ("rcub", '}'),
    ("vert", '|'),
    ("bsol", '\\'),
    ("sol", '/'),
    ("lowbar", '_'),
    ("ast", '*'),
    ("plus", '+'),
    ("equals", '='),
    ("quest", '?'),
    ("excl", '!'),
    ("commat", '@'),
    ("grave", '`'),
    ("larr", '←'),
    ("rarr", '→'),
    ("harr", '↔'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("times", '×'),
    ("infin", '∞'),
    ("copy", '©'),
    ("hearts", '♥'),
];

/// `text` with what stands for its signs; letters, digits, blanks and tags for a line break (`<br>`) stay.
pub(crate) fn hide(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tag = ["<br/>", "<br />", "<br>"].into_iter().find(|tag| starts_with(rest, tag));
        if let Some(tag) = tag {
            out.push_str("<br/>");
            rest = &rest[tag.len()..];
            continue;
        }
        out.push(if c.is_ascii_punctuation() { stand_in(c) } else { c });
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether `text` begins with `tag`, in whatever case.
fn starts_with(text: &str, tag: &str) -> bool {
    text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

/// What stands for `c`.
pub(crate) fn stand_in(c: char) -> char {
    if c.is_ascii() { char::from_u32(BASE + u32::from(c)).unwrap_or(c) } else { c }
}

/// `line` with the characters that `#name;`, `#35;`, `&name;` and `&#35;` mean, or what stands for these.
pub(crate) fn decode(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['#', '&']) {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let name = reference.trim_start_matches('&').trim_start_matches('#').split(';').next().unwrap_or_default();
        let start = reference.len() - reference.trim_start_matches('&').trim_start_matches('#').len();
        let is_closed = reference[start..].len() > name.len();
        let found = character(name, start == 1 && reference.starts_with('&')).filter(|_| is_closed && start <= 2);
        if let Some(c) = found {
            out.push(stand_in(c));
            rest = &reference[start + name.len() + 1..];
        } else {
            out.push_str(&reference[..1]);
            rest = &reference[1..];
        }
    }
    out + rest
}

/// The character called `name`, or of that number unless it `is_name`.
fn character(name: &str, is_name: bool) -> Option<char> {
    let known = NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    let number = match name.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => name.parse(),
    };
    let numbered = number.ok().filter(|_| !is_name).and_then(char::from_u32).filter(|c| !c.is_control());
    known.or(numbered)
}

/// `svg` with the characters themselves again, as XML writes them.
pub(crate) fn show(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    for c in svg.chars() {
        match original(c) {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some(original) => out.push(original),
            // XML has no other control characters.
            None if c.is_control() && !matches!(c, '\n' | '\t' | '\r') => {
                let _ = write!(out, "\u{fffd}");
            }
            None => out.push(c),
        }
    }
    out
}

/// What `c` stands for, if anything.
pub(crate) fn original(c: char) -> Option<char> {
    let code = u32::from(c).checked_sub(BASE).filter(|code| (0x20..0x7f).contains(code))?;
    char::from_u32(code)
}

/// `text` with the characters themselves again.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| original(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_mean_characters() {
        for (line, decoded) in [
            ("A[#quot;x#quot;]", "A[\"x\"]"),
            ("#35;1 #9829; &lt;b&gt; &#38; #x2713;", "#1 ♥ <b> & ✓"),
            ("fill:#f9f;", "fill:#f9f;"),
            ("#nothing; & # ; #", "#nothing; & # ; #"),
        ] {
            assert_eq!(plain(&decode(line)), decoded, "{line}");
        }
    }

    #[test]
    fn hidden_signs_are_shown_as_xml_writes_them() {
        let hidden = hide("a-->b: <c> & \"d\"<BR>e");
        assert!(!hidden.contains(['-', ':', '&', '"']) && hidden.contains("<br/>e"), "{hidden}");
        assert_eq!(show(&hidden), "a--&gt;b: &lt;c&gt; &amp; &quot;d&quot;<br/>e");
    }
}
