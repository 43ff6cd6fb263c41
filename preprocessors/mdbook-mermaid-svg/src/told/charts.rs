//! Charts and class diagrams in words.

use mermaid_rs_renderer::ir::{EdgeArrowhead, EdgeDecoration, EdgeStyle, GanttStatus, GanttTask};
use mermaid_rs_renderer::{Edge, Graph};
use qabook_words::Words;

use super::item::{Item, line};

/// A pie: a step for each slice with its share, as the drawing says it.
pub(super) fn pie(graph: &Graph, words: &Words) -> Vec<Item> {
    let total: f32 = graph.pie_slices.iter().map(|slice| slice.value.max(0.0)).sum();
    let slices = graph.pie_slices.iter().map(|slice| {
        let share = if total > 0.0 { 100.0 * slice.value.max(0.0) / total } else { 0.0 };
        let (text, value, share) = (line(&slice.label), slice.value.to_string(), format!("{share:.0}"));
        let key = if graph.pie_show_data { "diagrams.slice-value" } else { "diagrams.slice" };
        Item::Step(words.filled(key, &[("text", &text), ("value", &value), ("share", &share)]))
    });
    titled(graph.pie_title.as_deref(), slices.collect())
}

/// A Gantt chart: its tasks in the order of the source, those of a section under its name.
pub(super) fn gantt(graph: &Graph, words: &Words) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut section = None;
    for task in &graph.gantt_tasks {
        let step = Item::Step(self::task(graph, task, words));
        match &task.section {
            Some(name) => {
                let is_open = section.replace(name) == Some(name);
                match items.last_mut().filter(|_| is_open) {
                    Some(Item::Part(_, tasks)) => tasks.push(step),
                    _ => items.push(Item::Part(line(name), vec![step])),
                }
            }
            None => items.push(step),
        }
    }
    titled(graph.gantt_title.as_deref(), items)
}

fn task(graph: &Graph, task: &GanttTask, words: &Words) -> String {
    let status = task.status.map(|status| match status {
        GanttStatus::Done => "done",
        GanttStatus::Active => "active",
        GanttStatus::Crit => "critical",
        GanttStatus::Milestone => "milestone",
    });
    let mut said: Vec<String> = status.map(|name| words.text(&format!("diagrams.{name}")).into()).into_iter().collect();
    let mut say = |key: &str, text: &str| said.push(words.filled(&format!("diagrams.{key}"), &[("text", text)]));
    if let Some(after) = &task.after {
        // The renderer keeps the name of the earlier task in small letters.
        let earlier = graph.gantt_tasks.iter().find(|other| other.id.to_lowercase() == *after);
        say("after", &earlier.map_or_else(|| line(after), |task| line(&task.label)));
    }
    if let Some(start) = &task.start {
        say("from", start);
    }
    // A second date stands in the label alone.
    let label = graph.nodes.get(&task.id).map_or("", |node| &node.label);
    let details = label.split_once('\n').map_or("", |(_, details)| details).split(" | ");
    if let Some(end) = details.filter(|detail| detail.contains(['-', '/'])).nth(1) {
        say("until", end);
    }
    if let Some(duration) = &task.duration {
        say("for", duration);
    }
    let text = line(&task.label);
    if said.is_empty() {
        return text;
    }
    words.filled("diagrams.note", &[("over", &text), ("text", &said.join(words.text("diagrams.comma")))])
}

/// A class diagram: each class with what it holds, in the order of the source, then how they are related.
pub(super) fn classes(graph: &Graph, words: &Words) -> Vec<Item> {
    let mut ids: Vec<&String> = graph.nodes.keys().collect();
    ids.sort_by_key(|id| graph.node_order.get(*id).copied());
    let class = |id: &String| {
        let label = &graph.nodes.get(id)?.label;
        let (name, inside) = label.split_once("\n---").unwrap_or((label, ""));
        let members: Vec<Item> = inside
            .lines()
            .map(str::trim)
            .filter(|member| !member.is_empty() && *member != "---")
            .map(|member| Item::Step(line(member)))
            .collect();
        // A class without members is named where it is related.
        let is_related = graph.edges.iter().any(|edge| edge.from == *id || edge.to == *id);
        let name = name.lines().map(line).collect::<Vec<_>>().join(" ");
        match (members.is_empty(), is_related) {
            (true, true) => None,
            (true, false) => Some(Item::Step(name)),
            _ => Some(Item::Part(name, members)),
        }
    };
    let mut items: Vec<Item> = ids.into_iter().filter_map(class).collect();
    items.extend(graph.edges.iter().map(|edge| relation(graph, edge, words)));
    items
}

/// What `edge` says: which class is a kind of which, is made of which, has or needs which.
fn relation(graph: &Graph, edge: &Edge, words: &Words) -> Item {
    let dotted = edge.style == EdgeStyle::Dotted;
    let marks = [
        (edge.arrow_start_kind, edge.start_decoration, edge.arrow_start),
        (edge.arrow_end_kind, edge.end_decoration, edge.arrow_end),
    ];
    let kind = |(arrow, decoration, has_arrow)| match (arrow, decoration) {
        (Some(EdgeArrowhead::OpenTriangle), _) => Some(if dotted { "implements" } else { "extends" }),
        (_, Some(EdgeDecoration::DiamondFilled)) => Some("made-of"),
        (_, Some(EdgeDecoration::Diamond)) => Some("has"),
        _ if has_arrow => Some(if dotted { "needs" } else { "step" }),
        _ => None,
    };
    let [start, end] = marks.map(kind);
    // The whole stands at its diamond, the general one and what is needed at the head of the arrow.
    let is_whole = |kind| matches!(kind, Some("made-of" | "has"));
    let (kind, turned) = match (start, end) {
        (Some("step"), Some("step")) => ("both", false),
        (Some(kind), _) => (kind, !is_whole(Some(kind))),
        (None, Some(kind)) => (kind, is_whole(Some(kind))),
        (None, None) => ("joined", false),
    };
    let end_of = |id: &str, count: Option<&String>| {
        let label = graph.nodes.get(id).map_or(id, |node| &node.label);
        let name = line(label.split("\n---").next().unwrap_or_default().lines().last().unwrap_or(id));
        count.map_or_else(|| name.clone(), |count| format!("{name} ({})", line(count)))
    };
    let ends = [end_of(&edge.from, edge.start_label.as_ref()), end_of(&edge.to, edge.end_label.as_ref())];
    let [from, to] = if turned { [&ends[1], &ends[0]] } else { [&ends[0], &ends[1]] };
    let related = words.filled(&format!("diagrams.{kind}"), &[("from", from), ("to", to)]);
    Item::Step(match edge.label.as_deref().map(line).filter(|text| !text.is_empty()) {
        Some(text) => words.filled("diagrams.note", &[("over", &related), ("text", &text)]),
        None => related,
    })
}

fn titled(title: Option<&str>, items: Vec<Item>) -> Vec<Item> {
    match title.map(line).filter(|title| !title.is_empty() && !items.is_empty()) {
        Some(title) => vec![Item::Part(title, items)],
        None => items,
    }
}
