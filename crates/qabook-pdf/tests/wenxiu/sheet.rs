//! The cheat-sheet, with and without answers.

use crate::text::{Word, pages_of_words};
use crate::{POPPLER, QPDF, document, settings, tool_on};
use lopdf::content::Content;
use qabook_document::{BlockKind, Question};
use qabook_pdf::{CheatSheet, Pdf, render_sheet};
use qabook_support::testing::Test;
use qabook_support::tests;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(crate) const TESTS: &[Test] = tests![
    it_has_eight_pages_at_most_and_fewer_without_answers,
    typst_warns_of_nothing,
    all_questions_and_answers_are_there_in_order: POPPLER,
    without_answers_the_questions_are_there_alone: POPPLER,
    options_stand_below_their_question: POPPLER,
    no_question_begins_in_one_column_and_ends_in_another: POPPLER,
    every_part_begins_above_a_question: POPPLER,
    columns_end_on_about_one_line: POPPLER,
    pages_are_numbered_and_say_which_book_they_are_of: POPPLER,
    no_letter_is_smaller_than_can_be_read,
    qpdf_finds_no_fault: QPDF,
    it_claims_to_be_accessible_and_archival: POPPLER,
];

struct Sheet {
    pdf: Pdf,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Sheet {
    fn of(kind: CheatSheet) -> Self {
        let pdf = render_sheet(document(), &settings(), kind).unwrap_or_else(|problems| panic!("{problems}"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("sheet.pdf");
        std::fs::write(&file, &pdf.bytes).expect("a file");
        Self { pdf, file, _folder: folder }
    }

    /// All text without spaces, in the order of the file.
    fn text(&self) -> String {
        squeezed(&tool_on(&self.file, "pdftotext", &["-raw", "FILE", "-"]))
    }
}

fn answers() -> &'static Sheet {
    static MADE: OnceLock<Sheet> = OnceLock::new();
    MADE.get_or_init(|| Sheet::of(CheatSheet::Answers))
}

fn self_test() -> &'static Sheet {
    static MADE: OnceLock<Sheet> = OnceLock::new();
    MADE.get_or_init(|| Sheet::of(CheatSheet::SelfTest))
}

fn both() -> [&'static Sheet; 2] {
    [answers(), self_test()]
}

/// `text` without spaces and what only keeps lines from breaking.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}').collect()
}

fn questions() -> Vec<&'static Question> {
    let chapters = document().chapters();
    let question = |block: &'static qabook_document::Block| match &block.kind {
        BlockKind::QuestionHeader(question) => Some(&**question),
        _ => None,
    };
    chapters.filter_map(|chapter| chapter.blocks.iter().find_map(question)).collect()
}

/// The titles of the parts that ask something.
fn parts() -> Vec<&'static str> {
    document().parts.iter().filter_map(|part| part.title.as_deref()).collect()
}

fn it_has_eight_pages_at_most_and_fewer_without_answers() {
    let [answers, self_test] = both().map(|sheet| sheet.pdf.pages);
    assert!(self_test < answers && answers <= 8, "{answers} pages, {self_test} without answers");
}

fn typst_warns_of_nothing() {
    for sheet in both() {
        assert!(sheet.pdf.warnings.is_empty(), "{:?}", sheet.pdf.warnings);
    }
}

fn all_questions_and_answers_are_there_in_order() {
    let text = answers().text();
    let mut rest = text.as_str();
    for question in questions() {
        for part in [question.label(), squeezed(&question.question), squeezed(&question.summary)] {
            let at = rest.find(&part).unwrap_or_else(|| panic!("“{part}” is not in its place"));
            rest = &rest[at + part.len()..];
        }
    }
    assert_eq!(questions().len(), 53);
}

fn without_answers_the_questions_are_there_alone() {
    let text = self_test().text();
    let mut rest = text.as_str();
    for question in questions() {
        let asked = format!("{}{}", question.label(), squeezed(&question.question));
        let at = rest.find(&asked).unwrap_or_else(|| panic!("“{asked}” is not in its place"));
        rest = &rest[at + asked.len()..];
        assert!(!text.contains(&squeezed(&question.summary)), "{asked}: the answer is there");
    }
}

fn options_stand_below_their_question() {
    let mut choices = 0;
    for text in both().map(Sheet::text) {
        for question in questions().into_iter().filter(|question| !question.options.is_empty()) {
            let at = text.find(&squeezed(&question.question)).expect("the question");
            let mut rest = &text[at..];
            for (letter, option) in ('A'..).zip(&question.options) {
                let option = format!("{letter}.{}", squeezed(&option.text.replace('`', "")));
                let at = rest.find(&option).unwrap_or_else(|| panic!("“{option}” is not in its place"));
                rest = &rest[at..];
                choices += 1;
            }
        }
    }
    assert!(choices >= 2 * 4 * 4, "{choices} options");
}

/// Calls `look` with the words of each column in their order from above, without running heads and page numbers.
fn for_each_column(file: &Path, mut look: impl FnMut(usize, &[&Word<'_>])) {
    let printed = tool_on(file, "pdftotext", &["-bbox", "FILE", "-"]);
    for (index, ((width, height), words)) in pages_of_words(&printed).iter().enumerate() {
        let top = if index == 0 { title_end(words) } else { 45.0 };
        for side in [0.0, width / 2.0] {
            let in_column = |word: &&Word<'_>| {
                (side..side + width / 2.0).contains(&word.x.0) && word.y.0 > top && word.y.1 < height - 40.0
            };
            let mut column: Vec<_> = words.iter().filter(in_column).collect();
            column.sort_by(|one, other| (one.y.0, one.x.0).partial_cmp(&(other.y.0, other.x.0)).expect("numbers"));
            look(index + 1, &column);
        }
    }
}

/// The lower edge of the last line of the title: that with the date.
fn title_end(words: &[Word<'_>]) -> f64 {
    words.iter().find(|word| word.text.starts_with("2025-11-")).expect("the date below the title").y.1
}

/// Whether `word` is at the left edge of its column, where only numbers and titles of parts are.
fn is_at_the_edge(word: &Word<'_>, column: &[&Word<'_>]) -> bool {
    let edge = column.iter().map(|word| word.x.0).fold(f64::INFINITY, f64::min);
    word.x.0 - edge < 2.0
}

fn is_part(word: &Word<'_>) -> bool {
    parts().iter().any(|part| part.split_whitespace().next() == Some(word.text))
}

fn is_number(word: &Word<'_>) -> bool {
    questions().iter().any(|question| question.label() == word.text)
}

fn no_question_begins_in_one_column_and_ends_in_another() {
    for sheet in both() {
        let mut begun = 0;
        for_each_column(&sheet.file, |page, column| {
            let first = column.first().unwrap_or_else(|| panic!("page {page} has an empty column"));
            // The level is set in smaller letters: it may be a little higher than what begins its line.
            let line = column.iter().filter(|word| word.y.0 < first.y.1);
            let begins = line.filter(|word| is_at_the_edge(word, column)).any(|word| is_part(word) || is_number(word));
            assert!(begins, "page {page}: a column begins with “{}”", first.text);
            begun += column.iter().filter(|word| is_at_the_edge(word, column) && is_number(word)).count();
        });
        assert_eq!(begun, 53);
    }
}

fn every_part_begins_above_a_question() {
    for sheet in both() {
        let mut titles = 0;
        for_each_column(&sheet.file, |page, column| {
            let at_edge: Vec<_> = column.iter().filter(|word| is_at_the_edge(word, column)).collect();
            for (index, title) in at_edge.iter().enumerate().filter(|(_, word)| is_part(word)) {
                let below = at_edge.get(index + 1).is_some_and(|word| is_number(word));
                assert!(below, "page {page}: no question is below “{}”", title.text);
                titles += 1;
            }
        });
        assert_eq!(titles, 5);
    }
}

fn columns_end_on_about_one_line() {
    for sheet in both() {
        let mut ends = Vec::new();
        for_each_column(&sheet.file, |_, column| {
            ends.push(column.iter().map(|word| word.y.1).fold(0.0, f64::max));
        });
        let lowest = ends.iter().copied().fold(0.0, f64::max);
        assert!(ends.iter().all(|end| lowest - end < 40.0), "{ends:?}");
    }
}

fn pages_are_numbered_and_say_which_book_they_are_of() {
    for (sheet, name) in both().into_iter().zip(["速查表", "自测表"]) {
        let printed = tool_on(&sheet.file, "pdftotext", &["-layout", "FILE", "-"]);
        let pages: Vec<_> = printed.split_terminator('\u{c}').map(squeezed).collect();
        assert_eq!(pages.len(), sheet.pdf.pages);
        for (index, page) in pages.iter().enumerate() {
            assert!(page.ends_with(&format!("{}/{}", index + 1, pages.len())), "{page}");
            for words in ["问锈", name, "提交0123456789ab", "2025-11-24"] {
                assert!(page.contains(words), "{words} on page {}", index + 1);
            }
        }
    }
}

fn no_letter_is_smaller_than_can_be_read() {
    for sheet in both() {
        let pdf = lopdf::Document::load_mem(&sheet.pdf.bytes).expect("a PDF");
        let mut sizes = Vec::new();
        for page in pdf.get_pages().into_values() {
            let content = Content::decode(&pdf.get_page_content(page)).expect("its content");
            let fonts = content.operations.iter().filter(|operation| operation.operator == "Tf");
            sizes.extend(fonts.map(|operation| operation.operands[1].as_float().expect("a size")));
        }
        assert!(sizes.len() > 100 && sizes.iter().all(|size| *size >= 8.5), "{sizes:?}");
    }
}

fn qpdf_finds_no_fault() {
    for sheet in both() {
        tool_on(&sheet.file, "qpdf", &["--check", "FILE"]);
    }
}

fn it_claims_to_be_accessible_and_archival() {
    for sheet in both() {
        let metadata = tool_on(&sheet.file, "pdfinfo", &["-meta", "FILE"]);
        for claim in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A<"] {
            assert!(metadata.contains(claim), "{claim} in {metadata}");
        }
    }
}
