//! Bad input: what the author is told.

use mdbook_questions::QuestionsPreprocessor;
use qabook_support::testing::TestBook;

const GOOD: &str = "+++\nnumber = 4\nquestion = \"问？\"\nsummary = \"答。\"\nlevel = \"basic\"\ntags = [\"TCP\"]\n\
                    verified = 2026-11-23\n+++\n\n# 标题\n";

/// The message for a book of `chapters`, without its hints.
fn error_of(chapters: &[(&str, &str)]) -> String {
    let config = "[preprocessor.questions]\nstrict = true\nlast-number = 52\n";
    let book = chapters.iter().fold(TestBook::new("", config), |book, (path, text)| book.chapter(path, text));
    let error = book.run(&QuestionsPreprocessor).unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines.chunks(2).all(|pair| pair[1].starts_with("    hint: ")), "every problem has a hint: {error}");
    lines.iter().step_by(2).copied().collect::<Vec<_>>().join("\n")
}

#[test]
fn each_mistake_names_its_line() {
    for (good, bad, message) in [
        ("+++\nnumber", "number", "src/a.md:1: this question has no front matter"),
        ("+++\n\n#", "\n#", "src/a.md:1: the front matter is never closed"),
        ("number = 4", "number = ", "src/a.md:2: front matter: "),
        ("number = 4", "number = \"4\"", "src/a.md:2: front matter: invalid type: string \"4\", expected u32"),
        ("level", "levle", "src/a.md:5: front matter: unknown field `levle`"),
        ("\"basic\"", "\"hard\"", "src/a.md:5: front matter: unknown variant `hard`"),
        ("summary = \"答。\"\n", "", "src/a.md:1: front matter: `summary` is missing"),
        ("2026-11-23", "2026-02-30", "src/a.md:7: front matter: "),
        ("2026-11-23", "\"yesterday\"", "src/a.md:7: front matter: yesterday is no day"),
        ("2026-11-23", "2026-11-23T10:00:00", "src/a.md:7: front matter: 2026-11-23T10:00:00 is no day"),
        ("number = 4", "number = 53", "src/a.md:2: front matter: `number` is 53, not one of 1 to 52"),
        ("number = 4", "number = 0", "src/a.md:2: front matter: `number` is 0, not one of 1 to 52"),
        ("number = 4", "number = 4\nvariant = \"B\"", "src/a.md:3: front matter: `variant` is no letter from b to z"),
        ("答。", "` `", "src/a.md:4: front matter: `summary` is empty"),
        ("[\"TCP\"]", "[]", "src/a.md:6: front matter: `tags` has 0 entries"),
        ("[\"TCP\"]", "[\"TCP\", \"TCP\"]", "src/a.md:6: front matter: `tags` names `TCP` twice"),
        (
            "+++\n\n# 标题",
            "related = [\"b\"]\n+++\n\n# 标题",
            "src/a.md:8: front matter: `related` names `b`, which no chapter is called",
        ),
        (
            "+++\n\n# 标题",
            "related = [\"a\"]\n+++\n\n# 标题",
            "src/a.md:8: front matter: `related` names this chapter itself",
        ),
        (
            "+++\n\n# 标题",
            "asked = [\n  \"甲\",\n  \"乙|丙 {#x}\",\n]\n+++\n\n# 标题",
            "src/a.md:10: front matter: `asked` holds `|` in `乙|丙 {#x}`",
        ),
        ("# 标题", "## 标题", "the chapter has no title"),
    ] {
        assert!(GOOD.contains(good), "{good:?}");
        let error = error_of(&[("a.md", &GOOD.replacen(good, bad, 1))]);
        assert!(error.contains(message), "{error}\n  does not say: {message}");
    }
}

#[test]
fn a_chapter_that_is_refused_is_no_missing_one_to_others() {
    let related = GOOD.replace("verified", "related = [\"b\"]\nverified");
    let error = error_of(&[("a.md", &related), ("b.md", &GOOD.replace("summary = \"答。\"\n", ""))]);
    assert_eq!(error, "src/b.md:1: front matter: `summary` is missing");
}

#[test]
fn a_directive_is_spelt_right_and_stands_alone() {
    for (text, name) in [
        ("{{#question}}", "question"),
        ("{{#questions x}}", "questions"),
        ("见 {{#questions}}", "questions"),
        ("- {{#questions}} {{#include}}", "questions"),
        ("{{#random}}", "random"),
        ("## {{#random-question}}", "random-question"),
        ("{{#download}}", "download"),
    ] {
        let chapter = format!("{GOOD}\n{text}\n");
        // The line of a place in the text is looked up in the chapter's file.
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("src")).unwrap();
        std::fs::write(root.path().join("src/a.md"), &chapter).unwrap();
        let book = TestBook::new(root.path(), "").chapter("a.md", &chapter);
        let error = book.run(&QuestionsPreprocessor).unwrap_err().to_string();
        assert!(
            error.contains(&format!("src/a.md:12: this use of {{{{#{name}}}}} is not known\n    hint: ")),
            "{error}"
        );
    }
}

#[test]
fn a_number_is_given_once() {
    let error = error_of(&[("a.md", GOOD), ("b.md", GOOD)]);
    assert_eq!(error, "src/b.md:2: front matter: question 4 is already a.md");
}

#[test]
fn two_chapters_of_one_file_name_are_an_error_in_a_strict_book() {
    let error = error_of(&[("x/a.md", GOOD), ("y/a.md", &GOOD.replace("= 4", "= 5"))]);
    assert_eq!(error, "src/y/a.md:2: front matter: the file name is already that of x/a.md");
}

#[test]
fn all_mistakes_are_shown_at_once_by_file_and_line() {
    let bad = GOOD.replace("= 4", "= 99").replace("答。", "").replace("[\"TCP\"]", "[]");
    assert_eq!(
        error_of(&[("b.md", "# 无\n"), ("a.md", &bad)]),
        "src/a.md:2: front matter: `number` is 99, not one of 1 to 52\n\
         src/a.md:4: front matter: `summary` is empty\n\
         src/a.md:6: front matter: `tags` has 0 entries\n\
         src/b.md:1: this question has no front matter"
    );
    assert_eq!(
        error_of(&[("a.md", "+++\nnumber = 1\nsummary = \"答。\"\n+++\n\n## 小标题\n")]),
        "src/a.md: the chapter has no title\n\
         src/a.md:1: front matter: `level` is missing\n\
         src/a.md:1: front matter: `question` is missing\n\
         src/a.md:1: front matter: `tags` is missing\n\
         src/a.md:1: front matter: `verified` is missing"
    );
}

#[test]
fn downloads_stand_beside_the_home_page() {
    for name in ["../book.pdf", "files/book.pdf", "/book.pdf", "", "."] {
        let config = format!("[preprocessor.questions]\ndownloads = [\"{name}\"]\n");
        let error = TestBook::new("nowhere", &config).run(&QuestionsPreprocessor).unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains(&format!("`{name}` in `downloads` is no file name\n    hint: ")), "{error}");
    }
}
