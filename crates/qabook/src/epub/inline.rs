//! Inline content as XHTML.

use qabook_document::{Formula, Image, Inline, plain_text};

use super::content::Writer;
use super::names;
use super::xml::escape;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) => escape(text),
            Inline::Code(code) => format!("<code dir=\"ltr\">{}</code>", escape(code)),
            Inline::Styled(style, text) => {
                let tag = style.tag();
                format!("<{tag}>{}</{tag}>", self.inlines(text))
            }
            Inline::Abbreviation { title, text } => {
                format!("<abbr title=\"{}\">{}</abbr>", escape(title), self.inlines(text))
            }
            Inline::Link(link) => {
                let text = self.inlines(&link.text);
                if let Some(href) = names::href(&link.target, self.path()) {
                    return format!("<a href=\"{}\"{}>{text}</a>", escape(&href), title(&link.title));
                }
                let message = format!("the link `{}` leads to a file", plain_text(&link.text));
                self.warn(link.line, message, "an EPUB doesn't hold it: only the link's text is shown");
                text
            }
            Inline::Image(image) => self.image(image),
            Inline::Formula(formula) => self.formula(formula),
            Inline::FootnoteReference(reference) => {
                let (number, occurrence) = (reference.number, reference.occurrence);
                format!(
                    "<sup><a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\" id=\"noteref.{number}.{occurrence}\" \
                     href=\"#note.{number}\">{number}</a></sup>"
                )
            }
            Inline::Anchor(id) => format!("<span id=\"{}\"></span>", names::id(id)),
            Inline::SoftBreak => "\n".into(),
            Inline::HardBreak => "<br/>".into(),
        }
    }

    pub(super) fn image(&mut self, image: &Image) -> String {
        let source = names::relative(&names::image(&image.path), self.path());
        format!("<img src=\"{}\" alt=\"{}\"{}/>", escape(&source), escape(&image.alt), title(&image.title))
    }

    /// A formula with its TeX for readers that don't know MathML.
    pub(super) fn formula(&mut self, formula: &Formula) -> String {
        self.has_mathml = true;
        let math = without_annotation(&formula.mathml);
        math.replacen("<math", &format!("<math alttext=\"{}\"", escape(&formula.tex).replace('\n', " ")), 1)
    }
}

/// MathML without the TeX next to it: a reader that doesn't know the element would show both.
fn without_annotation(math: &str) -> String {
    let annotation = math.find("<annotation").zip(math.find("</annotation>"));
    match annotation {
        Some((start, end)) => format!("{}{}", &math[..start], &math[end + "</annotation>".len()..])
            .replacen("<semantics>", "", 1)
            .replacen("</semantics>", "", 1),
        None => math.into(),
    }
}

fn title(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) }
}
