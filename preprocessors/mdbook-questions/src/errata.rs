//! Errata: `- **误**：the wrong claim。**正**：the right fact。` as two marked halves; `**不准确**` and `**不完整**` are claims, too.
//!
//! The theme shows them as a correction; the words themselves stay Markdown.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown;
use qabook_support::splice::{self, Splice};
use std::ops::Range;

use crate::sections;

/// What is claimed and isn't so: wrong, imprecise, or less than the whole.
const CLAIMS: [&str; 3] = ["**误**", "**不准确**", "**不完整**"];
const RIGHT: &str = "**正**";

/// The id of the section of errata; CONTRIBUTING.md tells authors.
pub(crate) const SECTION: &str = "errata";

/// What marks the errata of a chapter's `content`.
pub(crate) fn splices(content: &str) -> Vec<Splice> {
    let moved = |splice: Splice, by: usize| Splice { span: splice.span.start + by..splice.span.end + by, ..splice };
    sections::items(content, SECTION)
        .into_iter()
        .flat_map(|span| {
            let found = halves(&content[span.clone()]).unwrap_or_default();
            found.into_iter().map(move |splice| moved(splice, span.start))
        })
        .collect()
}

/// `item`, a Markdown list item, with its halves in spans of class `erratum-wrong` and `erratum-right`; unchanged when it
/// has another form.
pub(crate) fn marked(item: &str) -> String {
    splice::apply(item, halves(item).unwrap_or_default())
}

/// What [`marked`] inserts; `None` when the item has another form.
fn halves(item: &str) -> Option<Vec<Splice>> {
    let Sentence { span, labels } = sentence(item)?;
    let [wrong, right] = &labels[..] else { return None };
    let in_order = wrong.start == span.start && is_claim(&item[wrong.clone()]) && item[right.clone()] == *RIGHT;
    in_order.then(|| {
        let end = Splice { span: span.end..span.end, text: "</span>".into() };
        vec![
            label(item, wrong, "<span class=\"erratum-wrong\">"),
            label(item, right, "</span><span class=\"erratum-right\">"),
            end,
        ]
    })
}

fn is_claim(label: &str) -> bool {
    CLAIMS.contains(&label)
}

/// Puts `before` and the label, in the place of its Markdown and the colon behind it.
///
/// The colon stays for those who hear the page or copy it; the theme shows a badge instead.
fn label(item: &str, span: &Range<usize>, before: &str) -> Splice {
    let word = item[span.clone()].trim_matches('*');
    let colon = if item[span.end..].starts_with('：') { "：" } else { "" };
    let text = format!("{before}<strong>{word}<span>{colon}</span></strong>");
    Splice { span: span.start..span.end + colon.len(), text }
}

/// The first stretch of inline content of an item.
struct Sentence {
    span: Range<usize>,
    /// The emphasised words that are a label.
    labels: Vec<Range<usize>>,
}

fn sentence(item: &str) -> Option<Sentence> {
    let mut found: Option<Sentence> = None;
    for (event, span) in markdown::parse(item) {
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
                if event == Event::Start(Tag::Strong) && (is_claim(&item[span.clone()]) || item[span.clone()] == *RIGHT)
                {
                    sentence.labels.push(span);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
