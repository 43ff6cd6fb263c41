//! Closed frames to blocks and inline content.

use super::frame::{Frame, Kind, paragraph};
use super::{Builder, elements};
use crate::{
    Block, BlockKind, Callout, Definition, Details, Group, Heading, Inline, Item, Link, List, Section, Style, Target,
    plain_text,
};

impl Builder<'_> {
    /// Puts what a closed frame became into the one around it.
    pub(super) fn settle(&mut self, mut frame: Frame) {
        let line = frame.line;
        let kind = std::mem::replace(&mut frame.kind, Kind::Hidden);
        match kind {
            Kind::Chapter | Kind::Hidden => {}
            Kind::Fact { name, json } => self.settle_fact(&name, &json, line),
            Kind::Paragraph => self.settle_paragraph(frame),
            Kind::Heading { level, id } => self.settle_heading(level, id, frame),
            Kind::List { start, tight, items } => {
                let list = Block { line, kind: BlockKind::List(List { start, tight, items }) };
                self.settle_list(list, frame);
            }
            Kind::Item { done } => {
                let item = Item { done, blocks: frame.into_blocks() };
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(item);
                }
            }
            Kind::Definitions(entries) => {
                self.settle_list(Block { line, kind: BlockKind::Definitions(entries) }, frame);
            }
            Kind::Term | Kind::Description => self.settle_definition(matches!(kind, Kind::Term), frame),
            Kind::Code { info, text } if frame.tag.is_some() => self.settle_pre(info, text, line),
            Kind::Code { info, text } => self.settle_code(&info, text, line),
            Kind::Table(table) => self.settle_table(table, frame),
            Kind::TableSection => self.settle_section(frame),
            Kind::Row { head, cells } => self.settle_row(cells, head, frame),
            Kind::Cell(cell) => self.settle_cell(cell, frame),
            Kind::Quote(None) => self.push_block(Block { line, kind: BlockKind::Quote(frame.into_blocks()) }),
            Kind::Quote(Some(kind)) => {
                let callout = Callout { kind, blocks: frame.into_blocks() };
                self.push_block(Block { line, kind: BlockKind::Callout(callout) });
            }
            Kind::Footnote(label) => {
                self.footnotes.insert(label, (line, frame.into_blocks()));
            }
            Kind::Styled(Style::Ruby) => {
                self.push_inline(Inline::Styled(Style::Ruby, with_parentheses(frame.text)), line);
            }
            Kind::Styled(style) => self.push_inline(Inline::Styled(style, frame.text), line),
            Kind::Abbreviation(title) => self.push_inline(Inline::Abbreviation { title, text: frame.text }, line),
            Kind::Link { dest, title } => {
                let target = Target::External(dest);
                self.push_inline(Inline::Link(Link { target, title, text: frame.text, line }), line);
            }
            Kind::Image { dest, title } => self.image(&dest, &title, plain_text(&frame.into_text()), line),
            Kind::InlineCode => self.push_inline(Inline::Code(plain_text(&frame.into_text())), line),
            Kind::Element(element) => self.settle_element(&element, frame),
            Kind::Details { id, summary } => {
                let details = Details { summary, blocks: frame.into_blocks() };
                self.push_group(id, vec![Block { line, kind: BlockKind::Details(details) }], line);
            }
            Kind::Summary | Kind::Caption => elements::settle_caption(self, frame),
            Kind::Transparent => frame.text.into_iter().for_each(|inline| self.push_inline(inline, line)),
        }
    }

    /// A list with what stands between its items.
    fn settle_list(&mut self, list: Block, mut frame: Frame) {
        let (id, line) = (frame.id.take(), frame.line);
        self.stray(frame).into_iter().for_each(|block| self.push_block(block));
        self.push_group(id, vec![list], line);
    }

    fn settle_paragraph(&mut self, mut frame: Frame) {
        if frame.blocks.is_empty() {
            let line = frame.line;
            let text = std::mem::take(&mut frame.text);
            self.push_block(Block { line, kind: paragraph(text) });
        } else {
            frame.into_blocks().into_iter().for_each(|block| self.push_block(block));
        }
    }

    fn settle_heading(&mut self, level: u8, id: Option<String>, frame: Frame) {
        let line = frame.line;
        let text = frame.into_text();
        let section = id.as_deref().and_then(|id| match id {
            "follow-up" => Some(Section::FollowUp),
            "errata" => Some(Section::Errata),
            "references" => Some(Section::References),
            _ => None,
        });
        let id = match id {
            Some(id) if !id.is_empty() => self.written_id(&id, line),
            _ => self.id_of(&plain_text(&text)),
        };
        self.push_block(Block { line, kind: BlockKind::Heading(Heading { level, id, section, text }) });
    }

    fn settle_definition(&mut self, is_term: bool, frame: Frame) {
        let (term, description) =
            if is_term { (Some(frame.into_text()), None) } else { (None, Some(frame.into_blocks())) };
        let Kind::Definitions(entries) = &mut self.top().kind else { return };
        let begins_entry = entries.last().is_none_or(|entry| is_term && !entry.descriptions.is_empty());
        if begins_entry {
            entries.push(Definition { terms: Vec::new(), descriptions: Vec::new() });
        }
        if let Some(entry) = entries.last_mut() {
            entry.terms.extend(term);
            entry.descriptions.extend(description);
        }
    }

    /// Blocks that an element with an id held together, or just the blocks.
    pub(super) fn push_group(&mut self, id: Option<String>, blocks: Vec<Block>, line: Option<usize>) {
        match id {
            Some(id) => {
                let id = self.written_id(&id, line);
                self.push_block(Block { line, kind: BlockKind::Group(Group { id, blocks }) });
            }
            None => blocks.into_iter().for_each(|block| self.push_block(block)),
        }
    }
}

/// The inside of a `<ruby>` with parentheses around each reading that has none.
fn with_parentheses(text: Vec<Inline>) -> Vec<Inline> {
    let is =
        |inline: Option<&Inline>, style: Style| matches!(inline, Some(Inline::Styled(found, _)) if *found == style);
    let parenthesis = |mark: &str| Inline::Styled(Style::RubyParenthesis, vec![Inline::Text(mark.into())]);
    let mut out: Vec<Inline> = Vec::new();
    for inline in text {
        let is_bare = is(Some(&inline), Style::RubyText) && !is(out.last(), Style::RubyParenthesis);
        if is_bare {
            out.push(parenthesis("("));
        }
        out.push(inline);
        if is_bare {
            out.push(parenthesis(")"));
        }
    }
    out
}
