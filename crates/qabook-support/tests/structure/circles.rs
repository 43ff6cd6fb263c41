//! Circles in a graph of names.

use std::collections::{BTreeMap, BTreeSet};

/// Which module uses which.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The groups of modules in which each reaches each other, as `a, b, c`.
pub(crate) fn circles(graph: &Graph) -> Vec<String> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = graph.keys().map(|name| (name, reach(graph, name))).collect();
    let mutual = |name: &&String| {
        let others = reached[name].iter().filter(|other| reached.get(*other).is_some_and(|back| back.contains(name)));
        others.map(|other| other.as_str()).collect::<Vec<_>>()
    };
    let groups: BTreeSet<Vec<&str>> = graph.keys().map(|name| mutual(&name)).filter(|group| group.len() > 1).collect();
    groups.into_iter().map(|group| group.join(", ")).collect()
}

/// What `start` uses, directly or not.
fn reach<'g>(graph: &'g Graph, start: &String) -> BTreeSet<&'g String> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&String> = graph[start].iter().collect();
    while let Some(name) = waiting.pop() {
        if reached.insert(name) {
            waiting.extend(graph.get(name).into_iter().flatten());
        }
    }
    reached
}
