//! The order in which people number files.

use std::cmp::Ordering;

/// Compares by stretches of digits as numbers: `q2` comes before `q10`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let ((left, a_rest), (right, b_rest)) = (stretch(a), stretch(b));
        let order = match (left.parse::<u64>(), right.parse::<u64>()) {
            (Ok(left), Ok(right)) => left.cmp(&right),
            _ => left.to_lowercase().cmp(&right.to_lowercase()),
        };
        if order != Ordering::Equal || left.is_empty() || right.is_empty() {
            return order.then_with(|| a.cmp(b));
        }
        (a, b) = (a_rest, b_rest);
    }
}

/// The longest start of `text` that is all digits or has none.
fn stretch(text: &str) -> (&str, &str) {
    let is_digit = text.starts_with(|c: char| c.is_ascii_digit());
    text.split_at(text.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let mut names = ["b", "a10", "a2", "a", "A3", "a02b"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["a", "a2", "a02b", "A3", "a10", "b"]);
    }
}
