//! Embeds files that are added later, too: on its own the compiler looks again only at those it knows.

fn main() {
    for folder in ["css", "fonts", "js", "katex", "practice"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
