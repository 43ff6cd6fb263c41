//! Emphasis that CommonMark refuses next to full-width punctuation.
//!
//! CommonMark decides by the two characters around a run of delimiters whether it opens or closes: between punctuation
//! and a letter, only on one side. In `**历经10年发展，**年` the second run is between `，` and `年` and may open, not
//! close. Chinese has no spaces that would help (commonmark-spec issue 650).
//!
//! Here each run next to Chinese text may open and close, unless it is a sign such as in `3*（4+5）*6`, and runs are paired by CommonMark's own algorithm. Where a
//! pair needs what the strict rule refuses, the letter in the way is written as a character reference:
//! `**历经10年发展，**&#24180;`. CommonMark sees the punctuation `&`, every renderer draws `年`, and the result stays
//! Markdown: it needs no raw HTML, which EPUB and PDF renderers may drop.

mod pairing;
mod runs;

use pairing::{Flanking, Pair, Run, pair};
use pulldown_cmark::Tag;
use qabook_support::splice::Splice;
use runs::{Lines, Surroundings};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::breaks::LineBreak;
use crate::document::{Document, Scope};
use crate::rule::{CHINESE, Mistake};

pub(crate) use runs::ends_of;

/// What happens to the emphasis of a chapter.
#[derive(Default)]
pub(crate) struct Repair {
    /// Letters to be written as references.
    pub(crate) splices: Vec<Splice>,
    /// The events of the texts whose emphasis changes.
    pub(crate) events: HashSet<usize>,
    /// In those texts, by the place of each delimiter: its tag; nothing for its second character.
    pub(crate) delimiters: HashMap<usize, &'static str>,
    /// The first run of each of those texts, for messages.
    pub(crate) places: Vec<usize>,
    /// Delimiters without a clear meaning.
    pub(crate) mistakes: Vec<Mistake>,
}

/// Finds what to change in `document`, whose lines will be joined as `breaks` say.
pub(crate) fn repair(document: &Document<'_>, breaks: &[LineBreak]) -> Repair {
    let lines = Lines::new(breaks);
    let mut repair = Repair::default();
    for scope in document.scopes() {
        let delimiters = runs::collect(document, &scope);
        if !delimiters.runs.is_empty() {
            let surroundings = Surroundings::new(document, &scope, &lines);
            Text { document, scope: &scope, around: surroundings, delimiters }.repair(&mut repair);
        }
    }
    repair
}

/// One text in which emphasis is looked for.
struct Text<'a> {
    document: &'a Document<'a>,
    scope: &'a Scope,
    around: Surroundings<'a>,
    delimiters: runs::Delimiters,
}

impl Text<'_> {
    fn repair(mut self, repair: &mut Repair) {
        let first = self.delimiters.runs[0].start;
        let signs = self.without_signs();
        let runs = &self.delimiters.runs;
        let standard: Vec<Flanking> = runs.iter().map(|run| self.around.standard(run, &BTreeSet::new())).collect();
        let (pairs, meant) = self.meant(&standard);
        let left = self.strays(&pairs, &meant);
        let left_strictly = self.strays(&self.delimiters.pairs, &standard);
        // One `*` or `~~` that neither reading pairs is text, and mostly meant: `*const`, `好嘛~~`. Only `**` is a slip.
        let is_text = |run: &&Run| {
            (run.mark == b'~' || run.length == 1 || run.length > 3) && left.contains(run) && left_strictly.contains(run)
        };
        let stray = left_strictly.iter().copied().find(|run| !is_text(run));
        if standard == meant && (signs.is_empty() || stray.is_some()) {
            repair.mistakes.extend(stray.map(unpaired));
            return;
        }
        if let Some(run) = left.iter().copied().find(|run| !is_text(run)) {
            // CommonMark's own reading may be whole where ours is not.
            repair.mistakes.extend(stray.is_some().then(|| unpaired(run)));
            return;
        }
        let strict = &self.delimiters.pairs;
        let other_reading = pairs != *strict && stray.is_none() && !self.is_nested(strict);
        let is_ours = |pair: &&Pair| !strict.contains(pair);
        if other_reading || self.is_nested(&pairs) || pairs.iter().filter(is_ours).any(|pair| self.separates(pair)) {
            repair.mistakes.push(ambiguous(first));
            return;
        }
        let mut encoded = self.in_the_way(&pairs);
        encoded.extend(signs);
        if pairs != self.delimiters.pairs || !encoded.is_empty() {
            self.change(&pairs, &encoded, repair);
        }
    }

    /// What belongs together to the author, and what each run may do then. A single `*` that multiplies or refers to a
    /// note is no opening, so its counterpart stays as strict as CommonMark has it.
    fn meant(&self, standard: &[Flanking]) -> (Vec<Pair>, Vec<Flanking>) {
        let runs = &self.delimiters.runs;
        let mut meant: Vec<Flanking> = runs.iter().map(|run| self.around.meant(run)).collect();
        loop {
            let pairs = pair(runs, &meant);
            let sign = pairs.iter().filter(|pair| pair.open.len() == 1).find_map(|pair| {
                let closer = runs.partition_point(|run| run.start <= pair.close.start).checked_sub(1)?;
                let is_ours = runs[closer].length == 1 && meant[closer] != standard[closer];
                (is_ours && !self.around.begins(pair.open.start)).then_some(closer)
            });
            let Some(closer) = sign else { return (pairs, meant) };
            meant[closer] = standard[closer];
        }
    }

    /// The runs that are left over, could be a delimiter and are next to Chinese text.
    fn strays(&self, pairs: &[Pair], flanking: &[Flanking]) -> Vec<&Run> {
        let used: HashSet<usize> = pairs.iter().flat_map(|pair| pair.open.clone().chain(pair.close.clone())).collect();
        let runs = self.delimiters.runs.iter().zip(flanking);
        runs.filter(|(_, may)| may.opens || may.closes)
            .map(|(run, _)| run)
            .filter(|run| run.mark == b'*' || run.mark == b'~' && run.length == 2)
            .filter(|run| !run.span().all(|at| used.contains(&at)) && self.around.touches_cjk(run))
            .collect()
    }

    /// Whether emphasis is within emphasis of the same kind, which is never meant.
    fn is_nested(&self, pairs: &[Pair]) -> bool {
        let opener = |pair: &Pair| &self.document.source()[pair.open.clone()];
        pairs.iter().enumerate().any(|(index, outer)| {
            // Sorted by where they open: what follows and opens before the outer one closes is inside.
            let inside = pairs[index + 1..].iter().take_while(|inner| inner.open.start < outer.close.start);
            inside.into_iter().any(|inner| opener(inner) == opener(outer))
        })
    }

    /// Whether nothing is in `pair` but what stands between the parts of a list: in `*、**、***` these are signs.
    fn separates(&self, pair: &Pair) -> bool {
        let inside = &self.document.source()[pair.open.end..pair.close.start];
        inside.chars().all(|c| matches!(c, '*' | '~' | '、' | '，' | '；' | '/' | ',') || c.is_whitespace())
    }

    /// The asterisks of an emphasis that CommonMark sees between two signs: `6，即甲` in `3*（4）*6，即甲*（乙）*丙`, what
    /// begins with `，` as in `.*，又如*args`, what is between two file patterns as in `*.md、*.txt和*.html`.
    fn signs(&self) -> BTreeSet<usize> {
        let runs = &self.delimiters.runs;
        let standard: Vec<Flanking> = runs.iter().map(|run| self.around.standard(run, &BTreeSet::new())).collect();
        let strays = self.strays(&self.delimiters.pairs, &standard);
        let signs = || strays.iter().filter(|run| run.mark == b'*' && run.length == 1);
        let source = self.document.source();
        let after = |span: &Range<usize>| source[span.end..].chars().next();
        let is_inside_out = |pair: &&Pair| {
            let between =
                signs().any(|run| run.start < pair.open.start) && signs().any(|run| run.start > pair.close.start);
            let stop = after(&pair.open).is_some_and(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！'));
            between || stop || after(&pair.open) == Some('.') && after(&pair.close) == Some('.')
        };
        let single = runs.iter().filter(|run| run.mark == b'*' && run.length == 1).map(|run| run.start);
        let single: HashSet<usize> = single.collect();
        let pairs = self.delimiters.pairs.iter();
        let pairs = pairs.filter(|pair| single.contains(&pair.open.start) && single.contains(&pair.close.start));
        pairs.filter(is_inside_out).flat_map(|pair| [pair.open.start, pair.close.start]).collect()
    }

    /// Takes the signs out of the delimiters, so that they are written as references.
    fn without_signs(&mut self) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        loop {
            let signs = self.signs();
            if signs.is_empty() {
                return all;
            }
            let runs = &mut self.delimiters.runs;
            runs.retain(|run| !signs.contains(&run.start));
            let standard: Vec<Flanking> = runs.iter().map(|run| self.around.standard(run, &BTreeSet::new())).collect();
            self.delimiters.pairs = pair(runs, &standard);
            all.extend(signs);
        }
    }

    /// The letters that keep CommonMark from reading `pairs`.
    fn in_the_way(&self, pairs: &[Pair]) -> BTreeSet<usize> {
        let starts = |side: fn(&Pair) -> &Range<usize>| -> HashSet<usize> {
            pairs.iter().map(|pair| side(pair).start).collect()
        };
        let (opens, closes) = (starts(|pair| &pair.open), starts(|pair| &pair.close));
        let mut encoded = BTreeSet::new();
        loop {
            // A letter between two runs becomes punctuation for both: the other one may need its letter encoded, too.
            let before = encoded.len();
            for run in &self.delimiters.runs {
                let may = self.around.standard(run, &encoded);
                if !may.opens && run.span().any(|at| opens.contains(&at)) {
                    encoded.extend(self.around.previous(run).map(|(at, _)| at));
                }
                if !may.closes && run.span().any(|at| closes.contains(&at)) {
                    encoded.extend(self.around.next(run).map(|(at, _)| at));
                }
            }
            if encoded.len() == before {
                return encoded;
            }
        }
    }

    fn change(&self, pairs: &[Pair], encoded: &BTreeSet<usize>, repair: &mut Repair) {
        let source = self.document.source();
        let letters =
            encoded.iter().filter_map(|at| source[*at..].chars().next().map(|c| (*at..*at + c.len_utf8(), c)));
        for (span, letter) in letters {
            repair.splices.push(Splice { span, text: format!("&#{};", u32::from(letter)) });
        }
        repair.events.extend(&self.scope.events);
        repair.places.push(self.scope.events.first().map_or(0, |event| self.document.events()[*event].1.start));
        for pair in pairs {
            let (open, close) = tags(source.as_bytes()[pair.open.start], pair.open.len());
            for (span, tag) in [(&pair.open, open), (&pair.close, close)] {
                repair.delimiters.extend(span.clone().map(|at| (at, if at == span.start { tag } else { "" })));
            }
        }
    }
}

/// The opening and closing tag for a delimiter.
fn tags(mark: u8, length: usize) -> (&'static str, &'static str) {
    match (mark, length) {
        (b'~', _) => ("<del>", "</del>"),
        (_, 2) => ("<strong>", "</strong>"),
        _ => ("<em>", "</em>"),
    }
}

/// The tags that [`Repair::delimiters`] has for an emphasis that CommonMark found.
pub(crate) fn tags_of(tag: &Tag<'_>) -> (&'static str, &'static str) {
    match tag {
        Tag::Strikethrough => tags(b'~', 2),
        Tag::Strong => tags(b'*', 2),
        _ => tags(b'*', 1),
    }
}

fn unpaired(run: &Run) -> Mistake {
    let marks = char::from(run.mark).to_string().repeat(run.length);
    let escaped = format!("\\{}", char::from(run.mark)).repeat(run.length);
    let message = format!("`{marks}` has no counterpart and would be shown as it is");
    let hint = format!("close the emphasis on both sides, or write `{escaped}` when you mean the characters");
    (run.start, CHINESE.broken(message, hint))
}

pub(crate) fn ambiguous(offset: usize) -> Mistake {
    let hint =
        "put spaces or other words between the emphases, write them as `<strong>…</strong>`, or write `\\*` for signs";
    (offset, CHINESE.broken("it is open which of these delimiters belong together", hint))
}
