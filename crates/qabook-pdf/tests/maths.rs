//! A corpus of formulas: the Typst maths they become, and that Typst accepts it.

mod common;

use qabook_document::{Block, BlockKind, Formula, Formulas, Inline};
use qabook_pdf::maths::from_mathml;
use std::path::Path;

/// What KaTeX itself refuses.
const REFUSED: [&str; 1] = [r"\sideset"];

fn mathml(tex: &str, display: bool) -> Result<String, String> {
    Formulas::default().mathml(tex, display)
}

fn corpus() -> impl Iterator<Item = &'static str> {
    include_str!("formulas.txt").lines()
}

#[test]
fn formulas_become_the_expected_typst() {
    let golden: String = corpus()
        .map(|tex| match mathml(tex, true) {
            Ok(mathml) => format!("{tex}\n    {}\n", from_mathml(&mathml).expect("MathML of KaTeX")),
            Err(_) => format!("{tex}\n    refused by KaTeX\n"),
        })
        .collect();
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formulas.golden.txt");
    let expected = snapbox::Data::read_from(&expected, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(golden, expected.raw());
}

#[test]
fn only_what_katex_refuses_is_refused() {
    let refused: Vec<_> = corpus().filter(|tex| mathml(tex, true).is_err()).collect();
    assert_eq!(refused.len(), REFUSED.len(), "{refused:?}");
    assert!(refused.iter().all(|tex| REFUSED.iter().any(|known| tex.contains(known))), "{refused:?}");
}

#[test]
fn typst_sets_every_formula_inline_and_displayed() {
    let mut document = common::chapter("# 公式\n");
    let blocks = &mut document.parts[0].chapters[0].blocks;
    let mut formulas = 0;
    for (tex, display) in corpus().flat_map(|tex| [(tex, false), (tex, true)]) {
        // Some environments are for displayed formulas only.
        let Ok(mathml) = mathml(tex, display) else { continue };
        formulas += 1;
        let formula = Inline::Formula(Formula { tex: tex.into(), display, mathml, line: None });
        blocks.push(Block { line: None, kind: BlockKind::Paragraph(vec![formula]) });
    }
    assert!(formulas > 110, "{formulas} formulas");
    let pdf = qabook_pdf::render(&document, &common::settings()).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
}
