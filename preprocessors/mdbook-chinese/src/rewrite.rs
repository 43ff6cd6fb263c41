//! From a chapter as the author wrote it to one that renders right.

use qabook_support::splice::{self, Splice};
use std::collections::HashSet;

use crate::breaks::{self, LineBreak};
use crate::check::{Intent, outline};
use crate::config::Features;
use crate::document::Document;
use crate::emphasis::{self, Repair, ambiguous};
use crate::headings::{self, Ids, Which};
use crate::rule::Mistake;

/// Joins lines, fixes emphasis and gives ids to headings, each if `features` has it switched on.
///
/// Takes the Markdown of a chapter and returns it with only those places changed and as many lines as before. Applied to
/// its own result it changes nothing. Alerts are for HTML only: see [`crate::ChinesePreprocessor`].
///
/// # Errors
/// Every delimiter without a clear counterpart next to Chinese text, and every explicit heading id that is used twice.
pub fn rewrite(text: &str, features: Features) -> Result<String, Vec<Mistake>> {
    Ok(rewritten(&Document::parse(text, features.dollars), features)?
        .map_or_else(|| text.to_string(), Document::into_source))
}

/// What [`rewrite()`] makes of `document`; `None` when nothing changes.
pub(crate) fn rewritten(
    document: &Document<'_>,
    features: Features,
) -> Result<Option<Document<'static>>, Vec<Mistake>> {
    let Some((mut out, mut held_back)) = once(document, features)? else { return Ok(None) };
    // What had to wait for another change, such as a join next to a delimiter, may be possible now; its places are not the
    // author's any more.
    while held_back && let Some((next, more)) = once(&out, features).map_err(|_| vec![ambiguous(0)])? {
        held_back = more && next.source() != out.source();
        out = next;
    }
    Ok(Some(out))
}

/// The rewritten document, and whether a change was left out because it would have been misread.
fn once(document: &Document<'_>, features: Features) -> Result<Option<(Document<'static>, bool)>, Vec<Mistake>> {
    let mut keep = Keep::default();
    loop {
        let plan = Plan::new(document, features, &keep);
        if !plan.repair.mistakes.is_empty() || !plan.ids.mistakes.is_empty() {
            return Err(plan.repair.mistakes.into_iter().chain(plan.ids.mistakes).collect());
        }
        let held_back = !keep.lines.is_empty() || !keep.headings.is_empty();
        let splices = plan.splices(document);
        if splices.is_empty() {
            return Ok(None);
        }
        let out = Document::parse(splice::apply(document.source(), splices), document.dollars);
        let differing = plan.differing(document, &out, features, &keep);
        if differing.is_empty() {
            return Ok(Some((out, held_back)));
        }
        if !keep.extend(&differing, &plan, document) {
            // Without joins and ids only emphasis is left to be misread.
            let places = plan.repair.places.iter();
            let mistakes: Vec<Mistake> = places.map(|place| ambiguous(*place)).collect();
            return if mistakes.is_empty() { Ok(None) } else { Err(mistakes) };
        }
    }
}

/// The top-level blocks in which a change would be misread.
#[derive(Default)]
struct Keep {
    lines: HashSet<usize>,
    headings: HashSet<usize>,
}

impl Keep {
    /// Leaves lines, and if that isn't enough headings, of the `differing` blocks alone; false when all are already.
    fn extend(&mut self, differing: &[usize], plan: &Plan, document: &Document<'_>) -> bool {
        let block = |event: &usize| document.block_at(document.events()[*event].1.start);
        let joined: HashSet<usize> = plan.joins().map(|line| document.block_at(line.span.start)).collect();
        let named: HashSet<usize> = plan.ids.given.keys().map(block).collect();
        let changed = [(&mut self.lines, joined), (&mut self.headings, named)];
        let here = |used: &HashSet<usize>| -> HashSet<usize> {
            used.iter().copied().filter(|block| differing.contains(block)).collect()
        };
        let is_here = changed.iter().any(|(_, used)| !here(used).is_empty());
        for (keep, used) in changed {
            // A change may also be misread in another block: a reference, or one that swallows the next.
            let found = if is_here { here(&used) } else { used };
            if !found.is_empty() {
                keep.extend(found);
                return true;
            }
        }
        false
    }
}

/// Everything that is to change in a chapter.
struct Plan {
    breaks: Vec<LineBreak>,
    repair: Repair,
    ids: Ids,
}

impl Plan {
    fn new(document: &Document<'_>, features: Features, keep: &Keep) -> Self {
        let mut breaks = breaks::find(document);
        for line in &mut breaks {
            let block = document.block_at(line.span.start);
            let wanted = features.join_lines && !keep.lines.contains(&block);
            line.join = line.join.filter(|_| wanted && below(document, block).is_some());
        }
        let repair = if features.emphasis { emphasis::repair(document, &breaks) } else { Repair::default() };
        let which = match features {
            Features { heading_ids: true, .. } => Some(Which::All),
            Features { nameless_ids: true, .. } => Some(Which::Nameless),
            _ => None,
        };
        let ids = which.map(|which| headings::ids(document, &keep.headings, which)).unwrap_or_default();
        Self { breaks, repair, ids }
    }

    fn joins(&self) -> impl Iterator<Item = &LineBreak> {
        self.breaks.iter().filter(|line| line.join.is_some())
    }

    fn splices(&self, document: &Document<'_>) -> Vec<Splice> {
        let joins =
            self.joins().map(|line| Splice { span: line.span.clone(), text: line.join.unwrap_or_default().into() });
        let given = self.repair.splices.iter().chain(&self.ids.splices).cloned();
        let mut splices: Vec<Splice> = given.chain(joins).chain(self.padding(document)).collect();
        splices.sort_by_key(|splice| (splice.span.start, splice.span.end));
        splices
    }

    /// A line ending after the top-level block for each that was taken out of it, so that later preprocessors find the
    /// author's lines below. Within a tight list it would loosen the list.
    fn padding(&self, document: &Document<'_>) -> Vec<Splice> {
        let source = document.source();
        let mut padding: Vec<(usize, String)> = Vec::new();
        for line in self.joins() {
            let removed = &source[line.span.clone()];
            let ending = if removed.contains("\r\n") { "\r\n" } else { "\n" };
            let block = document.block_at(line.span.start);
            match padding.last_mut() {
                _ if !removed.contains('\n') => {}
                Some((last, text)) if *last == block => text.push_str(ending),
                _ => padding.push((block, ending.into())),
            }
        }
        let splice = |(block, text)| below(document, block).map(|at| Splice { span: at..at, text });
        padding.into_iter().filter_map(splice).collect()
    }

    /// The blocks that something is to change in, other than what `keep` would undo.
    fn changing(&self, document: &Document<'_>, keep: &Keep) -> HashSet<usize> {
        let block = |at: usize| document.block_at(at);
        let lines = self.joins().map(|line| block(line.span.start)).filter(|block| !keep.lines.contains(block));
        let ids = self.ids.splices.iter().map(|id| block(id.span.start)).filter(|id| !keep.headings.contains(id));
        let letters = self.repair.splices.iter().map(|letter| block(letter.span.start));
        let mistakes = self.repair.mistakes.iter().chain(&self.ids.mistakes).map(|(offset, _)| block(*offset));
        lines.chain(ids).chain(letters).chain(mistakes).collect()
    }

    /// The blocks of `out` that don't say what was meant, or that a second run would change again.
    fn differing(&self, document: &Document<'_>, out: &Document<'_>, features: Features, keep: &Keep) -> Vec<usize> {
        let joins = self.joins().filter_map(|line| Some((line.event, line.join?))).collect();
        let intent = Intent { joins, ids: self.ids.given.clone(), repair: Some(&self.repair) };
        let expected = outline(document, &intent);
        let actual = outline(out, &Intent::default());
        if expected.len() != actual.len() || !document.has_fixed_parts_of(out) {
            return (0..expected.len()).collect();
        }
        let again = Plan::new(out, features, &Keep::default()).changing(out, keep);
        let blocks = expected.iter().zip(&actual).enumerate();
        blocks.filter(|(index, (a, b))| a != b || again.contains(index)).map(|(index, _)| index).collect()
    }
}

/// Where lines may be added below a top-level block.
fn below(document: &Document<'_>, block: usize) -> Option<usize> {
    let source = document.source();
    let block = document.blocks.get(block)?.clone();
    let end = block.start + source[block].trim_end().len();
    let end = end + source[end..].find(['\n', '\r']).unwrap_or(source.len() - end);
    (!document.is_frozen(&(end..end))).then_some(end)
}
