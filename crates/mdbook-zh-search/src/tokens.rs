//! Text to the terms of the index.
//!
//! - 汉字: each one, and each pair of neighbours (`死锁` gives `死`, `死锁`, `锁`).
//! - Words: runs of other letters and digits, at most [`WORD_MAX`] characters of each.
//! - Compounds, words joined by one of [`JOINERS`]: the words and the whole without its joiners, so that `TIME-WAIT`,
//!   `TIME_WAIT` and `timewait` meet in one term.
//! - The parts of `TcpStream`, too.

use crate::fold::{fold_keeping_case, is_han};

/// Between two words, these make a compound. The client's `TOKEN` has the same.
const JOINERS: &str = "-.+#/_'’";

/// Those that join more closely: `as_bytes` is a name of its own in `data.as_bytes`.
const CLOSE_JOINERS: &str = "-_'’";

/// Longer words are indexed, and searched for, by their beginning.
const WORD_MAX: usize = 40;

/// Calls `emit` with every term of `text`, in no useful order.
pub(crate) fn for_each_term(text: &str, emit: &mut impl FnMut(&str)) {
    let chars: Vec<char> = fold_keeping_case(text).collect();
    let mut term = String::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if is_han(c) {
            term.clear();
            term.push(c);
            emit(&term);
            if let Some(next) = chars.get(at + 1).filter(|next| is_han(**next)) {
                term.push(*next);
                emit(&term);
            }
            at += 1;
        } else if is_word(c) {
            at = compound(&chars, at, &mut term, emit);
        } else {
            at += 1;
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Emits the words of the compound that begins at `start`, and their whole; returns where it ends.
fn compound(chars: &[char], start: usize, term: &mut String, emit: &mut impl FnMut(&str)) -> usize {
    let word_end = |from: usize| from + chars[from..].iter().take_while(|c| is_word(**c)).count();
    let mut whole: Vec<char> = Vec::new();
    let (mut words, mut name_start, mut name_words) = (0, 0, 0);
    let mut at = start;
    loop {
        let end = word_end(at);
        word(&chars[at..end], term, emit);
        whole.extend(&chars[at..end]);
        words += 1;
        name_words += 1;
        let joiner =
            chars.get(end).filter(|c| JOINERS.contains(**c) && chars.get(end + 1).is_some_and(|c| is_word(*c)));
        if joiner.is_none_or(|joiner| !CLOSE_JOINERS.contains(*joiner)) {
            // Where the name is the whole compound, it comes below.
            if name_words > 1 && (name_words < words || joiner.is_some()) {
                emit_lowercase(&whole[name_start..], term, emit);
            }
            (name_start, name_words) = (whole.len(), 0);
        }
        if joiner.is_none() {
            if words > 1 {
                emit_lowercase(&whole, term, emit);
            }
            return end;
        }
        at = end + 1;
    }
}

fn word(word: &[char], term: &mut String, emit: &mut impl FnMut(&str)) {
    emit_lowercase(word, term, emit);
    let mut start = 0;
    for at in 1..=word.len() {
        let hump = at < word.len() && word[at].is_uppercase() && !word[at - 1].is_uppercase();
        if hump || (at == word.len() && start > 0) {
            if at - start > 1 {
                emit_lowercase(&word[start..at], term, emit);
            }
            start = at;
        }
    }
}

fn emit_lowercase(word: &[char], term: &mut String, emit: &mut impl FnMut(&str)) {
    term.clear();
    term.extend(word.iter().flat_map(|c| c.to_lowercase()).take(WORD_MAX));
    emit(term);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for_each_term(text, &mut |term| found.push(term.to_string()));
        found
    }

    #[test]
    fn han_gives_characters_and_pairs() {
        assert_eq!(terms("死锁，锁"), ["死", "死锁", "锁", "锁"]);
    }

    #[test]
    fn han_and_words_part_without_a_space() {
        assert_eq!(terms("select、epoll的区别"), ["select", "epoll", "的", "的区", "区", "区别", "别"]);
    }

    #[test]
    fn compounds_give_their_words_and_the_whole() {
        assert_eq!(terms("TIME-WAIT"), ["time", "wait", "timewait"]);
        assert_eq!(terms("threading.local"), ["threading", "local", "threadinglocal"]);
        assert_eq!(terms("2MSL"), ["2msl", "msl"]);
        assert_eq!(terms("data.as_bytes"), ["data", "as", "bytes", "asbytes", "dataasbytes"]);
        assert_eq!(terms("as_bytes.len"), ["as", "bytes", "asbytes", "len", "asbyteslen"]);
        assert_eq!(terms("a - b. c"), ["a", "b", "c"]);
    }

    #[test]
    fn the_parts_of_a_camel_case_name_are_terms() {
        assert_eq!(terms("TcpStream"), ["tcpstream", "tcp", "stream"]);
        assert_eq!(terms("HTTP"), ["http"]);
        assert_eq!(terms("RLock"), ["rlock"]);
    }

    #[test]
    fn control_characters_and_emoji_part_words() {
        assert_eq!(terms("a\u{0}b🦀c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(terms(&"x".repeat(10_000)), ["x".repeat(40)]);
    }
}
