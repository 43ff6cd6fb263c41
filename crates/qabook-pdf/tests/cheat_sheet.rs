//! A cheat-sheet of books of any size and language, and what it says when there is nothing to put on one.

mod common;

use common::{on_site, settings};
use lopdf::{Dictionary, Object};
use qabook_document::{AnswerOption, Block, BlockKind, Chapter, Document, PageKind, Part, Question};
use qabook_pdf::{CheatSheet, Layout, Paper, Pdf, Settings, render_sheet};

const BOTH: [CheatSheet; 2] = [CheatSheet::Answers, CheatSheet::SelfTest];

/// A chapter that asks question `number`.
fn chapter(number: usize, question: &str, summary: &str) -> Chapter {
    let front_matter = format!(
        "number = {number}\nquestion = {question:?}\nsummary = {summary:?}\nlevel = \"basic\"\ntags = [\"a\"]\nverified = \
         2026-01-01\n"
    );
    let question: Question = toml::from_str(&front_matter).expect("front matter");
    Chapter {
        title: "A question".into(),
        number: Some(number.to_string()),
        path: format!("part/q{number}.md"),
        kind: PageKind::default(),
        errata: Vec::new(),
        follow_ups: Vec::new(),
        file: format!("src/part/q{number}.md").into(),
        blocks: vec![Block { line: None, kind: BlockKind::QuestionHeader(Box::new(question)) }],
        footnotes: Vec::new(),
        children: Vec::new(),
    }
}

fn part(title: Option<&str>, chapters: Vec<Chapter>) -> Part {
    Part { title: title.map(String::from), chapters }
}

fn english(parts: Vec<Part>) -> Document {
    Document {
        title: "Small book".into(),
        description: None,
        authors: vec!["A. Writer".into()],
        language: "en-GB".into(),
        direction: qabook_document::Direction::LeftToRight,
        words: qabook_document::Words::of_language("en-GB"),
        site_url: None,
        file_stem: "small".into(),
        parts,
    }
}

/// Three questions in two parts, the second one inside the first part's only chapter.
fn three_questions() -> Document {
    let mut first = chapter(1, "What is a socket?", "An end point of a connection.");
    first.children.push(chapter(2, "What is a port?", "A number that tells sockets of a host apart."));
    let second = chapter(7, "What is a thread?", "A sequence of instructions that shares memory with others.");
    let preface = Chapter { blocks: Vec::new(), path: "preface.md".into(), ..chapter(9, "x", "x") };
    english(vec![part(None, vec![preface]), part(Some("Networks"), vec![first]), part(Some("Threads"), vec![second])])
}

/// `count` questions with answers of one to three lines, in parts of forty.
fn many_questions(count: usize) -> Document {
    let one = |number| {
        let question = format!("What does experiment {number} show?");
        chapter(number, &question, &"A sentence of some length about what is asked. ".repeat(1 + number % 2))
    };
    let numbers: Vec<_> = (1..=count).collect();
    let parts = numbers.chunks(40).map(|numbers| {
        part(Some(&format!("Part from {}", numbers[0])), numbers.iter().map(|&number| one(number)).collect())
    });
    english(parts.collect())
}

fn made(document: &Document, settings: &Settings, kind: CheatSheet) -> Pdf {
    render_sheet(document, settings, kind).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The titles in the outline, those of a lower level indented.
fn outline(pdf: &lopdf::Document, node: &Dictionary, indent: &str, titles: &mut Vec<String>) {
    let mut next = node.get_deref(b"First", pdf).and_then(Object::as_dict).ok();
    while let Some(entry) = next {
        let title = lopdf::decode_text_string(entry.get(b"Title").expect("a title")).expect("a text");
        titles.push(format!("{indent}{title}"));
        outline(pdf, entry, &format!("{indent}  "), titles);
        next = entry.get_deref(b"Next", pdf).and_then(Object::as_dict).ok();
    }
}

fn outline_of(pdf: &Pdf) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(&pdf.bytes).expect("a PDF");
    let root = pdf.catalog().and_then(|catalog| catalog.get_deref(b"Outlines", &pdf)).and_then(Object::as_dict);
    let mut titles = Vec::new();
    outline(&pdf, root.expect("an outline"), "", &mut titles);
    titles
}

/// The addresses that links lead to, sorted.
fn addresses(pdf: &Pdf) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(&pdf.bytes).expect("a PDF");
    let uri = |object: &Object| {
        let action = object.as_dict().ok()?.get_deref(b"A", &pdf).and_then(Object::as_dict).ok()?;
        Some(String::from_utf8_lossy(action.get(b"URI").ok()?.as_str().ok()?).into_owned())
    };
    let mut found: Vec<_> = pdf.objects.values().filter_map(uri).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn three_questions_in_english_are_a_page_with_an_outline_by_part() {
    for kind in BOTH {
        let pdf = made(&three_questions(), &settings(), kind);
        assert_eq!(pdf.pages, 1);
        assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
        assert_eq!(
            outline_of(&pdf),
            ["Networks", "  1 What is a socket?", "  2 What is a port?", "Threads", "  7 What is a thread?"]
        );
    }
}

#[test]
fn the_file_says_title_author_and_language() {
    for (kind, title) in BOTH.into_iter().zip(["Small book Cheat sheet", "Small book Self-test"]) {
        let pdf = lopdf::Document::load_mem(&made(&three_questions(), &settings(), kind).bytes).expect("a PDF");
        let about = pdf.trailer.get_deref(b"Info", &pdf).and_then(Object::as_dict).expect("what the file is about");
        let text = |key: &[u8]| lopdf::decode_text_string(about.get(key).expect("an entry")).expect("a text");
        assert_eq!((text(b"Title").as_str(), text(b"Author").as_str()), (title, "A. Writer"));
        let language = pdf.catalog().and_then(|catalog| catalog.get(b"Lang")).and_then(Object::as_str);
        assert_eq!(language.expect("a language"), b"en-GB");
    }
}

#[test]
fn questions_lead_to_their_pages_when_the_site_is_known() {
    let document = three_questions();
    for kind in BOTH {
        let site = "https://example.org/small/";
        let pages = ["", "part/q1.html", "part/q2.html", "part/q7.html"].map(|page| format!("{site}{page}"));
        assert_eq!(addresses(&made(&document, &on_site(site), kind)), pages);
        assert!(addresses(&made(&document, &settings(), kind)).is_empty());
    }
}

#[test]
fn a_part_without_title_is_no_gap_in_the_outline() {
    let document = english(vec![part(None, vec![chapter(1, "Why?", "Because.")])]);
    assert_eq!(outline_of(&made(&document, &settings(), CheatSheet::Answers)), ["1 Why?"]);
}

#[test]
fn four_hundred_questions_are_all_there() {
    let pdf = made(&many_questions(400), &settings(), CheatSheet::Answers);
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
    assert_eq!(outline_of(&pdf).len(), 410);
    assert!((10..=20).contains(&pdf.pages), "{} pages", pdf.pages);
}

#[test]
fn every_paper_and_size_is_set() {
    let mut document = many_questions(12);
    document.parts[0].chapters.push(chapter(20, &"What is long? ".repeat(40), &"It goes on. ".repeat(400)));
    document.parts[0].chapters.push(chapter(1234, "Four digits?", &"x".repeat(300)));
    for (paper, large_print) in
        [(Paper::A4, true), (Paper::A5, false), (Paper::A5, true), (Paper::Screen, false), (Paper::Screen, true)]
    {
        let settings = Settings { layout: Layout { paper, large_print }, ..settings() };
        for kind in BOTH {
            let pdf = made(&document, &settings, kind);
            assert!(pdf.warnings.is_empty(), "{paper:?}, {large_print}: {:?}", pdf.warnings);
            assert_eq!(outline_of(&pdf).len(), 15, "{paper:?}, {large_print}");
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let bytes = || made(&three_questions(), &settings(), CheatSheet::Answers).bytes;
    assert!(bytes() == bytes(), "the second run differs");
}

fn refusal(document: &Document) -> String {
    render_sheet(document, &settings(), CheatSheet::Answers).expect_err("a mistake").to_string()
}

#[test]
fn a_book_without_questions_has_no_cheat_sheet() {
    let message = refusal(&english(Vec::new()));
    assert!(message.starts_with("the book has no questions"), "{message}");
    assert!(message.contains("hint: ") && message.contains("front matter"), "{message}");
}

#[test]
fn all_characters_without_a_glyph_are_named_with_their_files() {
    let message =
        refusal(&english(vec![part(Some("Animals"), vec![chapter(1, "Crab?", "🦀."), chapter(2, "🦊?", "Fox.")])]));
    assert!(message.contains("src/part/q1.md: no font of the PDF has 🦀 (U+1F980)"), "{message}");
    assert!(message.contains("src/part/q2.md: no font of the PDF has 🦊 (U+1F98A)"), "{message}");
}

#[test]
fn a_question_without_summary_has_a_line_to_write_one() {
    let document = english(vec![part(None, vec![chapter(1, "Why?", " ")])]);
    let pdf = made(&document, &settings(), CheatSheet::Answers);
    let warnings: Vec<_> = pdf.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].starts_with("src/part/q1.md: the question has no summary"), "{}", warnings[0]);
    assert!(made(&document, &settings(), CheatSheet::SelfTest).warnings.is_empty(), "a self-test needs none");
}

/// What the preprocessor writes above the head of a question that is answered by choosing.
fn with_options(mut chapter: Chapter, texts: &[&str]) -> Chapter {
    let markdown: String = ('A'..).zip(texts).map(|(letter, text)| format!("- {letter}. {text}\n")).collect();
    let BlockKind::QuestionHeader(question) = &mut chapter.blocks[0].kind else { panic!("a question") };
    question.options = texts
        .iter()
        .map(|text| AnswerOption { text: (*text).into(), right: text.starts_with('`'), why: "It is so.".into() })
        .collect();
    let list =
        common::chapter(&format!("{markdown}\n# Elsewhere {{#elsewhere}}\n")).parts[0].chapters[0].blocks[0].clone();
    chapter.blocks.insert(0, list);
    chapter
}

#[test]
fn options_keep_their_code_and_formulas_but_lead_nowhere() {
    let choice = with_options(chapter(1, "Which?", "The first."), &["`a*b`", "[there](#elsewhere) *now*", "$x^2$"]);
    let long = with_options(chapter(2, "Which?", "None."), &["A sentence that has more than a few words", "b"]);
    let document = english(vec![part(None, vec![choice, long])]);
    for kind in BOTH {
        let pdf = made(&document, &settings(), kind);
        assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
    }
}

#[test]
fn a_character_of_an_option_without_a_glyph_is_named() {
    let choice = with_options(chapter(1, "Which?", "The first."), &["🦀", "b"]);
    let message = refusal(&english(vec![part(None, vec![choice])]));
    assert!(message.contains("src/part/q1.md: no font of the PDF has 🦀"), "{message}");
}

#[test]
fn signs_of_markup_stay_what_they_are() {
    let document =
        english(vec![part(Some("#part[*x*]"), vec![chapter(1, "Is #f(x) or $y$ a \"call\"?", "*No* \\ //.")])]);
    assert_eq!(
        outline_of(&made(&document, &settings(), CheatSheet::Answers)),
        ["#part[*x*]", "  1 Is #f(x) or $y$ a \"call\"?"]
    );
}
