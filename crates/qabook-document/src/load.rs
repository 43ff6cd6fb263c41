//! Books to documents.

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::{Config, TextDirection};
use mdbook_preprocessor::book::{Book, BookItem, Chapter as BookChapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_renderer::{RenderContext, Renderer};
use qabook_support::path::slashed;
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, Severity, shown};
use qabook_words::Words;
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use crate::builder::{Built, Settings};
use crate::links::Places;
use crate::name::file_stem;
use crate::open::{AfterEach, Failures, Opened};
use crate::options::Options;
use crate::visit::for_each_target_mut;
use crate::{Chapter, Direction, Document, Formulas, Part, builder};

/// A document, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The document.
    pub document: Document,
    /// Sorted by file and line.
    pub warnings: Vec<Diagnostic>,
}

/// Loads the book and runs its preprocessors, ours linked in.
///
/// # Errors
/// What is wrong with the book: see the crate's documentation.
pub fn load(opened: &Opened, options: &Options) -> Result<Loaded> {
    let mut book = opened.load()?;
    take_variants(opened, &mut book.book, &options.renderer)?;
    let preprocessed = preprocess(opened, &mut book, options)?;
    Ok(from_book(&opened.root, &opened.config, &preprocessed, options)?)
}

/// Takes, for a chapter `NAME.md`, the text of `NAME.RENDERER.md` beside it where that is, as [`load`] does: what a page says
/// of its buttons is of no use in an e-reader.
///
/// # Errors
/// A file that can't be read.
pub fn take_variants(opened: &Opened, book: &mut Book, renderer: &str) -> Result<()> {
    let src = opened.root.join(&opened.config.book.src);
    let mut result = Ok(());
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let Some(path) = &chapter.source_path else { return };
        let variant = src.join(path).with_extension(format!("{renderer}.md"));
        if variant.is_file() {
            match fs::read_to_string(&variant).with_context(|| shown(&variant).display().to_string()) {
                Ok(text) => chapter.content = text,
                Err(error) => result = Err(error),
            }
        }
    });
    result
}

/// Runs the preprocessors over `book` for a document.
///
/// # Errors
/// See [`Opened::preprocess`].
pub fn preprocess(opened: &Opened, book: &mut MDBook, options: &Options) -> Result<Book, Failures> {
    let nothing: AfterEach = Rc::new(|_, _| {});
    Ok(opened.preprocess(book, &Named(&options.renderer), Katex, &nothing)?.0)
}

/// The document of what mdBook hands to a renderer: the preprocessors have run.
///
/// # Errors
/// What is wrong with the book: see the crate's documentation.
pub fn from_render_context(ctx: &RenderContext, options: &Options) -> Result<Loaded, Diagnostics> {
    from_book(&ctx.root, &ctx.config, &ctx.book, options)
}

/// The document of a preprocessed `book` whose folder is `root`.
///
/// # Errors
/// What is wrong with the book: see the crate's documentation.
pub fn from_book(root: &Path, config: &Config, book: &Book, options: &Options) -> Result<Loaded, Diagnostics> {
    let words = Words::of_book(root, config)?;
    let src = root.join(&config.book.src);
    let mut written = Vec::new();
    for item in &book.items {
        add_written(item, &mut written);
    }
    // Drawing diagrams and formulas is what takes the time.
    let hidden_lines = config.html_config().map(|html| html.code.hidelines).unwrap_or_default();
    let settings = Settings { formulas: Formulas::of_book(root, config)?, hidden_lines };
    let built: Vec<Built> = written
        .into_par_iter()
        .map(|(chapter, path)| {
            builder::build(chapter, &path, &ChapterFile::below(&src, chapter), &src, options, &settings)
        })
        .collect();
    let mut made =
        Maker { places: Places::new(&src, book.chapters().find_map(path_of)), src: &src, problems: Vec::new() };
    let mut parts = made.parts(book, built.into_iter());
    made.resolve_links(&mut parts);
    let document = Document {
        title: config.book.title.clone().unwrap_or_default(),
        description: config.book.description.clone(),
        authors: config.book.authors.clone(),
        language: config.book.language.clone().unwrap_or_else(|| "en".into()),
        direction: match config.book.realized_text_direction() {
            TextDirection::RightToLeft => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        },
        words,
        file_stem: file_stem(config),
        site_url: config.html_config().and_then(|html| html.site_url),
        parts,
    };
    made.problems.sort();
    let (errors, warnings): (Vec<_>, Vec<_>) =
        made.problems.into_iter().partition(|problem| problem.severity() == Severity::Error);
    let mut problems = Diagnostics::default();
    problems.extend(errors);
    let document = problems.into_result(document)?;
    Ok(Loaded { document, warnings })
}

/// The chapters that are written, those below a chapter before it, each with its path in the book.
fn add_written<'a>(item: &'a BookItem, written: &mut Vec<(&'a BookChapter, String)>) {
    if let BookItem::Chapter(chapter) = item {
        chapter.sub_items.iter().for_each(|item| add_written(item, written));
        written.extend(path_of(chapter).map(|path| (chapter, path)));
    }
}

/// The path of a chapter in the book, with forward slashes; a draft has none.
fn path_of(chapter: &BookChapter) -> Option<String> {
    chapter.path.as_deref().map(slashed)
}

/// Makes chapters, and resolves links when all are made.
struct Maker<'a> {
    places: Places,
    src: &'a Path,
    problems: Vec<Diagnostic>,
}

impl Maker<'_> {
    /// The parts of `book` with its chapters, of which `built` holds what each says.
    fn parts(&mut self, book: &Book, mut built: impl Iterator<Item = Built>) -> Vec<Part> {
        let mut parts = vec![Part { title: None, chapters: Vec::new() }];
        for item in &book.items {
            match item {
                BookItem::PartTitle(title) => parts.push(Part { title: Some(title.clone()), chapters: Vec::new() }),
                BookItem::Separator => parts.push(Part { title: None, chapters: Vec::new() }),
                BookItem::Chapter(chapter) => {
                    let made = self.chapters(chapter, &mut built);
                    if let Some(part) = parts.last_mut() {
                        part.chapters.extend(made);
                    }
                }
            }
        }
        parts.retain(|part| !part.chapters.is_empty());
        parts
    }

    /// The chapter, or, of a draft, those below it.
    fn chapters(&mut self, chapter: &BookChapter, built: &mut impl Iterator<Item = Built>) -> Vec<Chapter> {
        let below = chapter.sub_items.iter().filter_map(|item| match item {
            BookItem::Chapter(chapter) => Some(chapter),
            _ => None,
        });
        let children = below.flat_map(|chapter| self.chapters(chapter, built)).collect();
        let Some((path, built)) = path_of(chapter).and_then(|path| Some((path, built.next()?))) else {
            return children;
        };
        self.places.add(&path, built.ids);
        self.problems.extend(built.problems);
        // mdBook writes `1.2.` with a dot at the end.
        let number = chapter.number.as_ref().map(|number| number.to_string().trim_end_matches('.').to_string());
        vec![Chapter {
            title: chapter.name.clone(),
            number,
            path,
            kind: built.kind,
            errata: built.errata.0,
            follow_ups: built.follow_ups.0,
            file: ChapterFile::below(self.src, chapter).path().into(),
            blocks: built.blocks,
            footnotes: built.footnotes,
            children,
        }]
    }

    fn resolve_links(&mut self, parts: &mut [Part]) {
        for part in parts {
            for chapter in &mut part.chapters {
                self.resolve_in(chapter);
            }
        }
    }

    fn resolve_in(&mut self, chapter: &mut Chapter) {
        let Chapter { path, file, blocks, footnotes, children, .. } = chapter;
        let lists = std::iter::once(blocks).chain(footnotes.iter_mut().map(|footnote| &mut footnote.blocks));
        for blocks in lists {
            for_each_target_mut(blocks, &mut |target, line| {
                if let Err(problem) = self.places.resolve(target, path, file, line) {
                    self.problems.push(problem);
                }
            });
        }
        for child in children {
            self.resolve_in(child);
        }
    }
}

/// A renderer that only has a name, for mdBook to tell preprocessors.
struct Named<'a>(&'a str);

impl Renderer for Named<'_> {
    fn name(&self) -> &str {
        self.0
    }

    fn render(&self, _: &RenderContext) -> Result<()> {
        Ok(())
    }
}

/// Takes the place of mdbook-katex, whose HTML is for pages: formulas become MathML here.
struct Katex;

impl Preprocessor for Katex {
    fn name(&self) -> &'static str {
        "katex"
    }

    fn run(&self, _: &PreprocessorContext, book: Book) -> Result<Book> {
        Ok(book)
    }

    fn supports_renderer(&self, _: &str) -> Result<bool> {
        Ok(false)
    }
}
