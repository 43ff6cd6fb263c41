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
mod scripts;
mod spaces;
mod tables;
mod tokens;

use roxmltree::{Document, Node};
use thiserror::Error;

use crate::literal::literal;

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
    Ok(element(math))
}

/// The element children of `node`.
fn children<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    node.children().filter(Node::is_element).collect()
}

/// The `index`th child converted; an argument that is missing or draws nothing is an empty box.
fn argument(node: Node<'_, '_>, index: usize) -> String {
    filled(children(node).get(index).map(|&child| element(child)).unwrap_or_default())
}

/// Typst refuses an empty argument.
fn filled(code: String) -> String {
    if code.trim().is_empty() { "zws".into() } else { code }
}

/// All children, one after the other.
fn row(node: Node<'_, '_>) -> String {
    children(node).into_iter().map(element).filter(|code| !code.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text directly in `node`.
fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or("")
}

/// One element as Typst code.
fn element(node: Node<'_, '_>) -> String {
    match node.tag_name().name() {
        "annotation" => String::new(),
        "semantics" => children(node).first().map(|&shown| element(shown)).unwrap_or_default(),
        "mi" | "mo" | "mtext" if !children(node).is_empty() => tokens::composed(node),
        "mi" => tokens::identifier(node),
        "mn" => tokens::number(node),
        "mo" => tokens::operator(node),
        "mtext" => tokens::words(node),
        "mspace" => spaces::element(node),
        "msup" | "msub" | "msubsup" => scripts::attached(node),
        "mover" => scripts::over(node),
        "munder" => scripts::under(node),
        "munderover" => scripts::around(node),
        "mfrac" => fraction(node),
        "msqrt" => format!("sqrt({})", filled(row(node))),
        "mroot" => format!("root({}, {})", argument(node, 1), argument(node, 0)),
        "mstyle" => style(node),
        // `\ce` sets its indices at the height of a letter that takes no room.
        "mpadded" if is_phantom_without_width(node) => {
            format!("#box(width: 0pt, {})", element(children(node)[0]).trim_start_matches('#'))
        }
        "mphantom" => format!("#hide($ {} $)", row(node)),
        "menclose" => enclosed(node),
        "mtable" => tables::table(node),
        "mrow" if is_fenced(node) => format!("lr({})", filled(row(node))),
        _ => row(node),
    }
}

fn is_phantom_without_width(node: Node<'_, '_>) -> bool {
    let empty = node.attribute("width").is_some_and(|width| width.starts_with('0'));
    empty && matches!(&children(node)[..], [only] if only.has_tag_name("mphantom"))
}

/// Whether `\left` or `\right` stands at an end: those fences grow with what is between them.
fn is_fenced(node: Node<'_, '_>) -> bool {
    let parts = children(node);
    let grows = |part: Option<&Node<'_, '_>>| {
        part.is_some_and(|part| {
            part.has_tag_name("mo")
                && part.attribute("fence") == Some("true")
                && part.attribute("stretchy") != Some("false")
        })
    };
    parts.len() >= 2 && (grows(parts.first()) || grows(parts.last()))
}

fn fraction(node: Node<'_, '_>) -> String {
    let (above, below) = (argument(node, 0), argument(node, 1));
    // `\binom` and `\atop` draw no line.
    if node.attribute("linethickness").is_some_and(|thickness| thickness.starts_with('0')) {
        format!("vec(delim: #none, {above}, {below})")
    } else {
        format!("frac({above}, {below})")
    }
}

/// Size and colour.
fn style(node: Node<'_, '_>) -> String {
    let body = row(node);
    if body.trim().is_empty() {
        return "zws".into();
    }
    let body = match (node.attribute("displaystyle"), node.attribute("scriptlevel")) {
        (Some("true"), _) => format!("display({body})"),
        (Some("false"), Some("0")) => format!("inline({body})"),
        (Some("false"), Some("1")) => format!("script({body})"),
        (Some("false"), Some("2")) => format!("sscript({body})"),
        _ => body,
    };
    match node.attribute("mathcolor").and_then(colour) {
        Some(colour) => format!("#text(fill: {colour}, $ {body} $)"),
        None => body,
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

/// `\cancel` and `\boxed`.
fn enclosed(node: Node<'_, '_>) -> String {
    let body = filled(row(node));
    if node.attribute("notation").is_some_and(|notation| notation.contains("strike")) {
        format!("cancel({body})")
    } else {
        format!("#box(stroke: 0.5pt, inset: 4pt, baseline: 4pt, $ {body} $)")
    }
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
