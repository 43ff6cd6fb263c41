//! What a book says besides its author's words: in its language, or as its theme has it.

use mdbook_questions::QuestionsPreprocessor;
use qabook_support::testing::{TestBook, contents};
use std::fs;
use tempfile::TempDir;

const FRENCH: &str = "[questions]\none-sentence = \"En une phrase\"\nwrong = \"Faux\"\nright = \"Vrai\"\ncolon = \" :\"\n\
                      [page]\nknown = \"Su\"\n";

/// A book whose theme has French words.
fn themed() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("theme/words")).unwrap();
    fs::write(root.path().join("theme/words/fr.toml"), FRENCH).unwrap();
    root
}

/// The page of a question, in the book with the settings `toml`.
fn page(root: &TempDir, toml: &str) -> String {
    let chapter = "+++\nnumber = 1\nquestion = \"Q\"\nsummary = \"S\"\nlevel = \"basic\"\ntags = [\"t\"]\n\
                   verified = 2026-11-23\n+++\n\n# T\n\n## E {#errata}\n\n- **Faux** : un. **Vrai** : deux.\n\
                   - **Wrong**: one. **Right**: two.\n";
    let book = TestBook::new(root.path(), toml).part("P").chapter("a.md", chapter);
    let pages = contents(&book.run(&QuestionsPreprocessor).unwrap());
    pages.into_iter().find(|(path, _)| path == "a.md").unwrap().1
}

#[test]
fn a_book_speaks_a_language_that_its_theme_adds() {
    let page = page(&themed(), "[book]\nlanguage = \"fr\"\n");
    assert!(page.contains(" data-no-index>En une phrase</p>"), "{page}");
    assert!(page.contains("\"known\":\"Su\",") && page.contains("\"again\":\"Again\""), "{page}");
    assert!(page.contains("<strong>Faux<span> :</span></strong> un. </span>"), "{page}");
    assert!(page.contains("<strong>Wrong<span>:</span></strong> one. </span>"), "{page}");
}

#[test]
fn the_words_of_another_language_change_nothing() {
    let page = page(&themed(), "[book]\nlanguage = \"en\"\n");
    assert!(page.contains(">In a sentence</p>") && page.contains("- **Faux** : un."), "{page}");
}

#[test]
fn wrong_words_are_errors_with_their_line() {
    let root = themed();
    fs::write(root.path().join("theme/words/en.toml"), "[questions]\ntag = \"Tag\"\n").unwrap();
    let error = TestBook::new(root.path(), "").run(&QuestionsPreprocessor).unwrap_err().to_string();
    assert!(error.contains("theme/words/en.toml:2: [questions] has no word `tag`"), "{error}");
}

#[test]
fn every_page_names_the_book_for_what_browsers_keep() {
    let name = |toml: &str| {
        let page = page(&themed(), toml);
        let (_, name) = page.split_once("data-qabook=\"storage\">").unwrap();
        name.split_once("</script>").unwrap().0.to_string()
    };
    assert_eq!(name("[book]\ntitle = \"My Book\"\n"), "\"my-book\"");
    assert_eq!(name("[book]\ntitle = \"My Book\"\n[preprocessor.questions]\nstorage = \"old\"\n"), "\"old\"");
}

/// Who searches for a word of the interface doesn't mean every page.
#[test]
fn what_the_tool_says_on_every_page_is_not_searched_for() {
    let page = page(&themed(), "");
    for label in [
        "question-number",
        "one-sentence-label",
        "question-marks",
        "question-level",
        "question-tag",
        "question-verified",
        "question-next",
    ] {
        let element = page.split_once(&format!("class=\"{label}\"")).unwrap_or_else(|| panic!("{label}")).1;
        assert!(element.split_once('>').unwrap().0.contains(" data-no-index"), "{label}");
    }
    let summary = page.split_once("class=\"one-sentence-text\"").unwrap().1;
    assert!(summary.starts_with(">S<"), "{summary}");
}
