//! How fast chapters are rewritten: `cargo bench -p qabook-benches --bench chinese` gives MB/s over this book's own chapters.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mdbook_chinese::{Features, rewrite};
use std::fs;
use std::path::Path;

/// The text of every Markdown file below `folder`.
fn chapters(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the book's chapters") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(chapters(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(fs::read_to_string(&path).expect("a chapter"));
        }
    }
    found
}

fn throughput(criterion: &mut Criterion) {
    let chapters = chapters(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src"));
    assert!(chapters.iter().all(|chapter| rewrite(chapter, Features::default()).is_ok()), "a chapter stops halfway");
    let bytes = chapters.iter().map(String::len).sum::<usize>();
    let mut group = criterion.benchmark_group("rewrite");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("the book's chapters", |bencher| {
        bencher.iter(|| chapters.iter().map(|chapter| rewrite(chapter, Features::default())).collect::<Vec<_>>());
    });
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
