//! Markdown events to frames.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag};
use std::ops::Range;
use support::markdown;

use super::frame::{Frame, Kind, paragraph};
use super::{Builder, elements};
use crate::{
    Alignment, Block, BlockKind, Callout, CalloutKind, Definition, Details, FootnoteReference, Formula, Group, Heading,
    Inline, Item, Link, List, Section, Style, Table, Target, formula, plain_text,
};

impl Builder<'_> {
    pub(super) fn read(&mut self) {
        for span in &self.masked.refused {
            let line = self.lines.line(span.start);
            let hint = "a dollar sign that isn't maths is written `\\$`; formulas don't work inside raw HTML";
            self.error(line, "from this dollar sign to the next there is code or HTML", hint);
        }
        for (event, span) in markdown::parse(&self.masked.text) {
            self.event(event, span);
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        let line = self.lines.line(span.start);
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some((Vec::new(), String::new())),
            Event::Html(html) => {
                if let Some((offsets, text)) = &mut self.html {
                    offsets.push(span.start);
                    text.push_str(&html);
                }
            }
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                if let Some((offsets, text)) = self.html.take() {
                    self.html_block(&text, &offsets);
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, line),
            Event::Start(tag) => self.start(tag, line),
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text, &span),
            Event::Code(code) => self.push_inline(Inline::Code(code.to_string()), line),
            Event::SoftBreak => self.push_inline(Inline::SoftBreak, line),
            Event::HardBreak => self.push_inline(Inline::HardBreak, line),
            Event::Rule => self.push_block(Block { line, kind: BlockKind::Rule }),
            Event::FootnoteReference(label) => self.footnote_reference(&label, line),
            Event::TaskListMarker(checked) => {
                if let Kind::Item { done } = &mut self.top().kind {
                    *done = Some(checked);
                } else if let Some(Kind::Item { done }) =
                    self.frames.iter_mut().rev().nth(1).map(|frame| &mut frame.kind)
                {
                    *done = Some(checked);
                }
            }
            // Extensions that are not switched on.
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.push_inline(Inline::Code(tex.to_string()), line),
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: Option<usize>) {
        let owned = |text: CowStr<'_>| text.to_string();
        let kind = match tag {
            Tag::Paragraph => {
                // An item that holds paragraphs belongs to a list with space between its items.
                if matches!(self.top().kind, Kind::Item { .. })
                    && let Some(Kind::List { tight, .. }) = self.frames.iter_mut().rev().nth(1).map(|f| &mut f.kind)
                {
                    *tight = false;
                }
                Kind::Paragraph
            }
            Tag::Heading { level, id, .. } => Kind::Heading { level: level as u8, id: id.map(owned) },
            Tag::BlockQuote(kind) => Kind::Quote(kind.map(callout_kind)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::Code { info: owned(info), text: String::new() },
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code { info: String::new(), text: String::new() },
            Tag::List(start) => Kind::List { start, tight: true, items: Vec::new() },
            Tag::Item => Kind::Item { done: None },
            Tag::FootnoteDefinition(label) => Kind::Footnote(owned(label)),
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Description,
            Tag::Table(alignments) => Kind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => Kind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Kind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Styled(Style::Emphasis),
            Tag::Strong => Kind::Styled(Style::Strong),
            Tag::Strikethrough => Kind::Styled(Style::Strikethrough),
            Tag::Superscript => Kind::Styled(Style::Superscript),
            Tag::Subscript => Kind::Styled(Style::Subscript),
            Tag::Link { dest_url, title, .. } => Kind::Link { dest: owned(dest_url), title: owned(title) },
            Tag::Image { dest_url, title, .. } => Kind::Image { dest: owned(dest_url), title: owned(title) },
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Transparent,
        };
        self.open(kind, line);
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        let line = self.lines.line(span.start);
        if let Kind::Code { text: code, .. } = &mut self.top().kind {
            code.push_str(text);
            return;
        }
        let masked = self.masked;
        let formulas = masked.inside(span);
        // A formula is always inside one text, as it is nothing but dollars here.
        if formulas.is_empty() || masked.text.get(span.clone()) != Some(text) {
            self.push_inline(Inline::Text(text.into()), line);
            return;
        }
        let mut from = span.start;
        for formula in formulas {
            if from < formula.start {
                self.push_inline(Inline::Text(masked.text[from..formula.start].into()), line);
            }
            self.formula(formula);
            from = formula.end;
        }
        if from < span.end {
            self.push_inline(Inline::Text(masked.text[from..span.end].into()), line);
        }
    }

    fn formula(&mut self, span: &Range<usize>) {
        let line = self.lines.line(span.start);
        let (tex, display) = self.masked.tex(span);
        match formula::mathml(tex, display) {
            Ok(mathml) => {
                self.push_inline(Inline::Formula(Formula { tex: tex.into(), display, mathml, line }), line);
            }
            Err(reason) => {
                let hint = "mend the formula; a dollar sign that isn't maths is written `\\$`";
                self.error(line, format!("KaTeX refuses the formula `{tex}`: {reason}"), hint);
            }
        }
    }

    fn footnote_reference(&mut self, label: &str, line: Option<usize>) {
        let index = self.references.iter().position(|(known, _)| known == label).unwrap_or_else(|| {
            self.references.push((label.into(), 0));
            self.references.len() - 1
        });
        self.references[index].1 += 1;
        let occurrence = self.references[index].1;
        let reference = FootnoteReference { number: index + 1, label: label.into(), occurrence };
        self.push_inline(Inline::FootnoteReference(reference), line);
    }

    /// Puts what a closed frame became into the one around it.
    pub(super) fn settle(&mut self, mut frame: Frame) {
        let line = frame.line;
        let kind = std::mem::replace(&mut frame.kind, Kind::Hidden);
        match kind {
            Kind::Chapter | Kind::Hidden => {}
            Kind::Paragraph => self.settle_paragraph(frame),
            Kind::Heading { level, id } => self.settle_heading(level, id, frame),
            Kind::List { start, tight, items } => {
                self.push_block(Block { line, kind: BlockKind::List(List { start, tight, items }) });
            }
            Kind::Item { done } => {
                let item = Item { done, blocks: frame.into_blocks() };
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(item);
                }
            }
            Kind::Definitions(entries) => self.push_block(Block { line, kind: BlockKind::Definitions(entries) }),
            Kind::Term | Kind::Description => self.settle_definition(matches!(kind, Kind::Term), frame),
            Kind::Code { info, text } => self.settle_code(&info, text, line),
            Kind::Table { alignments, head, rows } => {
                self.push_block(Block { line, kind: BlockKind::Table(Table { alignments, head, rows }) });
            }
            Kind::Row { head: in_head, cells } => {
                if let Kind::Table { head, rows, .. } = &mut self.top().kind {
                    if in_head {
                        *head = cells;
                    } else {
                        rows.push(cells);
                    }
                }
            }
            Kind::Cell => {
                let text = frame.into_text();
                if let Kind::Row { cells, .. } = &mut self.top().kind {
                    cells.push(text);
                }
            }
            Kind::Quote(None) => self.push_block(Block { line, kind: BlockKind::Quote(frame.into_blocks()) }),
            Kind::Quote(Some(kind)) => {
                let callout = Callout { kind, title: callout_title(kind), blocks: frame.into_blocks() };
                self.push_block(Block { line, kind: BlockKind::Callout(callout) });
            }
            Kind::Footnote(label) => {
                self.footnotes.insert(label, (line, frame.into_blocks()));
            }
            Kind::Styled(style) => self.push_inline(Inline::Styled(style, frame.text), line),
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

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

fn callout_kind(kind: BlockQuoteKind) -> CalloutKind {
    match kind {
        BlockQuoteKind::Note => CalloutKind::Note,
        BlockQuoteKind::Tip => CalloutKind::Tip,
        BlockQuoteKind::Important => CalloutKind::Important,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Caution,
    }
}

/// The titles that the preprocessor `chinese` gives them on the page.
fn callout_title(kind: CalloutKind) -> &'static str {
    match kind {
        CalloutKind::Note => "注",
        CalloutKind::Tip => "提示",
        CalloutKind::Important => "重要",
        CalloutKind::Warning => "警告",
        CalloutKind::Caution => "小心",
    }
}
