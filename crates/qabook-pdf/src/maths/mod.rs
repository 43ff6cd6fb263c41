//! Formulas: KaTeX's MathML to Typst maths.
//!
//! The KaTeX of the pages reads the TeX, so that site, EPUB and PDF understand one language; this module
//! walks its [MathML](https://www.w3.org/TR/mathml-core/) and writes
//! [Typst maths](https://typst.app/docs/reference/math/):
//!
//! ```text
//! \frac{1}{1-p}  ->  <mfrac><mn>1</mn><mrow>…</mrow></mfrac>  ->  frac(1, 1 − p)
//! ```

mod accents;
mod element;
mod scripts;
mod spaces;
mod tables;
mod tokens;

use roxmltree::Document;
use thiserror::Error;

use crate::literal::literal;
use element::{Element, filled};

/// Why a formula can't be shown.
#[derive(Debug, Error)]
pub enum MathsError {
    /// The formula isn't the XML that KaTeX writes.
    #[error("the formula's MathML can't be read: {0}")]
    Xml(#[from] roxmltree::Error),
    /// There is no `<math>` in it.
    #[error("the formula's MathML has no <math> element")]
    NoMath,
}

/// The inside of a Typst equation that looks like `mathml`, a text with one `<math>` element somewhere in it.
///
/// # Errors
/// `mathml` isn't well-formed, or has no `<math>`.
pub fn from_mathml(mathml: &str) -> Result<String, MathsError> {
    // The one entity in KaTeX's output that XML doesn't know.
    let xml = mathml.replace("&nbsp;", "\u{a0}");
    let document = Document::parse(&xml)?;
    let math = document.descendants().find(|node| node.has_tag_name("math")).ok_or(MathsError::NoMath)?;
    Ok(Element(math).code())
}

impl Element<'_, '_> {
    /// The `index`th child as Typst code; an argument that is missing or draws nothing is an empty box.
    fn argument(self, index: usize) -> String {
        filled(self.children().get(index).map(|child| child.code()).unwrap_or_default())
    }

    /// All children, one after the other.
    fn row(self) -> String {
        self.children().into_iter().map(Self::code).filter(|code| !code.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The element as Typst code.
    fn code(self) -> String {
        match self.name() {
            "annotation" => String::new(),
            "semantics" => self.children().first().map(|shown| shown.code()).unwrap_or_default(),
            "mi" | "mo" | "mtext" if !self.children().is_empty() => self.composed(),
            "mi" => self.identifier(),
            "mn" => self.number(),
            "mo" => self.operator(),
            "mtext" => self.words(),
            "mspace" => spaces::space(self),
            "msup" | "msub" | "msubsup" => self.attached(),
            "mover" => self.over(),
            "munder" => self.under(),
            "munderover" => self.around(),
            "mfrac" => self.fraction(),
            "msqrt" => format!("sqrt({})", filled(self.row())),
            "mroot" => format!("root({}, {})", self.argument(1), self.argument(0)),
            "mstyle" => self.style(),
            // `\ce` sets its indices at the height of a letter that takes no room.
            "mpadded" if self.is_phantom_without_width() => {
                format!("#box(width: 0pt, {})", self.children()[0].code().trim_start_matches('#'))
            }
            "mphantom" => format!("#hide($ {} $)", self.row()),
            "menclose" => self.enclosed(),
            "mtable" => self.table(),
            "mrow" if self.is_fenced() => format!("lr({})", filled(self.row())),
            _ => self.row(),
        }
    }

    fn is_phantom_without_width(self) -> bool {
        let empty = self.attribute("width").is_some_and(|width| width.starts_with('0'));
        empty && matches!(&self.children()[..], [only] if only.is("mphantom"))
    }

    /// Whether `\left` or `\right` is at an end: those fences grow with what is between them.
    fn is_fenced(self) -> bool {
        let parts = self.children();
        let grows = |part: Option<&Self>| {
            part.is_some_and(|part| {
                part.is("mo") && part.attribute("fence") == Some("true") && part.attribute("stretchy") != Some("false")
            })
        };
        parts.len() >= 2 && (grows(parts.first()) || grows(parts.last()))
    }

    fn fraction(self) -> String {
        let (above, below) = (self.argument(0), self.argument(1));
        // `\binom` and `\atop` draw no line.
        if self.attribute("linethickness").is_some_and(|thickness| thickness.starts_with('0')) {
            format!("vec(delim: #none, {above}, {below})")
        } else {
            format!("frac({above}, {below})")
        }
    }

    /// Size and colour.
    fn style(self) -> String {
        let body = self.row();
        if body.trim().is_empty() {
            return "zws".into();
        }
        let body = match (self.attribute("displaystyle"), self.attribute("scriptlevel")) {
            (Some("true"), _) => format!("display({body})"),
            (Some("false"), Some("0")) => format!("inline({body})"),
            (Some("false"), Some("1")) => format!("script({body})"),
            (Some("false"), Some("2")) => format!("sscript({body})"),
            _ => body,
        };
        match self.attribute("mathcolor").and_then(colour) {
            Some(colour) => format!("#text(fill: {colour}, $ {body} $)"),
            None => body,
        }
    }

    /// `\cancel` and `\boxed`.
    fn enclosed(self) -> String {
        let body = filled(self.row());
        if self.attribute("notation").is_some_and(|notation| notation.contains("strike")) {
            format!("cancel({body})")
        } else {
            format!("#box(stroke: 0.5pt, inset: 4pt, baseline: 4pt, $ {body} $)")
        }
    }
}

/// A colour that both CSS and Typst know; a formula keeps the text's colour otherwise.
fn colour(css: &str) -> Option<String> {
    const NAMES: [&str; 18] = [
        "aqua", "black", "blue", "eastern", "fuchsia", "gray", "green", "lime", "maroon", "navy", "olive", "orange",
        "purple", "red", "silver", "teal", "white", "yellow",
    ];
    if css.starts_with('#') && css[1..].chars().all(|c| c.is_ascii_hexdigit()) && matches!(css.len(), 4 | 7) {
        return Some(format!("rgb({})", literal(css)));
    }
    NAMES.contains(&css).then(|| css.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_outside_a_formula_is_not_part_of_it() {
        let mathml =
            "<span><math><semantics><mrow><mi>x</mi></mrow><annotation>\\x</annotation></semantics></math></span>";
        assert_eq!(from_mathml(mathml).unwrap(), "x");
    }

    #[test]
    fn a_text_that_is_not_mathml_is_an_error() {
        assert!(matches!(from_mathml("<p>x</p>"), Err(MathsError::NoMath)));
        assert!(matches!(from_mathml("<math>"), Err(MathsError::Xml(_))));
    }

    #[test]
    fn an_unknown_colour_is_dropped() {
        assert_eq!(colour("red").as_deref(), Some("red"));
        assert_eq!(colour("#a93c0b").as_deref(), Some("rgb(\"#a93c0b\")"));
        assert_eq!(colour("rebeccapurple"), None);
        assert_eq!(colour("#12"), None);
    }
}
