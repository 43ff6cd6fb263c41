//! What is inside a line.

use qabook_document::{Inline, Target};

use super::Writer;
use super::text::{escape, formula, prose};

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(words) => prose(words),
            Inline::Code(code) => format!("<code>{}</code>", escape(code)),
            Inline::Styled(style, text) => {
                let tag = style.tag();
                format!("<{tag}>{}</{tag}>", self.inlines(text))
            }
            Inline::Abbreviation { title, text } => {
                format!("<abbr title=\"{}\">{}</abbr>", escape(title), self.inlines(text))
            }
            Inline::Link(link) => {
                let text = self.inlines(&link.text);
                match self.address(&link.target) {
                    Some(address) => format!("<a href=\"{}\">{text}</a>", escape(&address)),
                    None => text,
                }
            }
            Inline::Image(image) => self.image(image),
            Inline::Formula(math) => formula(&math.tex, math.display),
            Inline::FootnoteReference(reference) => {
                self.footnotes.insert(reference.number);
                format!("<sup>{}</sup>", reference.number)
            }
            // Nothing leads into a card.
            Inline::Anchor(_) => String::new(),
            Inline::SoftBreak => " ".into(),
            Inline::HardBreak => "<br>".into(),
        }
    }

    /// Where a link leads from a card; `None` into a book that isn't on the web.
    fn address(&self, target: &Target) -> Option<String> {
        Some(match target {
            // A card has no scheme that such an address could take over.
            Target::External(address) if address.starts_with("//") => format!("https:{address}"),
            Target::External(address) => address.clone(),
            Target::Chapter { path, id } => self.site?.page(path, id.as_deref()),
            Target::File(path) => format!("{}{path}", self.site?.address()),
        })
    }
}
