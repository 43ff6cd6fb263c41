//! Markdown and the Typst code that it becomes, construct by construct: `NAME.in.md` and `NAME.out.md` (a Typst block).

mod common;

use qabook_pdf::typst_code;
use std::path::Path;

#[test]
fn every_construct_becomes_the_expected_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    qabook_support::testing::golden(&folder, |markdown| {
        let document = common::chapter(markdown);
        let code = typst_code(&document, &common::settings()).expect("code").remove(0).1;
        format!("```typst\n{code}```\n")
    });
}
