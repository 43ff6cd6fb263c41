//! The files of readings, `p/a.js` to `p/z.js`: pinyin to the pairs of 汉字 that the site holds, and more for rescue.
//!
//! The client walks from pair to pair, so that any run of text is found by its pinyin, not only the words of some
//! dictionary: `sisuo` is the pair (si, suo), `xianchengchi` the pairs (xian, cheng) and (cheng, chi).

use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use crate::files::IndexFolder;
use crate::fold::{is_han, simplified_pairs};

/// Pairs that are kept of a large site, the most frequent ones.
const PAIRS_MAX: usize = 60_000;

/// In a site with fewer documents, a pair that only one of them has is as good as any.
const SMALL_SITE: usize = 20;

/// Phrases for initials (`fxdl`) that are kept while counting, and written.
const COUNTED_MAX: usize = 400_000;
const PHRASES_MAX: usize = 6_000;

/// A phrase for initials has so many 汉字; two initials would be any word.
const PHRASE_MIN: usize = 3;
const PHRASE_MAX: usize = 6;

/// Of a phrase whose characters have several readings, so many initials are written.
const INITIALS_MAX: usize = 16;

/// Collects pairs and phrases.
#[derive(Default)]
pub(crate) struct Readings {
    pairs: Vec<(u32, [char; 2])>,
    phrases: HashMap<String, u32>,
}

impl Readings {
    /// Adds a pair of 汉字 that is in `documents` of `all`. One that is rare and in no heading is left out.
    pub(crate) fn pair(&mut self, term: &str, documents: u32, all: usize, in_a_heading: bool) {
        let mut chars = term.chars();
        if let (Some(a), Some(b)) = (chars.next(), chars.next())
            && is_han(a)
            && (documents > 1 || in_a_heading || all < SMALL_SITE)
        {
            self.pairs.push((documents, [a, b]));
        }
    }

    /// Counts the stretches of 汉字 in a heading.
    pub(crate) fn heading(&mut self, text: &str) {
        for run in han_runs(text) {
            for length in PHRASE_MIN..=PHRASE_MAX.min(run.len()) {
                run.windows(length).for_each(|phrase| self.count(phrase, 1));
            }
        }
    }

    /// Adds keywords: whole runs of 汉字, which count more.
    pub(crate) fn keywords(&mut self, text: &str) {
        for run in han_runs(text) {
            if (PHRASE_MIN..=PHRASE_MAX).contains(&run.len()) {
                self.count(&run, 4);
            }
        }
    }

    fn count(&mut self, phrase: &[char], times: u32) {
        let phrase: String = phrase.iter().collect();
        if self.phrases.len() < COUNTED_MAX || self.phrases.contains_key(&phrase) {
            *self.phrases.entry(phrase).or_default() += times;
        }
    }

    /// Writes the files, which are empty for a site without 汉字; returns the letters that have one.
    pub(crate) fn write(mut self, has_han: bool, folder: &mut IndexFolder) -> io::Result<String> {
        self.pairs.sort_by(|(a, pair_a), (b, pair_b)| b.cmp(a).then_with(|| pair_a.cmp(pair_b)));
        self.pairs.truncate(PAIRS_MAX);
        // Letter, first syllable, second syllable: the pairs that are read so, the most frequent first.
        let mut letters: BTreeMap<char, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
        for (_, [a, b]) in &self.pairs {
            for first in readings(*a) {
                let Some(letter) = first.chars().next() else { continue };
                let syllables = letters.entry(letter).or_default().entry(first).or_default();
                for second in readings(*b) {
                    syllables.entry(second).or_default().extend([a, b]);
                }
            }
        }
        for (initials, phrases) in self.by_initials() {
            let Some(letter) = initials.chars().next() else { continue };
            letters.entry(letter).or_default().entry("=".to_string()).or_default().insert(initials, phrases);
        }
        let names = letters.keys().collect();
        for (letter, firsts) in letters {
            let join = |seconds: BTreeMap<String, String>| {
                seconds.into_iter().map(|(second, pairs)| second + &pairs).collect::<Vec<_>>().join(" ")
            };
            let firsts: BTreeMap<_, _> = firsts.into_iter().map(|(first, seconds)| (first, join(seconds))).collect();
            folder.write(&format!("p/{letter}"), &firsts)?;
        }
        let simplified = || simplified_pairs().iter().map(|(a, b)| format!("{a}{b}")).collect();
        folder.write("p/characters", &if has_han { common_characters() } else { String::new() })?;
        folder.write("p/simplified", &if has_han { simplified() } else { String::new() })?;
        Ok(names)
    }

    /// Phrases by the first letters of their syllables, with `,` between.
    fn by_initials(&self) -> BTreeMap<String, String> {
        let mut phrases: Vec<_> = self.phrases.iter().filter(|(_, count)| **count > 1).collect();
        phrases.sort_by(|(a, count_a), (b, count_b)| count_b.cmp(count_a).then_with(|| a.cmp(b)));
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for (phrase, _) in phrases.into_iter().take(PHRASES_MAX) {
            for initials in initials(phrase) {
                let list = found.entry(initials).or_default();
                if !list.is_empty() {
                    list.push(',');
                }
                list.push_str(phrase);
            }
        }
        found
    }
}

fn han_runs(text: &str) -> impl Iterator<Item = Vec<char>> {
    let chars: Vec<char> = crate::fold::fold_keeping_case(text).collect();
    let runs: Vec<Vec<char>> = chars.split(|c| !is_han(*c)).map(<[char]>::to_vec).collect();
    runs.into_iter().filter(|run| !run.is_empty())
}

/// The first letters of the syllables of `phrase`, for each way to read it; none for one with a character that has no reading.
fn initials(phrase: &str) -> BTreeSet<String> {
    let mut found = vec![String::new()];
    for c in phrase.chars() {
        let letters: BTreeSet<char> = readings(c).iter().filter_map(|reading| reading.chars().next()).collect();
        found = found.iter().flat_map(|start| letters.iter().map(move |letter| format!("{start}{letter}"))).collect();
        found.truncate(INITIALS_MAX);
    }
    found.into_iter().collect()
}

/// The readings of a character in letters a to z, the usual one first; `v` stands for `ü`, as on keyboards.
///
/// All of them: which one a word has, its characters don't tell, and a pair that nobody reads so is a few bytes.
fn readings(c: char) -> Vec<String> {
    let plain = |reading: pinyin::Pinyin| {
        let plain = reading.plain().replace('ü', "v");
        plain.bytes().all(|byte| byte.is_ascii_lowercase()).then_some(plain)
    };
    let usual = c.to_pinyin().into_iter();
    let mut seen = BTreeSet::new();
    usual
        .chain(c.to_pinyin_multi().into_iter().flatten())
        .filter_map(plain)
        .filter(|one| seen.insert(one.clone()))
        .collect()
}

/// The characters of GB 2312 by reading, `a啊阿 ai埃…`, by the usual ones first: what a wrong character may sound like.
fn common_characters() -> String {
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
        assert_eq!(readings('绿').first().map(String::as_str), Some("lv"));
        assert!(readings('a').is_empty());
    }

    #[test]
    fn a_character_has_all_its_readings_the_usual_one_first() {
        for (c, expected) in [
            ('重', "zhong chong"),
            ('乐', "le yue"),
            ('厦', "sha xia"),
            ('觉', "jue jiao"),
            ('率', "lv shuai"),
            ('血', "xue xie"),
        ] {
            let found = readings(c);
            assert!(expected.split(' ').all(|reading| found.iter().any(|one| one == reading)), "{c}: {found:?}");
            assert_eq!(
                found.first().map(String::as_str),
                c.to_pinyin().map(|usual| usual.plain().replace('ü', "v")).as_deref()
            );
        }
    }

    #[test]
    fn the_characters_of_gb_2312_have_readings() {
        let characters = common_characters();
        assert!(characters.chars().filter(|c| is_han(*c)).count() > 6_700);
        assert!(characters.split(' ').any(|group| group.starts_with("suo") && group.contains('锁')));
    }

    #[test]
    fn a_phrase_has_the_initials_of_each_way_to_read_it() {
        assert!(initials("音乐盒").is_superset(&BTreeSet::from(["ylh".to_string(), "yyh".to_string()])));
        assert!(initials("行长会长便宜").len() <= INITIALS_MAX);
    }

    #[test]
    fn phrases_are_found_by_initials() {
        let mut readings = Readings::default();
        readings.keywords("反向代理, proxy");
        assert_eq!(readings.by_initials(), BTreeMap::from([("fxdl".to_string(), "反向代理".to_string())]));
    }
}
