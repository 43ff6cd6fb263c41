//! What a character is to Chinese typesetting and to CommonMark.

use regex::Regex;
use std::sync::LazyLock;

/// How a character meets its neighbour across a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// 汉字, kana, bopomofo, full-width letters and digits: written without spaces.
    Ideograph,
    /// Punctuation that brings its own space, such as `，` and `「`.
    FullWidth,
    /// `“` `…` `—` and their like: Chinese or Western by what is next to them.
    Shared,
    /// Letters and digits that are set off by a space, and ASCII punctuation.
    Western,
    /// Hangul, which is written with spaces, emoji and everything else: line breaks next to it stay.
    Other,
}

/// Ranges after the Unicode block charts; the rest of these blocks is punctuation and symbols.
pub(crate) fn class(c: char) -> Class {
    match c {
        '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{3035}'
        | '\u{3038}'..='\u{303c}'
        | '\u{3041}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{312f}'
        | '\u{3190}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff10}'..='\u{ff19}'
        | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3fffd}'
        // Variation selectors: these follow ideographs only.
        | '\u{fe00}'..='\u{fe02}'
        | '\u{e0100}'..='\u{e01ef}' => Class::Ideograph,
        '\u{2e3a}' | '\u{2e3b}' | '\u{2ff0}'..='\u{303f}' | '\u{30a0}' | '\u{30fb}' => Class::FullWidth,
        '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffe6}' => {
            Class::FullWidth
        }
        '\u{b7}' | '\u{2014}' | '\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2025}'..='\u{2027}' => Class::Shared,
        _ if is_hangul(c) => Class::Other,
        _ if c.is_ascii_graphic() || c.is_alphanumeric() => Class::Western,
        _ => Class::Other,
    }
}

/// Whether `c` is a 汉字, kana or full-width punctuation: no space is between two such characters.
#[must_use]
pub fn is_written_solid(c: char) -> bool {
    matches!(class(c), Class::Ideograph | Class::FullWidth)
}

/// Whether text around `c` is Chinese, Japanese or Korean, for emphasis.
pub(crate) fn is_cjk(c: char) -> bool {
    is_written_solid(c) || is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

/// A Unicode punctuation character as CommonMark 0.31 §2.1 means it: general category P or S.
pub(crate) fn is_punctuation(c: char) -> bool {
    static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A[\p{P}\p{S}]\z").ok());
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    OTHER.as_ref().is_some_and(|pattern| pattern.is_match(c.encode_utf8(&mut [0; 4])))
}

/// Punctuation that begins something, such as `（`; straight quotes begin and end.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '（' | '［' | '｛' | '「' | '『' | '《' | '〈' | '【' | '〔' | '〖')
}

/// Punctuation that ends something, such as `，`, and the dot of file names.
pub(crate) fn is_closing(c: char) -> bool {
    let stop = matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '，' | '。' | '、' | '；' | '：' | '？' | '！' | '．');
    stop || c == '/' || is_bracket_end(c)
}

/// The second of two brackets or quotes.
pub(crate) fn is_bracket_end(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '）' | '］' | '｝' | '」' | '』' | '》' | '〉' | '】' | '〕' | '〗')
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn classes() {
        for (class_of, chars) in [
            (Class::Ideograph, "汉々〇かカーㄅ㐧𠮟﨑Ａ９"),
            (Class::FullWidth, "，。！？、；：（）「」《》【】～￥・　"),
            (Class::Shared, "“”‘’…—·"),
            (Class::Western, "aZ9(%é中".trim_end_matches('中')),
            (Class::Other, "한🎉 \n"),
        ] {
            for c in chars.chars() {
                assert_eq!(class(c), class_of, "{c}");
            }
        }
    }

    /// `a*?b*` is emphasis unless `?` is punctuation, so pulldown-cmark itself tells what it takes for punctuation.
    #[test]
    fn punctuation_is_what_the_parser_takes_for_it() {
        let emphasised =
            |c: char| Parser::new(&format!("a*{c}b*")).any(|event| matches!(event, Event::Start(Tag::Emphasis)));
        for c in ('\u{a1}'..='\u{2fff}')
            .chain('\u{3001}'..='\u{312f}')
            .chain('\u{4e00}'..='\u{4e20}')
            .chain('\u{f900}'..='\u{ffef}')
        {
            // Three Balinese signs, three control pictures and unassigned characters: newer in one table than the other.
            if !c.is_whitespace() && !matches!(c, '\u{1b4e}' | '\u{1b4f}' | '\u{1b7f}' | '\u{2427}'..='\u{2429}') {
                assert_eq!(is_punctuation(c), !emphasised(c), "{:x} {c}", c as u32);
            }
        }
    }
}
