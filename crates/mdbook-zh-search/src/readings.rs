//! The files of readings, `p/a.js` to `p/z.js`: pinyin to the pairs of 汉字 that the site holds, and more for rescue.
//!
//! The client walks from pair to pair, so that any run of text is found by its pinyin, not only the words of some
//! dictionary: `sisuo` is the pair (si, suo), `xianchengchi` the pairs (xian, cheng) and (cheng, chi).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use crate::characters::{common_characters, readings};
use crate::files::IndexFolder;
use crate::fold::{fold_keeping_case, is_han, simplified_pairs};

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

/// Two characters make a word, or a part of one, if they are side by side so many times as often as by chance.
const WORD_RATIO: f64 = 7.5;

/// By letter, first syllable and second syllable.
type Letters = BTreeMap<char, BTreeMap<String, BTreeMap<String, String>>>;

/// Collects pairs and phrases.
#[derive(Default)]
pub(crate) struct Readings {
    pairs: Vec<Pair>,
    /// How often a character is the first of a pair, and the second, and how many pairs there are.
    first: HashMap<char, u32>,
    second: HashMap<char, u32>,
    all: u64,
    phrases: HashMap<String, u32>,
    /// Words by all of their pinyin.
    words: Vec<String>,
}

/// Two 汉字 side by side: in how many documents, and how often.
struct Pair {
    documents: u32,
    times: u32,
    chars: [char; 2],
}

impl Readings {
    /// Adds a pair of 汉字 that occurs so many times in `documents` of `all`. One that is rare and in no heading is no guess.
    pub(crate) fn pair(&mut self, term: &str, documents: u32, times: u32, all: usize, in_a_heading: bool) {
        let mut chars = term.chars();
        let (Some(a), Some(b)) = (chars.next().filter(|c| is_han(*c)), chars.next()) else { return };
        for (count, c) in [(&mut self.first, a), (&mut self.second, b)] {
            *count.entry(c).or_default() += times;
        }
        self.all += u64::from(times);
        if documents > 1 || in_a_heading || all < SMALL_SITE {
            self.pairs.push(Pair { documents, times, chars: [a, b] });
        }
    }

    /// Adds a word that may be meant though no page has it: the words that stand for it are found by its pinyin.
    pub(crate) fn word(&mut self, word: &str) {
        let word: String = fold_keeping_case(word).collect();
        if word.chars().count() > 1 && word.chars().all(is_han) {
            self.words.push(word);
        }
    }

    /// Whether a pair is a word, or a part of one, and not where two words meet.
    fn is_word(&self, pair: &Pair) -> bool {
        let [first, second] = [(&self.first, 0), (&self.second, 1)]
            .map(|(count, side)| f64::from(count.get(&pair.chars[side]).copied().unwrap_or(1)));
        f64::from(pair.times) * self.all as f64 >= WORD_RATIO * first * second
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
        let mut letters = self.by_syllables();
        for (spelling, phrases) in self.by_spelling() {
            let Some(letter) = spelling.chars().next() else { continue };
            letters.entry(letter).or_default().entry("=".to_string()).or_default().insert(spelling, phrases);
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

    /// The words that are read so, the most frequent first, and after `'` the other pairs.
    fn by_syllables(&mut self) -> Letters {
        self.pairs.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.chars.cmp(&b.chars)));
        self.pairs.truncate(PAIRS_MAX);
        let mut letters = Letters::new();
        for is_word in [true, false] {
            for Pair { chars: [a, b], .. } in self.pairs.iter().filter(|pair| self.is_word(pair) == is_word) {
                for first in readings(*a) {
                    let Some(letter) = first.chars().next() else { continue };
                    let syllables = letters.entry(letter).or_default().entry(first).or_default();
                    for second in readings(*b) {
                        let pairs = syllables.entry(second).or_default();
                        if !is_word && !pairs.contains('\'') {
                            pairs.push('\'');
                        }
                        pairs.extend([a, b]);
                    }
                }
            }
        }
        letters
    }

    /// Phrases by the first letters of their syllables, and words by all letters, with `,` between.
    fn by_spelling(&self) -> BTreeMap<String, String> {
        let mut phrases: Vec<_> = self.phrases.iter().filter(|(_, count)| **count > 1).collect();
        phrases.sort_by(|(a, count_a), (b, count_b)| count_b.cmp(count_a).then_with(|| a.cmp(b)));
        let phrases = phrases.into_iter().take(PHRASES_MAX).map(|(phrase, _)| (phrase, initials(phrase)));
        let words = self.words.iter().map(|word| (word, BTreeSet::from([usual_spelling(word)])));
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for (phrase, spellings) in phrases.chain(words) {
            for spelling in spellings {
                let list = found.entry(spelling).or_default();
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
    let chars: Vec<char> = fold_keeping_case(text).collect();
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

/// The syllables of `word`, each as it is usually read.
fn usual_spelling(word: &str) -> String {
    word.chars().filter_map(|c| readings(c).into_iter().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_has_the_initials_of_each_way_to_read_it() {
        assert!(initials("音乐盒").is_superset(&BTreeSet::from(["ylh".to_string(), "yyh".to_string()])));
        assert!(initials("行长会长便宜").len() <= INITIALS_MAX);
    }

    #[test]
    fn phrases_are_found_by_initials() {
        let mut readings = Readings::default();
        readings.keywords("反向代理, proxy");
        assert_eq!(readings.by_spelling(), BTreeMap::from([("fxdl".to_string(), "反向代理".to_string())]));
    }
}
