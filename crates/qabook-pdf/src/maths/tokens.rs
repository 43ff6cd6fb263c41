//! The leaves of a formula: identifiers, numbers, operators, words.

use roxmltree::Node;

use super::{children, row, spaces, text};
use crate::literal::literal;

/// `<mi>`: a letter, or the name of a function.
pub(super) fn identifier(node: Node<'_, '_>) -> String {
    let name = text(node);
    let variant = node.attribute("mathvariant");
    match name.chars().count() {
        0 => String::new(),
        1 => styled(node, symbol(name)),
        _ if variant.is_some_and(|variant| variant != "normal") => styled(node, literal(name)),
        _ => format!("op({})", literal(name)),
    }
}

/// `<mn>`: a number; anything but plain digits goes in quotes.
pub(super) fn number(node: Node<'_, '_>) -> String {
    let digits = text(node);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    styled(node, if plain { digits.to_string() } else { literal(digits) })
}

/// `<mo>`: an operator, fence or relation.
pub(super) fn operator(node: Node<'_, '_>) -> String {
    let mut sign = text(node).to_string();
    if node.attribute("fence") == Some("true") {
        // KaTeX writes the divides sign for `|`; Typst stretches only the bar.
        sign = sign.replace('∣', "|");
    }
    // Function application, invisible times and invisible separator draw nothing.
    if sign.chars().all(|c| matches!(c, '\u{2061}'..='\u{2063}')) {
        return String::new();
    }
    let code = match &*sign {
        "'" => "prime".into(),
        "~" | "\u{a0}" => "space.nobreak".into(),
        one if one.chars().count() == 1 => symbol(one),
        word if word.chars().all(char::is_alphabetic) => format!("op({}, limits: #false)", literal(word)),
        other => literal(other),
    };
    // `\big`, `\Big` and so on fix the size; an arrow with a text on it only has a least width.
    let fixed = node.attribute("minsize").filter(|_| node.attribute("maxsize").is_some());
    match fixed.and_then(spaces::length) {
        Some(size) => format!("lr(size: #{size}, {code})"),
        None => code,
    }
}

/// `<mtext>`: words, or a space of a certain width.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let words = text(node);
    if let Some(space) = spaces::text(words) {
        return space;
    }
    styled(node, literal(words))
}

/// A token that holds elements: `\bmod`, `\stackrel` and the like make them.
pub(super) fn composed(node: Node<'_, '_>) -> String {
    let letters: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    let of_rows = children(node).iter().all(|child| child.has_tag_name("mrow"));
    match node.tag_name().name() {
        "mo" if of_rows && letters.chars().all(|c| c.is_ascii_alphabetic()) => {
            format!("class(\"binary\", op({}))", literal(&letters))
        }
        "mo" => format!("class(\"relation\", {})", row(node)),
        _ => row(node),
    }
}

/// One character as Typst maths: punctuation would be syntax there.
fn symbol(one: &str) -> String {
    let is_syntax = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !c.is_ascii_whitespace();
    one.chars().map(|c| if is_syntax(c) { format!("\\{c}") } else { c.to_string() }).collect()
}

/// `code` in the alphabet that `mathvariant` names.
fn styled(node: Node<'_, '_>, code: String) -> String {
    match node.attribute("mathvariant") {
        Some("bold") => format!("bold(upright({code}))"),
        Some("bold-italic") => format!("bold(italic({code}))"),
        Some("double-struck") => format!("bb({code})"),
        Some("script") => format!("cal({code})"),
        Some("fraktur") => format!("frak({code})"),
        Some("sans-serif") => format!("sans({code})"),
        Some("monospace") => format!("mono({code})"),
        Some("normal") => format!("upright({code})"),
        Some("italic") => format!("italic({code})"),
        _ => code,
    }
}
