//! The style sheets and scripts of a site.

use crate::small_book::built;

#[test]
fn style_sheets_are_small_and_few() {
    let book = built(|book| {
        book.write("theme/css/own.css", "/* why */\n.a {\n    color: red;\n}\n");
        book.replace("book.toml", "[output.html]", "[output.html]\nadditional-css = [\"theme/css/own.css\"]");
    });
    let page = book.read("book/maths/sum.html");
    assert!(!page.contains("fonts/fonts") && !book.root().join("book/fonts").join("fonts.css").exists(), "{page}");
    // mdBook's three as one, the one for paper, those that its script switches, the theme's as few, that of cards in two
    // languages, and that of the book.
    let sheets: Vec<_> = page.split("rel=\"stylesheet\"").skip(1).map(|link| link.split_once('>').unwrap().0).collect();
    assert_eq!(sheets.iter().filter(|sheet| sheet.contains("css/")).count(), 7, "{sheets:?}");
    let joined = sheets[0].split_once("../").unwrap().1.trim_end_matches('"');
    assert!(book.read(&format!("book/{joined}")).contains(".menu-bar"), "{joined}");
    let own =
        sheets.iter().find(|sheet| sheet.contains("/own-")).unwrap().split_once("../").unwrap().1.trim_end_matches('"');
    assert_eq!(book.read(&format!("book/{own}")).trim(), ".a{color:red;}");
}

#[test]
fn scripts_stay_as_they_were_written() {
    // Each relies on where its lines end, or on what only looks like a comment or a string.
    let own = "let first = 1\nlet both = [first]\n  ;[2].forEach(one => both.push(one))\nconst web = `//${first}\n  /* kept */`\n\
               const mark = /[/*\"]/\nfunction none() {\n    return\n    1\n}\nfirst\n++both.length\n";
    let book = built(|book| {
        book.write("theme/js/own.js", own);
        book.write("src/maths/demo.js", own);
        book.replace("book.toml", "[output.html]", "[output.html]\nadditional-js = [\"theme/js/own.js\"]");
        book.write("book.toml", book.read("book.toml") + "\n[output.html.playground]\neditable = true\n");
    });
    assert_eq!(book.read("book/maths/demo.js"), own);
    let page = book.read("book/maths/sum.html");
    let file = |start: &str| {
        let (_, rest) = page.split_once(&format!("src=\"../{start}-")).unwrap_or_else(|| panic!("{start} in {page}"));
        format!("book/{start}-{}", rest.split_once('"').unwrap().0)
    };
    assert_eq!(book.read(&file("theme/js/own")), own);
    let own_of_mdbook = book.read(&file("book"));
    assert!(
        own_of_mdbook.contains("playground_text") && !own_of_mdbook.contains("// Fix back button"),
        "known by its bytes"
    );
    assert!(book.read(&file("ace")).contains('\n') && book.root().join(file("mode-rust")).is_file(), "the editor's");
}
