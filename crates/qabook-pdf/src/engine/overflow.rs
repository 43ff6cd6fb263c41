//! Text that runs over the edge of its page: too wide a table, a word that can't break.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::syntax::Span;
use typst_layout::PagedDocument;

/// A piece of text that is cut off on paper.
#[derive(Debug)]
pub(super) struct Overflow {
    /// From 1.
    pub(super) page: usize,
    pub(super) text: String,
    /// Where it comes from.
    pub(super) span: Span,
}

/// The first such piece of every page.
pub(super) fn find(document: &PagedDocument) -> Vec<Overflow> {
    let pages = document.pages().iter().enumerate();
    pages
        .filter_map(|(index, page)| {
            let (text, span) = in_frame(&page.frame, Transform::identity(), page.frame.width(), page.frame.height())?;
            Some(Overflow { page: index + 1, text, span })
        })
        .collect()
}

fn in_frame(frame: &Frame, to_page: Transform, width: Abs, height: Abs) -> Option<(String, Span)> {
    frame.items().find_map(|(position, item)| {
        let here = to_page.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => in_frame(&group.frame, here.pre_concat(group.transform), width, height),
            FrameItem::Text(text) => {
                let start = Point::zero().transform(here);
                let end = Point::with_x(text.width()).transform(here);
                // Half a point is rounding.
                let slack = Abs::pt(0.5);
                let is_inside = |point: Point| {
                    point.x >= -slack && point.x <= width + slack && point.y >= -slack && point.y <= height + slack
                };
                let is_whole = is_inside(start) && is_inside(end);
                let is_cut = !is_whole && !text.text.trim().is_empty();
                is_cut.then(|| {
                    (text.text.to_string(), text.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0))
                })
            }
            _ => None,
        }
    })
}
