//! Formulas: TeX to the MathML of documents.

use mdbook_katex::cfg::KatexConfig;
use qabook_document::Formulas;
use std::path::Path;

use crate::input::try_all;

const PIECES: &[&str] = &[
    "x",
    "1",
    "+",
    "^",
    "_",
    "{",
    "}",
    "^{",
    "_{",
    "\\frac",
    "\\frac{a}{b}",
    "\\sqrt[3]{",
    "\\left(",
    "\\right)",
    "\\left.",
    "\\begin{matrix}",
    "\\end{matrix}",
    "\\begin{cases}",
    "\\end{cases}",
    "&",
    "\\\\",
    "\\text{",
    "汉字",
    "\\verb|a|",
    "\\verb",
    "\\href{x}{y}",
    "\\url{",
    "\\def\\a{",
    "\\a",
    "\\newcommand{\\b}[1]{#1#1}",
    "\\b{",
    "#1",
    "%",
    "$",
    "~",
    "\\,",
    "\\bmod",
    "\\ce{H2O}",
    "\\color{red}",
    "\\htmlClass{a}{b}",
    "\\includegraphics{x}",
    "\\operatorname*{a}",
    "\\lim",
    "\\sum_{i=0}^n",
    "\\overbrace{",
    "'",
    "''",
    "<",
    ">",
    "\"",
    "\u{0}",
    "\u{301}",
    "𝔸",
    "🦀",
    "ᴥ",
    "\\",
    " ",
    "\n",
    "\\mathbb{R}",
    "\\not=",
    "\\hline",
    "\\tag{1}",
    "\\limits",
    "\\kern1em",
    "\\char`",
    "\\char\"41",
];

#[test]
fn of_formulas() {
    let formulas = Formulas::of(&KatexConfig::default(), Path::new("nowhere")).expect("no file of macros");
    try_all("maths", PIECES, |text| {
        for display in [false, true] {
            match formulas.mathml(text, display) {
                Ok(math) => {
                    assert!(math.starts_with("<math") && math.ends_with("</math>"), "{math}");
                    assert_eq!(math.matches("<math").count(), 1, "{math}");
                }
                Err(error) => assert!(!error.is_empty()),
            }
        }
    });
}
