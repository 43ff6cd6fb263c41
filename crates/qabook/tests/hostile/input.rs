//! Where hostile input comes from.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long one parser is tried when nothing else is asked for.
const SHORT: Duration = Duration::from_secs(1);
/// How many inputs are tried, however long they take.
const LEAST: u64 = 20;
/// No input of a few hundred bytes may take longer, even without optimization and on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// The texts in `seeds/NAME/`.
fn seeds(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/seeds").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder).expect("seeds").map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files.iter().map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()).collect()
}

/// Texts made of `pieces`, of any characters, and of what a seed was before some of it went.
fn texts(pieces: &'static [&'static str], seeds: Vec<String>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(pieces).prop_map(str::to_string),
        1 => "[ -~\u{0}\u{85}\u{2028}\u{feff}\u{4e00}-\u{4e10}\u{1f600}\u{1d165}\u{301}\t\r\n]{0,6}",
    ];
    let made = prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat());
    let cut = (prop::sample::select(seeds), any::<prop::sample::Index>(), any::<prop::sample::Index>(), made.clone());
    let cut = cut.prop_map(|(seed, from, to, made)| {
        let characters: Vec<char> = seed.chars().collect();
        let ends = [from, to].map(|end| end.index(characters.len() + 1));
        let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        characters[..first]
            .iter()
            .chain(made.chars().collect::<Vec<_>>().iter())
            .chain(&characters[last..])
            .collect::<String>()
    });
    prop_oneof![2 => made, 1 => cut, 1 => any::<String>()]
}

/// Gives `check` the seeds of `name`, and then what can be made of them and of `pieces`, until the time is over.
pub(crate) fn try_all(name: &str, pieces: &'static [&'static str], check: impl Fn(&str)) {
    let seeds = seeds(name);
    let seconds =
        std::env::var("QABOOK_FUZZ_SECONDS").ok().map(|seconds| seconds.parse().expect("a number of seconds"));
    for seed in &seeds {
        timed(seed, &check);
    }
    let deadline = Instant::now() + seconds.map_or(SHORT, Duration::from_secs);
    let texts = texts(pieces, seeds);
    let mut config = Config { failure_persistence: None, max_shrink_time: 20_000, ..Config::default() };
    let tried = Cell::new(0_u64);
    while Instant::now() < deadline {
        // A runner ends for good when it has had its cases.
        let mut runner = TestRunner::new(config.clone());
        if let RngSeed::Fixed(seed) = &mut config.rng_seed {
            *seed = seed.wrapping_add(1);
        }
        let result = runner.run(&texts, |text| {
            if Instant::now() > deadline && tried.get() >= LEAST {
                return Ok(());
            }
            tried.set(tried.get() + 1);
            let outcome = catch_unwind(AssertUnwindSafe(|| timed(&text, &check)));
            outcome.map_err(|_| TestCaseError::fail(format!("{name}: {text:?}")))
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    }
    println!("{name}: {} inputs", tried.get());
}

fn timed(text: &str, check: impl Fn(&str)) {
    let start = Instant::now();
    check(text);
    let took = start.elapsed();
    assert!(took < LONGEST, "{text:?} takes {took:?}");
}
