//! The rules for sources.

use super::{add, check, finds, good_book, stdout};
use crate::small_book::SmallBook;
use std::fs;

#[test]
fn front_matter() {
    finds(
        |book| book.replace("src/maths/sum.md", "level =", "levle ="),
        &["src/maths/sum.md:5: error: front matter: unknown field `levle`"],
    );
    let long = "字".repeat(121);
    finds(
        |book| {
            book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\nstrict = true\n");
            book.replace("src/maths/sum.md", "等于二。", &long);
        },
        &["src/maths/sum.md:4: error: front matter: `summary` has 121 Chinese characters"],
    );
}

#[test]
fn a_day_that_has_not_come() {
    finds(
        |book| book.replace("src/maths/sum.md", "2026-11-23", "2999-01-01"),
        &[
            "src/maths/sum.md:7: error: front matter: `verified` is 2999-01-01, a day that hasn't come yet (verified-in-future)",
        ],
    );
}

#[test]
fn today_is_that_of_source_date_epoch() {
    let book = good_book();
    // 2026-11-22 09:59:59 UTC: nowhere on Earth is it the 23rd. A second later it is, at UTC+14.
    for (epoch, code) in [("1795341599", 1), ("1795341600", 0)] {
        let output = book.qabook(&["check", "--quiet"]).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{epoch}: {}", stdout(&output));
    }
}

#[test]
fn snippets() {
    finds(
        |book| {
            book.replace("src/maths/sum.md", "python,snippet=sum", "python");
            book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\nstrict = true\n");
        },
        &[
            "snippets/examples/sum/main.rs: error: no chapter shows the program `sum` (unused-snippet)",
            "src/maths/sum.md:14:1: error: a Python example without a Rust replacement (snippet)",
        ],
    );
    finds(
        |book| fs::remove_file(book.root().join("snippets/examples/sum/output.txt")).unwrap(),
        &["src/maths/sum.md:14:1: error: snippets/examples/sum/output.txt can't be read"],
    );
    finds(
        |book| book.write("snippets/recorded.toml", "product = { rustc = \"1.95.0\", date = 2026-11-23 }\n"),
        &[
            "snippets/examples/sum/main.rs: error: recorded.toml doesn't say which compiler made the output of `sum` (unrecorded-snippet)",
        ],
    );
}

#[test]
fn python_that_waits_for_its_program_is_no_error() {
    let book = good_book();
    book.replace("src/maths/sum.md", "python,snippet=sum", "python,keep,reason=\"no Rust program yet\"");
    let output = check(&book, &[]);
    let report = stdout(&output);
    assert!(output.status.success(), "{report}");
    let note = "src/maths/sum.md:14:1: note: this Python example waits for its Rust program (waits-for-program)\n    \
                hint: `qabook record --new NAME --chapter src/maths/sum.md` makes one to begin with\n";
    assert!(report.contains(note), "{report}");
    let unused = "snippets/examples/sum/main.rs: warning: no chapter shows the program `sum` (unused-snippet)";
    assert!(report.contains(unused), "{report}");
    assert!(report.ends_with("1 warning, 1 note in 2 files\n"), "{report}");
}

#[test]
fn headings() {
    finds(add("### 三级"), &["src/maths/sum.md:18:1: warning: h3 follows h1: a level is skipped (heading-order)"]);
    finds(add("# 又一"), &["src/maths/sum.md:18:1: warning: a second H1 on the page (one-h1)"]);
    finds(|book| book.write("src/README.md", "正文\n"), &["src/README.md: warning: the page has no H1 (one-h1)"]);
}

#[test]
fn prose() {
    finds(add("TODO：以后再写"), &["src/maths/sum.md:18:1: warning: a `TODO` is left (todo)"]);
    finds(
        add("见 https://a.cn 的说明"),
        &["src/maths/sum.md:18:3: warning: the URL https://a.cn is not a link (bare-url)"],
    );
    finds(
        |book| {
            book.write("src/maths/a.png", "");
            add("![](a.png)")(book);
        },
        &["src/maths/sum.md:18:1: warning: an image without alternative text (image-alt)"],
    );
}

#[test]
fn text_whose_meaning_is_open() {
    finds(add("他说**没有结束，后文"), &["src/maths/sum.md:18:3: error: `**` has no counterpart"]);
}

#[cfg(not(feature = "prose"))]
#[test]
fn without_the_feature_it_says_what_is_not_checked() {
    let book = good_book();
    let output = book.qabook(&["check"]).output().unwrap();
    let note = "note: spacing and punctuation were not checked by this qabook: build it with `--features qabook/prose`";
    assert!(String::from_utf8_lossy(&output.stderr).contains(note));
    let output = check(&book, &["--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("can't fix anything\n    hint: build it with"));
}

#[cfg(feature = "prose")]
#[test]
fn spacing_is_found_and_fixed() {
    let wrong = "用Rust写的程序,很快";
    finds(
        add(wrong),
        &["src/maths/sum.md:18:2: warning: “用Rust写的程序,很快” is written “用 Rust 写的程序，很快” (spacing)"],
    );
    let book = good_book();
    add("用Rust写的`Rust写的`,很快")(&book);
    book.replace("src/README.md", "# 前言", "\u{feff}# 前言a\r\n");
    let output = check(&book, &["--fix"]);
    assert_eq!(stdout(&output), "nothing to fix\n");
    assert!(book.read("src/maths/sum.md").ends_with("\n用 Rust 写的 `Rust写的`，很快\n"));
    assert_eq!(book.read("src/README.md"), "\u{feff}# 前言 a\r\n\n", "the byte order mark and the line endings stay");
    let fixed = book.read("src/maths/sum.md");
    check(&book, &["--fix"]);
    assert_eq!(book.read("src/maths/sum.md"), fixed);
}

#[cfg(feature = "prose")]
#[test]
fn the_book_chooses_its_rules_of_spacing() {
    finds(
        |book| {
            book.write(".autocorrectrc", "rules:\n  space-word: 0\n");
            add("用Rust写的")(book);
        },
        &[],
    );
}

#[test]
fn a_wording_that_is_asked_of_no_section() {
    let change = |book: &SmallBook| {
        book.replace("src/maths/sum.md", "verified", "asked = [\n\"几加几\",\n\"怎么加 {#nope}\",\n]\nverified");
    };
    finds(change, &["src/maths/sum.md:9: error: `怎么加` is asked of #nope, which no heading has (broken-fragment)"]);
    let book = good_book();
    change(&book);
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    let said = "warning: src/maths/sum.md:9: `怎么加` is asked of #nope";
    assert!(output.status.success() && printed.contains(said), "{printed}");
}
