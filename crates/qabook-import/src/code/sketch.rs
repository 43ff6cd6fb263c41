//! Sketches: outlines of programs, as words and calls line by line.

use regex::Regex;
use std::sync::LazyLock;

/// How many steps make a sketch.
pub(super) const STEPS: usize = 4;

/// A numbered step in words with a call behind it: `3. 监听   sk.listen()`.
static STEP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\d+\s*[.、)）].*[\s,，][A-Za-z_]\w*(?:\s*=\s*[A-Za-z_]\w*)?(?:\.\w+)+\(").ok());

/// Whether `line` is a step of a sketch.
pub(super) fn is_step(line: &str) -> bool {
    STEP.as_ref().is_some_and(|step| step.is_match(line))
}

/// All lines of sketches: from the short line above the first step to the last step or call below it.
pub(super) fn mark(lines: &[&str], is_step: impl Fn(usize) -> bool) -> Vec<usize> {
    let steps: Vec<usize> = (0..lines.len()).filter(|at| is_step(*at)).collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return steps };
    if steps.len() < STEPS {
        return steps;
    }
    let label = first.checked_sub(1).filter(|above| {
        let line = lines[*above].trim();
        !line.is_empty() && line.chars().count() <= 20 && !line.ends_with(['。', '.', '，', ','])
    });
    let is_call = |line: &&str| !line.trim().is_empty() && line.trim().is_ascii() && line.contains('(');
    let calls = lines[last + 1..].iter().take_while(|line| is_call(line)).count();
    (label.unwrap_or(*first)..=last + calls).collect()
}
