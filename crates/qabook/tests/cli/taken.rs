//! Files beside the chapters whose names the build needs itself.

use crate::small_book::{SmallBook, built};

/// What `build` prints to stderr, and `check` to stdout, when both find mistakes.
fn failures(book: &SmallBook) -> [String; 2] {
    let [built, checked] = ["build", "check"].map(|command| book.qabook(&[command]).output().unwrap());
    assert_eq!([built.status.code(), checked.status.code()], [Some(1), Some(1)]);
    [built.stderr, checked.stdout].map(|said| String::from_utf8(said).unwrap().replace('\\', "/"))
}

#[test]
fn no_file_takes_the_place_of_what_the_build_makes() {
    let book = SmallBook::new();
    book.replace("book.toml", "site-url", "redirect.\"/old.html\" = \"maths/sum.html\"\nsite-url");
    let names = [
        ("index.html", "give the file another name"),
        ("404.html", "write its text into 404.md"),
        ("maths/sum.html", "give the file another name"),
        ("maths/index.html", "give the file another name"),
        ("tags.html", "give the file another name"),
        ("print.html", "give the file another name"),
        ("toc.html", "give the file another name"),
        ("old.html", "give the file another name"),
        ("robots.txt", "theme/templates/robots.txt"),
        ("sitemap.xml", "theme/templates/sitemap.xml"),
        ("sw.js", "theme/templates/sw.js"),
        ("manifest.webmanifest", "give the file another name"),
        ("icons/icon.svg", "give the file another name"),
    ];
    for (name, _) in names {
        book.write(&format!("src/{name}"), "mine");
    }
    book.write("src/review.html/a.txt", "mine");
    for said in failures(&book) {
        for (name, hint) in [&names[..], &[("review.html", "give the file another name")]].concat() {
            let (_, problem) = said.split_once(&format!("src/{name}: ")).unwrap_or_else(|| panic!("{name}: {said}"));
            let problem: Vec<&str> = problem.lines().take(2).collect();
            assert!(problem[0].contains(&format!("the build makes {name} itself")), "{problem:?}");
            assert!(problem[1].contains(hint), "{problem:?}");
        }
    }
    assert!(!book.root().join("book").exists());
}

#[test]
fn files_that_take_nothings_place_are_published_as_they_are() {
    let book = built(|book| {
        book.replace("book.toml", "site-url = \"https://books.test/small/\"", "hash-files = false");
        // Nothing of these is made without an address, and the last says no more than mdBook's own.
        for name in ["robots.txt", "sitemap.xml", "google123.html", "icons/own.svg", "og/cover.png", ".nojekyll"] {
            book.write(&format!("src/{name}"), "mine");
        }
        book.write("src/404.md", "# 没有\n\n这一页搬走了。\n");
    });
    for name in ["robots.txt", "sitemap.xml", "google123.html", "icons/own.svg", "og/cover.png"] {
        assert_eq!(book.read(&format!("book/{name}")), "mine", "{name}");
    }
    assert!(book.read("book/404.html").contains("这一页搬走了。"));
    assert!(!book.root().join("book/404.md").exists());
}

#[test]
fn what_the_pages_load_is_no_obstacle_where_the_book_is_its_own_folder_of_sources() {
    let book = SmallBook::of(&[
        (
            "book.toml",
            "[book]\ntitle = \"A\"\nlanguage = \"en\"\nsrc = \".\"\n[output.html]\nhash-files = false\n\
          additional-css = [\"look.css\"]\n",
        ),
        ("SUMMARY.md", "- [A](a.md)\n"),
        ("a.md", "# A\n\nText.\n"),
        ("look.css", "main { color: red }\n"),
        ("404.md", "# Gone\n\nLook elsewhere.\n"),
    ]);
    for _ in 0..2 {
        let output = book.build();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(book.root().join("book/look.css").is_file() && !book.root().join("book/book").exists());
    assert!(book.read("book/404.html").contains("Look elsewhere."));
}

#[test]
fn a_text_for_missing_pages_that_does_not_exist() {
    for (name, message) in [
        ("gone.md", "the file `gone.md` in `input-404` does not exist"),
        ("../404.md", "`../404.md` in `input-404` would be written outside the site"),
    ] {
        let book = SmallBook::new();
        book.write("404.md", "# Gone\n");
        book.replace("book.toml", "site-url", &format!("input-404 = \"{name}\"\nsite-url"));
        for said in failures(&book) {
            assert!(
                said.contains(&format!("book.toml:10: {message}"))
                    || said.contains(&format!("book.toml:10: error: {message}")),
                "{said}"
            );
        }
    }
}
