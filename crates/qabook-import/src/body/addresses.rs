//! Bare addresses as links.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::splice::Splice;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

use super::Pass;
use super::target::destination_of;
use crate::lined::Lined;
use crate::plain::escape;
use crate::told::Told;

/// All that an address may hold: `qabook check` finds those without braces.
static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i-u:\b)(?i)(?:https?://|www\.)[!-;=?-Z\[\]_a-{}~]+").ok());

/// The addresses of `text` as links. `parsed` is its text without formulas.
pub(super) fn linked(parsed: &str, text: &Lined, pass: &mut Pass<'_>) -> Vec<Splice> {
    let Some(url) = URL.as_ref().filter(|_| parsed.contains("://") || parsed.to_lowercase().contains("www.")) else {
        return Vec::new();
    };
    let mut splices = Vec::new();
    for shown in texts(parsed) {
        for (address, span) in shown.addresses(url) {
            pass.notes.add(Told::BareUrl, text.line(span.start), address);
            let link = if address.contains("://") {
                format!("<{address}>")
            } else {
                format!("[{}]({})", escape(address), destination_of(&format!("https://{address}")))
            };
            splices.push(Splice { span, text: link });
        }
    }
    splices
}

/// `found` without the full stop or bracket behind it that is the sentence's; one that was opened in it is its own.
fn without_the_sentence(found: &str) -> &str {
    let mut address = found;
    loop {
        let closes = |open: char, close: char| {
            address.ends_with(close) && address.matches(open).count() < address.matches(close).count()
        };
        let is_closed = closes('(', ')') || closes('[', ']') || closes('{', '}');
        if !is_closed && !address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '"', '*', '_', '~']) {
            return address;
        }
        address = &address[..address.len() - 1];
    }
}

/// Text that readers see as one, whatever backslashes, references to characters and emphasis cut it into.
#[derive(Default)]
struct Shown {
    /// With the delimiters of emphasis, which are part of an address that holds them.
    text: String,
    /// Where each piece begins in it, and what of the source it is.
    pieces: Vec<(usize, Range<usize>)>,
    /// The delimiters of emphasis in it, with those that belong to them where these are here, too.
    pairs: Vec<(Range<usize>, Option<Range<usize>>)>,
    /// The places in `pairs` of what isn't closed.
    open: Vec<usize>,
}

impl Shown {
    fn push(&mut self, text: &str, span: Range<usize>) -> Range<usize> {
        let start = self.text.len();
        self.pieces.push((start, span));
        self.text.push_str(text);
        start..self.text.len()
    }

    fn open(&mut self, delimiter: &str, span: Range<usize>) {
        let open = self.push(delimiter, span);
        self.open.push(self.pairs.len());
        self.pairs.push((open, None));
    }

    fn close(&mut self, delimiter: &str, span: Range<usize>) {
        let close = self.push(delimiter, span);
        match self.open.pop().and_then(|open| self.pairs.get_mut(open)) {
            Some((_, partner)) => *partner = Some(close),
            None => self.pairs.push((close, None)),
        }
    }

    fn end(&self) -> Option<usize> {
        self.pieces.last().map(|(_, span)| span.end)
    }

    /// The place in the source of byte `at` of the text, which may be its end.
    fn place(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start < at).saturating_sub(1);
        let Some((start, span)) = self.pieces.get(index) else { return 0 };
        let next = self.pieces.get(index + 1).map_or(self.text.len(), |(start, _)| *start);
        match at {
            at if at == *start => span.start,
            // A reference to a character isn't cut.
            at if at == next => span.end,
            at => (span.start + at - start).min(span.end),
        }
    }

    /// The addresses that `url` finds, with their places in the source.
    fn addresses(&self, url: &Regex) -> Vec<(&str, Range<usize>)> {
        let found = url.find_iter(&self.text).map(|found| {
            let mut end = found.end();
            loop {
                let shorter = self.before_half_a_pair(found.start(), end);
                let address = without_the_sentence(&self.text[found.start()..shorter]);
                if found.start() + address.len() == end {
                    return (address, self.place(found.start())..self.place(end));
                }
                end = found.start() + address.len();
            }
        });
        // Without a host it is none.
        found.filter(|(address, _)| !address.ends_with("://") && address.contains(['.', '/', ':'])).collect()
    }

    /// Where the first delimiter begins from `start` to `end` that belongs to one outside, or `end`.
    fn before_half_a_pair(&self, start: usize, end: usize) -> usize {
        let is_in = |delimiter: &Range<usize>| start <= delimiter.start && delimiter.end <= end;
        let touches = |delimiter: &Range<usize>| start < delimiter.end && delimiter.start < end;
        let halves = self.pairs.iter().filter_map(|(open, close)| match close {
            Some(close) if is_in(open) && is_in(close) => None,
            Some(close) => [open, close].into_iter().find(|delimiter| touches(delimiter)),
            None => Some(open).filter(|open| touches(open)),
        });
        halves.map(|half| half.start.max(start)).min().unwrap_or(end)
    }
}

/// The texts of `source` that are in no link or picture.
fn texts(source: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut closed = 0_usize;
    let mut done = 0;
    let mut events = markdown::parse(source).peekable();
    while let Some((event, span)) = events.next() {
        let next = events.peek().map_or(source.len(), |(_, next)| next.start);
        let end = if matches!(event, Event::Start(_)) { done } else { span.end };
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed = closed.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if closed == 0 => {
                let span = span.start..next.clamp(span.start, span.end);
                at(&mut found, source, span.start).open(&source[span.clone()], span);
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) if closed == 0 => {
                let span = done.clamp(span.start, span.end)..span.end;
                at(&mut found, source, span.start).close(&source[span.clone()], span);
            }
            Event::Text(text) if closed == 0 => drop(at(&mut found, source, span.start).push(&text, span)),
            _ => {}
        }
        done = end;
    }
    found
}

/// The text of `found` that goes on at byte `start` of `source`, or a new one.
fn at<'a>(found: &'a mut Vec<Shown>, source: &str, start: usize) -> &'a mut Shown {
    let goes_on = |shown: &Shown| {
        let between = shown.end().and_then(|end| source.get(end..start));
        between.is_some_and(|between| matches!(between, "" | "\\"))
    };
    if !found.last().is_some_and(goes_on) {
        found.push(Shown::default());
    }
    let last = found.len() - 1;
    &mut found[last]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_a_reader_sees() {
        let found = |source: &str| -> Vec<(String, String)> {
            let texts = texts(source);
            let found = texts.iter().flat_map(|shown| shown.addresses(URL.as_ref().unwrap()));
            found.map(|(address, span)| (address.to_string(), source[span].to_string())).collect()
        };
        for (source, address) in [
            ("a https://a.b/~c/x.html, b", "https://a.b/~c/x.html"),
            ("(https://a.b/Foo_(bar))", "https://a.b/Foo_(bar)"),
            ("https://a.b/__init__.py", "https://a.b/__init__.py"),
            ("https://a.b/*c*/d", "https://a.b/*c*/d"),
            ("**see https://a.b/c**, d", "https://a.b/c"),
            ("**https://a.b/c**d", "https://a.b/c"),
            ("https://a.b/*c d*", "https://a.b/"),
            ("*a* https://a.b/__c__", "https://a.b/"),
            ("https://a.b/x[0]=y.", "https://a.b/x[0]=y"),
            ("https://a.b/{id}/x", "https://a.b/{id}/x"),
            ("see www.a.b/*c*x: d", "www.a.b/*c*x"),
            ("他看https://a.b/c。", "https://a.b/c"),
        ] {
            assert_eq!(found(source), [(address.to_string(), address.to_string())], "{source}");
        }
        let rewritten = |address: &str, source: &str| (address.to_string(), source.to_string());
        assert_eq!(found("x https://a.b/c\\_d e"), [rewritten("https://a.b/c_d", "https://a.b/c\\_d")]);
        assert_eq!(
            found("https://a.b/?c=1&amp;d=2 e"),
            [rewritten("https://a.b/?c=1&d=2", "https://a.b/?c=1&amp;d=2")]
        );
        assert_eq!(found("https://a.b/c&gt; d"), [rewritten("https://a.b/c", "https://a.b/c")]);
        for none in [
            "[https://a.b](c) `https://a.b`",
            "* *[a](https://a.b/c)*\n",
            "**`c` [a](https://a.b)** d",
            "https:// www.",
        ] {
            assert_eq!(found(none), [], "{none}");
        }
    }
}
