use super::*;

fn read(text: &str, delimiter: u8) -> Result<Vec<Row>, Diagnostics> {
    let source = Source {
        path: "a.csv".into(),
        shown: "a.csv".into(),
        folder: "".into(),
        text: text.into(),
        format: Format::Table(delimiter),
        front_matter: None,
    };
    rows(&source, delimiter)
}

#[test]
fn columns_are_found_by_their_names_or_their_order() {
    let rows = read("Tags,Question,Answer\n\"a, b\",\"What, then?\",\"Two\nlines\"\n", b',').unwrap();
    assert_eq!((rows[0].question.as_str(), rows[0].answer.as_str()), ("What, then?", "Two\nlines"));
    assert_eq!((rows[0].tags.as_slice(), rows[0].line), (["a".to_string(), "b".into()].as_slice(), 2));
    let rows = read("什么？\t它说 \"是\"\t网络\n为什么？\n", b'\t').unwrap();
    assert_eq!((rows[0].answer.as_str(), rows[1].answer.as_str()), ("它说 \"是\"", ""));
}

#[test]
fn columns_of_other_names_are_kept_below_the_answer() {
    for (text, answer) in [
        ("question,answer,source\nWhat?,That.,A book\n", "That.\n\n**source**: A book"),
        ("Nr #,question,answer,*Hint*\n7,What?,,\n", "**Nr \\#**: 7"),
        ("title,question,answer\nA,What?,That.\n", "That.\n\n**title**: A"),
        ("question,answer,source\nWhat?,That.,\"- a\n- b\"\n", "That.\n\n**source**:\n\n- a\n- b"),
    ] {
        assert_eq!(read(text, b',').unwrap()[0].answer, answer, "{text}");
    }
}

#[test]
fn cells_that_are_in_no_column_are_told() {
    let stray =
        "is in no column that the head names\n    hint: where a cell holds a comma, put quotes around all of it";
    for (text, message) in [
        ("question,answer\nWhat?,A small, furry, shy animal.\n", format!("a.csv:2: “furry” {stray}")),
        ("question,answer,,\nWhat?,A small, furry, one.\n", format!("a.csv:2: “furry” {stray}")),
        ("question,,answer\n\nWhat?,lost,That.\n", format!("a.csv:3: “lost” {stray}")),
        ("What?,It is small, furry, and warm.\n", "a.csv:1: “and warm.” is in no column: without a head".into()),
        ("What?,It is small, and warm.\n", "a.csv:1: “and warm.” is where tags or a part should be".into()),
        ("question,answer,part\nWhat?,Small, and warm!\n", "a.csv:2: “and warm!” is where".into()),
    ] {
        let problems = read(text, b',').unwrap_err().to_string();
        assert!(problems.starts_with(&message), "{text}: {problems}");
    }
    // Spreadsheets write empty cells, and quotes say that a comma is meant.
    for text in [
        "question,answer,,\nWhat?,That.,,,\n",
        "What?,That.,tag,,\n",
        "What?,That.,Misc.\n",
        ",question,answer\n0,What?,That.\n",
    ] {
        assert!(read(text, b',').is_ok_and(|rows| rows.len() == 1), "{text}");
    }
}

#[test]
fn rows_without_a_question_are_told() {
    let problems = read("question,answer\n,x\n\n,y\n", b',').unwrap_err().to_string();
    assert!(problems.contains("a.csv:2: this row has no question") && problems.contains("a.csv:4:"), "{problems}");
}

#[test]
fn a_quote_that_swallows_questions_is_told() {
    let problems = read("question,answer\nWhat is a?,\"a is one\nWhat is b?,b is two\n", b',').unwrap_err().to_string();
    assert!(problems.contains("a.csv:2: nothing closes the quote that opens a cell here"), "{problems}");
}
