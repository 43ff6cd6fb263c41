//! What is inside a line.

use qabook_document::{FootnoteReference, Formula, Inline, Style};

use super::writer::Writer;
use crate::literal::literal;
use crate::maths;

impl Writer<'_> {
    /// The code of `inlines`, for the inside of a content block.
    pub(super) fn inlines_code(&mut self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) => self.words(text),
            Inline::Code(code) => self.code_words(code),
            Inline::Styled(style, inner) => {
                let inner = self.inlines_code(inner);
                function_of(*style).map_or(inner.clone(), |function| format!("#{function}[{inner}];"))
            }
            // Paper has no pointer that could rest on it.
            Inline::Abbreviation { text, .. } => self.inlines_code(text),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.inline_image(image),
            Inline::Formula(formula) => self.formula(formula),
            Inline::FootnoteReference(reference) => self.footnote(reference),
            Inline::Anchor(id) => format!("#anchor({});", self.label(id)),
            Inline::SoftBreak => " ".into(),
            Inline::HardBreak => "#linebreak();".into(),
        }
    }

    /// An equation; the TeX is what a screen reader says.
    pub(super) fn formula(&mut self, formula: &Formula) -> String {
        let tex = literal(formula.tex.trim());
        match maths::from_mathml(&formula.mathml) {
            Ok(code) => format!("#math.equation(block: {}, alt: {tex}, $ {code} $);", formula.display),
            Err(error) => {
                self.problem(format!("the formula can't be set: {error}"), "write it with simpler commands");
                format!("#raw({tex});")
            }
        }
    }

    fn footnote(&mut self, reference: &FootnoteReference) -> String {
        let label = literal(&format!("{}#footnote-{}", self.chapter.path, reference.number));
        if !self.noted.insert(reference.number) {
            return format!("#footnote(label({label}));");
        }
        let chapter = self.chapter;
        let Some(note) = chapter.footnotes.iter().find(|note| note.number == reference.number) else {
            return String::new();
        };
        let body = self.apart(|writer| writer.blocks(&note.blocks));
        format!("#[#footnote[{}] #label({label})];", body.trim())
    }
}

/// What sets text off; `None` for what shows as its text: a reading stands between parentheses.
fn function_of(style: Style) -> Option<&'static str> {
    Some(match style {
        Style::Emphasis | Style::Variable | Style::Cited | Style::Defined => "emph",
        Style::Strong => "strong",
        Style::Strikethrough => "strike",
        Style::Superscript => "super",
        Style::Subscript => "sub",
        Style::Mark => "marked",
        Style::Keyboard => "key",
        Style::Small => "smaller",
        Style::Inserted | Style::Underlined => "underline",
        Style::Quoted => "quote",
        Style::Ruby | Style::RubyText | Style::RubyParenthesis => return None,
    })
}
