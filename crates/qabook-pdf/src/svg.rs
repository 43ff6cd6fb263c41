//! What must be known about a drawing before it is placed.

use roxmltree::{Document, Node};

/// The width of `svg` in its own units, from `viewBox` or `width`; `None` when it isn't said or isn't a number.
pub(crate) fn width(svg: &str) -> Option<f64> {
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    let of_box =
        root.attribute("viewBox").and_then(|numbers| numbers.split([' ', ',']).filter(|part| !part.is_empty()).nth(2));
    let width = of_box.or_else(|| root.attribute("width").map(|width| width.trim_end_matches("px")))?;
    width.parse().ok().filter(|&width: &f64| width.is_finite() && width > 0.0)
}

/// The texts that `svg` shows; none when it can't be read, which Typst reports.
pub(crate) fn texts(svg: &str) -> Vec<String> {
    let Ok(document) = Document::parse(svg) else { return Vec::new() };
    let shown =
        |text: Node<'_, '_>| text.descendants().filter(Node::is_text).filter_map(|inner| inner.text()).collect();
    document.descendants().filter(|node| node.tag_name().name() == "text").map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_that_of_the_view_box() {
        assert_eq!(width("<svg viewBox='0 0 320.5 80' width='100%'/>"), Some(320.5));
        assert_eq!(width("<svg viewBox='0,0,10,20'/>"), Some(10.0));
        assert_eq!(width("<svg width='64px'/>"), Some(64.0));
        assert_eq!(width("<svg width='100%'/>"), None);
        assert_eq!(width("no svg"), None);
    }

    #[test]
    fn titles_and_styles_are_not_shown() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><title>t</title><style>s</style><text>a<tspan>b</tspan></text></svg>";
        assert_eq!(texts(svg), ["ab"]);
    }
}
