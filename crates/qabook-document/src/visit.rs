//! Walking over a document.

use crate::{Block, BlockKind, Cell, Inline};

/// Calls `visit` for every block of `blocks`, each before those inside it; a table's cell of one paragraph is a line of
/// the table.
pub fn for_each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for inside in inside(block) {
            for_each_block(inside, visit);
        }
    }
}

/// Calls `visit` for all inline content of `blocks` in reading order, each before that inside it.
pub fn for_each_inline<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Inline)) {
    for_each_block(blocks, &mut |block| {
        for line in lines(block) {
            walk(line, visit);
        }
    });
}

/// The text of inline content without its marks; a formula is its TeX, an image its description.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    walk(inlines, &mut |inline| match inline {
        Inline::Text(part) | Inline::Code(part) => text.push_str(part),
        Inline::Formula(formula) => text.push_str(&formula.tex),
        Inline::Image(image) => text.push_str(&image.alt),
        Inline::SoftBreak | Inline::HardBreak => text.push(' '),
        Inline::Styled(..)
        | Inline::Abbreviation { .. }
        | Inline::Link(_)
        | Inline::FootnoteReference(_)
        | Inline::Anchor(_) => {}
    });
    text
}

fn walk<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Styled(_, inside) | Inline::Abbreviation { text: inside, .. } => walk(inside, visit),
            Inline::Link(link) => walk(&link.text, visit),
            _ => {}
        }
    }
}

/// The lists of blocks inside `block`.
fn inside(block: &Block) -> Vec<&[Block]> {
    match &block.kind {
        BlockKind::List(list) => list.items.iter().map(|item| item.blocks.as_slice()).collect(),
        BlockKind::Definitions(entries) => {
            entries.iter().flat_map(|entry| entry.descriptions.iter().map(Vec::as_slice)).collect()
        }
        BlockKind::Table(table) => {
            table.cells().filter(|cell| cell.line().is_none()).map(|cell| cell.blocks.as_slice()).collect()
        }
        BlockKind::Quote(blocks) => vec![blocks],
        BlockKind::Callout(callout) => vec![&callout.blocks],
        BlockKind::Details(details) => vec![&details.blocks],
        BlockKind::Figure(figure) => vec![&figure.blocks],
        BlockKind::Group(group) => vec![&group.blocks],
        _ => Vec::new(),
    }
}

/// The lists of inline content that `block` holds itself.
fn lines(block: &Block) -> Vec<&[Inline]> {
    match &block.kind {
        BlockKind::Paragraph(text) => vec![text],
        BlockKind::Heading(heading) => vec![&heading.text],
        BlockKind::Definitions(entries) => {
            entries.iter().flat_map(|entry| entry.terms.iter().map(Vec::as_slice)).collect()
        }
        BlockKind::Table(table) => {
            std::iter::once(table.caption.as_slice()).chain(table.cells().filter_map(Cell::line)).collect()
        }
        BlockKind::Details(details) => vec![&details.summary],
        BlockKind::Figure(figure) => vec![&figure.caption],
        _ => Vec::new(),
    }
}

/// Calls `visit` for the target of every link of `blocks`, with the line on which it is.
pub(crate) fn for_each_target_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut crate::Target, Option<usize>)) {
    for block in blocks {
        let line = block.line;
        match &mut block.kind {
            BlockKind::Paragraph(text) => targets(text, visit),
            BlockKind::Heading(heading) => targets(&mut heading.text, visit),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| for_each_target_mut(&mut item.blocks, visit));
            }
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    entry.terms.iter_mut().for_each(|term| targets(term, visit));
                    entry.descriptions.iter_mut().for_each(|blocks| for_each_target_mut(blocks, visit));
                }
            }
            BlockKind::Table(table) => {
                targets(&mut table.caption, visit);
                let cells = table.head.iter_mut().chain(&mut table.rows).flatten();
                cells.for_each(|cell| for_each_target_mut(&mut cell.blocks, visit));
            }
            BlockKind::Quote(blocks) => for_each_target_mut(blocks, visit),
            BlockKind::Callout(callout) => for_each_target_mut(&mut callout.blocks, visit),
            BlockKind::Details(details) => {
                targets(&mut details.summary, visit);
                for_each_target_mut(&mut details.blocks, visit);
            }
            BlockKind::Figure(figure) => {
                targets(&mut figure.caption, visit);
                for_each_target_mut(&mut figure.blocks, visit);
            }
            BlockKind::Group(group) => for_each_target_mut(&mut group.blocks, visit),
            BlockKind::Related(questions) => {
                for question in questions {
                    visit(&mut question.target, line);
                }
            }
            BlockKind::Code(_)
            | BlockKind::Snippet(_)
            | BlockKind::Diagram(_)
            | BlockKind::Formula(_)
            | BlockKind::Image(_)
            | BlockKind::QuestionHeader(_)
            | BlockKind::Rule => {}
        }
    }
}

fn targets(inlines: &mut [Inline], visit: &mut impl FnMut(&mut crate::Target, Option<usize>)) {
    for inline in inlines {
        match inline {
            Inline::Styled(_, inside) | Inline::Abbreviation { text: inside, .. } => targets(inside, visit),
            Inline::Link(link) => {
                visit(&mut link.target, link.line);
                targets(&mut link.text, visit);
            }
            _ => {}
        }
    }
}
