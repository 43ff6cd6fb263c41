//! The words that this crate writes into pages and looks for in chapters, all in one place.

/// What is claimed and wrong, imprecise or incomplete, as chapters emphasise it.
pub(crate) const CLAIMS: [&str; 3] = ["误", "不准确", "不完整"];
/// What is so instead.
pub(crate) const FACT: &str = "正";
/// What follows both.
pub(crate) const COLON: &str = "：";
/// What is put between tags and between links.
pub(crate) const LIST_COMMA: &str = "、";

pub(crate) const TAGS: &str = "标签索引";
pub(crate) const ERRATA: &str = "勘误汇总";
pub(crate) const REFERENCES: &str = "参考文献";
pub(crate) const OTHER_SOURCES: &str = "其他";
pub(crate) const READ_CHAPTER: &str = "读这一章";
pub(crate) const RELATED: &str = "相关问题";

/// The words for the levels, the lowest first.
pub(crate) const LEVELS: [&str; 3] = ["基础", "进阶", "深入"];

/// The title of the index of the part `title`.
pub(crate) fn part_index(title: &str) -> String {
    format!("{title} · 题目一览")
}

/// What the page of `count` errata begins with.
pub(crate) fn errata_intro(count: usize) -> String {
    format!("各章「易错点与勘误」里的 {count} 条更正，每条都注明出处。")
}

/// What the page of `count` sources begins with.
pub(crate) fn references_intro(count: usize) -> String {
    format!("全书引用的 {count} 份文献，以及引用它们的题目。")
}

/// A line of the page of sources: `source` and the links to the `questions` that cite it.
pub(crate) fn cited(source: &str, questions: &str) -> String {
    format!("{source}{COLON}第 {questions} 题")
}

/// The head of a question as a quotation in Markdown; everything is escaped.
pub(crate) fn header(number: &str, question: &str, about: [&str; 3], summary: &str) -> String {
    let [level, tags, verified] = about;
    format!("> **第 {number} 题** {question}\n>\n> {level} · {tags} · 最后核对 {verified}\n>\n> **一句话** {summary}")
}
