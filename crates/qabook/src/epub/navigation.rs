//! The table of contents, for readers of EPUB 3 and of EPUB 2.

use qabook_document::{BlockKind, Chapter, Document, Part, plain_text};

use super::names;
use super::package::identifier;
use super::xml::{self, escape};

/// A line of the table of contents.
struct Line {
    text: String,
    /// `None` for the title of a part.
    href: Option<String>,
    below: Vec<Line>,
}

fn lines(document: &Document) -> Vec<Line> {
    document.parts.iter().flat_map(part_lines).collect()
}

/// The chapters of a part below its title, if it has one.
fn part_lines(part: &Part) -> Vec<Line> {
    let chapters = part.chapters.iter().map(chapter_line).collect();
    match &part.title {
        Some(title) => vec![Line { text: title.clone(), href: None, below: chapters }],
        None => chapters,
    }
}

fn chapter_line(chapter: &Chapter) -> Line {
    let page = names::page(&chapter.path);
    let sections = chapter.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) if heading.level == 2 => Some(Line {
            text: plain_text(&heading.text),
            href: Some(format!("{page}#{}", names::id(&heading.id))),
            below: Vec::new(),
        }),
        _ => None,
    });
    let below = sections.chain(chapter.children.iter().map(chapter_line)).collect();
    Line { text: title(chapter), href: Some(page.clone()), below }
}

/// The chapter's title after its number.
fn title(chapter: &Chapter) -> String {
    match &chapter.number {
        Some(number) => format!("{number} {}", chapter.title),
        None => chapter.title.clone(),
    }
}

/// nav.xhtml: EPUB 3.3 §7.
pub(super) fn nav(document: &Document) -> String {
    let word = |key: &str| escape(document.words.text(&format!("epub.{key}")));
    let [contents, landmarks, title_page, text] = ["contents", "landmarks", "title-page", "text"].map(word);
    let first = document.chapters().next().map(|chapter| names::page(&chapter.path));
    let body = first.map_or(String::new(), |page| {
        format!("<li><a epub:type=\"bodymatter\" href=\"{}\">{text}</a></li>\n", escape(&page))
    });
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{contents}</h1>\n{}</nav>\n\
         <nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">\n<h1>{landmarks}</h1>\n<ol>\n\
         <li><a epub:type=\"titlepage\" href=\"title.xhtml\">{title_page}</a></li>\n\
         <li><a epub:type=\"toc\" href=\"#toc\">{contents}</a></li>\n{body}</ol>\n</nav>\n",
        list(&lines(document))
    );
    xml::page(document, document.words.text("epub.contents"), "", &body)
}

fn list(lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let line = |line: &Line| {
        let text = escape(&line.text);
        let title = match &line.href {
            Some(href) => format!("<a href=\"{}\">{text}</a>", escape(href)),
            None => format!("<span>{text}</span>"),
        };
        format!("<li>{title}\n{}</li>\n", list(&line.below))
    };
    format!("<ol>\n{}</ol>\n", lines.iter().map(line).collect::<String>())
}

/// toc.ncx: what EPUB 2 had (EPUB 3.3 §5.9.2 keeps it for its readers).
pub(super) fn ncx(document: &Document) -> String {
    let mut count = Count::default();
    let points: String = lines(document).iter().map(|line| point(line, &mut count)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n\
         <head>\n<meta name=\"dtb:uid\" content=\"{}\"/>\n</head>\n<docTitle><text>{}</text></docTitle>\n\
         <navMap>\n{points}</navMap>\n</ncx>\n",
        escape(&identifier(document)),
        escape(&document.title)
    )
}

/// How many points there are, and how many places they lead to.
#[derive(Default)]
struct Count {
    points: usize,
    places: usize,
}

fn point(line: &Line, count: &mut Count) -> String {
    count.points += 1;
    let number = count.points;
    // A part has no page of its own: it leads to its first chapter, whose place in the order it shares.
    let href = line.href.clone().or_else(|| line.below.first()?.href.clone()).unwrap_or_default();
    let order = count.places + 1;
    count.places += usize::from(line.href.is_some());
    let below: String = line.below.iter().map(|line| point(line, count)).collect();
    format!(
        "<navPoint id=\"point{number}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel>\
         <content src=\"{}\"/>\n{below}</navPoint>\n",
        escape(&line.text),
        escape(&href)
    )
}
