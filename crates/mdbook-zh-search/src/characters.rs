//! How characters are read.

use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

use crate::fold::is_han;

/// The readings of today's characters in a dictionary; see `data/pinyin/README.md`.
static DICTIONARY: LazyLock<HashMap<char, Vec<String>>> = LazyLock::new(|| {
    let entry = |line: &str| {
        let (code, readings) = line.trim().strip_prefix("0x")?.split_once(": '")?;
        let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
        Some((c, readings.trim_end_matches("',").split(',').filter_map(plain).collect()))
    };
    include_str!("../data/pinyin/ktghz2013.py").lines().filter_map(entry).collect()
});

/// The readings of a character in letters a to z, the usual one first; `v` stands for `ü`, as on keyboards.
///
/// Those of the dictionary, which has no rare ones; of a character that it lacks, all that are known.
pub(crate) fn readings(c: char) -> Vec<String> {
    let usual = c.to_pinyin().and_then(|reading| plain(reading.plain()));
    let others = DICTIONARY.get(&c).cloned().unwrap_or_else(|| {
        c.to_pinyin_multi().into_iter().flatten().filter_map(|reading| plain(reading.plain())).collect()
    });
    let mut found: Vec<String> = Vec::new();
    for reading in usual.into_iter().chain(others) {
        if !found.contains(&reading) {
            found.push(reading);
        }
    }
    found
}

/// A syllable without its tone; `None` if letters are left that keyboards lack.
fn plain(syllable: &str) -> Option<String> {
    let mut letters = String::new();
    for c in syllable.nfd() {
        match c {
            // The dots of ü.
            '\u{308}' => {
                letters.pop();
                letters.push('v');
            }
            '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' => {}
            _ => letters.push(c),
        }
    }
    (!letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(letters)
}

/// The characters of GB 2312 by reading, `a啊阿 ai埃…`, by the usual ones first: what a wrong character may sound like.
pub(crate) fn common_characters() -> String {
    let (mut usual, mut others) = (BTreeMap::<String, String>::new(), BTreeMap::<String, String>::new());
    for (lead, trail) in (0xb0..=0xf7_u8).flat_map(|lead| (0xa1..=0xfe_u8).map(move |trail| (lead, trail))) {
        let bytes = [lead, trail];
        // GBK holds GB 2312 at the same places.
        let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
        for c in text.chars().filter(|c| is_han(*c)) {
            for (index, reading) in readings(c).into_iter().enumerate() {
                let by_reading = if index == 0 { &mut usual } else { &mut others };
                by_reading.entry(reading).or_default().push(c);
            }
        }
    }
    usual.into_iter().chain(others).map(|(reading, characters)| reading + &characters).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_what_is_typed() {
        assert_eq!(readings('锁'), ["suo"]);
        assert_eq!(readings('绿'), ["lv", "lu"]);
        assert_eq!(plain("lüè").as_deref(), Some("lve"));
        assert!(readings('a').is_empty());
    }

    #[test]
    fn a_character_has_the_readings_of_the_dictionary_the_usual_one_first() {
        for (c, expected) in [
            ('重', "zhong chong"),
            ('乐', "le yue"),
            ('厦', "sha xia"),
            ('觉', "jue jiao"),
            ('率', "lv shuai"),
            ('血', "xue xie"),
            ('着', "zhe zhao zhuo"),
            // Not zi, as in no word of today.
            ('次', "ci"),
        ] {
            assert_eq!(readings(c).join(" "), expected, "{c}");
        }
    }

    #[test]
    fn the_dictionary_is_read_whole() {
        assert_eq!(DICTIONARY.len(), 8_105);
        assert!(DICTIONARY.values().all(|readings| !readings.is_empty()));
        assert!(DICTIONARY.values().filter(|readings| readings.len() > 1).count() > 300);
    }

    #[test]
    fn the_characters_of_gb_2312_have_readings() {
        let characters = common_characters();
        assert!(characters.chars().filter(|c| is_han(*c)).count() > 6_700);
        assert!(characters.split(' ').any(|group| group.starts_with("suo") && group.contains('锁')));
    }
}
