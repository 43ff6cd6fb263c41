//! Matrices, cases and aligned lines.

use super::element::{Element, filled};

impl Element<'_, '_> {
    /// `<mtable>`: fences, if any, are separate elements around it.
    pub(super) fn table(self) -> String {
        let alignment: Vec<&str> = self.attribute("columnalign").unwrap_or("center").split(' ').collect();
        let rows: Vec<String> = self.children().into_iter().map(|row| row.cells(&alignment)).collect();
        let displayed = self.is_displayed();
        // In `aligned` the columns meet at the relation; in a matrix there is a gap between them.
        let column_gap = if alignment.len() > 1 && alignment[0] == "right" && displayed { "0em" } else { "1em" };
        let row_gap = if displayed { "0.6em" } else { "0.35em" };
        let code = format!(
            "mat(delim: #none, column-gap: #{column_gap}, row-gap: #{row_gap}, {}{})",
            self.lines(),
            rows.join("; ")
        );
        if self.attribute("rowspacing").is_some() && self.is_small() { format!("script({code})") } else { code }
    }

    /// One row: `&` is Typst's alignment point within a column.
    fn cells(self, alignment: &[&str]) -> String {
        let cell = |(index, cell): (usize, Self)| {
            let code = filled(cell.code());
            match alignment.get(index).or(alignment.last()) {
                Some(&"right") => format!("{code} &"),
                Some(&"left") => format!("& {code}"),
                _ => code,
            }
        };
        self.drawn().into_iter().enumerate().map(cell).collect::<Vec<_>>().join(", ")
    }

    /// The cells of a row without the glue and the empty places for numbers that KaTeX puts around an equation.
    fn drawn(self) -> Vec<Self> {
        let is_glue = |cell: &Self| {
            cell.children().is_empty() && (cell.attribute("class").is_some() || cell.attribute("width").is_some())
        };
        self.children().into_iter().filter(|cell| !is_glue(cell)).collect()
    }

    /// Whether the cells are set in display style, as in `aligned`.
    fn is_displayed(self) -> bool {
        self.first_style().is_some_and(|style| style.attribute("displaystyle") == Some("true"))
    }

    /// Whether the cells are set in script style, as in `smallmatrix`.
    fn is_small(self) -> bool {
        self.first_style().is_some_and(|style| style.attribute("scriptlevel") == Some("1"))
    }

    /// The `<mstyle>` of the first cell.
    fn first_style(self) -> Option<Self> {
        let cell = self.children().first().and_then(|&row| row.drawn().first().copied())?;
        cell.children().first().copied().filter(|style| style.is("mstyle"))
    }

    /// `\hline` and the bars of an array.
    fn lines(self) -> String {
        let after = |attribute: &str| -> String {
            let marks = self.attribute(attribute).unwrap_or("").split(' ').enumerate();
            marks
                .filter(|(_, mark)| !matches!(*mark, "" | "none"))
                .map(|(index, _)| format!("{},", index + 1))
                .collect()
        };
        let (horizontal, vertical) = (after("rowlines"), after("columnlines"));
        if horizontal.is_empty() && vertical.is_empty() {
            return String::new();
        }
        format!("augment: #(hline: ({horizontal}), vline: ({vertical})), ")
    }
}
