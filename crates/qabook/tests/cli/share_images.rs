//! The pictures that a shared link shows.

use crate::small_book::SmallBook;
use std::path::Path;

/// A template that names `font` and shows a page's title.
fn template(font: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{{{{ width }}}}\" height=\"{{{{ height }}}}\"><style>@font-face \
         {{ font-family: \"F\"; src: url({font}) }} text {{ font-family: \"F\" }}</style>{{% for line in lines %}}<text \
         y=\"{{{{ line.y }}}}\" font-size=\"{{{{ size }}}}\">{{{{ line.text }}}}</text>{{% endfor %}}</svg>"
    )
}

/// A book with a template, and a font in `fonts/a.ttf`.
fn book(template: &str) -> SmallBook {
    let book = SmallBook::new();
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("../qabook-pdf/fonts/NotoSansSC-Bold.ttf");
    book.write("fonts/a.ttf", std::fs::read(font).unwrap());
    book.write("theme/templates/share-image.svg", template);
    book
}

fn error(book: &SmallBook) -> String {
    let output = book.build();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).replace('\\', "/")
}

#[test]
fn every_page_has_a_picture_of_its_title() {
    let book = book(&template("fonts/a.ttf"));
    let output = book.build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("property=\"og:image\" content=\"https://books.test/small/og/maths/sum.png\""), "{page}");
    let [one, other] = ["maths/sum", "index"].map(|name| {
        let picture = std::fs::read(book.root().join(format!("book/og/{name}.png"))).unwrap();
        assert_eq!((&picture[..8], &picture[16..24]), (&b"\x89PNG\r\n\x1a\n"[..], &[0, 0, 4, 0xb0, 0, 0, 2, 0x76][..]));
        picture
    });
    assert!(one != other, "each shows its own title");
    assert!(!book.read("book/sw.js").contains("og/"), "no reader needs them offline");
    book.build();
    assert!(std::fs::read(book.root().join("book/og/maths/sum.png")).unwrap() == one, "the same bytes every time");
}

#[test]
fn a_book_without_the_built_in_fonts_has_no_pictures() {
    let book = SmallBook::new();
    assert!(book.build().status.success());
    assert!(!book.read("book/maths/sum.html").contains("og:image") && !book.root().join("book/og").exists());
}

#[test]
fn a_font_that_cannot_be_used_is_named() {
    let message = error(&book(&template("fonts/gone.ttf")));
    assert!(message.contains("theme/templates/share-image.svg: the font fonts/gone.ttf can't be read"), "{message}");
    assert!(message.contains("hint: name a TrueType file"), "{message}");
    let message = error(&book(&template("book.toml")));
    assert!(message.contains("theme/templates/share-image.svg: book.toml is not a font"), "{message}");
}

#[test]
fn a_character_that_the_font_lacks_is_named() {
    let book = book(&template("fonts/a.ttf"));
    book.replace("src/maths/sum.md", "一加一？", "一加一？\u{1F980}");
    let message = error(&book);
    assert!(message.contains("for maths/sum.html, its fonts lack `\u{1F980}` (U+1F980)"), "{message}");
}

#[test]
fn a_cover_is_drawn_with_the_fonts_of_the_share_images() {
    let book = book(&template("fonts/a.ttf"));
    book.replace("book.toml", "title = \"小书\"", "title = \"小书\u{1F980}\"");
    let mut command = book.qabook(&["epub", "--out", "small.epub"]);
    let output = command.env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("for the cover, its fonts lack `\u{1F980}` (U+1F980)"), "{message}");
    assert!(!book.root().join("small.epub").exists(), "nothing is left half done");
}
