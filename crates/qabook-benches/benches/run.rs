//! A warm run of a small program here, beside `cargo run` of the same program; both after each is changed, as a reader
//! changes it.
//!
//! `cargo bench -p qabook-benches --bench run`: compare the two medians, both made in one run on one machine.

use criterion::{BatchSize, Criterion};
use qabook_run::{Cancel, Mode, Request, Runner, Sandbox};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

const PROGRAM: &str = "use std::collections::BTreeMap;\n\nfn main() {\n    let mut words = BTreeMap::new();\n    for word in \"to be or not to be\".split(' ') {\n        *words.entry(word).or_insert(0) += 1;\n    }\n    println!(\"{words:?} NUMBER\");\n}\n";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|argument| argument == "sandboxed") {
        return qabook_run::helper(arguments);
    }
    let package = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(package.path().join("src")).expect("a folder");
    let manifest = "[package]\nname = \"small\"\nedition = \"2024\"\n\n[workspace]\n";
    std::fs::write(package.path().join("Cargo.toml"), manifest).expect("the manifest");
    let mut number = 0;
    let mut changed = || {
        number += 1;
        PROGRAM.replace("NUMBER", &number.to_string())
    };

    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let mut group = criterion.benchmark_group("a changed program");
    group.bench_function("cargo run", |bencher| {
        let write = || std::fs::write(package.path().join("src/main.rs"), changed()).expect("the program");
        bencher.iter_batched(write, |()| cargo_run(package.path()), BatchSize::PerIteration);
    });
    let helper = std::env::current_exe().expect("this program");
    let sandbox = Sandbox::new(helper, vec!["sandboxed".into()]).expect("a sandbox");
    let runner = Runner::new(package.path(), sandbox);
    group.bench_function("run here", |bencher| {
        let request = || Request::rust(changed(), "stable".into(), Mode::Debug, "2024".into());
        bencher.iter_batched(request, |request| run_here(&runner, &request), BatchSize::PerIteration);
    });
    group.finish();
    criterion.final_summary();
    ExitCode::SUCCESS
}

fn run_here(runner: &Runner, request: &Request) {
    let answer = runner.run(request, "bench", &Cancel::default(), &|_| ()).expect("a run");
    assert!(answer.success, "{}", answer.stderr);
}

fn cargo_run(package: &Path) {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet"]).current_dir(package).stdout(Stdio::null());
    assert!(command.status().expect("cargo").success());
}
