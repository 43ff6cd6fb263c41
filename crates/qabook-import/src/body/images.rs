//! Pictures: copied, made links, or made text.

use super::target::{Target, destination_of};
use super::{Pass, excerpt};
use crate::plain::escape;
use crate::told::Told;

/// What stands in the place of the picture at `destination` with `text`, as Markdown; `is_linked` when a link is around it.
pub(super) fn written(destination: &str, text: &str, is_linked: bool, line: usize, pass: &mut Pass<'_>) -> String {
    let target = pass.context.resolve.image(destination);
    let shown = named(destination, text, line, pass);
    match target {
        Target::Moved(address) => {
            pass.notes.add(Told::Image, line, format!("{destination} → {address}"));
            format!("![{}]({})", escape(&shown), destination_of(&address))
        }
        Target::Same => {
            pass.notes.add(Told::RemoteImage, line, destination);
            if is_linked { escape(&shown) } else { format!("[{}]({})", escape(&shown), destination_of(destination)) }
        }
        Target::Nowhere => {
            pass.notes.add(Told::MissingImage, line, destination);
            escape(&shown)
        }
    }
}

/// The picture's text; where it has none, its file's name, or the chapter's title.
fn named(destination: &str, text: &str, line: usize, pass: &mut Pass<'_>) -> String {
    if text.contains(|c: char| c.is_alphanumeric()) {
        return text.to_string();
    }
    let file = destination.rsplit('/').next().unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    let is_readable = words.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && words.chars().filter(char::is_ascii_digit).count() < 6
        && !words.contains('%');
    let name = if is_readable { words } else { pass.context.title.to_string() };
    pass.notes.add(Told::AltText, line, excerpt(&name));
    name
}
