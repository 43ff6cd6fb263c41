//! Running a preprocessor on small books, for its tests.

mod trials;

pub use trials::{Test, Tool, is_installed, run, run_of_book};

use anyhow::Result;
use mdbook_preprocessor::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing::span;

/// A book of numbered chapters in memory, with `root` as its folder on disk.
#[derive(Debug)]
pub struct TestBook {
    ctx: PreprocessorContext,
    book: Book,
}

impl TestBook {
    /// An empty book for the HTML renderer, configured by `toml`, the text of a book.toml.
    ///
    /// # Panics
    /// When `toml` isn't a configuration.
    #[must_use]
    pub fn new(root: impl AsRef<Path>, toml: &str) -> Self {
        let config: Config = toml.parse().expect("a valid book.toml");
        let ctx = PreprocessorContext::new(root.as_ref().to_path_buf(), config, "html".into());
        Self { ctx, book: Book::new() }
    }

    /// Renders for `renderer` instead of HTML.
    #[must_use]
    pub fn for_renderer(mut self, renderer: &str) -> Self {
        self.ctx.renderer = renderer.into();
        self
    }

    /// Starts a part.
    #[must_use]
    pub fn part(mut self, title: &str) -> Self {
        self.book.push_item(BookItem::PartTitle(title.into()));
        self
    }

    /// Adds a numbered chapter.
    #[must_use]
    pub fn chapter(mut self, path: &str, content: &str) -> Self {
        let mut chapter = Chapter::new(path, content.into(), path, Vec::new());
        let number = u32::try_from(self.book.iter().count()).unwrap_or(u32::MAX);
        chapter.number = Some(SectionNumber::new([number]));
        self.book.push_item(chapter);
        self
    }

    /// Adds a chapter without a number, such as a preface.
    #[must_use]
    pub fn unnumbered(mut self, path: &str, content: &str) -> Self {
        self.book.push_item(Chapter::new(path, content.into(), path, Vec::new()));
        self
    }

    /// Adds a draft: a title without a file.
    #[must_use]
    pub fn draft(mut self, title: &str) -> Self {
        self.book.push_item(Chapter::new_draft(title, Vec::new()));
        self
    }

    /// Runs `preprocessor` over the book.
    ///
    /// # Errors
    /// What the preprocessor returns.
    pub fn run(self, preprocessor: &dyn Preprocessor) -> Result<Book> {
        preprocessor.run(&self.ctx, self.book)
    }
}

/// The chapters of `book` as (path, content).
#[must_use]
pub fn contents(book: &Book) -> Vec<(String, String)> {
    let path = |chapter: &Chapter| chapter.path.as_ref().map_or_else(String::new, |path| path.display().to_string());
    book.chapters().map(|chapter| (path(chapter), chapter.content.clone())).collect()
}

/// Compares what `transform` makes of every `NAME.in.md` in `folder` with `NAME.out.md` next to it.
///
/// `SNAPSHOTS=overwrite` accepts what it makes.
///
/// # Panics
/// When one differs, or there is none at all.
pub fn golden(folder: &Path, transform: impl Fn(&str) -> String) {
    let mut inputs: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of golden files")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".in.md"))
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "no *.in.md in {}", folder.display());
    for input in inputs {
        let text = std::fs::read_to_string(&input).expect("a golden input");
        let expected = input.to_string_lossy().replace(".in.md", ".out.md");
        let expected = snapbox::Data::read_from(Path::new(&expected), Some(snapbox::data::DataFormat::Text));
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(transform(&text), expected.raw());
    }
}

/// How often `run` parses Markdown: the trace events of the target `markdown` (see [`crate::markdown::Parsed::new`]).
///
/// They are counted in every thread of the process, once for all: a test that counts is alone in its binary.
///
/// # Panics
/// When it is called twice in a process.
pub fn count_parses(run: impl FnOnce()) -> usize {
    let counter = Arc::new(AtomicUsize::new(0));
    tracing::subscriber::set_global_default(ParseCounter(Arc::clone(&counter))).expect("one count in a process");
    run();
    counter.load(Ordering::SeqCst)
}

struct ParseCounter(Arc<AtomicUsize>);

impl tracing::Subscriber for ParseCounter {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "markdown"
    }

    fn event(&self, _: &tracing::Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}
