//! Pieces of a chapter looked for on its page.

use super::pieces::Piece;

/// A piece of so many bytes is found by itself; a shorter one may be anywhere by chance, and is looked for between those
/// around it.
const LONG: usize = 24;

/// In so many places a long piece is looked for where short ones wait to be found before it.
const TRIES: usize = 16;

/// Where in the chapter that has `pieces` text begins that `page`, as letters and digits, doesn't have; of pieces in a row, the
/// first.
pub(super) fn lost(pieces: &[Piece], page: &str) -> Vec<usize> {
    let mut search = Search { page, at: 0, waiting: Vec::new(), lost: vec![false; pieces.len()] };
    for (index, piece) in pieces.iter().enumerate() {
        if piece.is_gone {
            search.lost[index] = true;
        } else if piece.moves {
            search.lost[index] = !page.contains(&piece.letters);
        } else if piece.letters.len() < LONG {
            search.waiting.push(index);
        } else {
            search.long(pieces, index);
        }
    }
    search.settle(pieces, page.len());
    let first = |index: &usize| search.lost[*index] && (*index == 0 || !search.lost[index - 1]);
    let place = |index: usize| pieces[index].place_where(|letters| !page.contains(letters));
    (0..pieces.len()).filter(first).map(place).collect()
}

/// How far a page was read.
struct Search<'a> {
    page: &'a str,
    at: usize,
    /// Short pieces since then.
    waiting: Vec<usize>,
    lost: Vec<bool>,
}

impl Search<'_> {
    fn long(&mut self, pieces: &[Piece], index: usize) {
        let letters = pieces[index].letters.as_str();
        let ahead = || self.page[self.at..].match_indices(letters).map(|(found, _)| self.at + found);
        // It may be in what was added before the waiting pieces, such as a caption.
        let fits = ahead().take(TRIES).find(|found| self.waiting_up_to(pieces, *found).all(|(_, is_there)| is_there));
        match fits.or_else(|| ahead().next()).or_else(|| self.page.find(letters)) {
            Some(found) => {
                self.settle(pieces, found);
                self.at = found + letters.len();
            }
            None => self.lost[index] = true,
        }
    }

    /// Looks for the waiting pieces in the page up to byte `end`; where that is behind what was read, in all of it.
    fn settle(&mut self, pieces: &[Piece], end: usize) {
        let lost: Vec<usize> =
            self.waiting_up_to(pieces, end).filter(|(_, is_there)| !is_there).map(|(index, _)| index).collect();
        for index in lost {
            self.lost[index] = true;
        }
        self.waiting.clear();
    }

    /// The waiting pieces, and whether they are in the page up to byte `end`, one after the other.
    fn waiting_up_to(&self, pieces: &[Piece], end: usize) -> impl Iterator<Item = (usize, bool)> {
        let (mut at, end) = if end < self.at { (0, self.page.len()) } else { (self.at, end) };
        self.waiting.iter().map(move |index| {
            let letters = pieces[*index].letters.as_str();
            let found = self.page[at..end].find(letters);
            at += found.map_or(0, |found| found + letters.len());
            (*index, found.is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::super::reading::Reading;
    use super::*;

    /// The lines of `text` that a page with the letters of `page` lacks.
    fn found(text: &str, page: &str) -> Vec<usize> {
        let page: String = page.chars().filter(|c| c.is_alphanumeric()).collect();
        let pieces = pieces(text, &Reading::default());
        lost(&pieces, &page).into_iter().map(|at| 1 + text[..at].matches('\n').count()).collect()
    }

    const TEXT: &str = "# Locks\n\nA lock is held by one thread at a time.\n\nYes.\n\n- Who holds it must let it go,\n  or all others \
                        wait.\n- No.\n\nA lock is held by one thread at a time.\n";

    #[test]
    fn a_page_with_all_of_a_chapter_lacks_nothing() {
        assert_eq!(found(TEXT, TEXT), [0; 0]);
        assert_eq!(found(TEXT, &format!("No. Yes. {TEXT} Yes. No.")), [0; 0], "what is added does no harm");
    }

    #[test]
    fn a_paragraph_that_is_gone_is_named_by_its_line() {
        assert_eq!(found(TEXT, &TEXT.replace("let it go", "")), [7]);
        assert_eq!(found(TEXT, &TEXT.replace("or all others", "")), [8], "the line inside of the paragraph");
        assert_eq!(found(TEXT, ""), [1], "what is lost together is told once");
    }

    #[test]
    fn a_short_text_is_looked_for_in_its_place() {
        assert_eq!(found(TEXT, &TEXT.replace("Yes.", "")), [5]);
        assert_eq!(found(TEXT, &format!("Yes. {}", TEXT.replace("Yes.", ""))), [5], "it is elsewhere");
    }

    #[test]
    fn what_is_added_before_a_short_text_may_say_what_comes_after_it() {
        let text = "# Two kinds of locks\n\nYes.\n\nA lock is held by one thread at a time.\n";
        let page = "Two kinds of locks. A lock is held by one thread at a time: a picture. Yes. A lock is held by one thread at a time.";
        assert_eq!(found(text, page), [0; 0]);
        assert_eq!(found(text, &page.replace("Yes", "")), [3]);
    }

    #[test]
    fn footnotes_may_be_elsewhere() {
        let text = "A lock[^1] is held by a thread.\n\n[^1]: Mutex.\n\nIt is let go at the end of a block.\n";
        let page = "A lock is held by a thread. It is let go at the end of a block. Mutex.";
        assert_eq!(found(text, page), [0; 0]);
        assert_eq!(found(text, page.split("Mutex").next().unwrap()), [3]);
    }
}
