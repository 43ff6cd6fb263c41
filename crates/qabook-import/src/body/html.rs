//! Raw HTML: what pages can't have, what nothing closes, and what links and pictures mean in the new book.

use pulldown_cmark::{Event, Tag as Block};
use qabook_support::escape_attribute;
use qabook_support::markdown::Parsed;
use qabook_support::splice::{self, Splice};
use std::collections::HashSet;

use super::tag::{Tag, tags};
use super::target::Target;
use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::told::Told;

/// Elements that have no end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "wbr", "col", "area", "source", "track"];

/// What a page may hold of raw HTML. Everything else is text that looks like a tag, or does what pages mustn't.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "a", "abbr", "address", "area", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "wbr",
];

/// A tag and whether it is in the middle of text.
struct Found {
    tag: Tag,
    is_inline: bool,
}

/// `text` whose raw HTML is whole, known and harmless.
pub(super) fn rewrite(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let mut text = text.clone();
    // Where a tag is gone, what was raw HTML may be Markdown now, with other tags in it.
    for _ in 0..ROUNDS {
        let without = without_unpaired(&text, pass);
        let is_whole = without.text == text.text;
        text = without;
        if is_whole {
            break;
        }
    }
    let mut splices = Vec::new();
    let mut links: Vec<bool> = Vec::new();
    for Found { tag, is_inline } in found(&text.text) {
        let line = text.line(tag.span.start);
        if is_known(&tag.name) && !(is_inline && is_void(&tag.name) && is_talked_about(&tag, &text.text)) {
            splices.extend(known(&tag, line, &mut links, pass));
        } else {
            pass.notes.add(Told::Tag, line, excerpt(&text.text[tag.span.clone()]));
            splices.push(as_text(&tag));
        }
    }
    text.spliced(splices)
}

/// How often tags are paired anew.
const ROUNDS: usize = 4;

/// `text` without tags of HTML that nothing pairs. Those that are talked about in the middle of text are shown.
fn without_unpaired(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let found = found(&text.text);
    let unpaired = unpaired(&found);
    let mut splices = Vec::new();
    for (_, Found { tag, is_inline }) in found.iter().enumerate().filter(|(index, _)| unpaired.contains(index)) {
        pass.notes.add(Told::Tag, text.line(tag.span.start), excerpt(&text.text[tag.span.clone()]));
        let replacement = if tag.name.eq_ignore_ascii_case("br") { "<br>" } else { "" };
        let removed = Splice { span: tag.span.clone(), text: replacement.into() };
        splices.push(if *is_inline && is_talked_about(tag, &text.text) { as_text(tag) } else { removed });
    }
    text.spliced(splices)
}

/// Whether `tag`, which nothing pairs, is said and not meant: `a<b and b>c`, `the <div> of it`, `close it with </div>`.
fn is_talked_about(tag: &Tag, text: &str) -> bool {
    let is_markup = tag.attributes.iter().any(|attribute| !attribute.value.is_empty());
    let is_line_break = matches!(tag.name.to_lowercase().as_str(), "br" | "wbr");
    // What ends glued to a word ends something that was cut off.
    let is_glued = (tag.is_end || is_void(&tag.name)) && text[..tag.span.start].ends_with(|c: char| !c.is_whitespace());
    !is_markup && !is_line_break && !is_glued
}

fn is_void(name: &str) -> bool {
    VOID.contains(&name.to_lowercase().as_str())
}

/// The title `raw` on one line, with the tags that are talked about as text, and these.
pub(crate) fn tags_as_text(raw: &str) -> (String, Vec<String>) {
    let heading = format!("# {}", crate::plain::collapse(raw));
    let found = found(&heading);
    let unpaired = unpaired(&found);
    let is_alone = |index: usize, tag: &Tag| unpaired.contains(&index) || is_void(&tag.name);
    let is_text =
        |index: usize, tag: &Tag| !is_known(&tag.name) || is_alone(index, tag) && is_talked_about(tag, &heading);
    let text: Vec<&Tag> = found
        .iter()
        .enumerate()
        .filter(|(index, found)| is_text(*index, &found.tag))
        .map(|(_, found)| &found.tag)
        .collect();
    let shown = text.iter().map(|tag| heading[tag.span.clone()].to_string()).collect();
    let heading = splice::apply(&heading, text.into_iter().map(as_text).collect());
    (heading["# ".len()..].to_string(), shown)
}

/// `tag` as the text that it is.
fn as_text(tag: &Tag) -> Splice {
    Splice { span: tag.span.start..tag.span.start + 1, text: "&lt;".into() }
}

fn found(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (event, span) in Parsed::new(text).into_events() {
        let is_inline = match event {
            Event::Start(Block::HtmlBlock) => false,
            Event::InlineHtml(_) => true,
            _ => continue,
        };
        found.extend(tags(&text[span.clone()], span.start).into_iter().map(|tag| Found { tag, is_inline }));
    }
    found
}

/// Whether `name` is an element of HTML; `<Link>` and `<String>` are parts of programs.
fn is_known(name: &str) -> bool {
    let is_component =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    !is_component && KNOWN.contains(&name.to_lowercase().as_str())
}

/// The places in `found` of tags that aren't paired with another.
fn unpaired(found: &[Found]) -> HashSet<usize> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut unpaired = HashSet::new();
    for (index, Found { tag, .. }) in found.iter().enumerate().filter(|(_, found)| is_known(&found.tag.name)) {
        let name = tag.name.to_lowercase();
        let is_void = is_void(&name);
        match (tag.is_end, open.iter().rposition(|(_, open)| *open == name)) {
            (true, _) if is_void => drop(unpaired.insert(index)),
            (false, _) if is_void => {}
            (false, _) => open.push((index, name)),
            (true, Some(at)) => {
                unpaired.extend(open.drain(at + 1..).map(|(index, _)| index));
                open.pop();
            }
            (true, None) => drop(unpaired.insert(index)),
        }
    }
    unpaired.extend(open.into_iter().map(|(index, _)| index));
    unpaired
}

/// The changes of a tag that stays. `links` holds the links that are open: whether each is still one.
fn known(tag: &Tag, line: usize, links: &mut Vec<bool>, pass: &mut Pass<'_>) -> Vec<Splice> {
    let whole = |text: String| vec![Splice { span: tag.span.clone(), text }];
    match (tag.name.to_lowercase().as_str(), tag.is_end) {
        ("a", true) => {
            let stays = links.pop().unwrap_or(true);
            if stays { Vec::new() } else { whole(String::new()) }
        }
        ("a", false) => link(tag, line, links, pass),
        ("img", _) => whole(image(tag, line, links.last() == Some(&true), pass)),
        // Other versions of a picture are on other hosts as often as not.
        ("picture" | "source" | "track", _) => whole(String::new()),
        // The page has its H1.
        ("h1", is_end) => whole(if is_end { "</h2>".into() } else { "<h2>".into() }),
        _ => scripts(tag, line, pass),
    }
}

/// The attributes of `tag` that would run scripts are left out.
fn scripts(tag: &Tag, line: usize, pass: &mut Pass<'_>) -> Vec<Splice> {
    let runs =
        tag.attributes.iter().filter(|attribute| attribute.name.starts_with("on") || attribute.value.contains("url("));
    runs.map(|attribute| {
        pass.notes.add(Told::Tag, line, format!("{}=", attribute.name));
        Splice { span: attribute.span.clone(), text: String::new() }
    })
    .collect()
}

fn link(tag: &Tag, line: usize, links: &mut Vec<bool>, pass: &mut Pass<'_>) -> Vec<Splice> {
    let gone = || vec![Splice { span: tag.span.clone(), text: String::new() }];
    let Some(address) = tag.attribute("href") else {
        // A place that links lead to: they are rewritten.
        links.push(false);
        return gone();
    };
    let target = pass.context.resolve.link(address);
    links.push(target != Target::Nowhere);
    match target {
        Target::Same => scripts(tag, line, pass),
        Target::Moved(moved) => {
            pass.notes.add(Told::Link, line, format!("{address} → {moved}"));
            vec![Splice { span: tag.span.clone(), text: format!("<a href=\"{}\">", escape_attribute(&moved)) }]
        }
        Target::Nowhere => {
            pass.notes.add(Told::LinkDropped, line, address);
            gone()
        }
    }
}

/// What stands in the place of an `<img>`.
fn image(tag: &Tag, line: usize, is_linked: bool, pass: &mut Pass<'_>) -> String {
    let source = tag.attribute("src").unwrap_or_default();
    let text = escape_attribute(tag.attribute("alt").unwrap_or_default());
    match pass.context.resolve.image(source) {
        Target::Moved(address) => {
            pass.notes.add(Told::Image, line, format!("{source} → {address}"));
            let sizes = ["width", "height"].into_iter().filter_map(|name| Some((name, tag.attribute(name)?)));
            let sizes: String = sizes.map(|(name, value)| format!(" {name}=\"{}\"", escape_attribute(value))).collect();
            format!("<img src=\"{}\" alt=\"{text}\"{sizes}>", escape_attribute(&address))
        }
        Target::Same => {
            pass.notes.add(Told::RemoteImage, line, source);
            let text = if text.is_empty() { escape_attribute(pass.context.title) } else { text };
            if is_linked { text } else { format!("<a href=\"{}\">{text}</a>", escape_attribute(source)) }
        }
        Target::Nowhere => {
            pass.notes.add(Told::MissingImage, line, source);
            text
        }
    }
}
