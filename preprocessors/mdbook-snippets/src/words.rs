//! The words of a card in Markdown.

use crate::snippet::Kind;

/// Above the program's Python twin.
pub(crate) const TWIN: &str = "Python 对照：";
/// The link to the Playground.
pub(crate) const PLAYGROUND: &str = "在 Playground 打开";

/// Above what was recorded.
pub(crate) fn recorded(kind: Kind) -> &'static str {
    match kind {
        Kind::Runs => "输出：",
        Kind::FailsToCompile => "编译器报错：",
    }
}
