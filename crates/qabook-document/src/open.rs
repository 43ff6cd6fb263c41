//! The one way into a book on disk: its settings, its chapters, and the preprocessors that are linked in.

use anyhow::{Context, Error, Result, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_questions::ChapterAlone;
use mdbook_renderer::Renderer;
use mdbook_summary::Summary;
use qabook_support::{Diagnostic, Diagnostics, shown};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};
use std::{fmt, fs, mem};

use crate::{defaults, settings};

/// A book's folder and its settings.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The folder of book.toml.
    pub root: PathBuf,
    /// What book.toml, the environment (`MDBOOK_…`) and the defaults say.
    pub config: Config,
}

/// What runs after each preprocessor that succeeds: it gets its name and how long it took.
pub type AfterEach = Rc<dyn Fn(&str, Duration)>;

/// Opens the book in `root`. What its settings leave out, the defaults give (`defaults.toml`).
///
/// # Errors
/// No book.toml in `root`, or one that isn't valid or has no title.
pub fn open(root: &Path) -> Result<Opened> {
    let path = root.join("book.toml");
    ensure!(path.is_file(), "{} does not exist\n    hint: name the book's folder by --root", path.display());
    let mut config = Config::from_disk(&path).with_context(|| path.display().to_string())?;
    config.update_from_env()?;
    settings::check(root, &shown(&path), &fs::read_to_string(&path)?, &config)?;
    defaults::fill(&mut config, root).with_context(|| path.display().to_string())?;
    Ok(Opened { root: root.to_path_buf(), config })
}

impl Opened {
    /// The build folder: where the site goes, and the book's other forms.
    #[must_use]
    pub fn destination(&self) -> PathBuf {
        self.root.join(&self.config.build.build_dir)
    }

    /// Loads the chapters that `SUMMARY.md` lists.
    ///
    /// # Errors
    /// What mdBook reports, such as a chapter that can't be read.
    pub fn load(&self) -> Result<MDBook> {
        MDBook::load_with_config(&self.root, self.config.clone())
    }

    /// Loads the chapters that `summary` lists.
    ///
    /// # Errors
    /// See [`Opened::load`].
    pub fn load_listed(&self, summary: Summary) -> Result<MDBook> {
        MDBook::load_with_config_and_summary(&self.root, self.config.clone(), summary)
    }

    /// Runs the preprocessors over `book`, in the order of book.toml: those that are linked in, and `maths` as `katex`, take
    /// the place of the commands of their names. One that fails leaves the book as it is to the next, so that the problems
    /// of all are known at once.
    ///
    /// # Errors
    /// Everything that any of them reports.
    pub fn preprocess(
        &self,
        book: &mut MDBook,
        renderer: &dyn Renderer,
        maths: impl Preprocessor + 'static,
        after_each: &AfterEach,
    ) -> Result<(Book, PreprocessorContext), Failures> {
        self.preprocess_with(
            book,
            renderer,
            linked_preprocessors(mdbook_questions::QuestionsPreprocessor, maths),
            after_each,
        )
    }

    /// Runs the preprocessors over `book`, which has some chapters of this one, none of which says anything else of itself than
    /// in `known`, the questions of the whole.
    ///
    /// # Errors
    /// See [`Opened::preprocess`]; a chapter that says something else, or a preprocessor that isn't linked in, which may look at
    /// the whole book.
    pub fn preprocess_alone(
        &self,
        book: &mut MDBook,
        known: ChapterAlone,
        renderer: &dyn Renderer,
        maths: impl Preprocessor + 'static,
    ) -> Result<(Book, PreprocessorContext)> {
        let linked = linked_preprocessors(known, maths);
        let is_known = |name: &String| KNOWN.contains(&name.as_str()) || linked.iter().any(|own| own.name() == name);
        let tables: BTreeMap<String, toml::Value> = self.config.preprocessors()?;
        let other = tables.keys().find(|name| !is_known(name));
        ensure!(other.is_none(), "another preprocessor may look at the whole book");
        let nothing: AfterEach = Rc::new(|_, _| {});
        Ok(self.preprocess_with(book, renderer, linked, &nothing)?)
    }

    fn preprocess_with(
        &self,
        book: &mut MDBook,
        renderer: &dyn Renderer,
        linked: Vec<Box<dyn Preprocessor>>,
        after_each: &AfterEach,
    ) -> Result<(Book, PreprocessorContext), Failures> {
        let failures = Rc::new(RefCell::new(Failures::default()));
        for preprocessor in linked {
            if self.config.contains_key(&format!("preprocessor.{}", preprocessor.name())) {
                let (failures, after_each) = (Rc::clone(&failures), Rc::clone(after_each));
                book.with_preprocessor(Linked { preprocessor, failures, after_each });
            }
        }
        let preprocessed = book.preprocess_book(renderer);
        let mut failures = mem::take(&mut *failures.borrow_mut());
        match preprocessed {
            Ok(preprocessed) if failures.is_empty() => Ok(preprocessed),
            Ok(_) => Err(failures),
            Err(error) => {
                failures.push(error);
                Err(failures)
            }
        }
    }
}

/// mdBook's own preprocessors, which look at one chapter at a time, and tables that are no preprocessor's.
const KNOWN: [&str; 3] = ["links", "index", "zh-search"];

/// The preprocessors of this workspace that every renderer needs.
fn linked_preprocessors(
    questions: impl Preprocessor + 'static,
    maths: impl Preprocessor + 'static,
) -> Vec<Box<dyn Preprocessor>> {
    vec![
        Box::new(mdbook_snippets::SnippetPreprocessor),
        Box::new(questions),
        Box::new(mdbook_mermaid_svg::MermaidSvgPreprocessor),
        Box::new(mdbook_chinese::ChinesePreprocessor),
        Box::new(maths),
    ]
}

/// A preprocessor that is linked in, as mdBook runs it.
struct Linked {
    preprocessor: Box<dyn Preprocessor>,
    failures: Rc<RefCell<Failures>>,
    after_each: AfterEach,
}

impl Preprocessor for Linked {
    fn name(&self) -> &str {
        self.preprocessor.name()
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let started = Instant::now();
        match self.preprocessor.run(ctx, book.clone()) {
            Ok(done) => {
                (self.after_each)(self.name(), started.elapsed());
                Ok(done)
            }
            Err(error) => {
                self.failures.borrow_mut().push(error);
                Ok(book)
            }
        }
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.preprocessor.supports_renderer(renderer)
    }
}

/// Everything that is wrong with a book, from all stages that could look.
#[derive(Debug, Default)]
pub struct Failures {
    /// Problems with a place.
    pub problems: Vec<Diagnostic>,
    /// Other errors, such as a table of book.toml that isn't valid.
    pub errors: Vec<Error>,
}

impl Failures {
    /// Adds what a stage reports.
    pub fn push(&mut self, error: impl Into<Error>) {
        match error.into().downcast::<Diagnostics>() {
            Ok(problems) => self.problems.extend(problems),
            Err(error) => match error.downcast::<Self>() {
                Ok(more) => {
                    self.problems.extend(more.problems);
                    self.errors.extend(more.errors);
                }
                Err(error) => self.errors.push(error),
            },
        }
        self.problems.sort();
        self.problems.dedup();
    }

    /// Takes the error out of `result`.
    pub fn take<T, E: Into<Error>>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.errors.is_empty()
    }

    /// Nothing, when nothing is wrong.
    ///
    /// # Errors
    /// Otherwise all that is.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// A problem after the other, by file and line, and then the other errors.
impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = self.problems.iter().map(ToString::to_string);
        let errors = self.errors.iter().map(|error| format!("{error:#}"));
        write!(f, "{}", problems.chain(errors).collect::<Vec<_>>().join("\n"))
    }
}

impl std::error::Error for Failures {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_stages_report_is_shown_once_and_in_order() {
        let problem = |line| crate::DOCUMENT.broken("wrong", "fix it").in_file("src/a.md").on_line(line);
        let mut failures = Failures::default();
        failures.push(Diagnostics::from(problem(9)));
        failures.push(anyhow::anyhow!("inner").context("book.toml"));
        failures.push(Diagnostics::from(problem(2)));
        failures.push(Diagnostics::from(problem(9)));
        assert_eq!(
            failures.into_result().unwrap_err().to_string(),
            "src/a.md:2: wrong\n    hint: fix it\nsrc/a.md:9: wrong\n    hint: fix it\nbook.toml: inner"
        );
    }
}
