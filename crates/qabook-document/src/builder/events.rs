//! Markdown events to frames.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag};
use std::ops::Range;

use super::Builder;
use super::frame::{Frame, Kind, OpenTable};
use crate::{Alignment, Block, BlockKind, CalloutKind, Cell, FootnoteReference, Formula, Inline, Scope, Style};

impl Builder<'_> {
    pub(super) fn read(&mut self, events: Vec<(Event<'static>, Range<usize>)>) {
        for span in &self.masked.refused {
            let line = self.lines.line(span.start);
            let hint = "a dollar sign that isn't maths is written `\\$`; formulas don't work inside raw HTML";
            self.error(line, "from this dollar sign to the next there is code or HTML", hint);
        }
        for (event, span) in events {
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
            Event::TaskListMarker(checked) => self.mark_task(checked),
            // Extensions that are not switched on.
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.push_inline(Inline::Code(tex.to_string()), line),
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: Option<usize>) {
        let owned = |text: CowStr<'_>| text.to_string();
        let kind = match tag {
            Tag::Paragraph => {
                self.loosen_list();
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
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                Kind::Table(OpenTable { alignments, ..OpenTable::default() })
            }
            Tag::TableHead => Kind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Kind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => {
                let is_head = matches!(self.top().kind, Kind::Row { head: true, .. });
                Kind::Cell(Cell::of_text(Vec::new(), is_head.then_some(Scope::Column)))
            }
            Tag::Emphasis => Kind::Styled(Style::Emphasis),
            Tag::Strong => Kind::Styled(Style::Strong),
            Tag::Strikethrough => Kind::Styled(Style::Strikethrough),
            Tag::Superscript => Kind::Styled(Style::Superscript),
            Tag::Subscript => Kind::Styled(Style::Subscript),
            Tag::Link { link_type: LinkType::Email, dest_url, title, .. } => {
                Kind::Link { dest: format!("mailto:{dest_url}"), title: owned(title) }
            }
            Tag::Link { dest_url, title, .. } => Kind::Link { dest: owned(dest_url), title: owned(title) },
            Tag::Image { dest_url, title, .. } => Kind::Image { dest: owned(dest_url), title: owned(title) },
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Transparent,
        };
        self.open(kind, line);
    }

    /// A list one of whose items holds a paragraph, which opens now, has space between its items.
    pub(super) fn loosen_list(&mut self) {
        if matches!(self.top().kind, Kind::Item { .. })
            && let Some(Kind::List { tight, .. }) = self.frames.iter_mut().rev().nth(1).map(|f| &mut f.kind)
        {
            *tight = false;
        }
    }

    /// Says of the innermost list item whether it is done.
    fn mark_task(&mut self, checked: bool) {
        let item = |frame: &mut Frame| match &mut frame.kind {
            Kind::Item { done } => {
                *done = Some(checked);
                Some(())
            }
            _ => None,
        };
        self.frames.iter_mut().rev().find_map(item);
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
        if formulas.is_empty() || masked.text().get(span.clone()) != Some(text) {
            self.push_inline(Inline::Text(text.into()), line);
            return;
        }
        let mut from = span.start;
        for formula in formulas {
            if from < formula.start {
                self.push_inline(Inline::Text(masked.text()[from..formula.start].into()), line);
            }
            self.formula(formula);
            from = formula.end;
        }
        if from < span.end {
            self.push_inline(Inline::Text(masked.text()[from..span.end].into()), line);
        }
    }

    fn formula(&mut self, span: &Range<usize>) {
        let line = self.lines.line(span.start);
        let (tex, display) = self.masked.tex(span);
        match self.settings.formulas.mathml(&tex, display) {
            Ok(mathml) => {
                self.push_inline(Inline::Formula(Formula { tex: tex.into_owned(), display, mathml, line }), line);
            }
            Err(reason) => {
                let hint = "fix the formula; a dollar sign that isn't maths is written `\\$`";
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
