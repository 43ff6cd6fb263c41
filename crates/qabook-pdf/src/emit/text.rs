//! Text on its way into literals, and where its long words may break.

use super::writer::Writer;
use crate::literal::literal;

/// Code up to this length stays in one piece.
const SHORT_CODE: usize = 16;
/// Code in a listing without a space for this long needs breaks between letters.
const LONGEST_IN_LISTING: usize = 40;

/// Keeps what is on its two sides on one line.
const WORD_JOINER: char = '\u{2060}';

/// Characters that change how others look, or join them, and draw nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether a line may not break before or after `c`, unlike at 汉字.
fn is_letter(c: char) -> bool {
    !c.is_whitespace() && !matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xff00..=0xffef)
}

impl Writer<'_> {
    /// `text` as a literal; characters that no font has are noted.
    pub(super) fn text(&mut self, text: &str) -> String {
        literal(&self.visible(text))
    }

    /// Text of a paragraph, for the inside of a content block.
    pub(super) fn words(&mut self, text: &str) -> String {
        let mut text = self.visible(text);
        if text.starts_with(['；', '：']) {
            // Typst would break a line between the box of a page number and these two.
            text.insert(0, WORD_JOINER);
        }
        let longest = self.longest_word;
        let mut code = String::new();
        for run in runs(&text, longest) {
            match run {
                Run::Plain(text) => code.push_str(&format!("#{};", literal(text))),
                Run::Long(word) => code.push_str(&format!("#breakable({});", literal(word))),
            }
        }
        code
    }

    /// Code inside a paragraph.
    pub(super) fn code_words(&mut self, text: &str) -> String {
        let text = self.visible(text);
        let pieces = pieces(&text, self.longest_word);
        if text.chars().count() <= SHORT_CODE.min(self.longest_word) || pieces.len() < 2 {
            return format!("#raw({});", literal(&text));
        }
        let pieces: String = pieces.iter().map(|piece| format!("{}, ", literal(piece))).collect();
        format!("#code(({pieces}));")
    }

    /// `text` without what draws nothing.
    fn visible(&mut self, text: &str) -> String {
        let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
        for c in self.emitter.fonts.missing(&visible).into_keys() {
            // Once in a chapter is enough to find it.
            if !self.missing.iter().any(|&(_, known)| known == c) {
                self.missing.insert((self.line, c));
            }
        }
        visible
    }
}

/// Whether a listing of `text` needs breaks inside words.
pub(super) fn has_long_words(text: &str) -> bool {
    runs(text, LONGEST_IN_LISTING).iter().any(|run| matches!(run, Run::Long(_)))
}

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
enum Run<'a> {
    /// Breaks by itself.
    Plain(&'a str),
    /// One word of more than the given length.
    Long(&'a str),
}

/// `text` in order, its words of more than `longest` letters apart.
fn runs(text: &str, longest: usize) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let word = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        if rest[..word].chars().count() > longest {
            if plain < at {
                runs.push(Run::Plain(&text[plain..at]));
            }
            runs.push(Run::Long(&rest[..word]));
            plain = at + word;
        }
        at += word;
        at += text[at..].find(is_letter).unwrap_or(text.len() - at);
    }
    if plain < text.len() {
        runs.push(Run::Plain(&text[plain..]));
    }
    runs
}

/// Code cut where a line may break: after punctuation, and inside words of more than `longest` letters.
fn pieces(code: &str, longest: usize) -> Vec<String> {
    let is_mark = |c: char| c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | '#' | '$' | '@' | '!' | '%');
    let mut pieces = vec![String::new()];
    let mut word = 0;
    let mut characters = code.chars().peekable();
    while let Some(c) = characters.next() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        word = if c.is_ascii_alphanumeric() { word + 1 } else { 0 };
        let Some(&next) = characters.peek() else { break };
        let behind_marks = is_mark(c) && !is_mark(next) && next != ' ';
        if behind_marks || word >= longest.min(24) {
            pieces.push(String::new());
            word = 0;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_stand_apart() {
        assert_eq!(runs("短 word 字", 5), [Run::Plain("短 word 字")]);
        assert_eq!(runs("甲abcdef乙", 5), [Run::Plain("甲"), Run::Long("abcdef"), Run::Plain("乙")]);
        assert_eq!(runs("αβγδεζ", 5), [Run::Long("αβγδεζ")]);
        assert!(runs("", 5).is_empty());
        assert!(has_long_words(&format!("let x = \"{}\";", "y".repeat(500))));
        assert!(!has_long_words(
            "let x = 1;\n汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字"
        ));
    }

    #[test]
    fn code_breaks_behind_punctuation_and_inside_endless_words() {
        assert_eq!(pieces("std::sync::Arc", 30), ["std::", "sync::", "Arc"]);
        assert_eq!(pieces("x", 30), ["x"]);
        assert_eq!(pieces(&"a".repeat(50), 30).iter().map(String::len).collect::<Vec<_>>(), [24, 24, 2]);
        assert_eq!(pieces("--large-print x", 30), ["--", "large-", "print x"]);
    }
}
