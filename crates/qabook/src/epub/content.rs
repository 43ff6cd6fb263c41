//! A chapter as a page of XHTML.

use qabook_document::{
    Block, BlockKind, Chapter, DOUBTFUL, Definition, Document, Footnote, Heading, List, Section, Words,
};
use qabook_support::Diagnostic;

use super::archive::Entry;
use super::code::code;
use super::xml::{self, escape};
use super::{cards, names};

/// The page of `chapter`; links that can't be kept are added to `warnings`.
pub(super) fn page(document: &Document, chapter: &Chapter, warnings: &mut Vec<Diagnostic>) -> Entry {
    let mut writer = Writer::new(chapter, &document.words);
    let body = writer.body();
    let name = names::page(&chapter.path);
    let page = xml::page(document, &chapter.title, &names::up(&name), &body);
    warnings.append(&mut writer.warnings);
    Entry::new(name, xml::XHTML, writer.properties(), page)
}

/// What is in the `<body>` of the page of `chapter`, whose labels are of `words`.
#[must_use]
pub fn body(chapter: &Chapter, words: &Words) -> String {
    Writer::new(chapter, words).body()
}

pub(super) struct Writer<'a> {
    chapter: &'a Chapter,
    words: &'a Words,
    pub(super) has_mathml: bool,
    has_svg: bool,
    warnings: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    fn new(chapter: &'a Chapter, words: &'a Words) -> Self {
        Self { chapter, words, has_mathml: false, has_svg: false, warnings: Vec::new() }
    }

    pub(super) fn path(&self) -> &str {
        &self.chapter.path
    }

    pub(super) fn warn(&mut self, line: Option<usize>, message: String, hint: &str) {
        self.warnings.push(DOUBTFUL.broken(message, hint).in_file(&self.chapter.file).on_line(line));
    }

    fn properties(&self) -> String {
        let found = [("mathml", self.has_mathml), ("svg", self.has_svg)];
        found.iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }

    fn body(&mut self) -> String {
        let blocks = self.blocks(&self.chapter.blocks);
        let notes = self.footnotes(&self.chapter.footnotes);
        format!("<section epub:type=\"chapter\" role=\"doc-chapter\">\n{blocks}{notes}</section>\n")
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block) + "\n").collect()
    }

    fn block(&mut self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Paragraph(text) => format!("<p>{}</p>", self.inlines(text)),
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(entries) => self.definitions(entries),
            BlockKind::Code(block) => {
                let language = block.language.as_deref().unwrap_or("text");
                format!("<pre dir=\"ltr\">{}</pre>", code(&block.text, language, &[]))
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Quote(blocks) => format!("<blockquote>\n{}</blockquote>", self.blocks(blocks)),
            BlockKind::Callout(callout) => format!(
                "<aside class=\"callout {}\">\n<p class=\"label\">{}</p>\n{}</aside>",
                callout.kind.name(),
                escape(self.words.text(&format!("alerts.{}", callout.kind.name()))),
                self.blocks(&callout.blocks)
            ),
            BlockKind::Details(details) => format!(
                "<details open=\"open\">\n<summary>{}</summary>\n{}</details>",
                self.inlines(&details.summary),
                self.blocks(&details.blocks)
            ),
            BlockKind::Snippet(snippet) => cards::snippet(snippet, self.words),
            BlockKind::Diagram(diagram) => {
                self.has_svg = true;
                let caption = escape(&diagram.title);
                format!("<figure class=\"diagram\">\n{}\n<figcaption>{caption}</figcaption>\n</figure>", diagram.svg)
            }
            BlockKind::Formula(formula) => format!("<div class=\"formula\">{}</div>", self.formula(formula)),
            BlockKind::Image(image) => format!("<p class=\"image\">{}</p>", self.image(image)),
            BlockKind::Figure(figure) => {
                let id = figure.id.as_ref().map_or(String::new(), |id| format!(" id=\"{}\"", names::id(id)));
                let caption = match self.inlines(&figure.caption) {
                    caption if caption.is_empty() => caption,
                    caption => format!("<figcaption>{caption}</figcaption>\n"),
                };
                format!("<figure{id}>\n{}{caption}</figure>", self.blocks(&figure.blocks))
            }
            BlockKind::QuestionHeader(header) => cards::question_header(header, self.words),
            BlockKind::Related(questions) => cards::related(questions, self.path(), self.words),
            BlockKind::Group(group) => {
                format!("<div id=\"{}\">\n{}</div>", names::id(&group.id), self.blocks(&group.blocks))
            }
            BlockKind::Rule => "<hr/>".into(),
        }
    }

    fn heading(&mut self, heading: &Heading) -> String {
        let class = match heading.section {
            Some(Section::FollowUp) => " class=\"follow-up\"",
            Some(Section::Errata) => " class=\"errata\"",
            Some(Section::References) => " class=\"references\"",
            None => "",
        };
        let level = heading.level;
        format!("<h{level} id=\"{}\"{class}>{}</h{level}>", names::id(&heading.id), self.inlines(&heading.text))
    }

    fn list(&mut self, list: &List) -> String {
        let mut items = String::new();
        for item in &list.items {
            let mark = item.done.map_or(String::new(), |done| {
                let (key, sign) = if done { ("epub.task-done", '☑') } else { ("epub.task-open", '☐') };
                let label = escape(self.words.text(key));
                format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> ")
            });
            items += &format!("<li>{}</li>\n", self.item(&mark, &item.blocks, list.tight));
        }
        match list.start {
            None => format!("<ul>\n{items}</ul>"),
            Some(1) => format!("<ol>\n{items}</ol>"),
            Some(start) => format!("<ol start=\"{start}\">\n{items}</ol>"),
        }
    }

    /// The blocks of an item after its `mark`; in a tight list paragraphs are no elements.
    pub(super) fn item(&mut self, mark: &str, blocks: &[Block], tight: bool) -> String {
        let mut mark = Some(mark);
        let mut parts = Vec::new();
        for block in blocks {
            let before = mark.take().unwrap_or_default();
            parts.push(match &block.kind {
                BlockKind::Paragraph(text) if tight => format!("{before}{}", self.inlines(text)),
                BlockKind::Paragraph(text) => format!("<p>{before}{}</p>", self.inlines(text)),
                _ => format!("{before}{}", self.block(block)),
            });
        }
        parts.join("\n")
    }

    fn definitions(&mut self, entries: &[Definition]) -> String {
        let mut html = "<dl>\n".to_string();
        for entry in entries {
            for term in &entry.terms {
                html += &format!("<dt>{}</dt>\n", self.inlines(term));
            }
            for description in &entry.descriptions {
                html += &format!("<dd>{}</dd>\n", self.item("", description, description.len() == 1));
            }
        }
        html + "</dl>"
    }

    fn footnotes(&mut self, footnotes: &[Footnote]) -> String {
        if footnotes.is_empty() {
            return String::new();
        }
        let mut html = "<section class=\"footnotes\" epub:type=\"footnotes\">\n<hr/>\n".to_string();
        let label = escape(self.words.text("epub.back"));
        for Footnote { number, references, blocks, .. } in footnotes {
            let back = |occurrence: usize| {
                format!("<a role=\"doc-backlink\" href=\"#noteref.{number}.{occurrence}\" aria-label=\"{label}\">↩</a>")
            };
            let back = (1..=*references).map(back).collect::<Vec<_>>().join(" ");
            let number_mark = format!("<span class=\"number\">{number}</span> ");
            let blocks = self.item(&number_mark, blocks, false);
            html += &format!(
                "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"note.{number}\">\n\
                 {blocks}\n<p class=\"back\">{back}</p>\n</aside>\n"
            );
        }
        html + "</section>\n"
    }
}
