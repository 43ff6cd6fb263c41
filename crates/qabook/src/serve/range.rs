//! The part of a page that a request asks for (RFC 9110, 14.2).

use std::ops::Range;

/// What is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All: nothing else is asked for, or nothing that makes sense, or several parts, which nobody has to send.
    Whole,
    /// These bytes, at least one.
    Bytes(Range<usize>),
    /// Nothing: what is asked for lies behind the end.
    Nothing,
}

impl Part {
    /// The part that `range`, the value of the header, names of a page of `length` bytes.
    pub(super) fn of(range: Option<&str>, length: usize) -> Self {
        let Some((unit, set)) = range.and_then(|range| range.split_once('=')) else { return Self::Whole };
        let Some((first, last)) = set.trim().split_once('-').filter(|_| unit.eq_ignore_ascii_case("bytes")) else {
            return Self::Whole;
        };
        let bytes = match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
            (Some(first), None) if last.is_empty() => first..length,
            // The last so many.
            (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
            _ => return Self::Whole,
        };
        if bytes.is_empty() { Self::Nothing } else { Self::Bytes(bytes) }
    }
}

/// A number of digits alone; one too large for this machine is as good as the largest.
fn number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_ten_bytes() {
        for (range, part) in [
            ("bytes=0-0", Part::Bytes(0..1)),
            ("Bytes=2-4", Part::Bytes(2..5)),
            ("bytes=8-", Part::Bytes(8..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=4-99999999999999999999999", Part::Bytes(4..10)),
            ("bytes=10-", Part::Nothing),
            ("bytes=10-12", Part::Nothing),
            ("bytes=-0", Part::Nothing),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("bytes", Part::Whole),
        ] {
            assert_eq!(Part::of(Some(range), 10), part, "{range}");
        }
        assert_eq!(Part::of(None, 10), Part::Whole);
        assert_eq!(Part::of(Some("bytes=0-"), 0), Part::Nothing);
    }
}
