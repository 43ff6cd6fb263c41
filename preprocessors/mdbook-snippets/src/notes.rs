//! What a chapter says below a card of what each language prints.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use std::ops::Range;

use crate::attributes::Language;
use crate::program::Program;

/// The bold words that begin the items of the list below a card in two languages, which is at `card`: for pages, that of each
/// item says which language it is about, so that the item stands there with that language alone.
///
/// Nothing where the list isn't one of notes: every item begins with `**Rust**` or `**Python**`. To other renderers it is
/// any list.
pub(crate) fn marks(chapter: &Parsed<'_>, card: &Range<usize>, program: &Program) -> Vec<Splice> {
    let primary = match (&program.python, program.primary) {
        (None, _) => return Vec::new(),
        (Some(_), Language::Rust) => "",
        (Some(_), Language::Python) => " data-primary=\"python\"",
    };
    let mark = |(span, language): (Range<usize>, Language)| {
        let (class, name) = match language {
            Language::Rust => ("note-rust", "Rust"),
            Language::Python => ("note-python", "Python"),
        };
        Splice { span, text: format!("<strong class=\"{class}\"{primary}>{name}</strong>") }
    };
    notes(chapter, card).unwrap_or_default().into_iter().map(mark).collect()
}

/// The bold words with their languages; `None` where no list of notes follows `card`.
fn notes(chapter: &Parsed<'_>, card: &Range<usize>) -> Option<Vec<(Range<usize>, Language)>> {
    let events = chapter.events();
    let list = events.iter().position(|(_, span)| span.start >= card.end)?;
    // In the same list item or quotation as the card: what comes before is the end of the card, not of that.
    let follows = list.checked_sub(1).is_some_and(|end| events[end].1.start == card.start);
    if !follows || !matches!(events[list].0, Event::Start(Tag::List(None))) {
        return None;
    }
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (at, (event, _)) in events.iter().enumerate().skip(list) {
        match event {
            Event::Start(Tag::Item) if depth == 1 => found.push(label(&events[at + 1..])?),
            Event::End(TagEnd::List(_)) if depth == 1 => return Some(found),
            _ => {}
        }
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What an item begins with, if it is a language in bold.
fn label(item: &[(Event<'_>, Range<usize>)]) -> Option<(Range<usize>, Language)> {
    let item = match item {
        [(Event::Start(Tag::Paragraph), _), rest @ ..] => rest,
        item => item,
    };
    match item {
        [(Event::Start(Tag::Strong), span), (Event::Text(name), _), (Event::End(TagEnd::Strong), _), ..] => {
            Some((span.clone(), Language::of_name(name)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The languages of the notes below the first embedding of `text`.
    fn languages(text: &str) -> Vec<Language> {
        let parsed = Parsed::new(text);
        let card = crate::embeds(&parsed).remove(0).span;
        notes(&parsed, &card).unwrap_or_default().into_iter().map(|(_, language)| language).collect()
    }

    const CARD: &str = "```python,snippet=a\nx\n```\n";

    #[test]
    fn a_list_below_a_card_whose_items_begin_with_languages_is_notes() {
        let both = [Language::Rust, Language::Python];
        for list in
            ["- **Rust**：一。\n- **Python**：二。\n", "- **Rust**: one.\n  - more\n\n  More.\n\n- **Python** two.\n"]
        {
            assert_eq!(languages(&format!("{CARD}\n{list}")), both, "{list}");
            assert_eq!(languages(&format!("{CARD}{list}")), both, "{list}");
            let indented = format!("{CARD}\n{list}").replace('\n', "\n  ");
            assert_eq!(languages(&format!("- {indented}\n")), both, "{indented}");
        }
    }

    #[test]
    fn any_other_list_stays_one() {
        for text in [
            "- **Rust**：一。\n- 二。\n",
            "- **Ruby**：一。\n",
            "- Rust：一。\n",
            "- *Rust*：一。\n",
            "1. **Rust**：一。\n",
            "段落。\n\n- **Rust**：一。\n",
        ] {
            assert_eq!(languages(&format!("{CARD}\n{text}")), [], "{text}");
        }
        assert_eq!(languages(&format!("- {}\n\n- **Rust**：一。\n", CARD.replace('\n', "\n  ").trim())), []);
    }
}
