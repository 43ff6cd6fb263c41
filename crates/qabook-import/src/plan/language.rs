//! The language of lists, by their letters.

use crate::plain::is_ideograph;
use crate::read::Source;

/// How many characters are looked at.
const SAMPLE: usize = 200_000;

/// The language that most of the text of `sources` is in: Korean, Japanese and Chinese are told by their letters.
pub(super) fn guess(sources: &[Source]) -> String {
    let (mut letters, mut ideographs, mut kana, mut hangul) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in sources.iter().flat_map(|source| source.text.chars()).take(SAMPLE).filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            c if is_ideograph(c) => ideographs += 1,
            _ => {}
        }
    }
    // Programs and terms are in Latin letters everywhere.
    let is_much = |count: usize| count * 10 >= letters.max(1);
    let language = match () {
        () if is_much(hangul) => "ko",
        () if is_much(kana) => "ja",
        () if is_much(ideographs) => "zh-CN",
        () => "en",
    };
    language.into()
}
