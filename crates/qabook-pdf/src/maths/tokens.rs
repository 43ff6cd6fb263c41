//! The leaves of a formula: identifiers, numbers, operators, words.

use super::element::Element;
use super::spaces;
use crate::literal::literal;

impl Element<'_, '_> {
    /// `<mi>`: a letter, or the name of a function.
    pub(super) fn identifier(self) -> String {
        let name = self.text();
        let variant = self.attribute("mathvariant");
        match name.chars().count() {
            0 => String::new(),
            1 => self.styled(symbol(name)),
            _ if variant.is_some_and(|variant| variant != "normal") => self.styled(literal(name)),
            _ => format!("op({})", literal(name)),
        }
    }

    /// `<mn>`: a number; anything but plain digits goes in quotes.
    pub(super) fn number(self) -> String {
        let digits = self.text();
        let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        self.styled(if plain { digits.to_string() } else { literal(digits) })
    }

    /// `<mo>`: an operator, fence or relation.
    pub(super) fn operator(self) -> String {
        let mut sign = self.text().to_string();
        if self.attribute("fence") == Some("true") {
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
        let fixed = self.attribute("minsize").filter(|_| self.attribute("maxsize").is_some());
        match fixed.and_then(spaces::length) {
            Some(size) => format!("lr(size: #{size}, {code})"),
            None => code,
        }
    }

    /// `<mtext>`: words, or a space of a certain width.
    pub(super) fn words(self) -> String {
        let words = self.text();
        if let Some(space) = spaces::text(words) {
            return space;
        }
        self.styled(literal(words))
    }

    /// A token that holds elements: `\bmod`, `\stackrel` and the like make them.
    pub(super) fn composed(self) -> String {
        let letters: String =
            self.0.descendants().filter(roxmltree::Node::is_text).filter_map(|text| text.text()).collect();
        let of_rows = self.children().iter().all(|child| child.is("mrow"));
        match self.name() {
            "mo" if of_rows && letters.chars().all(|c| c.is_ascii_alphabetic()) => {
                format!("class(\"binary\", op({}))", literal(&letters))
            }
            "mo" => format!("class(\"relation\", {})", self.row()),
            _ => self.row(),
        }
    }

    /// `code` in the alphabet that `mathvariant` names.
    fn styled(self, code: String) -> String {
        match self.attribute("mathvariant") {
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
}

/// One character as Typst maths: punctuation would be syntax there.
fn symbol(one: &str) -> String {
    let is_syntax = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !c.is_ascii_whitespace();
    one.chars().map(|c| if is_syntax(c) { format!("\\{c}") } else { c.to_string() }).collect()
}
