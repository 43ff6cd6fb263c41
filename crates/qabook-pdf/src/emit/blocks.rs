//! Blocks.

use qabook_document::{Block, BlockKind, CalloutKind, Definition, Heading, Item, List, RelatedQuestion, Target};

use super::code::label_of;
use super::writer::Writer;
use crate::literal::literal;

impl Writer<'_> {
    /// What `write` writes, kept apart from the chapter's code.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        // Offsets inside belong to the place where the caller will put the code: they are dropped, the lines stay.
        let marks = self.lines.len();
        write(self);
        self.lines.truncate(marks);
        std::mem::replace(&mut self.out, outer)
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        self.mark(block.line);
        match &block.kind {
            BlockKind::Paragraph(inlines) => {
                let code = self.inlines_code(inlines);
                self.out.push_str(&code);
            }
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => self.framed("quoted()", blocks),
            BlockKind::Callout(callout) => {
                let title = self.emitter.words.text(&format!("alerts.{}", callout.kind.name()));
                let opening = format!("callout({}, rgb({}))", self.text(title), literal(colour(callout.kind)));
                self.framed(&opening, &callout.blocks);
            }
            BlockKind::Details(details) => {
                let summary = self.inlines_code(&details.summary);
                self.framed(&format!("disclosure([{summary}])"), &details.blocks);
            }
            BlockKind::Snippet(snippet) => self.snippet(snippet),
            BlockKind::Diagram(diagram) => self.diagram(diagram),
            BlockKind::Formula(formula) => {
                let code = self.formula(formula);
                self.out.push_str(&code);
            }
            BlockKind::Image(image) => self.image(image),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::QuestionHeader(header) => self.question_header(header),
            BlockKind::Related(questions) => self.related(questions),
            BlockKind::Group(group) => {
                self.out.push_str(&format!("#anchor({})\n", self.label(&group.id)));
                self.blocks(&group.blocks);
            }
            BlockKind::Rule => self.out.push_str("#rule()"),
        }
        self.out.push_str("\n\n");
    }

    fn framed(&mut self, opening: &str, blocks: &[Block]) {
        self.out.push_str(&format!("#{opening}[\n"));
        self.blocks(blocks);
        self.out.push(']');
    }

    fn heading(&mut self, heading: &Heading) {
        if heading.level <= 2 {
            self.section = heading.section;
        }
        // PDF/UA allows no gap in the outline: below an H2 an H4 becomes an H3.
        let depth = usize::from(heading.level.max(2));
        let level = (self.place.level + depth - 1).min(self.last_level + 1);
        self.last_level = level;
        let text = self.inlines_code(&heading.text);
        self.out.push_str(&format!("#section({level}, {depth}, {})[{text}]", self.label(&heading.id)));
    }

    fn list(&mut self, list: &List) {
        let tight = list.tight;
        match list.start {
            Some(start) => self.out.push_str(&format!("#enum(tight: {tight}, start: {start},\n")),
            None => self.out.push_str(&format!("#list(tight: {tight},\n")),
        }
        for item in &list.items {
            self.item(item);
        }
        self.out.push(')');
    }

    fn item(&mut self, item: &Item) {
        self.out.push('[');
        if let Some(done) = item.done {
            self.out.push_str(&format!("#task({done})#h(0.4em);"));
        }
        self.blocks(&item.blocks);
        self.out.truncate(self.out.trim_end().len());
        let addresses = self.addresses(&item.blocks);
        self.out.push_str(&addresses);
        self.out.push_str("],\n");
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.out.push_str("#terms(\n");
        for definition in definitions {
            let terms: Vec<_> = definition.terms.iter().map(|term| self.inlines_code(term)).collect();
            self.out.push_str(&format!("terms.item([{}], [", terms.join("#linebreak();")));
            for description in &definition.descriptions {
                self.blocks(description);
            }
            self.out.push_str("]),\n");
        }
        self.out.push(')');
    }

    fn related(&mut self, questions: &[RelatedQuestion]) {
        let title = self.text(self.emitter.words.text("questions.related"));
        self.out.push_str(&format!("#related({title}, (\n"));
        for question in questions {
            let text = self.text(&question.text());
            match &question.target {
                Target::Chapter { path, id } => {
                    let label = literal(&label_of(path, id.as_deref()));
                    self.out.push_str(&format!("[#jump({label}, {text})],\n"));
                }
                _ => self.out.push_str(&format!("[#{text}],\n")),
            }
        }
        self.out.push_str("))");
    }
}

/// GitHub's colours of the five kinds, dark enough to be read on white.
fn colour(kind: CalloutKind) -> &'static str {
    match kind {
        CalloutKind::Note => "#0969da",
        CalloutKind::Tip => "#1a7f37",
        CalloutKind::Important => "#8250df",
        CalloutKind::Warning => "#9a6700",
        CalloutKind::Caution => "#cf222e",
    }
}
