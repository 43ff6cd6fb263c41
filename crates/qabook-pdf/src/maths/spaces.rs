//! Spaces and lengths.

use super::element::Element;

/// `<mspace>`: a gap, or the end of a line.
pub(super) fn space(node: Element<'_, '_>) -> String {
    if node.attribute("linebreak").is_some() {
        return "\\ ".into();
    }
    node.attribute("width").and_then(length).map(|width| format!("#h({width})")).unwrap_or_default()
}

/// The space that an `<mtext>` of nothing but space characters stands for; `None` when there are words in it.
///
/// KaTeX writes `\,` and its like as Unicode spaces; an invisible separator after one makes it negative.
pub(super) fn text(text: &str) -> Option<String> {
    // In ems, as TeX's 1/18 em units.
    let width = |c: char| match c {
        '\u{200a}' => Some(1.0 / 18.0),
        '\u{2009}' => Some(3.0 / 18.0),
        '\u{2005}' | '\u{205f}' => Some(4.0 / 18.0),
        '\u{2063}' => Some(0.0),
        c if c.is_whitespace() => Some(0.25),
        _ => None,
    };
    let total: f64 = text.chars().map(width).sum::<Option<f64>>()?;
    let sign = if text.contains('\u{2063}') { "-" } else { "" };
    Some(format!("#h({sign}{total:.4}em)"))
}

/// A length such as `0.5em` or `3pt`, rewritten so that only a number and a unit remain; `None` for anything else.
pub(super) fn length(css: &str) -> Option<String> {
    let unit = ["em", "pt"].into_iter().find(|unit| css.ends_with(unit))?;
    let number: f64 = css.trim_end_matches(unit).trim().parse().ok()?;
    number.is_finite().then(|| format!("{number}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_have_tex_widths() {
        assert_eq!(text("\u{2009}").unwrap(), "#h(0.1667em)");
        assert_eq!(text("\u{2009}\u{2063}").unwrap(), "#h(-0.1667em)");
        assert_eq!(text("\u{2005}\u{200a}").unwrap(), "#h(0.2778em)");
        assert_eq!(text("\u{a0}").unwrap(), "#h(0.2500em)");
        assert_eq!(text("若 "), None);
    }

    #[test]
    fn a_length_is_a_number_and_a_unit() {
        assert_eq!(length("1.2em").as_deref(), Some("1.2em"));
        assert_eq!(length("-3pt").as_deref(), Some("-3pt"));
        assert_eq!(length("1em) #panic(em"), None);
        assert_eq!(length("infem"), None);
        assert_eq!(length("50%"), None);
    }
}
