//! What the preprocessor makes of chapters.

use mdbook_mermaid_svg::MermaidSvgPreprocessor;
use qabook_support::testing::{TestBook, contents};
use std::collections::BTreeSet;

fn run(chapter: &str) -> anyhow::Result<String> {
    let book = TestBook::new("nowhere", "").chapter("a.md", chapter).run(&MermaidSvgPreprocessor)?;
    Ok(contents(&book)[0].1.clone())
}

const FENCE: &str = "```mermaid\n%% 甲到 $乙$\nflowchart LR\n  A[\"价 $5 `x`\"] --> B\n```";

#[test]
fn a_fence_becomes_a_figure_and_the_rest_stays() {
    let page = run(&format!("前 $x$\n\n{FENCE}\n\n后 `y`\n")).unwrap();
    let (before, rest) = page.split_once("<figure class=\"diagram\">").unwrap();
    let (figure, after) = rest.split_once("</figure>").unwrap();
    assert_eq!(before, "前 $x$\n\n");
    assert_eq!(after, "\n\n\n\n\n\n后 `y`\n", "the figure keeps the fence's lines");
    assert!(figure.contains("<figcaption>甲到 &#36;乙&#36;</figcaption>"), "{figure}");
    assert!(!figure.contains('\n') && !figure.contains('$') && !figure.contains('`'), "{figure}");
}

#[test]
fn two_diagrams_of_a_book_share_no_id() {
    let two = format!("{FENCE}\n\n{FENCE}\n");
    let book = TestBook::new("nowhere", "").chapter("in/a.md", &two).chapter("in/b.md", &two);
    let book = book.run(&MermaidSvgPreprocessor).unwrap();
    let pages: String = contents(&book).into_iter().map(|(_, content)| content).collect();
    let ids: Vec<&str> = pages.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert!(ids.contains(&"diagram-in-a-1-title") && ids.contains(&"diagram-in-b-2-title"), "{ids:?}");
}

#[test]
fn other_fences_stay() {
    let chapter = "```text\n%% x\n```\n";
    assert_eq!(run(chapter).unwrap(), chapter);
}

#[test]
fn a_diagram_needs_a_title_and_a_source_that_can_be_drawn() {
    let error =
        run("\n```mermaid\nflowchart LR\n  A --> B\n```\n\n```mermaid\n%% 题\n不是图\n```\n").unwrap_err().to_string();
    assert!(
        error.contains("a.md: this diagram has no title\n    hint: make its first line `%% What it shows`"),
        "{error}"
    );
    assert!(error.contains("a.md: this diagram can't be drawn: "), "{error}");
}

#[test]
fn a_directive_is_no_title() {
    let init = "%%{init: {\"theme\": \"dark\"}}%%";
    let error = run(&format!("```mermaid\n{init}\nflowchart LR\n  A --> B\n```\n")).unwrap_err().to_string();
    assert!(error.contains("this diagram has no title"), "{error}");
    let page = run(&format!("```mermaid\n{init}\n%% 题\nflowchart LR\n  A --> B\n```\n")).unwrap();
    assert!(page.contains("<figcaption>题</figcaption>"), "{page}");
}

#[test]
fn a_figure_tells_the_diagram_in_the_language_of_the_book() {
    let book = TestBook::new("nowhere", "[book]\nlanguage = \"zh-CN\"\n");
    let book = book.chapter("a.md", "```mermaid\n%% 题\nsequenceDiagram\n  甲->>乙: `话`\n```\n");
    let page = contents(&book.run(&MermaidSvgPreprocessor).unwrap())[0].1.clone();
    assert!(
        page.contains("<div class=\"diagram-text\" data-no-index><ol><li>甲 到 乙：&#96;话&#96;</li></ol></div>"),
        "{page}"
    );
    assert!(page.contains("title=\"放大这张图\""), "{page}");
}

#[test]
fn only_what_cannot_be_read_on_a_phone_scrolls_there() {
    let wide = (0..9).map(|n| format!("甲{n}[一个相当宽的方框] --> 乙\n")).collect::<String>();
    let page = run(&format!("```mermaid\n%% 题\nflowchart TD\n{wide}```\n\n{FENCE}\n")).unwrap();
    assert_eq!(
        (page.matches("class=\"diagram diagram-wide\"").count(), page.matches("class=\"diagram\"").count()),
        (1, 1)
    );
}
