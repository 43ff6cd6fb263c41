//! The ids that stock mdBook gives to headings which have others here: links from elsewhere lead to them.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::splice::{self, Splice};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::Document;

/// A heading as mdBook sees it.
struct Heading {
    span: Range<usize>,
    /// Its id where it says one.
    id: Option<String>,
    /// Those that mdBook gives it: as the book is set, and as it does by default.
    given: Vec<String>,
    /// How many headings above have the same text.
    equals_above: usize,
    /// Whether no other block holds it.
    is_top: bool,
}

/// From so many headings of one text on each says the id that it has: mdBook tries one number after the other for each.
const MANY: usize = 64;

/// So many anchors are tried one by one where not all can be written.
const TRIES: usize = 64;

/// The headings of a chapter as its author wrote them, with the ids that mdBook gives.
pub(crate) struct Given {
    headings: Vec<Heading>,
    /// Whether the book is set with smart punctuation.
    smart: bool,
}

impl Given {
    pub(crate) fn of(original: &Document<'_>, smart: bool) -> Self {
        Self { headings: headings(original, smart), smart }
    }

    /// What becomes of `rewritten` when each heading has, above itself, an anchor for every id that mdBook gives to it as the
    /// author wrote it, with smart punctuation or without; `None` when there is nothing to add. It has as many lines as
    /// before: an anchor takes the place of a blank one.
    pub(crate) fn add(&self, rewritten: &Document<'_>) -> Option<String> {
        let after = headings(rewritten, self.smart);
        if self.headings.len() != after.len() {
            return None;
        }
        let mut splices = self.anchors(rewritten, &after);
        splices.extend(after.iter().filter_map(|heading| said_id(rewritten, heading)));
        splices.sort_by_key(|splice| splice.span.start);
        if splices.is_empty() {
            return None;
        }
        let text = rewritten.source();
        let events = events(text);
        let is_right = |splices: &[Splice]| self::events(&splice::apply(text, splices.to_vec())) == events;
        if !is_right(&splices) {
            splices.truncate(TRIES);
            splices.retain(|splice| is_right(std::slice::from_ref(splice)));
        }
        let is_any = !splices.is_empty() && is_right(&splices);
        is_any.then(|| splice::apply(text, splices))
    }

    /// An anchor for each heading of `rewritten` that has a blank line above it, and an id that isn't there.
    fn anchors(&self, rewritten: &Document<'_>, after: &[Heading]) -> Vec<Splice> {
        let own = |heading: &Heading| heading.id.clone().or_else(|| heading.given.first().cloned());
        let mut taken: HashSet<String> = after.iter().filter_map(own).collect();
        taken.extend(ids_of_html(rewritten));
        let mut splices = Vec::new();
        for (old, new) in self.headings.iter().zip(after) {
            let is_plain = !rewritten.source()[new.span.clone()].contains(['$', '[', '<']);
            if old.id.is_some() || !new.is_top || !is_plain {
                continue;
            }
            let Some(span) = blank_line_above(rewritten.source(), new.span.start) else { continue };
            let ids = old.given.iter().filter(|id| !id.is_empty() && taken.insert((*id).clone()));
            let anchors: String = ids.map(|id| format!("<div id=\"{id}\"></div>")).collect();
            if !anchors.is_empty() {
                // A block that begins with a comment ends with its line, and may interrupt a paragraph.
                splices.push(Splice { span, text: format!("<!-- -->{anchors}") });
            }
        }
        splices
    }
}

/// The id of `heading` as its attribute, where [`MANY`] are like it.
fn said_id(document: &Document<'_>, heading: &Heading) -> Option<Splice> {
    let id = heading.given.first().filter(|_| heading.equals_above > MANY && heading.is_top && heading.id.is_none())?;
    let source = document.source()[heading.span.clone()].trim_end();
    let place = heading.span.start + source.len();
    let is_plain = source.starts_with('#') && !source.ends_with(['#', '}']);
    is_plain.then(|| Splice { span: place..place, text: format!(" {{#{id}}}") })
}

/// The blank line above byte `start` of `text`, without its line break.
fn blank_line_above(text: &str, start: usize) -> Option<Range<usize>> {
    let end = text[..start].strip_suffix('\n')?;
    let end = end.strip_suffix('\r').unwrap_or(end).len();
    let begin = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    text[begin..end].trim().is_empty().then_some(begin..end)
}

/// What a text says, piece by piece.
#[derive(PartialEq)]
enum Said<'a> {
    /// A block of raw HTML.
    Html(String),
    /// A heading, without its id.
    Heading(HeadingLevel, Vec<CowStr<'a>>, Vec<(CowStr<'a>, Option<CowStr<'a>>)>),
    Other(Event<'a>),
}

/// What `text` says but for anchors and the ids of headings.
fn events(text: &str) -> Vec<Said<'_>> {
    let mut events = Vec::new();
    let mut html = String::new();
    for (event, _) in markdown::parse(text) {
        match event {
            Event::Html(text) => html.push_str(&text),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut html);
                events.extend(Some(block).filter(|block| !block.starts_with("<!-- --><div id=")).map(Said::Html));
            }
            Event::Start(Tag::HtmlBlock) => {}
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                events.push(Said::Heading(level, classes, attrs));
            }
            other => events.push(Said::Other(other)),
        }
    }
    events
}

/// The ids in raw HTML.
fn ids_of_html(document: &Document<'_>) -> Vec<String> {
    let html = document.events().iter().filter_map(|(event, _)| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html),
        _ => None,
    });
    html.flat_map(|html| html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()))
        .map(str::to_string)
        .collect()
}

/// The headings and terms of `document`, which mdBook counts together.
fn headings(document: &Document<'_>, smart: bool) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut used = [Used::default(), Used::default()];
    let mut open: Option<Open> = None;
    for (event, span) in document.events() {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                let id = id.as_ref().map(ToString::to_string);
                open = Some(Open { span: span.clone(), id, plain: String::new(), smart: String::new() });
            }
            Event::Start(Tag::DefinitionListTitle) => {
                open = Some(Open { span: span.clone(), id: None, plain: String::new(), smart: String::new() });
            }
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                let Some(heading) = open.take() else { continue };
                let block = document.blocks.get(document.block_at(heading.span.start));
                let is_top = block.is_some_and(|block| block.start == heading.span.start);
                found.push(heading.closed(is_top, smart, &mut used));
            }
            Event::Text(text) => open.iter_mut().for_each(|heading| heading.push(text, &without_dashes(text))),
            Event::Code(text) => open.iter_mut().for_each(|heading| heading.push(text, text)),
            Event::SoftBreak => open.iter_mut().for_each(|heading| heading.push("\n", "\n")),
            _ => {}
        }
    }
    found
}

/// A heading that is being read, with its text as it is and in smart punctuation.
struct Open {
    span: Range<usize>,
    id: Option<String>,
    plain: String,
    smart: String,
}

impl Open {
    fn push(&mut self, plain: &str, smart: &str) {
        self.plain.push_str(plain);
        self.smart.push_str(smart);
    }

    fn closed(self, is_top: bool, is_smart: bool, used: &mut [Used; 2]) -> Heading {
        let [plain, smart] = used;
        let ids = match self.id {
            Some(_) => Vec::new(),
            None if is_smart => vec![smart.unique(id_from(&self.smart))],
            None => vec![plain.unique(id_from(&self.plain)), smart.unique(id_from(&self.smart))],
        };
        let equals_above = ids.first().map_or(0, |(_, number)| *number);
        let given = ids.into_iter().map(|(id, _)| id).collect();
        Heading { span: self.span, id: self.id, given, equals_above, is_top }
    }
}

/// `text` without the hyphens that smart punctuation makes dashes of, which no id has.
fn without_dashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("--") {
        out.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('-');
    }
    out + rest
}

/// The id that mdBook 0.5.4 makes of a heading's text.
fn id_from(text: &str) -> String {
    let kept = text.trim().to_lowercase();
    let kept = kept.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// The ids of a page.
#[derive(Default)]
struct Used {
    ids: HashSet<String>,
    /// The last number that was tried behind each: all before it are in use.
    numbers: HashMap<String, usize>,
}

impl Used {
    /// `id`, if it isn't empty with the first number after it that makes it the only one on its page, and that number.
    fn unique(&mut self, id: String) -> (String, usize) {
        if id.is_empty() || self.ids.insert(id.clone()) {
            return (id, 0);
        }
        let number = self.numbers.entry(id.clone()).or_default();
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if self.ids.insert(numbered.clone()) {
                return (numbered, *number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::maths::Dollars;

    fn added(original: &str, rewritten: &str, smart: bool) -> String {
        let [original, rewritten] = [original, rewritten].map(|text| Document::parse(text.to_string(), Dollars::Text));
        Given::of(&original, smart).add(&rewritten).unwrap_or_else(|| "nothing".into())
    }

    #[test]
    fn a_heading_has_an_anchor_of_the_id_that_mdbook_gives() {
        for (original, rewritten, expected) in [
            ("x\n\n## 甲 乙\n", "x\n\n## 甲 乙 {#a}\n", "x\n<!-- --><div id=\"甲-乙\"></div>\n## 甲 乙 {#a}\n"),
            (
                "\n## 甲\n\n## 甲\n",
                "\n## 甲 {#a}\n\n## 甲 {#b}\n",
                "<!-- --><div id=\"甲\"></div>\n## 甲 {#a}\n<!-- --><div id=\"甲-1\"></div>\n## 甲 {#b}\n",
            ),
            ("- x\n\n\n## 甲\n", "- x\n\n\n## 甲 {#a}\n", "- x\n\n<!-- --><div id=\"甲\"></div>\n## 甲 {#a}\n"),
        ] {
            assert_eq!(added(original, rewritten, false), expected);
        }
    }

    #[test]
    fn many_headings_of_one_text_say_the_ids_that_mdbook_gives() {
        let text = "## 甲\n\n".repeat(MANY + 3);
        let said = added(&text, &text, true);
        assert_eq!(said, "## 甲\n\n".repeat(MANY + 1) + "## 甲 {#甲-65}\n\n## 甲 {#甲-66}\n\n");
    }

    #[test]
    fn where_an_anchor_has_no_place_there_is_none() {
        for (original, rewritten) in [
            ("## 甲\n", "## 甲 {#a}\n"),
            ("x\n\n## 甲 {#a}\n", "x\n\n## 甲 {#a}\n"),
            ("<div>\n\n## 甲\n", "<div>\n\n## 甲 {#a}\n"),
            ("x\n\n## 甲\n\n<i id=\"甲\">\n", "x\n\n## 甲 {#a}\n\n<i id=\"甲\">\n"),
        ] {
            assert_eq!(added(original, rewritten, false), "nothing", "{original}");
        }
    }

    #[test]
    fn an_id_that_mdbook_gives_by_its_smart_punctuation_is_there_without_it() {
        let text = "x\n\n## 用 --target 与 `--x`\n";
        assert_eq!(added(text, text, false), text.replace("\n\n", "\n<!-- --><div id=\"用-target-与---x\"></div>\n"));
        assert_eq!(added(text, text, true), "nothing");
    }
}
