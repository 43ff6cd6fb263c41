//! What stands above, below and beside a base.

use roxmltree::Node;

use super::{accents, argument, children, text};

/// `<msup>`, `<msub>`, `<msubsup>`: beside the base.
pub(super) fn attached(node: Node<'_, '_>) -> String {
    let base = argument(node, 0);
    match node.tag_name().name() {
        "msub" => format!("attach({base}, b: {})", argument(node, 1)),
        "msubsup" => format!("attach({base}, b: {}, t: {})", argument(node, 1), argument(node, 2)),
        _ => match primes(node) {
            Some(count) => format!("{base}{}", "'".repeat(count)),
            None => format!("attach({base}, t: {})", argument(node, 1)),
        },
    }
}

/// How many primes an exponent of nothing but primes has.
fn primes(node: Node<'_, '_>) -> Option<usize> {
    let exponent = *children(node).get(1)?;
    let sign = text(exponent);
    let only = exponent.has_tag_name("mo") && !sign.is_empty() && sign.chars().all(|c| c == '′');
    only.then(|| sign.chars().count())
}

/// `<mover>`: an accent, an arrow with a text on it, or a limit above.
pub(super) fn over(node: Node<'_, '_>) -> String {
    if let Some(sign) = sign(node, 1) {
        let stretchy = children(node)[1].attribute("stretchy") != Some("false");
        if let Some(accent) = accents::over(sign, &argument(node, 0), stretchy) {
            return accent;
        }
    }
    format!("attach({}, t: {})", base(node), argument(node, 1))
}

/// `<munder>`: a line or brace below, or a limit.
pub(super) fn under(node: Node<'_, '_>) -> String {
    if let Some(accent) = sign(node, 1).and_then(|sign| accents::under(sign, &argument(node, 0))) {
        return accent;
    }
    format!("attach({}, b: {})", base(node), argument(node, 1))
}

/// `<munderover>`: both.
pub(super) fn around(node: Node<'_, '_>) -> String {
    format!("attach({}, b: {}, t: {})", base(node), argument(node, 1), argument(node, 2))
}

/// The text of child `index` when that is a plain operator.
fn sign<'a>(node: Node<'a, '_>, index: usize) -> Option<&'a str> {
    let child = *children(node).get(index)?;
    (child.has_tag_name("mo") && children(child).is_empty()).then(|| text(child))
}

/// The base, made to take its scripts above and below; an arrow grows to the width of its text.
fn base(node: Node<'_, '_>) -> String {
    let code = argument(node, 0);
    if sign(node, 0).is_some_and(|sign| sign.contains(['→', '←', '⟶', '⇒', '⇐', '↔', '↦'])) {
        format!("limits(stretch({code}, size: #150%))")
    } else {
        format!("limits({code})")
    }
}
