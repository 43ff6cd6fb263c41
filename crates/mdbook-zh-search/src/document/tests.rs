//! Pages to documents.

use super::*;

fn of(html: &str) -> Vec<Document> {
    documents(&Page::parse(&format!("<main>{html}</main>")).unwrap(), &["again"])
}

#[test]
fn a_term_names_its_passages_and_fields() {
    let found = of("<h1>死锁</h1><p>锁</p><h2>避免死锁</h2><p>顺序</p>");
    let [document] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(document.passages.len(), 2);
    let entry = &document.terms["死锁"];
    assert_eq!((entry.fields, entry.passages.as_slice()), (IN_TITLE | IN_HEADING, &[0, 1][..]));
    assert_eq!(document.terms["顺序"], Entry { fields: 0, weight: TEXT_WEIGHT, passages: vec![1], headings: vec![] });
}

#[test]
fn a_heading_is_known_in_its_passage_and_a_repeated_section_only_for_what_no_other_has() {
    let found = of("<h1>锁</h1><h2 id=a>死锁</h2><p>等</p><h2 id=again>参考</h2><p>死锁与活锁</p>");
    let terms = &found[0].terms;
    assert_eq!((terms["死锁"].headings.as_slice(), terms["死锁"].passages.as_slice()), (&[1][..], &[1][..]));
    assert_eq!(terms["活锁"].passages, [2]);
}

#[test]
fn what_is_asked_of_a_section_is_in_its_first_passage() {
    let found = of("<h1 id=t>锁</h1><header data-asked='卡死 {#a} | 加锁'></header><h2 id=a>死锁</h2><p>等</p>");
    assert_eq!(found[0].terms["卡死"].passages, [1]);
    assert_eq!(found[0].terms["卡死"].fields, IN_ASKED);
    assert_eq!((found[0].passages[1].asked.as_str(), found[0].passages[0].asked.as_str()), ("卡死", "加锁"));
}

#[test]
fn a_page_of_ten_megabytes_makes_documents_of_bounded_size() {
    let found = of(&"<p>一个没有标题的很长很长的段落。</p>".repeat(200_000));
    assert!(found.len() > 10);
    for document in &found {
        assert!(document.passages.len() <= PASSAGES_MAX);
        assert!(document.passages.iter().all(|passage| passage.text.len() < 2 * PASSAGE_BYTES));
    }
}

#[test]
fn a_paragraph_without_end_is_cut_with_an_overlap() {
    let text = "字".repeat(BLOCK_CHARS * 2);
    let lengths: Vec<_> = pieces(&text).map(|piece| piece.chars().count()).collect();
    assert_eq!(lengths, [BLOCK_CHARS, BLOCK_CHARS, 2 * OVERLAP]);
}

#[test]
fn nothing_makes_no_document_and_a_title_alone_makes_one() {
    assert!(of("").is_empty());
    assert!(of("<p> </p><img>").is_empty());
    assert_eq!(of("<h1>只有题</h1>").len(), 1);
}
