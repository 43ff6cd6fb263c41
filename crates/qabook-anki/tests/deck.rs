//! What is in the deck of a small book.

mod common;

use common::{Book, Deck, Note};
use std::collections::HashSet;

const CHINESE: &str = "+++\nnumber = 7\nquestion = \"`a < b` 是{{什么}}？\"\nsummary = \"5 & \\\"引号\\\"。\"\nlevel = \"basic\"\n\
tags = [\"Linux 内核\", \"TCP\"]\nverified = 2026-11-23\n+++\n\n# 甲\n\n正文。\n\n{{#snippet sum:part}}\n\n\
## 追问 {#follow-up}\n\n### 为什么 $x_1 < y$ 和 `{{b}}`？\n\n因为 \\\\(a\\\\)，[见这里](b.md)，[RFC](https://example.org/a?b&c)。\n\n\
$$\n\\frac{1}{2}\n$$\n\n```rust\nfn f() -> &'static str { \"{{}} $\" }\n```\n\n- 甲\n- **乙**[^n]\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n\
[^n]: 注。\n\n### 图呢？\n\n```mermaid\n%% 图\nflowchart LR\n  A --> B\n```\n\n\
## 易错 {#errata}\n\n- **误**：`TIME_WAIT` 在服务端（常见说法）。**正**：在主动关闭的一方。（[RFC 9293](https://example.org/r)）\n\
- **不完整**：一。**正**：二。（[b](https://example.org/s)、[c](b.md)）\n";

const OTHER: &str = "+++\nnumber = 8\nquestion = \"乙？\"\nsummary = \"丙。\"\nlevel = \"advanced\"\ntags = [\"TCP\"]\n\
verified = 2026-11-23\n+++\n\n# 乙\n\n{{#snippet sum}}\n";

const SITE: &str = "[output.html]\nsite-url = \"https://books.test/small/\"\n";

fn chinese(output: &str) -> Book {
    let output = format!("\n[preprocessor.mermaid-svg]\nbefore = [\"questions\"]\n\n{output}");
    let book = Book::new("zh-CN", &output, &[("net/a.md", CHINESE), ("net/b.md", OTHER)]);
    book.write(
        "snippets/examples/sum/main.rs",
        "//! 求和\nfn main() {\n    // ANCHOR: part\n    println!(\"{}\", 1 + 1);\n    // ANCHOR_END: part\n}\n",
    );
    book.write("snippets/examples/sum/output.txt", "2 < 3\n");
    book
}

#[test]
fn every_question_follow_up_erratum_and_output_is_a_note_in_the_order_of_the_book() {
    let deck = chinese(SITE).deck();
    let first: Vec<&str> = deck.notes.iter().map(|note| note.fields[0].as_str()).collect();
    assert_eq!(
        first,
        [
            "a &lt; b 是&#123;&#123;什么&#125;&#125;？",
            "为什么 \\(x_1 &lt; y\\) 和 <code>&#123;&#123;b&#125;&#125;</code>？",
            "图呢？",
            "<code>TIME_WAIT</code> 在服务端。",
            "一。",
            "求和",
            "乙？",
        ]
    );
    let guids: HashSet<&str> = deck.notes.iter().map(|note| note.guid.as_str()).collect();
    assert_eq!(guids.len(), 7);
    // A part's deck is below the book's; colons in its title open no other.
    let decks: HashSet<&String> = deck.notes.iter().map(|note| &deck.decks[&note.deck]).collect();
    assert_eq!(decks, HashSet::from([&"Small::Part: one:two".to_string()]));
    assert_eq!(deck.notes[1].tags, " Linux_内核 TCP ");
}

#[test]
fn questions_of_equal_file_names_have_notes_of_their_own() {
    let other = OTHER.replace("{{#snippet sum}}", "").replace("number = 8", "number = 9");
    let alone = Book::new("zh-CN", SITE, &[("net/b.md", OTHER.replace("{{#snippet sum}}", "").as_str())]);
    let both = Book::new("zh-CN", SITE, &[("net/b.md", &OTHER.replace("{{#snippet sum}}", "")), ("os/b.md", &other)]);
    let guids = |book: &Book| -> Vec<String> { book.deck().notes.into_iter().map(|note| note.guid).collect() };
    let (alone, both) = (guids(&alone), guids(&both));
    assert_eq!((alone.len(), both.len()), (1, 2));
    assert_eq!(alone[0], both[0], "who has the deck keeps the first");
    assert_ne!(both[0], both[1]);
}

#[test]
fn a_question_has_its_sentence_and_its_chapter() {
    let deck = chinese(SITE).deck();
    let fields = &deck.notes[0].fields;
    assert_eq!(fields[3], "<p>5 &amp; &quot;引号&quot;。</p>");
    assert_eq!(fields[5], "基础");
    assert_eq!(fields[6], "<a href=\"https://books.test/small/net/a.html\">第 7 题 · Chapter net/a.md</a>");
    assert_eq!(chinese("").deck().notes[0].fields[6], "第 7 题 · Chapter net/a.md", "no site, no link");
}

#[test]
fn a_follow_up_keeps_its_formulas_code_links_tables_and_notes() {
    let deck = chinese(SITE).deck();
    let Note { fields, .. } = deck.about("为什么");
    assert_eq!(fields[1], "Chapter net/a.md");
    for part in [
        "\\[\\frac&#123;1&#125;&#123;2&#125;\\]",
        "<a href=\"https://books.test/small/net/b.html\">见这里</a>",
        "<a href=\"https://example.org/a?b&amp;c\">RFC</a>",
        "<pre class=\"hl\"><code><span class=\"l\"><span class=\"k\">fn </span>",
        "<li><strong>乙</strong><sup>1</sup></li>",
        "<td class=\"end\">2</td>",
        "<div class=\"footnotes\"><div><sup>1</sup> 注。</div></div>",
    ] {
        assert!(fields[3].contains(part), "{part} is not in {}", fields[3]);
    }
    // What the author wrote is no formula.
    assert!(fields[3].contains("因为 \\<span></span>(a\\<span></span>)"), "{}", fields[3]);
}

#[test]
fn a_drawing_is_a_file_of_its_own() {
    let deck = chinese(SITE).deck();
    let [(name, svg)] = &deck.media.iter().collect::<Vec<_>>()[..] else { panic!("{:?}", deck.media.keys()) };
    assert!(deck.about("图呢").fields[3].contains(&format!("<img src=\"{name}\" alt=\"图\">")));
    let svg = String::from_utf8_lossy(svg);
    assert!(svg.starts_with("<svg") && svg.contains("xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
}

#[test]
fn a_statement_is_told_apart_from_its_sources() {
    let deck = chinese(SITE).deck();
    let Note { fields, .. } = deck.about("TIME_WAIT");
    let sources = "（<a href=\"https://example.org/r\">RFC 9293</a>）";
    assert_eq!(fields[1..5], ["（常见说法）", "误", "在主动关闭的一方。", sources]);
    assert_eq!(fields[6], "<a href=\"https://books.test/small/net/a.html#errata\">第 7 题 · Chapter net/a.md</a>");
    assert_eq!(deck.about("一。").fields[1..4], ["", "不完整", "二。"]);
}

#[test]
fn an_output_is_asked_once_and_of_the_whole_program() {
    let deck = chinese(SITE).deck();
    let Note { fields, .. } = deck.about("求和");
    assert!(fields[1].contains("main"), "{}", fields[1]);
    assert_eq!(fields[2..4], ["输出", "<pre class=\"record\"><samp>2 &lt; 3</samp></pre>"]);
}

#[test]
fn an_english_book_has_english_cards() {
    let chapter = "+++\nnumber = 1\nquestion = \"Why?\"\nsummary = \"So.\"\nlevel = \"basic\"\ntags = [\"a b\"]\n\
                   verified = 2026-11-23\n+++\n\n# Why\n\n## Next {#follow-up}\n\n### And then?\n\nNothing.\n\n\
                   ## Errata {#errata}\n\n- **Wrong**: one (a rumour). **Right**: two. ([c](https://example.org/))\n";
    let deck = Book::new("en", "", &[("why.md", chapter)]).deck();
    assert_eq!(deck.notes.len(), 3);
    assert_eq!(deck.notes[1].fields[3], "<p>Nothing.</p>");
    let sources = "(<a href=\"https://example.org/\">c</a>)";
    assert_eq!(deck.notes[2].fields[..5], ["one.", "(a rumour)", "Wrong", "two.", sources]);
    assert_eq!(deck.notes[0].fields[5], "basic");
    assert_eq!(deck.notes[0].fields[6], "Question 1 · Chapter why.md");
    let types = deck.types.to_string();
    assert!(types.contains("Small · question") && types.contains("Is this right?"), "{types}");
    assert!(!types.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{types}");
}

#[test]
fn options_are_asked_and_their_reasons_told() {
    let chapter = "+++\nnumber = 1\nquestion = \"Which?\"\nsummary = \"B.\"\nlevel = \"basic\"\ntags = [\"a\"]\n\
                   verified = 2026-11-23\n\n[[options]]\ntext = \"`a`\"\nwhy = \"No, $x$.\"\n\n[[options]]\n\
                   text = \"b\"\nright = true\nwhy = \"Yes.\"\n+++\n\n# Which\n\nText.\n";
    let deck = Book::new("en", "", &[("which.md", chapter)]).deck();
    let fields = &deck.notes[0].fields;
    assert_eq!(fields[2], "<div class=\"options\"><ul><li>A. <code>a</code></li><li>B. b</li></ul></div>");
    assert!(fields[4].contains("<strong>Answer</strong>: B") && fields[4].contains("No, \\(x\\)."), "{}", fields[4]);
    assert!(!fields[4].contains("Text."), "{}", fields[4]);
}

#[test]
fn templates_name_fields_that_there_are() {
    for language in ["zh-CN", "en"] {
        let types = Book::new(language, "", &[("a.md", OTHER.split("{{").next().unwrap())]).deck().types;
        for kind in types.as_object().unwrap().values() {
            let fields: Vec<&str> =
                kind["flds"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
            for side in ["qfmt", "afmt"] {
                let template = kind["tmpls"][0][side].as_str().unwrap();
                assert!(!template.contains("[["), "{template}");
                for gap in template.split("{{").skip(1) {
                    let name = gap.split("}}").next().unwrap().trim_start_matches(['#', '^', '/']);
                    assert!(name == "FrontSide" || name == "Tags" || fields.contains(&name), "{name}: {template}");
                }
            }
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let (one, other) = (chinese(SITE).bytes(), chinese(SITE).bytes());
    assert!(one == other);
}

fn guids(deck: &Deck) -> HashSet<String> {
    deck.notes.iter().map(|note| note.guid.clone()).collect()
}

#[test]
fn notes_stay_the_same_when_others_come() {
    let book = chinese(SITE);
    let before = book.deck();
    let new = OTHER.replace("number = 8", "number = 1").replace("乙？", "新？");
    book.list(&[("new.md", new.as_str()), ("net/a.md", CHINESE), ("net/b.md", OTHER)]);
    book.replace("src/net/a.md", "### 图呢？", "### 还有呢？\n\n没有了。\n\n### 图呢？");
    book.replace("src/net/a.md", "引号", "引文");
    let after = book.deck();
    assert!(guids(&after).is_superset(&guids(&before)));
    assert_eq!(after.notes.len(), before.notes.len() + 2);
    let kinds = |deck: &Deck| deck.types.as_object().unwrap().keys().cloned().collect::<HashSet<_>>();
    assert_eq!(kinds(&before), kinds(&after));
}

#[test]
fn a_note_is_as_old_as_the_commit_that_changed_it() {
    let book = chinese(SITE);
    book.commit(1_800_000_000);
    book.replace("src/net/a.md", "引号", "引文");
    book.replace("src/net/a.md", "正文。", "别的正文。");
    book.commit(1_800_001_000);
    book.write("snippets/examples/sum/output.txt", "3\n");
    book.commit(1_800_002_000);
    let day = book.deck();
    assert_eq!(day.notes[0].changed, 1_800_001_000, "its sentence");
    assert_eq!(day.about("求和").changed, 1_800_002_000, "its record");
    for about in ["为什么", "图呢", "TIME_WAIT", "一。", "乙？"] {
        assert_eq!(day.about(about).changed, 1_800_000_000, "{about}");
    }
    // What isn't committed is of the day that is given.
    book.replace("src/net/a.md", "二。", "两。");
    assert_eq!(book.deck().about("一。").changed, 1_798_761_600);
    assert_eq!(book.deck().about("TIME_WAIT").changed, 1_800_000_000);
}
