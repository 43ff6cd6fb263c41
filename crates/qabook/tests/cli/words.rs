//! What a book says besides its author's words: in its own language and no other, on pages and in every other file.

use regex::Regex;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use walkdir::WalkDir;

use crate::archive::Archive;
use crate::small_book::SmallBook;

/// Chinese characters, and the punctuation that goes with them.
static CHINESE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{Han}\u3000-\u303f\uff00-\uffef]").unwrap());

const SETTINGS: &str = "[book]\ntitle = \"Small Book\"\ndescription = \"Questions\"\nlanguage = \"en\"\nauthors = [\"A\", \"B\"]\n\n\
    [preprocessor.questions]\ndownloads = [\"small.epub\", \"small.pdf\"]\n\n\
    [output.html]\nsite-url = \"https://books.test/small/\"\n\
    git-repository-url = \"https://books.test/source\"\nedit-url-template = \"https://books.test/edit/{path}\"\n\n\
    [output.html.redirect]\n\"/old.html\" = \"net/ports.html\"\n";

const SOCKETS: &str = "+++\nnumber = 1\nquestion = \"What is a socket?\"\nsummary = \"An end of a connection.\"\nlevel = \"basic\"\n\
    tags = [\"TCP\", \"IO\"]\nrelated = [\"ports\"]\nverified = 2026-11-29\n\n[[options]]\ntext = \"An end\"\nright = true\n\
    why = \"That it is.\"\n\n[[options]]\ntext = \"A file\"\nwhy = \"Only in some systems.\"\n+++\n\n# Sockets\n\n\
    *Stressed* and $x^2$.\n\n$$\\frac{1}{2}$$\n\n> [!TIP]\n> Try it.\n\n```python,snippet=sum\nprint(1 + 1)\n```\n\n\
    {{#snippet parts:a}}\n\n{{#snippet broken}}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n- [ ] not\n\nA note.[^1]\n\n\
    [^1]: It.\n\n```mermaid\n%% How it goes\nflowchart LR\n  A --> B\n```\n\n## Next {#follow-up}\n\n### Why two?\n\nOne for each side.\n\n\
    ## Errata {#errata}\n\n- **Wrong**: there is one (so they say). **Right**: there are two. ([RFC 1](https://a.test/))\n\
    - **Imprecise**: it is quick. **Right**: it is quicker.\n\n## References {#references}\n\n- [RFC 1](https://a.test/)\n";

const PORTS: &str = "+++\nnumber = 2\nquestion = \"What is a port?\"\nsummary = \"A number.\"\nlevel = \"advanced\"\ntags = [\"TCP\"]\n\
    verified = 2026-11-29\n+++\n\n# Ports\n\n```rust\nfn main() {}\n```\n";

/// Everything that a book may have.
const FILES: [(&str, &str); 15] = [
    (
        "src/SUMMARY.md",
        "# Contents\n\n[Home](README.md)\n\n# Networks\n\n- [Sockets](net/sockets.md)\n- [Ports](net/ports.md)\n- [Later]()\n\n---\n\n[Glossary](glossary.md)\n",
    ),
    ("src/README.md", "# Home\n\n{{#practice}}\n\n{{#downloads}}\n\n{{#random-question}}\n\n{{#questions}}\n"),
    ("src/net/sockets.md", SOCKETS),
    ("src/net/ports.md", PORTS),
    (
        "src/glossary.md",
        "# Glossary\n\n| Word | Meaning | Where |\n|---|---|---|\n| port | a number | [2](net/ports.md) |\n",
    ),
    ("snippets/Cargo.toml", "[dependencies]\n"),
    ("snippets/recorded.toml", ""),
    ("snippets/examples/sum/main.rs", "//! A sum\nfn main() {\n    println!(\"{}\", 1 + 1);\n}\n"),
    ("snippets/examples/sum/output.txt", "2\n"),
    ("snippets/examples/sum/python.txt", "2\n"),
    (
        "snippets/examples/parts/main.rs",
        "//! Two parts\nfn main() {\n    // ANCHOR: a\n    let x = 1;\n    // ANCHOR_END: a\n    println!(\"{x}\");\n}\n",
    ),
    ("snippets/examples/parts/output.txt", "1\n"),
    ("snippets/compile-fail/broken/main.rs", "//! Does not compile\nfn main() {\n    let x: u8 = \"\";\n}\n"),
    ("snippets/compile-fail/broken/error.txt", "error[E0308]: mismatched types\n"),
    ("book.toml", SETTINGS),
];

/// A book in `language`.
fn book(language: &str) -> SmallBook {
    let book = SmallBook::of(&FILES);
    book.write("book.toml", SETTINGS.replace("\"en\"", &format!("\"{language}\"")));
    book
}

fn built(language: &str) -> SmallBook {
    let book = book(language);
    let output = book.build();
    assert!(output.status.success(), "{output:?}");
    book
}

/// Every file below `folder` that is text, with its text.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let text = |path: &Path| {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        Some((name, String::from_utf8(fs::read(path).unwrap()).ok()?))
    };
    files.filter_map(|entry| text(entry.path())).collect()
}

/// The places in `texts` that hold Chinese, each with what is around it.
fn chinese(texts: &[(String, String)]) -> Vec<String> {
    let around = |text: &str, at: usize| {
        let (start, end) = (text.floor_char_boundary(at.saturating_sub(60)), text.ceil_char_boundary(at + 60));
        text[start..end].to_string()
    };
    let found = texts.iter().filter_map(|(name, text)| Some((name, text, CHINESE.find(text)?.start())));
    found.map(|(name, text, at)| format!("{name}: {}", around(text, at))).collect()
}

#[test]
fn no_file_of_an_english_site_holds_a_chinese_character() {
    let book = built("en");
    let texts = texts(&book.root().join("book"));
    assert!(texts.len() > 60, "{}", texts.len());
    for made in
        ["404.html", "print.html", "outputs.html", "feed.xml", "sw.js", "manifest.webmanifest", "old.html", "toc.html"]
    {
        assert!(texts.iter().any(|(name, _)| name == made), "{made}");
    }
    assert_eq!(chinese(&texts), [""; 0]);
    // Who changes the test's expression sees it fail.
    assert!(!chinese(&[("a".into(), "a，b".into())]).is_empty());
}

#[test]
fn no_file_of_an_english_epub_holds_a_chinese_character() {
    let book = book("en");
    let output = book.qabook(&["epub", "--out", "small.epub"]).env("SOURCE_DATE_EPOCH", "0").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let archive = Archive::read(fs::read(book.root().join("small.epub")).unwrap());
    let is_text = |name: &&String| ["xhtml", "css", "opf", "ncx", "svg", "xml"].iter().any(|end| name.ends_with(end));
    let texts: Vec<_> = archive.names.iter().filter(is_text).map(|name| (name.clone(), archive.text(name))).collect();
    assert!(texts.len() > 8, "{:?}", archive.names);
    assert_eq!(chinese(&texts), [""; 0]);
    let page = archive.text(&archive.names.iter().find(|name| name.ends_with("sockets.xhtml")).unwrap().clone());
    for said in [
        "Question 1</span>",
        "In a sentence</p>",
        "Recorded output",
        "Open in the Playground",
        ">Tip</p>",
        "aria-label=\"done\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn a_language_that_the_theme_adds_is_spoken_where_it_has_words_and_english_elsewhere() {
    let book = book("fr");
    book.write(
        "theme/words/fr.toml",
        "[questions]\none-sentence = \"En une phrase\"\n[site]\ncontents = \"Sommaire & plus\"\nasked = \"?\"\n\
         not-found-links = \"Où aller\"\n[epub]\ncontents = \"Sommaire\"\n[search]\nplaceholder = \"Chercher\"\n\
         [alerts]\ntip = \"Astuce\"\n[snippets]\nrun = \"Lancer\"\n[card]\nrun-success = \"Réussi\"\n",
    );
    let output = book.build();
    assert!(output.status.success(), "{output:?}");
    let page = book.read("book/net/sockets.html");
    for said in [
        "<html lang=\"fr\"",
        ">En une phrase</p>",
        "aria-label=\"Sommaire &amp; plus\"",
        "--asked:\"?\";--answered:\"A\"",
        ">Astuce</p>",
        "data-do=\"run\" hidden=\"\">Lancer</button>",
        "\"run-success\":\"Réussi\"",
        "title=\"Change theme\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(book.read("book/404.html").contains("aria-label=\"Où aller\""));
    let scripts = texts(&book.root().join("book")).into_iter().filter(|(name, _)| name.ends_with(".start.js"));
    assert!(scripts.map(|(_, text)| text).collect::<String>().contains("\"Chercher\""));

    let output = book.qabook(&["check"]).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let missing = "theme/words/fr.toml: warning: [alerts] lacks what is said in English now: caution, important, note, warning \
                   (missing-words)";
    assert!(report.contains(missing), "{report}");
}

#[test]
fn a_book_in_a_language_without_words_is_told_once() {
    let book = SmallBook::plain("# A\n\nText.\n");
    book.replace("book.toml", "zh-CN", "fr");
    let report = String::from_utf8(book.qabook(&["check"]).output().unwrap().stdout).unwrap();
    assert!(
        report.contains("book.toml: warning: the book is in `fr`, and what the tool says is in English"),
        "{report}"
    );
    assert_eq!(report.matches("missing-words").count(), 1, "{report}");
}

#[test]
fn wrong_words_stop_the_build_and_are_named_once() {
    let book = book("en");
    book.write("theme/words/en.toml", "[site]\ncontent = \"Pages\"\n");
    let output = book.build();
    assert!(!output.status.success() && !book.root().join("book").exists());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("theme/words/en.toml:2: [site] has no word `content`\n    hint: "), "{said}");
    let report = String::from_utf8(book.qabook(&["check"]).output().unwrap().stdout).unwrap();
    assert_eq!(report.matches("[site] has no word `content`").count(), 1, "{report}");
}

/// Two books on one host.
#[test]
fn what_readers_keep_is_kept_under_the_name_of_the_book() {
    let book = built("en");
    for page in ["index", "net/sockets", "404", "print"] {
        let page = book.read(&format!("book/{page}.html"));
        assert!(page.contains(" data-storage=\"small-book\">"), "{page}");
    }
    assert_eq!(
        texts(&book.root().join("book")).into_iter().filter(|(_, text)| text.contains("wenxiu")).collect::<Vec<_>>(),
        []
    );
}
