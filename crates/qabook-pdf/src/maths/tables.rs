//! Matrices, cases and aligned lines.

use roxmltree::Node;

use super::{children, element, filled};

/// `<mtable>`: fences, if any, are separate elements around it.
pub(super) fn table(node: Node<'_, '_>) -> String {
    let alignment: Vec<&str> = node.attribute("columnalign").unwrap_or("center").split(' ').collect();
    let rows: Vec<String> = children(node).into_iter().map(|row| cells(row, &alignment)).collect();
    let displayed = is_displayed(node);
    // In `aligned` the columns meet at the relation; in a matrix they stand apart.
    let column_gap = if alignment.len() > 1 && alignment[0] == "right" && displayed { "0em" } else { "1em" };
    let row_gap = if displayed { "0.6em" } else { "0.35em" };
    let code = format!(
        "mat(delim: #none, column-gap: #{column_gap}, row-gap: #{row_gap}, {}{})",
        lines(node),
        rows.join("; ")
    );
    if node.attribute("rowspacing").is_some() && is_small(node) { format!("script({code})") } else { code }
}

/// One row: `&` is Typst's alignment point within a column.
fn cells(row: Node<'_, '_>, alignment: &[&str]) -> String {
    let cell = |(index, cell): (usize, Node<'_, '_>)| {
        let code = filled(element(cell));
        match alignment.get(index).or(alignment.last()) {
            Some(&"right") => format!("{code} &"),
            Some(&"left") => format!("& {code}"),
            _ => code,
        }
    };
    drawn(row).into_iter().enumerate().map(cell).collect::<Vec<_>>().join(", ")
}

/// The cells of a row without the glue and the empty places for numbers that KaTeX puts around an equation.
fn drawn<'a, 'i>(row: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let is_glue = |cell: &Node<'_, '_>| {
        let is_empty = children(*cell).is_empty();
        is_empty && (cell.attribute("class").is_some() || cell.attribute("width").is_some())
    };
    children(row).into_iter().filter(|cell| !is_glue(cell)).collect()
}

/// Whether the cells are set in display style, as in `aligned`.
fn is_displayed(node: Node<'_, '_>) -> bool {
    first_style(node).is_some_and(|style| style.attribute("displaystyle") == Some("true"))
}

/// Whether the cells are set in script style, as in `smallmatrix`.
fn is_small(node: Node<'_, '_>) -> bool {
    first_style(node).is_some_and(|style| style.attribute("scriptlevel") == Some("1"))
}

/// The `<mstyle>` of the first cell.
fn first_style<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let cell = children(node).first().and_then(|&row| drawn(row).first().copied())?;
    children(cell).first().copied().filter(|style| style.has_tag_name("mstyle"))
}

/// `\hline` and the bars of an array.
fn lines(node: Node<'_, '_>) -> String {
    let after = |attribute: &str| -> String {
        let marks = node.attribute(attribute).unwrap_or("").split(' ').enumerate();
        marks.filter(|(_, mark)| !matches!(*mark, "" | "none")).map(|(index, _)| format!("{},", index + 1)).collect()
    };
    let (horizontal, vertical) = (after("rowlines"), after("columnlines"));
    if horizontal.is_empty() && vertical.is_empty() {
        return String::new();
    }
    format!("augment: #(hline: ({horizontal}), vline: ({vertical})), ")
}
