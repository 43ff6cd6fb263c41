use super::*;

fn found(text: &str) -> Vec<(Kind, String, usize)> {
    scan(text).marks.into_iter().map(|mark| (mark.kind, mark.title, mark.line)).collect()
}

#[test]
fn marks_are_found_with_their_lines() {
    let text = "# List\n\n## 1. What? ##\n\n```sh\n# no\n```\n\n2.  ### How?\n\n    body\n    #### no\n\n**3. Why?**\n\ntext\n\n4、Who\n";
    let expected = [
        (Kind::Heading(1), "List".into(), 1),
        (Kind::Heading(2), "1. What?".into(), 3),
        (Kind::ItemHeading(3), "How?".into(), 9),
        (Kind::Bold, "3. Why?".into(), 14),
        (Kind::Numbered, "4、Who".into(), 18),
    ];
    assert_eq!(found(text), expected);
}

#[test]
fn an_items_title_is_its_question() {
    let text = "- **What?** Because.\n- Two lines of\n  one question?\n  - nested?\n- Plain\n  answer\n";
    let titles: Vec<_> = found(text).into_iter().map(|(_, title, _)| title).collect();
    assert_eq!(titles, ["What?", "Two lines of one question?", "Plain"]);
}

#[test]
fn the_outermost_details_count() {
    let text = "<details>\n<summary>What is <b>X</b>?</summary><br>\n\nA\n\n<details><summary>more</summary>b</details>\n\n</details>\n";
    let marks = scan(text).marks;
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0].title, "What is X?");
    assert!(text[marks[0].body..marks[0].end.unwrap()].starts_with("<br>\n\nA"));
}

#[test]
fn anchors_are_those_of_github() {
    let text = "## What's `new`?\n\n## What's new\n\n<a name=\"x\"></a>\n\n- a\n\n  ### In a list\n";
    let names: Vec<_> = scan(text).anchors.into_iter().map(|anchor| anchor.name).collect();
    assert_eq!(names, ["whats-new", "whats-new-1", "x", "in-a-list"]);
}

#[test]
fn a_fence_that_nothing_closes_is_told() {
    let outline = scan("## 1. A\n\n```\na\n\n## 2. B\n");
    assert_eq!((outline.unclosed, outline.swallowing), (Some(9), vec![(9, 16)]));
}
