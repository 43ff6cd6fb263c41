//! The language of lists, by their letters.

use regex::Regex;

use crate::read::Source;
use crate::words::WORDS;

/// How many characters are looked at.
const SAMPLE: usize = 200_000;

/// The language that most of the text of `sources` is in, by its letters; English where none of `words.toml` has enough.
pub(super) fn guess(sources: &[Source]) -> String {
    let sample: String = sources.iter().flat_map(|source| source.text.chars()).take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let found = WORDS.languages.iter().find(|language| {
        let pattern = Regex::new(&format!("[{}]", language.letters));
        let count = pattern.map_or(0, |pattern| pattern.find_iter(&sample).count());
        count > 0 && count * 100 >= letters * language.percent
    });
    found.map_or("en", |language| &language.tag).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Format;

    #[test]
    fn a_language_is_told_by_its_letters() {
        let guessed = |text: &str| {
            let source = Source {
                path: "a.md".into(),
                shown: "a.md".into(),
                folder: "".into(),
                text: text.into(),
                format: Format::Markdown,
                front_matter: None,
            };
            guess(&[source])
        };
        for (text, language) in [
            ("## What is a socket?", "en"),
            ("## 套接字是什么？A socket", "zh-CN"),
            ("## ソケットとは何ですか？", "ja"),
            ("## 소켓이란 무엇인가?", "ko"),
            ("## Что такое сокет? `socket()`", "ru"),
            ("## Що таке сокет і навіщо він потрібен?", "uk"),
            ("## Τι είναι το socket;", "el"),
            ("## ما هو المقبس؟", "ar"),
            ("## سوکت چیست و چگونه کار می‌کند؟", "fa"),
            ("## ساکٹ کیا ہے اور یہ کیسے کام کرتا ہے؟", "ur"),
            ("## מהו שקע?", "he"),
            ("## सॉकेट क्या है?", "hi"),
            ("## ซ็อกเก็ตคืออะไร?", "th"),
            ("The angle α of β is computed in the same way as before", "en"),
        ] {
            assert_eq!(guessed(text), language, "{text}");
        }
    }

    #[test]
    fn the_letters_are_patterns() {
        for language in &WORDS.languages {
            assert!(Regex::new(&format!("[{}]", language.letters)).is_ok(), "{}", language.tag);
        }
    }
}
