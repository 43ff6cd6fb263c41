//! Breaking Chinese text into lines that fill a box.

/// Text set in a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Font size in pixels.
    pub size: f64,
    /// From top to bottom.
    pub lines: Vec<String>,
}

/// The room for a text.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// The largest and the smallest font size in pixels.
    pub sizes: (f64, f64),
    /// The distance of two lines by font size.
    pub leading: f64,
}

/// What small print costs next to [`cost_of_break`]: one line that ends inside a clause is as bad as a fifth less of the size.
const COST_OF_SIZE: f64 = 0.25;

/// The smallest size that better ends are worth, by the largest that fits: share images are seen small, in lists.
const LEAST_PART_OF_SIZE: f64 = 5.0 / 6.0;

/// Sets `text` as large as the room allows, or a little smaller where its lines then end better; `None` when it doesn't fit
/// at the smallest size.
///
/// `advance` is the width of a character by font size.
#[must_use]
pub fn fit(text: &str, room: Room, advance: &impl Fn(char) -> f64) -> Option<Fitted> {
    let (largest, smallest) = room.sizes;
    let pieces = pieces(text);
    let mut best: Option<(f64, Fitted)> = None;
    let mut first_fit = None;
    let mut size = largest;
    while size >= smallest {
        if first_fit.is_some_and(|first| size < first * LEAST_PART_OF_SIZE) {
            break;
        }
        let most = (room.height / (size * room.leading)).floor();
        let lines = wrap(&pieces, room.width / size, advance).filter(|lines| count(lines) <= most);
        if let Some(lines) = lines {
            let (cost, lines) = balanced(&pieces, lines, room.width / size, advance);
            let cost = cost + COST_OF_SIZE * (1.0 - size / *first_fit.get_or_insert(size));
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, Fitted { size, lines }));
            }
        }
        size -= 2.0;
    }
    best.map(|(_, fitted)| fitted)
}

/// The same number of lines, but of nearly equal length and broken where the sentence pauses, with what their ends cost: no
/// single character is left on the last one, and few words are cut in two.
fn balanced(pieces: &[String], lines: Vec<String>, width: f64, advance: &impl Fn(char) -> f64) -> (f64, Vec<String>) {
    let measure = |text: &str| text.chars().map(advance).sum::<f64>();
    // How far the pieces before each reach, without and with the space at the end of the last.
    let mut reach = vec![(0.0, 0.0)];
    for piece in pieces {
        let begin = reach.last().map_or(0.0, |(_, whole)| *whole);
        reach.push((begin + measure(piece.trim_end()), begin + measure(piece)));
    }
    let mean = lines.iter().map(|line| measure(line)).sum::<f64>() / count(&lines);
    // For each number of lines, the best way to set the first pieces: its cost, and where its last line begins.
    let mut ways = vec![vec![(f64::INFINITY, 0); pieces.len() + 1]; lines.len() + 1];
    ways[0][0] = (0.0, 0);
    for line in 1..=lines.len() {
        for end in 1..=pieces.len() {
            let cost_of_end = if end == pieces.len() { 0.0 } else { cost_of_break(&pieces[end - 1]) };
            for begin in 0..end {
                let length = reach[end].0 - reach[begin].1;
                let cost = ways[line - 1][begin].0 + ((length - mean) / width).powi(2) + cost_of_end;
                if length <= width && cost < ways[line][end].0 {
                    ways[line][end] = (cost, begin);
                }
            }
        }
    }
    let mut set = Vec::new();
    let mut cost_of_ends = 0.0;
    let mut end = pieces.len();
    for line in (1..=lines.len()).rev() {
        let (cost, begin) = ways[line][end];
        if cost.is_infinite() {
            return (1.0, lines);
        }
        if end < pieces.len() {
            cost_of_ends += cost_of_break(&pieces[end - 1]);
        }
        set.push(pieces[begin..end].concat().trim().to_string());
        end = begin;
    }
    set.reverse();
    (cost_of_ends, set)
}

/// How much a line's end after `piece` disturbs; a line that is a fifth of the width off the mean costs 0.04.
fn cost_of_break(piece: &str) -> f64 {
    match piece.trim_end().chars().last() {
        // A number and what it counts.
        Some('0'..='9') => 0.2,
        Some('。' | '？' | '！' | '；' | '：' | '?' | '!' | ';' | ':') => 0.0,
        Some('，' | '、' | ',' | '）' | '》' | '”' | ')') => 0.01,
        Some('的' | '与' | '和' | '是' | '在' | '了') => 0.03,
        _ if piece.ends_with(' ') => 0.04,
        Some(c) if c.is_ascii() => 0.04,
        _ => 0.05,
    }
}

/// Fills lines of at most `width` ems; `None` when a word is wider than that.
fn wrap(pieces: &[String], width: f64, advance: &impl Fn(char) -> f64) -> Option<Vec<String>> {
    let measure = |text: &str| text.chars().map(advance).sum::<f64>();
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        let longer = format!("{line}{piece}");
        if measure(longer.trim_end()) <= width {
            line = longer;
            continue;
        }
        if line.is_empty() {
            return None;
        }
        lines.push(line.trim_end().to_string());
        line = piece.trim_start().to_string();
        if measure(line.trim_end()) > width {
            return None;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_string());
    }
    Some(lines)
}

/// What no line may be broken inside of: a word, or a 汉字 with the punctuation that belongs to it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if before.is_some_and(|before| sticks(before, c)) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = Some(c);
    }
    pieces
}

/// Whether two neighbours stay on one line.
fn sticks(before: char, after: char) -> bool {
    let opens = |c| "（《“‘「『【〈([{".contains(c);
    let closes = |c| "）》”’」』】〉)]},.;:!?，。、；：！？…—·%".contains(c);
    let in_word = |c: char| c.is_ascii_graphic();
    opens(before) || closes(after) || after == ' ' || (in_word(before) && in_word(after))
}

#[expect(clippy::cast_precision_loss, reason = "a text has few lines")]
fn count(lines: &[String]) -> f64 {
    lines.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advance(c: char) -> f64 {
        if c.is_ascii() { 0.5 } else { 1.0 }
    }

    fn room(width: f64, height: f64) -> Room {
        Room { width, height, sizes: (20.0, 10.0), leading: 1.0 }
    }

    #[test]
    fn a_short_text_is_as_large_as_can_be() {
        let fitted = fit("什么是 ARP？", room(200.0, 100.0), &advance).unwrap();
        assert_eq!(fitted, Fitted { size: 20.0, lines: vec!["什么是 ARP？".into()] });
    }

    #[test]
    fn a_long_text_gets_smaller_and_no_line_is_much_shorter() {
        let fitted = fit("一二三四五六七八九十一", room(100.0, 40.0), &advance).unwrap();
        assert_eq!(fitted, Fitted { size: 16.0, lines: vec!["一二三四五".into(), "六七八九十一".into()] });
        assert_eq!(fit(&"字".repeat(1000), room(100.0, 40.0), &advance), None);
    }

    #[test]
    fn lines_end_where_the_sentence_pauses() {
        let fitted = fit("什么是套接字？请简述其通信流程。", room(240.0, 50.0), &advance).unwrap();
        assert_eq!(fitted.lines, ["什么是套接字？", "请简述其通信流程。"].map(String::from));
        let fitted = fit("网络与并发的 53 个面试题", room(160.0, 50.0), &advance).unwrap();
        assert_eq!(fitted.lines, ["网络与并发的", "53 个面试题"].map(String::from));
    }

    #[test]
    fn a_little_smaller_is_better_than_lines_that_end_inside_a_clause() {
        let text = "网络与并发的 53 个面试题，用真正运行过的程序作答";
        let fitted = fit(text, room(240.0, 60.0), &advance).unwrap();
        assert_eq!(fitted.lines, ["网络与并发的 53 个面试题，", "用真正运行过的程序作答"].map(String::from));
        assert!((17.0..20.0).contains(&fitted.size), "three lines of size 20 would fit: {}", fitted.size);
    }

    #[test]
    fn a_long_word_makes_the_text_smaller() {
        let fitted = fit("什么是 synchronization？", room(120.0, 60.0), &advance).unwrap();
        assert_eq!(fitted.lines, ["什么是", "synchronization？"].map(String::from));
        assert!(8.5 * fitted.size <= 120.0, "the word is 8.5 ems wide: {}", fitted.size);
    }

    #[test]
    fn words_and_punctuation_stay_together() {
        let lines = wrap(&pieces("用线程池（thread pool）处理，好。"), 5.0, &advance).unwrap();
        assert_eq!(lines, ["用线程池", "（thread", "pool）处", "理，好。"].map(String::from));
        for line in &lines[1..] {
            assert!(!line.starts_with(['，', '。', '）']), "{line}");
        }
        assert_eq!(wrap(&pieces("unbreakable"), 5.0, &advance), None);
    }
}
