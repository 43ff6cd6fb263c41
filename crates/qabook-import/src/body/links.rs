//! Links and pictures in Markdown.

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::splice::Splice;
use std::ops::Range;

use super::images;
use super::target::{Target, destination_of};
use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::told::Told;

/// A link or picture whose end isn't reached.
struct Open {
    span: Range<usize>,
    /// Where the last thing inside it ends.
    inner_end: usize,
    destination: String,
    title: String,
    is_reference: bool,
    is_image: bool,
    /// The text of a picture.
    text: String,
}

/// `text` with its links and pictures as `pass` resolves them.
pub(super) fn rewrite(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let definitions = pass.context.definitions;
    let mut define = |broken: BrokenLink<'_>| {
        let destination = definitions.get(&broken.reference.to_lowercase())?;
        Some((CowStr::from(destination.clone()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(&text.text, markdown::extensions(), Some(&mut define));
    let mut open: Vec<Open> = Vec::new();
    let mut splices = Vec::new();
    for (event, span) in parser.into_offset_iter() {
        // The end of a link has the span of all of it.
        let inside =
            open.len() - usize::from(matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) && !open.is_empty());
        open[..inside].iter_mut().for_each(|open| open.inner_end = open.inner_end.max(span.end.min(open.span.end)));
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                open.push(opened(span, link_type, &dest_url, &title, false));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                open.push(opened(span, link_type, &dest_url, &title, true));
            }
            Event::Text(inner) | Event::Code(inner) => {
                open.last_mut().filter(|open| open.is_image).into_iter().for_each(|open| open.text.push_str(&inner));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some(done) = open.pop() else { continue };
                let is_inside = open.iter().any(|open| open.is_image);
                if done.is_image && !is_inside {
                    let markdown =
                        images::written(&done.destination, &done.text, !open.is_empty(), text.line(span.start), pass);
                    splices.push(Splice { span: done.span, text: markdown });
                } else if !is_inside {
                    splices.extend(changes(&done, text, pass));
                }
            }
            _ => {}
        }
    }
    text.spliced(splices)
}

fn opened(span: Range<usize>, kind: LinkType, destination: &str, title: &str, is_image: bool) -> Open {
    let is_reference = !matches!(kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
    // An autolink has no tail to change.
    let destination = if matches!(kind, LinkType::Autolink | LinkType::Email) { "" } else { destination };
    let (destination, title) = (destination.to_string(), title.to_string());
    Open { inner_end: span.start + 1, span, destination, title, is_reference, is_image, text: String::new() }
}

/// The changes of a link: its end, or both ends where it leads nowhere.
fn changes(open: &Open, text: &Lined, pass: &mut Pass<'_>) -> Vec<Splice> {
    let source = &text.text[open.span.clone()];
    let Some(tail) = text.text[open.inner_end..open.span.end].find(']').map(|at| open.inner_end + at) else {
        return Vec::new();
    };
    let line = text.line(open.span.start);
    let target = if open.destination.is_empty() && source.starts_with('<') {
        Target::Same
    } else {
        pass.context.resolve.link(&open.destination)
    };
    let ending = |destination: &str| {
        let title =
            if open.title.is_empty() { String::new() } else { format!(" \"{}\"", open.title.replace('"', "\\\"")) };
        Splice { span: tail..open.span.end, text: format!("]({}{title})", destination_of(destination)) }
    };
    match target {
        Target::Same if open.is_reference => vec![ending(&open.destination)],
        Target::Same => Vec::new(),
        Target::Moved(address) => {
            pass.notes.add(Told::Link, line, format!("{} → {address}", open.destination));
            vec![ending(&address)]
        }
        Target::Nowhere => {
            pass.notes.add(Told::LinkDropped, line, excerpt(source));
            let start = open.span.start;
            vec![
                Splice { span: start..start + 1, text: String::new() },
                Splice { span: tail..open.span.end, text: String::new() },
            ]
        }
    }
}
