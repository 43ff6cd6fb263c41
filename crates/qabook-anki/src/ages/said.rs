//! What a chapter's text says to each card.

use mdbook_questions::{Errata, FollowUp, body_start, card_id};
use qabook_document::Words;
use qabook_support::markdown::Parsed;
use std::collections::HashMap;

/// What a reader learns about a question from its front matter. Other keys, such as `verified`, are on no card.
const KEYS: [&str; 5] = ["question", "summary", "level", "tags", "options"];

/// By the id of each card of the question `slug`, what its `text` says about it: the same, while the card is the same.
pub(super) fn said(slug: &str, text: &str, words: &Words) -> HashMap<String, String> {
    let text = text.trim_start_matches('\u{feff}');
    let start = body_start(text);
    let front_matter = text[..start].trim().trim_matches('+');
    let Ok(table) = front_matter.parse::<toml::Table>() else { return HashMap::new() };
    let value = |key: &str| table.get(key).map(ToString::to_string).unwrap_or_default();
    // Every card of a question has its tags and its level.
    let shared = [value("tags"), value("level")].join("\n");
    let mut said = HashMap::from([(format!("q:{slug}"), KEYS.map(value).join("\n"))]);
    let parsed = Parsed::new(&text[start..]);
    for erratum in Errata::of(&parsed, words).0 {
        let told = format!("{shared}\n{:?}\n{}", erratum.kind, erratum.fact);
        said.insert(card_id('s', slug, &erratum.claim), told);
    }
    for FollowUp { question, answer } in FollowUp::all_of(&parsed) {
        said.insert(card_id('f', slug, &question), format!("{shared}\n{answer}"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(slug: &str, text: &str) -> HashMap<String, String> {
        super::said(slug, text, &Words::of_language("en"))
    }

    const CHAPTER: &str = "+++\nnumber = 1\nquestion = \"甲？\"\nsummary = \"乙。\"\nlevel = \"basic\"\ntags = [\"t\"]\n\
                           verified = 2026-01-01\n+++\n\n# 甲\n\n正文。\n\n## 追问 {#follow-up}\n\n### 丙？\n\n丁。\n\n\
                           ## 易错 {#errata}\n\n- **误**：戊。**正**：己。\n";

    /// The first letters of the ids of cards about which `text` says something else than [`CHAPTER`].
    fn changed(from: &str, to: &str) -> String {
        assert!(CHAPTER.contains(from));
        let (before, after) = (said("x", CHAPTER), said("x", &CHAPTER.replace(from, to)));
        assert_eq!(before.len(), 3);
        let mut found: Vec<&str> =
            before.iter().filter(|(id, told)| after.get(*id) != Some(told)).map(|(id, _)| &id[..1]).collect();
        found.sort_unstable();
        found.concat()
    }

    #[test]
    fn a_change_concerns_only_the_cards_that_show_it() {
        for (from, to, cards) in [
            ("乙。", "二。", "q"),
            ("丁。", "四。", "f"),
            ("己。", "六。", "s"),
            ("戊。", "五。", "s"),
            ("丙？", "三？", "f"),
            ("\"t\"", "\"u\"", "fqs"),
            ("正文", "文", ""),
            ("2026", "2027", ""),
            ("**误**", "**不准确**", "s"),
        ] {
            assert_eq!(changed(from, to), cards, "{from} → {to}");
        }
    }

    #[test]
    fn a_chapter_without_front_matter_says_nothing() {
        assert!(said("a", "# 甲\n").contains_key("q:a"), "an empty table is one, too");
        assert!(said("a", "+++\nnumber = \n+++\n").is_empty());
    }
}
