//! What run.js says, one file a language.

use qabook_run::Limits;

/// The words by the language that they are in; the first is that of all other languages.
const WORDS: [(&str, &str); 2] = [("en", include_str!("../words/en.json")), ("zh", include_str!("../words/zh.json"))];

/// The words for a book in `language`, such as `zh-CN`: a JSON object, with the limits of a run filled in.
pub(super) fn of_language(language: &str) -> String {
    let main = language.split('-').next().unwrap_or_default();
    let found = WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(main));
    let (program, compiler) = (Limits::of_program(), Limits::of_compiler());
    let mut words = found.unwrap_or(&WORDS[0]).1.to_string();
    for (name, value) in [
        ("{seconds}", program.wall.as_secs()),
        ("{compilerSeconds}", compiler.wall.as_secs()),
        ("{memoryMb}", program.memory >> 20),
        ("{processes}", program.processes.into()),
        ("{outputMb}", program.output as u64 >> 20),
        ("{diskMb}", program.disk >> 20),
    ] {
        words = words.replace(name, &value.to_string());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn words(language: &str) -> BTreeMap<String, String> {
        serde_json::from_str(&of_language(language)).unwrap()
    }

    #[test]
    fn every_language_says_the_same_things() {
        for (language, _) in WORDS {
            assert!(words(language).keys().eq(words("en").keys()), "{language}");
        }
    }

    #[test]
    fn limits_are_those_that_hold() {
        assert_eq!(words("en")["memory"], "ended: more than 512 MB of memory");
        for (language, _) in WORDS {
            let open: Vec<_> =
                words(language).into_iter().filter(|(_, text)| text.contains('{')).map(|(key, _)| key).collect();
            assert_eq!(open, ["queued", "status"], "{language}: what the script fills in");
        }
    }

    #[test]
    fn other_languages_get_english() {
        assert_eq!(words("fr"), words("en"));
        assert_eq!(words("ZH-Hant"), words("zh-CN"));
        assert_ne!(words("zh"), words("en"));
    }
}
