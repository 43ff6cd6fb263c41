//! What chapters may say in the words of any language, and what files are called.

use qabook_words::Words;

/// Whether the emphasised `word` announces what is so, in any language.
pub(crate) fn is_fact(words: &Words, word: &str) -> bool {
    words.is_any("questions.right", word)
}

/// `text` without the colon of any language at its start, and how many bytes that is.
pub(crate) fn after_colon<'a>(words: &Words, text: &'a str) -> (&'a str, usize) {
    let rest = words.in_any_language("questions.colon").find_map(|colon| text.strip_prefix(colon)).unwrap_or(text);
    (rest, text.len() - rest.len())
}

/// What the download `file` is for: the note on the longest end of its name that has one; or the empty string.
pub(crate) fn format<'a>(words: &'a Words, file: &str) -> &'a str {
    let file = file.to_lowercase().replace('.', "-");
    // `format-cheat-sheet` is said of a PDF.
    let key = match file.rsplit_once('-') {
        Some((name, "pdf")) if name.ends_with("-cheat-sheet") => "questions.format-cheat-sheet",
        Some((_, "pdf")) => "questions.format-pdf",
        Some((_, "epub")) => "questions.format-epub",
        Some((_, "apkg")) => "questions.format-apkg",
        _ => return "",
    };
    words.text(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_that_the_code_names_is_there() {
        let words = Words::of_language("en");
        for file in ["pages.rs", "collected.rs", "markdown.rs", "practice.rs", "listing.rs", "render.rs"] {
            let text = std::fs::read_to_string(format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            for part in text.split("\"questions.").skip(1) {
                let key = format!("questions.{}", part.split('"').next().unwrap());
                assert!(key.contains('{') || !words.text(&key).is_empty(), "{file}: {key}");
            }
        }
    }

    #[test]
    fn a_download_is_called_what_its_name_ends_with() {
        let words = Words::of_language("en");
        let format = |file| format(&words, file);
        assert_eq!(format("book.pdf"), " (print)");
        assert_eq!(format("book-cheat-sheet.PDF"), " (cheat-sheet)");
        assert_eq!(format("cheat-sheet.pdf"), " (print)", "that is the name of a book");
        assert_eq!([format("book.xyz"), format("epub")], [""; 2]);
    }
}
