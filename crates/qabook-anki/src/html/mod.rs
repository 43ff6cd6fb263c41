//! Blocks as the HTML of a field.

mod inline;
mod text;

pub(crate) use text::{escape, prose};

use mdbook_snippets::highlighted_html;
use qabook_document::{
    Alignment, Block, BlockKind, Cell, Chapter, Code, DOCUMENT, Definition, Diagram, Document, Figure, Image, Inline,
    List, Program, Site, Table, Words,
};
use qabook_support::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use crate::media::Media;

/// Writes what a chapter says.
pub(crate) struct Writer<'a> {
    chapter: &'a Chapter,
    /// Where links into the book lead, if it is on the web.
    site: Option<&'a Site>,
    words: &'a Words,
    media: &'a mut Media,
    problems: &'a mut Diagnostics,
    /// The numbers of the footnotes that the field refers to.
    footnotes: BTreeSet<usize>,
}

/// The address of `document`'s pages on the web.
pub(crate) fn site(document: &Document) -> Option<Site> {
    document.site_url.as_deref().and_then(Site::new)
}

/// `text` in `language`, coloured, with the lines (from 1) of `marked` set off.
pub(crate) fn code(text: &str, language: &str, marked: &[RangeInclusive<usize>]) -> String {
    let html = highlighted_html(text.trim_end_matches('\n'), language, marked);
    format!("<pre class=\"hl\"><code>{html}</code></pre>")
}

/// What a program or compiler printed.
pub(crate) fn record(text: &str) -> String {
    format!("<pre class=\"record\"><samp>{}</samp></pre>", escape(text.trim_end_matches('\n')))
}

impl<'a> Writer<'a> {
    pub(crate) fn new(
        chapter: &'a Chapter,
        site: Option<&'a Site>,
        words: &'a Words,
        media: &'a mut Media,
        problems: &'a mut Diagnostics,
    ) -> Self {
        Self { chapter, site, words, media, problems, footnotes: BTreeSet::new() }
    }

    /// A field of `blocks`, with the footnotes that they refer to.
    pub(crate) fn field<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) -> String {
        let html: Vec<String> =
            blocks.into_iter().map(|block| self.block(block)).filter(|html| !html.is_empty()).collect();
        html.join("\n") + &self.notes()
    }

    /// A field of one line of text.
    pub(crate) fn line(&mut self, text: &[Inline]) -> String {
        self.inlines(text).trim().to_string() + &self.notes()
    }

    /// The footnotes that have been referred to since the last call.
    fn notes(&mut self) -> String {
        let numbers = std::mem::take(&mut self.footnotes);
        let chapter = self.chapter;
        let notes = chapter.footnotes.iter().filter(|note| numbers.contains(&note.number));
        let notes =
            notes.map(|note| format!("<div><sup>{}</sup> {}</div>", note.number, self.item(&note.blocks, true)));
        let notes: String = notes.collect();
        // Footnotes of footnotes would go on.
        self.footnotes.clear();
        if notes.is_empty() { notes } else { format!("\n<div class=\"footnotes\">{notes}</div>") }
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Paragraph(text) => format!("<p>{}</p>", self.inlines(text)),
            BlockKind::Heading(heading) => {
                format!("<h{0}>{1}</h{0}>", heading.level, self.inlines(&heading.text))
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(entries) => self.definitions(entries),
            BlockKind::Code(Code { language, text }) => code(text, language.as_deref().unwrap_or("text"), &[]),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => format!("<blockquote>{}</blockquote>", self.blocks(blocks)),
            BlockKind::Callout(callout) => {
                let (kind, text) = (callout.kind.name(), self.blocks(&callout.blocks));
                let title = prose(self.words.text(&format!("alerts.{kind}")));
                format!("<div class=\"callout {kind}\"><p class=\"label\">{title}</p>{text}</div>")
            }
            BlockKind::Details(details) => {
                let (summary, text) = (self.inlines(&details.summary), self.blocks(&details.blocks));
                format!("<details open><summary>{summary}</summary>{text}</details>")
            }
            BlockKind::Snippet(program) => program_card(program),
            BlockKind::Diagram(diagram) => self.diagram(diagram),
            BlockKind::Formula(formula) => text::formula(&formula.tex, true),
            BlockKind::Image(image) => format!("<p>{}</p>", self.image(image)),
            BlockKind::Figure(Figure { caption, blocks, .. }) => {
                let (blocks, caption) = (self.blocks(blocks), self.inlines(caption));
                format!("<figure>{blocks}<figcaption>{caption}</figcaption></figure>")
            }
            BlockKind::Group(group) => self.blocks(&group.blocks),
            BlockKind::Rule => "<hr>".into(),
            // What the preprocessors add to a chapter isn't what it answers.
            BlockKind::QuestionHeader(_) | BlockKind::Related(_) => String::new(),
        }
    }

    fn list(&mut self, list: &List) -> String {
        let mut items = String::new();
        for item in &list.items {
            let mark = match item.done {
                Some(true) => "☑ ",
                Some(false) => "☐ ",
                None => "",
            };
            items += &format!("<li>{mark}{}</li>", self.item(&item.blocks, list.tight));
        }
        match list.start {
            None => format!("<ul>{items}</ul>"),
            Some(1) => format!("<ol>{items}</ol>"),
            Some(start) => format!("<ol start=\"{start}\">{items}</ol>"),
        }
    }

    /// Blocks of an item; in a tight list paragraphs are no elements.
    fn item(&mut self, blocks: &[Block], tight: bool) -> String {
        let parts = blocks.iter().map(|block| match &block.kind {
            BlockKind::Paragraph(text) if tight => self.inlines(text),
            _ => self.block(block),
        });
        parts.collect()
    }

    fn definitions(&mut self, entries: &[Definition]) -> String {
        let mut html = String::new();
        for Definition { terms, descriptions } in entries {
            for term in terms {
                html += &format!("<dt>{}</dt>", self.inlines(term));
            }
            for description in descriptions {
                html += &format!("<dd>{}</dd>", self.item(description, description.len() == 1));
            }
        }
        format!("<dl>{html}</dl>")
    }

    fn table(&mut self, table: &Table) -> String {
        let class = |column: usize| match table.alignments.get(column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        let mut row = |cells: &[Cell]| {
            let cells = cells.iter().enumerate().map(|(column, cell)| {
                let tag = if cell.header.is_some() { "th" } else { "td" };
                let spans = cell.spans();
                let text = self.item(&cell.blocks, cell.blocks.len() == 1);
                format!("<{tag}{}{spans}>{text}</{tag}>", class(column))
            });
            format!("<tr>{}</tr>", cells.collect::<String>())
        };
        let [head, body] =
            [&table.head, &table.rows].map(|rows| rows.iter().map(|cells| row(cells)).collect::<String>());
        let caption = match self.inlines(&table.caption) {
            caption if caption.is_empty() => caption,
            caption => format!("<caption>{caption}</caption>"),
        };
        format!("<div class=\"table\"><table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table></div>")
    }

    fn diagram(&mut self, diagram: &Diagram) -> String {
        let (name, alt, title) = (self.media.add_svg(&diagram.svg), escape(&diagram.title), prose(&diagram.title));
        format!("<figure class=\"diagram\"><img src=\"{name}\" alt=\"{alt}\"><figcaption>{title}</figcaption></figure>")
    }

    fn image(&mut self, image: &Image) -> String {
        let extension = Path::new(&image.path).extension().and_then(|name| name.to_str()).unwrap_or("bin");
        let bytes = fs::read(&image.file).unwrap_or_else(|error| {
            self.problems.push(unreadable(image, &error).in_file(&self.chapter.file).on_line(image.line));
            Vec::new()
        });
        let name = self.media.add(&extension.to_ascii_lowercase(), bytes);
        format!("<img src=\"{name}\" alt=\"{}\">", escape(&image.alt))
    }
}

fn unreadable(image: &Image, error: &std::io::Error) -> Diagnostic {
    DOCUMENT.broken(format!("the image {} can't be read: {error}", image.path), "fix the file, or leave the image out")
}

/// A program in an answer: what it shows, its code, its output.
fn program_card(program: &Program) -> String {
    let caption = prose(&program.caption);
    let code = code(&program.code, "rust", &program.highlighted);
    let recorded = program.recorded.as_deref().map(record).unwrap_or_default();
    format!("<p class=\"caption\">{caption}</p>{code}{recorded}")
}
