//! The words that this crate writes into books.

use crate::CalloutKind;

/// The titles that the preprocessor `chinese` gives them on the page.
pub(crate) fn callout(kind: CalloutKind) -> &'static str {
    match kind {
        CalloutKind::Note => "注",
        CalloutKind::Tip => "提示",
        CalloutKind::Important => "重要",
        CalloutKind::Warning => "警告",
        CalloutKind::Caution => "小心",
    }
}
