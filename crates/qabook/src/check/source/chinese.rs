//! What `mdbook-chinese` refuses, and the setting that damages Chinese quotes.

use mdbook_chinese::Features;
use mdbook_driver::config::Config;
use qabook_support::Diagnostic;
use std::path::Path;

use super::chapter::Chapter;

/// The places of `chapter` whose meaning is open. Without the preprocessor nobody fixes the others, so none is reported.
pub(super) fn check_chapter(config: &Config, chapter: &Chapter) -> Vec<Diagnostic> {
    if !qabook_document::is_on(config, "chinese") {
        return Vec::new();
    }
    let Ok(features) = Features::from_book(config) else { return Vec::new() };
    let start = mdbook_questions::body_start(&chapter.text);
    let mistakes = mdbook_chinese::rewrite(&chapter.text[start..], features).err().unwrap_or_default();
    let finding =
        |(offset, problem): mdbook_chinese::Mistake| problem.in_file(&chapter.file).at(&chapter.text, start + offset);
    mistakes.into_iter().map(finding).collect()
}

/// Whether mdBook's smart punctuation is on.
pub(super) fn check_settings(root: &Path, config: &Config) -> Option<Diagnostic> {
    let chinese = config.book.language.as_deref().is_some_and(|language| language.starts_with("zh"));
    let smart = config.html_config().unwrap_or_default().smart_punctuation;
    (chinese && smart).then(|| mdbook_chinese::smart_punctuation(root))
}

#[cfg(test)]
mod tests {
    use super::super::chapter::tests::{chapter, shown};
    use super::*;

    fn config(toml: &str) -> Config {
        toml.parse().unwrap()
    }

    #[test]
    fn emphasis_without_an_end_is_found_with_its_column() {
        let on = config("[preprocessor.chinese]\n[output.html]\nsmart-punctuation = false\n");
        let chapter = chapter("+++\n+++\n汉字**没有结束，后文\n");
        let found = shown(check_chapter(&on, &chapter));
        assert!(found[0].starts_with("3:3 chinese `**` has no counterpart"), "{found:?}");
        assert_eq!(check_chapter(&config(""), &chapter), []);
    }

    #[test]
    fn smart_punctuation_is_found_in_chinese_books() {
        for (toml, found) in [
            ("[book]\nlanguage = \"zh-CN\"\n", true),
            ("[book]\nlanguage = \"zh-CN\"\n[output.html]\nsmart-punctuation = false\n", false),
            ("[book]\nlanguage = \"en\"\n", false),
        ] {
            assert_eq!(check_settings(Path::new(""), &config(toml)).is_some(), found, "{toml}");
        }
    }
}
