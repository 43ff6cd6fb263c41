//! Mermaid source to SVG.

use mermaid_rs_renderer::{DiagramKind, parse_mermaid_strict};
use mermaid_rs_renderer::{
    Graph, LayoutConfig, ParseError, Theme, compute_layout, parse_mermaid, parser::ParseOutput, render_svg,
};
use qabook_support::{Stopped, cache, within};
use qabook_words::Words;
use std::time::Duration;

use crate::error::DrawError;
use crate::sequence::{Sequence, sequence};
use crate::{crop, grid, label_paper, layered, stand_in, told, words};

/// How long a drawing may take; most take less than a hundredth of it. A flowchart of 160 nodes took 13 seconds where
/// the renderer isn't optimized (Cargo.toml), as in a first build from the sources.
const LIMIT: Duration = Duration::from_mins(1);

/// What the colours of a drawing are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// CSS custom properties with the light colours as fallback, for a page with themes.
    CssVariables,
    /// The light colours themselves, for paper.
    Light,
}

/// The palette: the CSS custom property and the light colour of each part of a drawing. No colour is here twice, so
/// that a colour in the drawing tells its part.
const TEXT: (&str, &str) = ("--diagram-text", "#1f2430");
const LINE: (&str, &str) = ("--diagram-line", "#5b6475");
const SHAPE: (&str, &str) = ("--diagram-shape", "#f6f3ef");
const BORDER: (&str, &str) = ("--diagram-border", "#a7937f");
const GROUP: (&str, &str) = ("--diagram-group", "#fbf9f6");
const GROUP_BORDER: (&str, &str) = ("--diagram-group-border", "#d6cbbf");
const NOTE: (&str, &str) = ("--diagram-note", "#fff3e4");
const NOTE_BORDER: (&str, &str) = ("--diagram-note-border", "#e0a872");
const PAPER: (&str, &str) = ("--diagram-paper", "#fefefe");
/// The grid of a Gantt chart, which no theme of the renderer reaches.
const GRID: (&str, &str) = ("--diagram-group-border", "#E2E8F0");
const PALETTE: [(&str, &str); 10] = [TEXT, LINE, SHAPE, BORDER, GROUP, GROUP_BORDER, NOTE, NOTE_BORDER, PAPER, GRID];

/// Draws mermaid `source` as an SVG element on one line.
///
/// `id` begins every id inside, so that several drawings can be on one page; `title` is the accessible name.
///
/// # Errors
/// Source that can't be drawn whole, takes too long, or says nothing.
pub fn svg(source: &str, id: &str, title: &str, colours: Colours) -> Result<String, DrawError> {
    let svg = cache::kept("diagram", &[source], || in_time(source))?;
    let svg = without_background(&svg);
    let svg = with_prefixed_ids(&svg, id);
    let svg = with_title(&svg, id, title);
    Ok(match colours {
        Colours::CssVariables => with_variables(svg),
        Colours::Light => svg,
    })
}

/// See [`drawn`].
fn in_time(source: &str) -> Result<String, DrawError> {
    let owned = source.to_string();
    within(LIMIT, move || drawn(&owned)).map_err(|stopped| match stopped {
        Stopped::TooLong => {
            DrawError::new(format!("it takes longer than {} s: make it smaller, or two of it", LIMIT.as_secs()))
        }
        Stopped::Panicked => DrawError::new("the renderer can't read it"),
    })?
}

/// A diagram as it is read.
struct Read {
    graph: Graph,
    /// What the renderer reads instead of the author's source.
    text: String,
    sequence: Option<Sequence>,
}

fn read(source: &str) -> Result<Read, DrawError> {
    let sequence = if is_sequence(source) { Some(sequence(source)?) } else { None };
    let text = match &sequence {
        Some(sequence) => sequence.source.clone(),
        None => grid::with_blanks(&without_references(source)),
    };
    let ParseOutput { mut graph, .. } = parsed(&text)?;
    if let Some(sequence) = &sequence {
        sequence.complete(&mut graph);
    }
    grid::colour(&text, &mut graph);
    Ok(Read { graph, text, sequence })
}

/// Tells mermaid `source` in `words`, as a list in HTML in the order of reading; the empty string for kinds of diagrams that
/// no list tells.
///
/// # Errors
/// Source that can't be read.
pub fn text(source: &str, words: &Words) -> Result<String, DrawError> {
    Ok(told::html(&read(source)?.graph, words))
}

/// The picture of `source` as the renderer makes it, with what it leaves out.
fn drawn(source: &str) -> Result<String, DrawError> {
    let Read { graph, text, sequence } = read(source)?;
    let (theme, config) = (theme(graph.kind), layout_config());
    let mut layout = compute_layout(&graph, &theme, &config);
    if let Some(sequence) = &sequence {
        sequence.fit(&graph, &mut layout);
    }
    grid::fill(&graph, &mut layout);
    let is_arranged = layered::arrange(&graph, &mut layout);
    let svg = crop::crop(render_svg(&layout, &theme, &config), &layout);
    let svg = label_paper::clear(&svg, if is_arranged { "0" } else { "1" });
    let svg = stand_in::show(&svg);
    words::check(&text, graph.kind, sequence.as_ref().map(|sequence| sequence.words.as_slice()), &svg)?;
    is_complete(&text, &graph)?;
    Ok(match sequence {
        Some(sequence) => sequence.with_shapes(svg),
        None => svg,
    })
}

/// Whether the first line that is no remark begins a sequence diagram.
fn is_sequence(source: &str) -> bool {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("%%"));
    lines.next().is_some_and(|line| line.to_ascii_lowercase().starts_with("sequencediagram"))
}

/// `source` with characters for their references, but in lines of colours.
fn without_references(source: &str) -> String {
    let is_style = |line: &str| {
        let word = line.trim_start().split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
        ["style", "classdef", "linkstyle"].contains(&word.as_str()) || word.starts_with("%%")
    };
    let lines = source.lines().map(|line| if is_style(line) { line.to_string() } else { stand_in::decode(line) });
    lines.collect::<Vec<_>>().join("\n")
}

/// The renderer's reading of `source`. As in mermaid, who takes part needn't be declared.
fn parsed(source: &str) -> Result<ParseOutput, DrawError> {
    match parse_mermaid_strict(source) {
        Err(ParseError::UnknownParticipant { .. }) => {
            parse_mermaid(source).map_err(|error| DrawError::new(error.to_string()))
        }
        parsed => Ok(parsed?),
    }
}

/// The parts of a flowchart that stand for themselves: nodes whose names would be taken for syntax.
/// Errors: A line with an arrow that the renderer doesn't know.
fn is_complete(source: &str, graph: &Graph) -> Result<(), DrawError> {
    if graph.kind != DiagramKind::Flowchart {
        return Ok(());
    }
    let odd = |id: &str| id.contains(['<', '>', '=', '|', '"']) || id.ends_with('-') || id.starts_with('-');
    let Some(id) = graph.nodes.keys().find(|id| odd(id)) else { return Ok(()) };
    let line = source.lines().position(|line| line.contains(id.as_str())).map(|index| index + 1);
    let message =
        format!("`{}` is no name of a node: the renderer doesn't know an arrow of this line", stand_in::plain(id));
    Err(DrawError::at(line, message))
}

fn layout_config() -> LayoutConfig {
    // Built-in character widths instead of the machine's fonts: the same drawing everywhere.
    // Narrow, for a phone shows some 400 units that one can read.
    LayoutConfig {
        fast_text_metrics: true,
        node_spacing: 28.0,
        rank_spacing: 40.0,
        node_padding_x: 14.0,
        node_padding_y: 10.0,
        ..LayoutConfig::default()
    }
}

const SIZE: f32 = 15.0;

fn theme(kind: DiagramKind) -> Theme {
    let colour = |(_, light): (&str, &str)| light.to_string();
    Theme {
        // No quotes: the name is put in attributes. The page's own font is inherited.
        font_family: "inherit".into(),
        font_size: if kind == DiagramKind::State { SIZE / layered::STATE_SIZE } else { SIZE },
        background: colour(PAPER),
        edge_label_background: colour(PAPER),
        primary_color: colour(SHAPE),
        primary_text_color: colour(TEXT),
        primary_border_color: colour(BORDER),
        secondary_color: colour(SHAPE),
        tertiary_color: colour(GROUP),
        line_color: colour(LINE),
        text_color: colour(TEXT),
        cluster_background: colour(GROUP),
        cluster_border: colour(GROUP_BORDER),
        sequence_actor_fill: colour(SHAPE),
        sequence_actor_border: colour(BORDER),
        sequence_actor_line: colour(LINE),
        sequence_note_fill: colour(NOTE),
        sequence_note_border: colour(NOTE_BORDER),
        sequence_activation_fill: colour(GROUP),
        sequence_activation_border: colour(BORDER),
        ..Theme::modern()
    }
}

/// Removes the rectangle that fills the drawing: the page shows through.
fn without_background(svg: &str) -> String {
    let Some(start) = svg.find("<rect") else { return svg.into() };
    let before_content = svg.find('>').is_some_and(|end| end + 1 == start);
    match svg[start..].find("/>") {
        Some(end) if before_content && svg[start..start + end].contains(PAPER.1) => {
            format!("{}{}", &svg[..start], &svg[start + end + 2..])
        }
        _ => svg.into(),
    }
}

fn with_prefixed_ids(svg: &str, id: &str) -> String {
    svg.replace(" id=\"", &format!(" id=\"{id}-"))
        .replace("url(#", &format!("url(#{id}-"))
        .replace("href=\"#", &format!("href=\"#{id}-"))
}

fn with_title(svg: &str, id: &str, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let Some((tag, rest)) = svg.split_once('>') else { return svg.into() };
    format!("{tag} role=\"img\" aria-labelledby=\"{id}-title\"><title id=\"{id}-title\">{title}</title>{rest}")
}

fn with_variables(svg: String) -> String {
    PALETTE.iter().fold(svg, |svg, (variable, light)| {
        svg.replace(&format!("\"{light}\""), &format!("\"var({variable}, {light})\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "sequenceDiagram\n  participant C as 客户端\n  participant S as 服务器\n  C->>S: SYN\n";

    #[test]
    fn a_drawing_has_an_accessible_name_and_ids_of_its_own() {
        let svg = svg(SOURCE, "d2", "A <与> B", Colours::Light).unwrap();
        assert!(svg.starts_with("<svg "), "{svg}");
        assert!(
            svg.contains("role=\"img\" aria-labelledby=\"d2-title\"><title id=\"d2-title\">A &lt;与&gt; B</title>")
        );
        let ids = svg.matches(" id=\"").count();
        assert!(ids > 1 && ids == svg.matches(" id=\"d2-").count());
        assert_eq!(svg.matches("url(#").count(), svg.matches("url(#d2-").count());
    }

    #[test]
    fn every_colour_follows_the_theme() {
        for source in [
            SOURCE,
            "flowchart LR\n  A[甲] -->|是| B{乙}\n  subgraph G[组]\n    B --> C\n  end\n",
            "stateDiagram-v2\n  [*] --> A: x\n",
        ] {
            let svg = svg(source, "d", "t", Colours::CssVariables).unwrap();
            let fixed: Vec<&str> =
                ["fill=\"#", "stroke=\"#"].into_iter().filter(|colour| svg.contains(colour)).collect();
            assert!(fixed.is_empty(), "{fixed:?} in {svg}");
        }
    }

    #[test]
    fn paper_gets_plain_colours() {
        let svg = svg(SOURCE, "d", "t", Colours::Light).unwrap();
        assert!(svg.contains("#1f2430") && !svg.contains("var("));
    }

    #[test]
    fn the_same_source_gives_the_same_drawing() {
        let draw = || svg(SOURCE, "d", "t", Colours::CssVariables).unwrap();
        assert_eq!(draw(), draw());
    }

    #[test]
    fn a_source_without_a_diagram_is_refused() {
        assert!(svg("这不是图", "d", "t", Colours::Light).is_err());
    }
}
