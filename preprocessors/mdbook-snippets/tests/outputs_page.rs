//! The page of outputs to guess.

mod common;

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_snippets::SnippetPreprocessor;
use qabook_support::testing::{TestBook, contents, golden};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ON: &str = "[preprocessor.snippets]\npackage = \"package\"\noutputs-page = true\n";
const PAGE: &str = "outputs.md";

/// A book whose two chapters show programs, one of them both.
fn book(root: &Path, config: &str, chapter: &str) -> TestBook {
    let book = TestBook::new(root, config).unnumbered("README.md", "# 前言\n").part("部分");
    book.chapter("part/first.md", chapter).chapter("part/second.md", "{{#snippet echo}}\n\n{{#snippet markup}}\n")
}

fn page(book: &Book) -> Option<String> {
    contents(book).into_iter().find(|(path, _)| path == PAGE).map(|(_, content)| content)
}

/// The ids of the cards of `page`, in order.
fn cards(page: &str) -> Vec<&str> {
    page.split(" data-card=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn in_language(language: &str) -> String {
    format!("[book]\nlanguage = \"{language}\"\n\n{ON}")
}

fn error_of(book: TestBook) -> String {
    book.run(&SnippetPreprocessor).unwrap_err().to_string()
}

#[test]
fn each_program_is_on_the_page_once_with_what_it_printed() {
    for language in ["zh", "en"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden-outputs").join(language);
        golden(&folder, |chapter| {
            let book = book(common::root(), &in_language(language), chapter);
            page(&book.run(&SnippetPreprocessor).expect("a good book")).expect("a page")
        });
    }
}

#[test]
fn cards_are_the_programs_of_the_book_in_its_order() {
    let of = |chapter| page(&book(common::root(), ON, chapter).run(&SnippetPreprocessor).unwrap()).unwrap();
    assert_eq!(cards(&of("{{#snippet no-clone}}\n\n{{#snippet echo}}\n")), ["o:no-clone", "o:echo", "o:markup"]);
    // Hidden in the first chapter, shown in the second.
    let hidden = of("{{#snippet parts hide-output}}\n\n{{#snippet echo hide-output}}\n\n{{#snippet twin}}\n");
    assert_eq!(cards(&hidden), ["o:echo", "o:markup"]);
    assert!(hidden.contains("<a href=\"part/second.html#snippet-1-echo\">part/second.md</a>"), "{hidden}");
    // In a preface and in a numbered chapter: the place of the latter.
    let preface =
        TestBook::new(common::root(), ON).unnumbered("README.md", "{{#snippet parts}}\n\n{{#snippet echo}}\n");
    let preface = preface.chapter("a.md", "{{#snippet markup}}\n\n{{#snippet echo}}\n");
    let preface = page(&preface.run(&SnippetPreprocessor).unwrap()).unwrap();
    assert_eq!(cards(&preface), ["o:parts", "o:markup", "o:echo"]);
    assert!(preface.contains("href=\"a.html#snippet-2-echo\""), "{preface}");
    // A part in the chapter, the whole program here.
    let parts = of("{{#snippet parts:client}}\n");
    assert_eq!(cards(&parts), ["o:parts", "o:echo", "o:markup"]);
    assert!(parts.contains("TcpStream"), "{parts}");
}

#[test]
fn a_new_program_needs_no_other_edit() {
    let root = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("package/Cargo.toml", "");
    for name in ["one", "two"] {
        write(&format!("package/examples/{name}/main.rs"), "//! 程序\nfn main() {}\n");
        write(&format!("package/examples/{name}/output.txt"), "1\n");
    }
    let of = |chapter: &str| {
        let book = TestBook::new(root.path(), ON).chapter("a.md", chapter).run(&SnippetPreprocessor).unwrap();
        cards(&page(&book).unwrap()).into_iter().map(String::from).collect::<Vec<_>>()
    };
    assert_eq!(of("{{#snippet one}}\n"), ["o:one"]);
    assert_eq!(of("{{#snippet one}}\n\n{{#snippet two}}\n"), ["o:one", "o:two"]);
}

#[test]
fn it_is_the_last_chapter_and_of_no_part() {
    let made = book(common::root(), ON, "").run(&SnippetPreprocessor).unwrap();
    let [.., BookItem::Separator, BookItem::Chapter(last)] = made.items.as_slice() else {
        panic!("{:?}", made.items);
    };
    assert_eq!((last.name.as_str(), &last.source_path, &last.number), ("Guess the output", &None, &None));
    let mut behind = book(common::root(), ON, "");
    behind = behind.part("附录").unnumbered("terms.md", "# 术语\n");
    let made = behind.run(&SnippetPreprocessor).unwrap();
    assert!(matches!(made.items.as_slice(), [.., BookItem::Separator, BookItem::Chapter(_)]), "{:?}", made.items);
}

#[test]
fn a_program_of_a_readme_is_on_the_index_page() {
    let book = TestBook::new(common::root(), ON).unnumbered("part/README.md", "{{#snippet echo}}\n");
    let page = page(&book.run(&SnippetPreprocessor).unwrap()).unwrap();
    assert!(page.contains("href=\"part/index.html#snippet-1-echo\""), "{page}");
}

#[test]
fn there_is_none_unasked_or_empty_or_for_other_renderers() {
    let chapter = "{{#snippet echo}}\n";
    let off = book(common::root(), "[preprocessor.snippets]\npackage = \"package\"\n", chapter);
    let empty =
        TestBook::new(common::root(), ON).chapter("a.md", "{{#snippet twin}}\n\n{{#snippet echo hide-output}}\n");
    let pdf = book(common::root(), ON, chapter).for_renderer("pdf");
    for book in [off, empty, pdf] {
        assert_eq!(page(&book.run(&SnippetPreprocessor).unwrap()), None);
    }
}

#[test]
fn a_chapter_of_the_same_name_is_an_error_beside_the_others() {
    let root = TempDir::new().unwrap();
    fs::create_dir_all(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/a.md"), "{{#snippet nope}}\n").unwrap();
    let config = format!("{ON}package = '{}'\n", common::root().join("package").display())
        .replace("package = \"package\"\n", "");
    let with = |path: &str| {
        let book = TestBook::new(root.path(), &config).chapter("a.md", "{{#snippet nope}}\n").chapter(path, "# 我的\n");
        error_of(book).replace(&format!("{}/", root.path().display()), "")
    };
    let expected = "src/outputs.md: the page of outputs to guess is made in the place of this file\n    hint: give the file \
                    another name, or set `outputs-page = false` in [preprocessor.snippets] of book.toml";
    for path in ["outputs.md", "Outputs.md"] {
        let error = with(path);
        assert!(error.contains(&expected.replace("outputs.md", path)), "{error}");
        assert!(error.contains("src/a.md:1: no snippet is called `nope`"), "{error}");
    }
    assert!(!with("part/outputs.md").contains("the page of outputs"));
}

#[test]
fn a_file_that_is_copied_to_the_same_place_is_an_error() {
    let root = TempDir::new().unwrap();
    fs::create_dir_all(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/outputs.html"), "<p>mine").unwrap();
    let config = format!(
        "[preprocessor.snippets]\noutputs-page = true\npackage = '{}'\n",
        common::root().join("package").display()
    );
    let error = error_of(TestBook::new(root.path(), &config).chapter("a.md", "{{#snippet echo}}\n"));
    assert!(error.contains("src/outputs.html: the page of outputs to guess"), "{error}");
}

#[test]
fn a_template_of_the_theme_wins() {
    let root = TempDir::new().unwrap();
    fs::create_dir_all(root.path().join("theme/templates")).unwrap();
    let template = "{{ words['outputs-title'] }}: {% for card in cards %}{{ card.name }}{% endfor %}";
    fs::write(root.path().join("theme/templates/outputs.html"), template).unwrap();
    let config = format!(
        "[preprocessor.snippets]\noutputs-page = true\npackage = '{}'\n",
        common::root().join("package").display()
    );
    let book = TestBook::new(root.path(), &config).chapter("a.md", "{{#snippet echo}}\n");
    let page = page(&book.run(&SnippetPreprocessor).unwrap()).unwrap();
    assert_eq!(page, "# Guess the output\n\nGuess the output: echo\n");
}
