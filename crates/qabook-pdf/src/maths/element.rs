//! An element of MathML, as the parts of a formula are read.

use roxmltree::Node;

/// An element. Each kind of it is written as Typst code by the module of that kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a, 'i>(pub(super) Node<'a, 'i>);

impl<'a> Element<'a, '_> {
    pub(super) fn name(self) -> &'a str {
        self.0.tag_name().name()
    }

    pub(super) fn is(self, name: &str) -> bool {
        self.0.has_tag_name(name)
    }

    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.0.attribute(name)
    }

    /// The elements directly in it.
    pub(super) fn children(self) -> Vec<Self> {
        self.0.children().filter(Node::is_element).map(Self).collect()
    }

    /// The text directly in it.
    pub(super) fn text(self) -> &'a str {
        self.0.text().unwrap_or("")
    }
}

/// Typst refuses an empty argument.
pub(super) fn filled(code: String) -> String {
    if code.trim().is_empty() { "zws".into() } else { code }
}
