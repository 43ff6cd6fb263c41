//! A book of which only the title and the language are set.

use crate::small_book::SmallBook;
use std::path::Path;
use std::process::Output;

const CHAPTER: &str = "+++\nnumber = 1\nquestion = \"What is a thread?\"\nsummary = \"A path of execution.\"\nlevel = \"basic\"\n\
                       tags = [\"threads\"]\nverified = 2026-11-23\n+++\n\n# What is a thread?\n\nIt's $n$ steps, \"quoted\".\n\n\
                       $$ x^2 $$\n\n```mermaid\n%% Two threads\nflowchart LR\n  A --> B\n```\n\n## ?!\n\nText.\n";

/// A book without a theme, programs or an address, outside of any repository.
fn english_book() -> SmallBook {
    SmallBook::of(&[
        ("book.toml", "[book]\ntitle = \"Threads asked\"\nlanguage = \"en\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Threads asked](README.md)\n\n# Threads\n\n- [What is a thread?](threads/what.md)\n",
        ),
        ("src/README.md", "# Threads asked\n\n{{#questions}}\n"),
        ("src/threads/what.md", CHAPTER),
    ])
}

fn succeeds(output: &Output) -> String {
    let printed = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    assert!(output.status.success(), "{printed}");
    printed
}

/// Whatever a page shows outside of its scripts.
fn main_of(page: &str) -> &str {
    page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0
}

#[test]
fn title_and_language_make_a_whole_site() {
    let book = english_book();
    let printed = succeeds(&book.build());
    assert!(printed.contains("built 5 pages"), "{printed}");
    let page = book.read("book/threads/what.html");
    let main = main_of(&page);
    for raw in ["+++", "{{#", "```", "$", "flowchart", "mermaid\""] {
        assert!(!main.contains(raw), "{raw} is left in {main}");
    }
    assert!(main.contains("class=\"katex") && main.contains("<svg") && main.contains("<h2 id=\"section\">"), "{main}");
    assert!(main.contains("It’s") && main.contains("“quoted”"), "English quotes are mdBook's affair: {main}");
    let sheets = page.matches("rel=\"stylesheet\"").count();
    assert!(sheets > 5 && page.contains("theme/katex/katex-") && page.contains("zh-search"), "{page}");
    assert!(!book.read("book/index.html").contains("theme/katex/katex-"), "only where there are formulas");
    for file in ["theme/katex/fonts/KaTeX_Main-Regular.woff2", "sw.js", "manifest.webmanifest", "icons/icon.svg"] {
        assert!(book.root().join("book").join(file).is_file(), "{file} is missing");
    }
    assert!(!book.root().join("theme").exists(), "nothing is written into the author's folder");
    let left: Vec<_> = book.root().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "book.toml, src and book: {left:?}");
}

#[test]
fn check_and_epub_find_nothing_wrong_with_it() {
    let book = english_book();
    let report = succeeds(&book.qabook(&["check"]).output().unwrap());
    assert!(!report.contains("error"), "{report}");
    succeeds(&book.qabook(&["epub"]).env_remove("SOURCE_DATE_EPOCH").output().unwrap());
    let files = book.root().join("book").read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let names: Vec<_> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    assert!(
        names.iter().any(|name| Path::new(name).extension().is_some_and(|extension| extension == "epub")),
        "{names:?}"
    );
}

#[test]
fn the_icon_is_the_first_letter_of_the_title() {
    let book = english_book();
    succeeds(&book.build());
    let page = book.read("book/index.html");
    let icon = page.split_once("rel=\"icon\" href=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(icon.starts_with("favicon-") && book.read(&format!("book/{icon}")).contains(">T</text>"), "{icon}");
    assert!(
        !page.contains("favicon.png") && !page.contains("rel=\"shortcut icon\""),
        "mdBook's own is not shown: {page}"
    );
    let manifest = book.read("book/manifest.webmanifest");
    assert!(manifest.contains("\"icons/icon.svg\"") && manifest.contains("\"maskable\""), "{manifest}");

    book.write("theme/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- mine --></svg>");
    succeeds(&book.build());
    assert!(book.read("book/icons/icon.svg").contains("mine"));
    assert!(!book.read("book/manifest.webmanifest").contains("maskable"), "nothing is known of its edges");
}

#[test]
fn a_file_of_the_book_wins_over_the_themes_and_others_come_after() {
    let book = english_book();
    book.write("look/css/home.css", ".mine { color: red }\n");
    book.write("look/head.hbs", "<meta name=\"mine\" content=\"1\">\n");
    book.write("extra/own.css", ".own { color: blue }\n");
    let settings = book.read("book.toml") + "[output.html]\ntheme = \"look\"\nadditional-css = [\"extra/own.css\"]\n";
    book.write("book.toml", settings);
    succeeds(&book.build());
    let page = book.read("book/index.html");
    assert!(page.contains("<meta name=\"mine\""), "{page}");
    let own = page.find("extra/own-").unwrap();
    assert!(own > page.find("css/joined-").unwrap() && own > page.find("theme/css/paper-").unwrap(), "{page}");
    let site = qabook::site::files(&book.root().join("book")).unwrap();
    let sheets = site.iter().filter(|file| file.extension().is_some_and(|extension| extension == "css"));
    let rules: String = sheets.map(|sheet| std::fs::read_to_string(sheet).unwrap()).collect();
    assert!(
        rules.contains(".mine{") && rules.contains(".own{") && !rules.contains(".part-index"),
        "the theme's is not there"
    );
}

#[test]
fn sources_may_be_elsewhere_and_links_to_them_say_where() {
    let book = english_book();
    std::fs::rename(book.root().join("src"), book.root().join("text")).unwrap();
    book.write("text/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let settings = "src = \"text\"\n[output.html]\nedit-url-template = \"https://books.test/edit/{path}\"\n";
    book.write("book.toml", book.read("book.toml") + settings);
    succeeds(&book.build());
    let page = book.read("book/threads/what.html");
    assert!(page.contains("href=\"https://books.test/edit/text/threads/what.md\""), "{page}");
    assert!(book.root().join("book/picture.svg").is_file(), "files beside the chapters are copied");
}

#[test]
fn a_preprocessor_can_be_switched_off() {
    let book = english_book();
    book.write("book.toml", book.read("book.toml") + "[preprocessor.katex]\nrenderers = []\n");
    book.write("src/threads/what.md", CHAPTER.replace("$$ x^2 $$\n", ""));
    succeeds(&book.build());
    assert!(main_of(&book.read("book/threads/what.html")).contains("It’s $n$ steps"));
}
