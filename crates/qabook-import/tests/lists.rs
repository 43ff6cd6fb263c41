//! Lists of other people, which may not be in the repository: tried where the folder `shared` is beside it.

mod common;

use common::{added, lost, planned};
use qabook_import::{Options, Plan};
use qabook_support::testing::{self, Tool};
use std::path::PathBuf;
use std::process::ExitCode;

/// The folder with the lists.
const SHARED: Tool = Tool {
    name: "the folder of lists (../shared beside the repository, or where QABOOK_SHARED says)",
    is_here: || shared().join("lists").is_dir(),
    required_by: "QABOOK_REQUIRE_SHARED",
};

fn shared() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("QABOOK_SHARED").map_or_else(beside, PathBuf::from)
}

/// The plan of a list that keeps every word.
fn whole(path: &str) -> Plan {
    whole_but(path, &[], &[])
}

/// The plan of a list that keeps every word but those that are marks now, and shows those that were.
fn whole_but(path: &str, marks: &[&str], shown: &[&str]) -> Plan {
    let (lists, plan) = planned(&shared().join(path), &Options::default()).unwrap();
    assert_eq!(lost(&lists, &plan), marks, "words of {path} are lost");
    assert_eq!(added(&lists, &plan), shown, "words are in the pages of {path} that nobody wrote");
    plan
}

fn ends(plan: &Plan) -> (usize, &str, &str) {
    let question = |index: usize| plan.chapters.get(index).map_or("", |chapter| chapter.question.as_str());
    (plan.chapters.len(), question(0), question(plan.chapters.len() - 1))
}

fn the_hand_out_has_53_questions_and_23_python_examples() {
    let plan = whole("original/questions.md");
    assert_eq!(plan.chapters.len(), 53);
    assert_eq!(plan.chapters[0].question, "python的底层网络交互模块有哪些？");
    assert!(plan.chapters[52].question.starts_with("csv文件 [erotic.csv] 中共存在271 万多条数据"));
    assert_eq!(plan.language, "zh-CN");
    // 21 programs and two sketches, by question: the 20th is there twice.
    let waiting: Vec<(usize, usize)> = (1..)
        .zip(&plan.chapters)
        .filter(|(_, chapter)| chapter.waiting > 0)
        .map(|(at, chapter)| (at, chapter.waiting))
        .collect();
    let expected = [
        (8, 1),
        (15, 4),
        (16, 1),
        (17, 1),
        (24, 2),
        (26, 1),
        (27, 2),
        (33, 1),
        (34, 4),
        (39, 2),
        (40, 1),
        (41, 1),
        (42, 1),
        (44, 1),
    ];
    assert_eq!(waiting, expected);
    let fences: usize =
        plan.chapters.iter().map(|chapter| chapter.text.matches("```python,keep,reason=").count()).sum();
    assert_eq!(fences, 23);
}

fn the_list_of_our_own_has_three_questions_in_two_parts() {
    let plan = whole("lists/own-three/list.md");
    let last = "Why does Arc<Mutex<T>> not deadlock when one thread panics?";
    assert_eq!(ends(&plan), (3, "What is the expected number of probes in a hash table with load factor α?", last));
    let parts: Vec<_> = plan.chapters.iter().filter_map(|chapter| chapter.part.as_deref()).collect();
    assert_eq!(parts, ["Algorithms", "Systems", "Systems"]);
}

fn the_react_list_is_found_whole() {
    // One answer is indented so far that it was code; now its fence and its tags are none.
    let marks = ["details: 14 of 15", "harmony: 0 of 1", "javascript: 13 of 14", "jsx: 6 of 7", "p: 92 of 93"];
    // 327 rows of the first table of contents without the three numbers that are skipped and with the two that are twice, and
    // the 91 of the second: as many as there are `1.  ###`, one of which is indented and one of which is `####`.
    let plan = whole_but("lists/sudheerj-react-en/list.md", &marks, &["User: 36 of 38", "customer: 1 of 2"]);
    assert_eq!(ends(&plan), (416, "What is React?", "Can I use javascript urls in react16.9?"));
}

fn one_question_a_file_is_found_in_13_files() {
    let plan = whole("lists/rcallaby-rust-en");
    assert_eq!(plan.chapters.len(), 13);
    assert_eq!(plan.chapters[0].question, "What’s the difference between const and a let binding?");
    assert_eq!(plan.chapters[12].question, "When and how to use unsafe in Rust?");
    assert_eq!(plan.chapters[0].part.as_deref(), Some("Core Syntax Semantics"));
}

fn topics_are_questions_where_there_are_no_others() {
    let plan = whole("lists/keke-li-go-zh");
    assert_eq!(ends(&plan), (41, "网络协议", "系统处理过程"));
}

fn main() -> ExitCode {
    testing::run(qabook_support::tests![
        the_hand_out_has_53_questions_and_23_python_examples: SHARED,
        the_list_of_our_own_has_three_questions_in_two_parts: SHARED,
        the_react_list_is_found_whole: SHARED,
        one_question_a_file_is_found_in_13_files: SHARED,
        topics_are_questions_where_there_are_no_others: SHARED,
    ])
}
