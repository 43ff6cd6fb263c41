//! A corpus of formulas: the Typst maths they become, and that Typst accepts it.

mod common;

use document::mathml;
use qabook_pdf::maths::from_mathml;
use std::path::Path;

/// What KaTeX itself refuses.
const REFUSED: [&str; 2] = [r"\sideset", r"\ce{"];

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
    let formulas = corpus().filter(|tex| mathml(tex, true).is_ok());
    let chapter: String = formulas.map(|tex| format!("行内 ${tex}$\n\n$$\n{tex}\n$$\n\n")).collect();
    let pdf = common::pdf(&format!("# 公式\n\n{chapter}")).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(pdf.pages >= 5, "{} pages", pdf.pages);
}
