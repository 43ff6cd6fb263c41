//! One spelling for what readers take for the same: NFKC, simplified characters, lower case.
//!
//! The client folds by the same rules (`spelled` and `fold` in `client/search-index.js`), letters one by one.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Traditional to simplified, from `OpenCC`; see `data/opencc/README.md`.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pair = |line: &str| {
        let (from, to) = line.split_once('\t')?;
        // The first form is the most frequent one.
        let (from, to) = (from.chars().next()?, to.chars().next()?);
        (from != to).then_some((from, to))
    };
    include_str!("../data/opencc/TSCharacters.txt").lines().filter_map(pair).collect()
});

/// The simplified form of `c`, which is `c` itself for most characters.
pub(crate) fn simplify(c: char) -> char {
    // The table has no character below the CJK blocks: most text is spared the look-up.
    if c < '\u{3400}' { c } else { SIMPLIFIED.get(&c).copied().unwrap_or(c) }
}

/// All pairs of a traditional character and its simplified form, sorted.
pub(crate) fn simplified_pairs() -> Vec<(char, char)> {
    let mut pairs: Vec<_> = SIMPLIFIED.iter().map(|(from, to)| (*from, *to)).collect();
    pairs.sort_unstable();
    pairs
}

/// `text` as it is indexed, but for its letters' case, which tells the parts of `TcpStream`.
pub(crate) fn fold_keeping_case(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().map(simplify)
}

/// Whether `c` is a 汉字.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3005 | 0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_traditional_forms_become_one_spelling() {
        assert_eq!(fold_keeping_case("ＴＣＰ死鎖①").collect::<String>(), "TCP死锁1");
    }

    #[test]
    fn the_table_is_read_whole() {
        assert!(simplified_pairs().len() > 3_000, "{}", simplified_pairs().len());
        assert_eq!(simplify('負'), '负');
        assert_eq!(simplify('锁'), '锁');
    }
}
