//! How often each word occurs

use std::collections::BTreeMap;

fn main() {
    let text = "the cat saw the dog and the dog ran";
    let mut counts = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    // A BTreeMap is sorted: every run prints the same.
    for (word, count) in counts {
        println!("{word}: {count}");
    }
}
