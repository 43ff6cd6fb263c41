//! Measures the client's ranking over a query file: `cargo run --release -p mdbook-zh-search --example evaluate -- book`.
//!
//! It runs the site's own client over the site's own index, in `QuickJS`; there is no second ranking. Without a query file
//! after the site, both of `queries/` are measured. A line of a query file holds, with tabs between: the kind, the
//! query, the chapters that answer it, other relevant chapters, and the heading, term, question in bold or first cell where the
//! first of them answers, several of these with ` | ` between, those of another chapter behind its name and a colon; the last two fields may be left out. R@5 is the share of relevant chapters among the first five
//! (of five at most), P@5 that of relevant ones among the pages shown, MRR one over the rank of the first that answers. Of the queries with a place, a share opens there: what the first
//! page shows first is in it.

// Counts of queries and pages are far below what an f64 holds.
#![allow(clippy::cast_precision_loss)]

#[path = "../tests/site/engine.rs"]
mod engine;

use engine::Engine;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What holds for a word that is in the text as typed; the other kinds are the hard ones.
const PLAIN: [&str; 5] = ["words", "english", "mixed", "question", "partial"];

#[derive(Default)]
struct Sums {
    queries: f64,
    recall: f64,
    precision: f64,
    reciprocal_rank: f64,
    /// Those that one of the first three pages answers, and of the first five.
    in_three: f64,
    in_five: f64,
    empty: f64,
    /// Queries that name a place, and those whose first result opens there.
    places: f64,
    opened: f64,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let site = arguments.next().unwrap_or_else(|| PathBuf::from("book"));
    let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let files = match arguments.next() {
        Some(file) => vec![file],
        None => vec![queries.join("tuned.tsv"), queries.join("held-out.tsv")],
    };
    let engine = Engine::open(&site)?;
    for file in files {
        println!("{}", file.file_name().unwrap_or_default().to_string_lossy());
        let text = std::fs::read_to_string(&file)?;
        let mut kinds: BTreeMap<String, Sums> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            evaluate(&engine, line, &mut kinds)?;
        }
        for (kind, sums) in kinds {
            let of = |sum: f64| sum / sums.queries;
            println!(
                "  {kind:<12} {:>4} queries  R@5 {:.3}  P@5 {:.3}  MRR {:.3}  in three {}  in five {}  none found {}  places {} of {}",
                sums.queries,
                of(sums.recall),
                of(sums.precision),
                of(sums.reciprocal_rank),
                sums.in_three,
                sums.in_five,
                sums.empty,
                sums.opened,
                sums.places
            );
        }
    }
    Ok(())
}

fn evaluate(engine: &Engine, line: &str, kinds: &mut BTreeMap<String, Sums>) -> anyhow::Result<()> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [kind, query, answers, ..] = fields[..] else { anyhow::bail!("not three fields: {line}") };
    let answers: Vec<&str> = answers.split(' ').collect();
    let others = fields.get(3).copied().unwrap_or_default();
    let relevant: Vec<&str> =
        answers.iter().copied().chain(others.split(' ').filter(|slug| !slug.is_empty())).collect();
    let found = engine.ask(query, 5)?;
    // Marks of code are no part of a heading's text.
    let plain = |text: &str| text.replace(['`', '*', ' '], "");
    let places = fields.get(4).copied().unwrap_or_default().split(" | ").filter(|place| !place.is_empty());
    let places: Vec<String> = places.map(plain).collect();
    let slug = |address: &str| address.rsplit('/').next().unwrap_or_default().trim_end_matches(".html").to_string();
    let first = found.pages.first().and_then(|page| Some((slug(&page.address), page.sections.first()?)));
    let opens = first.map(|(slug, section)| format!("{slug}:{}", plain(&section.heading)));
    let found: Vec<String> = found.pages.iter().take(5).map(|page| slug(&page.address)).collect();
    let hits = found.iter().filter(|slug| relevant.contains(&slug.as_str())).count() as f64;
    let rank = found.iter().position(|slug| answers.contains(&slug.as_str()));
    if rank != Some(0) {
        println!("  {query}: wants {}, found {}", answers.join(" "), found.join(" "));
    }
    let is_there =
        rank == Some(0) && opens.as_ref().is_some_and(|opens| places.iter().any(|place| opens.contains(place)));
    if rank == Some(0) && !is_there && !places.is_empty() {
        println!("  {query}: wants {}, opens {}", places.join(" or "), opens.unwrap_or_default());
    }
    let group = if PLAIN.contains(&kind) { "= plain" } else { "= hard" };
    for kind in [kind, group] {
        let sums = kinds.entry(kind.to_string()).or_default();
        sums.queries += 1.0;
        sums.recall += hits / relevant.len().min(5) as f64;
        sums.precision += if found.is_empty() { 0.0 } else { hits / found.len() as f64 };
        sums.reciprocal_rank += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        sums.in_five += f64::from(u8::from(rank.is_some()));
        sums.in_three += f64::from(u8::from(rank.is_some_and(|rank| rank < 3)));
        sums.empty += f64::from(u8::from(found.is_empty()));
        sums.places += f64::from(u8::from(!places.is_empty()));
        sums.opened += f64::from(u8::from(is_there));
    }
    Ok(())
}
