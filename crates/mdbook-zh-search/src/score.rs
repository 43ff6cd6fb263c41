//! What a term says about a document: its impact, by which the client ranks.

use crate::document::{IN_ASKED, IN_HEADING, IN_KEYWORDS, IN_TITLE};
use crate::encode::{DIGIT_MAX, MORE, push_digit, push_number};
use crate::postings::Posting;

/// Shares of the largest impact. The title can't be outshouted by repetition in the text, which saturates.
const TITLE: f32 = 24.0;
const KEYWORDS: f32 = 15.0;
const ASKED: f32 = 10.0;
const HEADING: f32 = 8.0;
const TEXT: f32 = 17.0;

/// A title of so many terms or fewer counts in full; in a longer one each term says less, by this power of its length.
const SHORT_TITLE: f32 = 2.0;
const TITLE_POWER: f32 = 0.3;

/// BM25's usual constants: how soon repetition saturates, how much a document's length counts.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Impacts of an overview page, which repeats what others say.
const OVERVIEW: f32 = 0.05;

/// A character that is in more documents keeps only the best: its pairs find the rest.
const SINGLE_MAX: usize = 300;

/// No digit: between the documents that have a term and those that have it in a heading.
const HEADINGS: &str = ".";

/// What scoring knows of the documents.
#[derive(Default)]
pub(crate) struct Statistics {
    documents: Vec<Measures>,
    total_length: u64,
}

struct Measures {
    length: f32,
    title_share: f32,
    overview: bool,
}

impl Statistics {
    pub(crate) fn add(&mut self, length: u32, title_length: u32, overview: bool) {
        self.total_length += u64::from(length);
        let title_share = (SHORT_TITLE / title_length.max(1) as f32).min(1.0).powf(TITLE_POWER);
        self.documents.push(Measures { length: length as f32, title_share, overview });
    }

    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    fn impact(&self, posting: &Posting) -> u8 {
        let document = &self.documents[posting.document as usize];
        let average = self.total_length as f32 / self.documents.len() as f32;
        let entry = &posting.entry;
        let field = |bit: u8, share: f32| if entry.fields & bit == 0 { 0.0 } else { share };
        let frequency = entry.weight as f32 / 4.0;
        let text = frequency / (frequency + K1 * (1.0 - B + B * document.length / average));
        let sum = field(IN_TITLE, TITLE * document.title_share)
            + field(IN_KEYWORDS, KEYWORDS)
            + field(IN_ASKED, ASKED)
            + field(IN_HEADING, HEADING)
            + TEXT * text;
        let sum = if document.overview { sum * OVERVIEW } else { sum };
        sum.round().clamp(1.0, f32::from(DIGIT_MAX)) as u8
    }

    /// The postings of `term` as the client reads them: how many documents have it, then for each the distance from the
    /// last, the impact, and the distances of its passages. After a [`HEADINGS`] come the documents, and their passages, that
    /// have it in a heading.
    pub(crate) fn encode(&self, term: &str, postings: &[Posting]) -> String {
        let mut kept: Vec<(u8, &Posting)> = postings.iter().map(|posting| (self.impact(posting), posting)).collect();
        if kept.len() > SINGLE_MAX && term.chars().count() == 1 {
            kept.sort_by(|(a, _), (b, _)| b.cmp(a));
            kept.truncate(SINGLE_MAX);
            kept.sort_by_key(|(_, posting)| posting.document);
        }
        let mut out = String::with_capacity(kept.len() * 4 + 2);
        push_number(&mut out, postings.len() as u32);
        let mut last = 0;
        for (impact, posting) in kept {
            push_number(&mut out, posting.document - last);
            last = posting.document;
            push_digit(&mut out, impact);
            push_passages(&mut out, &posting.entry.passages);
        }
        let (mut last, mut before) = (0, HEADINGS);
        for posting in postings.iter().filter(|posting| !posting.entry.headings.is_empty()) {
            out.push_str(std::mem::take(&mut before));
            push_number(&mut out, posting.document - last);
            last = posting.document;
            push_passages(&mut out, &posting.entry.headings);
        }
        out
    }
}

/// Appends the distances of passages, which ascend.
fn push_passages(out: &mut String, passages: &[u8]) {
    let mut last = 0;
    for (index, passage) in passages.iter().enumerate() {
        let more = if index + 1 < passages.len() { MORE } else { 0 };
        push_digit(out, (passage - last) | more);
        last = *passage;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Entry;

    fn posting(document: u32, fields: u8, weight: u32) -> Posting {
        Posting { document, entry: Entry { fields, weight, passages: vec![0, 3], headings: Vec::new() } }
    }

    fn statistics() -> Statistics {
        let mut statistics = Statistics::default();
        statistics.add(100, 5, false);
        statistics.add(100, 30, false);
        statistics.add(100, 5, true);
        statistics
    }

    #[test]
    fn a_short_title_beats_a_long_one_and_both_beat_repetition() {
        let statistics = statistics();
        let short = statistics.impact(&posting(0, IN_TITLE, 4));
        let long = statistics.impact(&posting(1, IN_TITLE, 4));
        let text = statistics.impact(&posting(0, 0, 4_000));
        assert!(short > long && long > text, "{short} {long} {text}");
    }

    #[test]
    fn an_overview_page_is_found_last() {
        let statistics = statistics();
        assert!(statistics.impact(&posting(2, IN_TITLE, 400)) < statistics.impact(&posting(0, 0, 40)));
    }

    #[test]
    fn postings_are_distances() {
        let statistics = statistics();
        let encoded = statistics.encode("锁", &[posting(0, 0, 4), posting(2, 0, 4)]);
        // Two documents; 0, its impact, passages 0 and 3; 2 further, its impact, passages 0 and 3.
        assert_eq!(encoded, format!("CA{}gDC{}gD", &encoded[2..3], &encoded[6..7]));
        let mut in_heading = posting(2, 0, 4);
        in_heading.entry.headings = vec![3];
        let encoded = statistics.encode("锁", &[posting(0, 0, 4), in_heading]);
        assert!(encoded.ends_with("gD.CD"), "{encoded}");
    }
}
