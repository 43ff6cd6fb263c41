//! Headings of a body: they begin below the page's own, and skip no level.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;

use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::plain::plain;
use crate::told::Told;

/// `text` with its headings at the levels of a page whose H1 is above it.
pub(super) fn rewrite(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let mut splices = Vec::new();
    // The levels that are open, as they were.
    let mut above: Vec<u8> = Vec::new();
    for (event, span) in Parsed::new(&text.text).into_events() {
        let Event::Start(Tag::Heading { level, .. }) = event else { continue };
        let source = text.text[span.clone()].trim_end();
        let line = text.line(span.start);
        let end = span.start + source.len();
        let title = title(source);
        if !plain(title.trim_start_matches('#')).contains(|c: char| c.is_alphanumeric()) {
            pass.notes.add(Told::Empty, line, excerpt(source));
            splices.push(Splice { span: span.start..end, text: title });
            continue;
        }
        let was = level as u8;
        above.retain(|above| *above < was);
        above.push(was);
        let is = (above.len() + pass.context.above).min(6);
        let is_atx = source.starts_with('#');
        if is != usize::from(was) || !is_atx {
            pass.notes.add(Told::Level, line, format!("{was} → {is}"));
            let hashes = source.len() - source.trim_start_matches('#').len();
            let replaced = if is_atx {
                Splice { span: span.start..span.start + hashes, text: "#".repeat(is) }
            } else {
                Splice { span: span.start..end, text: format!("{} {title}", "#".repeat(is)) }
            };
            splices.push(replaced);
        }
    }
    text.spliced(splices)
}

/// The text of a heading, without its marks.
fn title(source: &str) -> String {
    if let Some(rest) = source.strip_prefix('#') {
        rest.trim_start_matches('#').trim().trim_end_matches('#').trim_end().to_string()
    } else {
        let end = source.rfind('\n').unwrap_or(source.len());
        source[..end].lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }
}
