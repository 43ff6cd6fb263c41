//! Errata: `- **误**：the wrong claim。**正**：the right fact。` as two halves; `**不准确**` and `**不完整**` are claims, too.
//!
//! The theme shows them as a correction; the words themselves stay Markdown.

use pulldown_cmark::{Event, Tag};
use qabook_support::facts::Fact;
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use serde::{Deserialize, Serialize};
use std::ops::Range;

use crate::sections::{ERRATA, Item, items};
use crate::words;
use qabook_words::Words;

/// What is wrong with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErratumKind {
    /// It isn't so.
    Wrong,
    /// It isn't quite so.
    Imprecise,
    /// It isn't the whole truth.
    Incomplete,
}

impl ErratumKind {
    /// All of them.
    const ALL: [Self; 3] = [Self::Wrong, Self::Imprecise, Self::Incomplete];

    /// That which the emphasised `word` announces, in `words` or any built-in language.
    fn announced_by(word: &str, words: &Words) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| words.is_any(&format!("questions.{}", kind.name()), word))
    }

    /// Its name in HTML and in the keys of words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Imprecise => "imprecise",
            Self::Incomplete => "incomplete",
        }
    }
}

/// A claim that one hears, and what is so instead. Both are Markdown whose links are those of the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// What is wrong with the claim.
    pub kind: ErratumKind,
    /// What is claimed.
    pub claim: String,
    /// What is so, with its sources.
    pub fact: String,
}

/// The errata of a chapter, in its order: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Errata(pub Vec<Erratum>);

impl Fact for Errata {
    const NAME: &'static str = "errata";
}

impl Errata {
    /// Those of the list in the section with the id `errata`, with labels in `words` or any built-in language; items of
    /// another form are left out.
    #[must_use]
    pub fn of(chapter: &Parsed<'_>, words: &Words) -> Self {
        let items = items(chapter, ERRATA);
        Self(items.iter().filter_map(|item| Some(Halves::of(item, words)?.erratum(item.text, words))).collect())
    }
}

/// Whether the emphasised `word` announces the second half of an erratum, what is so, in `words` or any built-in language.
#[must_use]
pub fn announces_fact(word: &str, words: &Words) -> bool {
    words::is_fact(words, word)
}

/// The two halves of an erratum: byte spans in the chapter.
struct Halves {
    kind: ErratumKind,
    /// The emphasised words.
    labels: [Range<usize>; 2],
    /// The end of the fact.
    end: usize,
}

impl Halves {
    /// `None` when the item has another form.
    fn of(item: &Item<'_>, words: &Words) -> Option<Self> {
        let Sentence { span, labels } = sentence(item, words)?;
        let [(wrong, Label::Claim(kind)), (right, Label::Fact)] = &labels[..] else { return None };
        (wrong.start == span.start).then(|| Self { kind: *kind, labels: [wrong.clone(), right.clone()], end: span.end })
    }

    fn erratum(&self, text: &str, words: &Words) -> Erratum {
        let [wrong, right] = &self.labels;
        let half = |half: Range<usize>| words::after_colon(words, &text[half]).0.trim().to_string();
        Erratum { kind: self.kind, claim: half(wrong.end..right.start), fact: half(right.end..self.end) }
    }
}

/// The kind of an erratum, and where its claim and its fact are in the chapter; `None` when the item has another form.
pub(crate) fn halves(item: &Item<'_>, words: &Words) -> Option<(ErratumKind, Range<usize>, Range<usize>)> {
    let Halves { kind, labels: [wrong, right], end } = Halves::of(item, words)?;
    let after = |label: &Range<usize>| label.end + words::after_colon(words, &item.text[label.end..]).1;
    Some((kind, after(&wrong)..right.start, after(&right)..end))
}

/// What puts the halves of an erratum in spans of class `erratum-wrong` and `erratum-right`; nothing when the item has
/// another form.
pub(crate) fn marks(item: &Item<'_>, words: &Words) -> Vec<Splice> {
    let Some(Halves { labels: [wrong, right], end, .. }) = Halves::of(item, words) else { return Vec::new() };
    vec![
        label(item.text, &wrong, words, "<span class=\"erratum-wrong\">"),
        label(item.text, &right, words, "</span><span class=\"erratum-right\">"),
        Splice { span: end..end, text: "</span>".into() },
    ]
}

/// Puts `before` and the label in the place of its Markdown and the colon after it.
///
/// The colon stays for those who hear the page or copy it; the theme shows a badge instead.
fn label(text: &str, span: &Range<usize>, words: &Words, before: &str) -> Splice {
    let word = text[span.clone()].trim_matches('*');
    let colon = words::after_colon(words, &text[span.end..]).1;
    let end = span.end + colon;
    let text = format!("{before}<strong>{word}<span>{}</span></strong>", &text[span.end..end]);
    Splice { span: span.start..end, text }
}

/// The first stretch of inline content of an item.
struct Sentence {
    span: Range<usize>,
    /// The emphasised words that are a label.
    labels: Vec<(Range<usize>, Label)>,
}

/// What a label announces.
enum Label {
    Claim(ErratumKind),
    Fact,
}

fn sentence(item: &Item<'_>, words: &Words) -> Option<Sentence> {
    let mut found: Option<Sentence> = None;
    for (event, span) in item.events {
        match event {
            Event::Start(Tag::List(_) | Tag::Item | Tag::Paragraph) if found.is_none() => {}
            // Any block after the first sentence.
            Event::Start(Tag::List(_) | Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::Table(_)) => {
                break;
            }
            Event::End(_) | Event::Html(_) => {}
            event => {
                let sentence = found.get_or_insert(Sentence { span: span.clone(), labels: Vec::new() });
                sentence.span.end = sentence.span.end.max(span.end);
                if *event == Event::Start(Tag::Strong) {
                    sentence
                        .labels
                        .extend(Label::of(&item.text[span.clone()], words).map(|label| (span.clone(), label)));
                }
            }
        }
    }
    found
}

impl Label {
    /// What `emphasised`, with its asterisks, is a label of; `None` for other words.
    fn of(emphasised: &str, words: &Words) -> Option<Self> {
        let word = emphasised.strip_prefix("**")?.strip_suffix("**")?;
        ErratumKind::announced_by(word, words)
            .map(Self::Claim)
            .or_else(|| announces_fact(word, words).then_some(Self::Fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(item: &str) -> String {
        let heading = "## 易错 {#errata}\n\n";
        let text = format!("{heading}{item}");
        let chapter = Parsed::new(&text);
        let item = &items(&chapter, ERRATA)[0];
        qabook_support::splice::apply(&text, marks(item, &Words::of_language("en")))[heading.len()..].to_string()
    }

    #[test]
    fn the_halves_of_an_erratum_are_marked() {
        assert_eq!(
            marked("- **误**：甲 `a`。**正**：**乙**。（[RFC](https://a)）\n"),
            "- <span class=\"erratum-wrong\"><strong>误<span>：</span></strong>甲 `a`。</span>\
             <span class=\"erratum-right\"><strong>正<span>：</span></strong>**乙**。（[RFC](https://a)）</span>\n"
        );
    }

    #[test]
    fn a_claim_may_be_imprecise_or_incomplete() {
        for kind in ["不准确", "不完整"] {
            let made = marked(&format!("- **{kind}**：甲。**正**：乙。\n"));
            let start = format!("- <span class=\"erratum-wrong\"><strong>{kind}<span>：</span></strong>甲。</span>");
            assert!(made.starts_with(&start), "{made}");
        }
    }

    #[test]
    fn other_languages_have_labels_of_their_own() {
        assert_eq!(
            marked("- **Wrong**: one. **Right**: two. ([RFC](https://a))\n"),
            "- <span class=\"erratum-wrong\"><strong>Wrong<span>:</span></strong> one. </span>\
             <span class=\"erratum-right\"><strong>Right<span>:</span></strong> two. ([RFC](https://a))</span>\n"
        );
    }

    #[test]
    fn what_follows_the_sentence_stays_outside() {
        for rest in ["\n  - 子项\n", "\n\n  另一段\n", "\n\n  ```text\n  **正**\n  ```\n"] {
            let made = marked(&format!("- **误**：甲。\n  **正**：乙。{rest}"));
            assert!(made.ends_with(&format!("乙。</span>{rest}")), "{made:?}");
        }
    }

    #[test]
    fn an_item_of_another_form_is_left_alone() {
        for item in ["- 甲\n", "- **误**：甲\n", "- 见 **误**：甲。**正**：乙。\n", "- **正**：甲。**误**：乙。\n"]
        {
            assert_eq!(marked(item), item);
        }
    }

    #[test]
    fn errata_are_read_as_claim_and_fact() {
        let text = "## 易错 {#errata}\n\n- **不准确**：甲 `a`。**正**：乙（[c](d.md)）。\n\n  另一段\n- 丙\n";
        let erratum =
            Erratum { kind: ErratumKind::Imprecise, claim: "甲 `a`。".into(), fact: "乙（[c](d.md)）。".into() };
        assert_eq!(Errata::of(&Parsed::new(text), &Words::of_language("en")), Errata(vec![erratum]));
    }
}
