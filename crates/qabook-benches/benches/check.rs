//! How fast a built site is checked: `cargo bench -p qabook-benches --bench check` gives pages/s over this book.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use qabook::build::{Options, Verbosity, build};
use qabook::check::check_site;
use std::path::Path;

fn pages_per_second(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    build(&root, &Options { verbosity: Verbosity::Quiet, ..Options::default() }).expect("the book builds");
    let site = root.join("book");
    let (pages, _) = check_site(&root, &site).expect("the site can be read");
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Elements(pages as u64));
    group.bench_function("the book's site, read and checked", |bencher| {
        bencher.iter(|| check_site(&root, &site));
    });
    group.finish();
}

criterion_group!(benches, pages_per_second);
criterion_main!(benches);
