//! What of a diagram's source must be in its picture.
//!
//! The renderer skips in silence what it doesn't know. So the labels of the source are looked for among the texts that it
//! drew: letters and digits only, for lines are broken and marks drawn in more than one way.

use mermaid_rs_renderer::DiagramKind;

use crate::error::DrawError;
use crate::labels::labels;
use crate::stand_in::original;

/// Checks that `svg`, the picture of `source`, has each of `words` with their lines, or, without these, each label of `source`.
/// Errors: The first that it lacks.
pub(crate) fn check(
    source: &str,
    kind: DiagramKind,
    words: Option<&[(usize, String)]>,
    svg: &str,
) -> Result<(), DrawError> {
    let drawn = letters(&texts(svg));
    let found;
    let words = if let Some(words) = words {
        words
    } else {
        found = labels(source, kind)?;
        &found
    };
    if drawn.is_empty() && !svg.contains("<circle") {
        return Err(DrawError::new("it says nothing: there is no node, message or other part with a text"));
    }
    for (line, text) in words {
        for word in words_of(text) {
            if !drawn.contains(&word) {
                let message = format!("`{word}` would not be in the picture: the renderer doesn't read this line so");
                return Err(DrawError::on_line(*line, message));
            }
        }
    }
    Ok(())
}

/// The runs of letters and digits of `text`; tags are none.
fn words_of(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(tag) = rest.strip_prefix('<').and_then(|after| Some(&after[..after.find('>')?]))
            && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        {
            words.push(String::new());
            rest = &rest[tag.len() + 2..];
            continue;
        }
        let c_shown = original(c).unwrap_or(c);
        match words.last_mut() {
            Some(word) if c_shown.is_alphanumeric() => word.push(c_shown),
            _ => words.push(String::new()),
        }
        rest = &rest[c.len_utf8()..];
    }
    words.retain(|word| !word.is_empty());
    words
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is between tags in `svg`, without its title.
fn texts(svg: &str) -> String {
    let mut out = String::new();
    let mut rest = svg;
    while let Some(end) = rest.find('>') {
        rest = &rest[end + 1..];
        let text = rest.split('<').next().unwrap_or_default();
        rest = &rest[text.len()..];
        if !rest.starts_with("</title") && !rest.starts_with("</style") {
            out.push_str(text);
        }
    }
    for (reference, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        out = out.replace(reference, c);
    }
    out
}
