//! Block diagrams: what the renderer leaves out of them.

use mermaid_rs_renderer::ir::{BlockDiagram, NodeStyle};
use mermaid_rs_renderer::{Graph, Layout};

use crate::stand_in::stand_in;

/// `source`, if it is a block diagram, with what stands for the blanks inside quotation marks: the renderer would take them
/// for the ends of blocks.
pub(crate) fn with_blanks(source: &str) -> String {
    if !is_block(source) {
        return source.into();
    }
    let mut is_quoted = false;
    let shown = source.chars().map(|c| match c {
        '"' => {
            is_quoted = !is_quoted;
            c
        }
        '\n' => {
            is_quoted = false;
            c
        }
        ' ' if is_quoted => stand_in(' '),
        _ => c,
    });
    shown.collect()
}

fn is_block(source: &str) -> bool {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("%%"));
    lines.next().is_some_and(|line| line.split_whitespace().next().is_some_and(|word| word.starts_with("block")))
}

/// Gives the blocks of `graph` the colours of `source`: `style a fill:#fff`, or `classDef hot fill:#fff` and `class a,b hot`.
pub(crate) fn colour(source: &str, graph: &mut Graph) {
    if graph.block.is_none() {
        return;
    }
    let words = |line: &str| line.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    let lines: Vec<Vec<String>> = source.lines().map(words).filter(|words| words.len() > 2).collect();
    let mut set = |ids: &str, style: &str| {
        for id in ids.split(',') {
            graph.node_styles.insert(id.into(), node_style(style));
        }
    };
    for words in lines.iter().filter(|words| words[0] == "class") {
        let class = lines.iter().find(|line| line[0] == "classDef" && line[1] == words[2]);
        if let Some(class) = class {
            set(&words[1], &class[2]);
        }
    }
    for words in lines.iter().filter(|words| words[0] == "style") {
        set(&words[1], &words[2]);
    }
}

fn node_style(text: &str) -> NodeStyle {
    let mut style = NodeStyle::default();
    for (name, value) in text.trim_end_matches(';').split(',').filter_map(|part| part.split_once(':')) {
        let value = Some(value.trim().to_string());
        match name.trim() {
            "fill" => style.fill = value,
            "stroke" => style.stroke = value,
            "color" => style.text_color = value,
            _ => {}
        }
    }
    style
}

/// The first column, the width in columns and the id of each block, by rows.
pub(crate) fn rows(block: &BlockDiagram, columns: usize) -> Vec<Vec<(usize, usize, &str)>> {
    let mut rows: Vec<Vec<(usize, usize, &str)>> = vec![Vec::new()];
    let mut column = 0;
    for node in &block.nodes {
        let span = node.span.clamp(1, columns);
        if column + span > columns {
            rows.push(Vec::new());
            column = 0;
        }
        if let Some(row) = rows.last_mut().filter(|_| !node.is_space) {
            row.push((column, span, &node.id));
        }
        column += span;
    }
    rows
}

/// Lets each block of `layout`, made of `graph`, fill its cells, as mermaid does: the renderer leaves it as wide as its text.
pub(crate) fn fill(graph: &Graph, layout: &mut Layout) {
    let Some(block) = &graph.block else { return };
    let Some(columns) = block.columns.filter(|columns| *columns > 0) else { return };
    let rows = rows(block, columns);
    let mut widths = vec![0.0_f32; columns];
    for (column, span, id) in rows.iter().flatten() {
        let Some(node) = layout.nodes.get(*id) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "there are few columns")]
        let each = node.width / *span as f32;
        widths[*column..column + span].iter_mut().for_each(|width| *width = width.max(each));
    }
    for row in &rows {
        let height =
            row.iter().filter_map(|(_, _, id)| layout.nodes.get(*id)).map(|node| node.height).fold(0.0, f32::max);
        for (column, span, id) in row {
            let Some(node) = layout.nodes.get_mut(*id) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "there are few columns")]
            let gaps = (*span - 1) as f32 * GAP;
            let width = widths[*column..column + span].iter().sum::<f32>() + gaps;
            // The renderer puts each block into the middle of its cells.
            node.x -= (width - node.width) / 2.0;
            node.y -= (height - node.height) / 2.0;
            (node.width, node.height) = (width, height);
        }
    }
}

/// The renderer's space between two columns, for the font size of [`crate::draw`]'s theme.
const GAP: f32 = 15.0 * 0.45;
