//! Rewriting every chapter of a book.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use rayon::prelude::*;
use std::collections::HashMap;

use crate::{ChapterFile, Diagnostics};

/// Replaces the content of every written chapter by what `rewrite` makes of it, several chapters at a time.
///
/// # Errors
/// The problems of all chapters.
pub fn rewrite_chapters(
    ctx: &PreprocessorContext,
    mut book: Book,
    rewrite: impl Fn(&Chapter, &ChapterFile) -> Result<String, Diagnostics> + Sync,
) -> Result<Book, Diagnostics> {
    let chapters: Vec<(&Chapter, ChapterFile)> =
        book.chapters().map(|chapter| (chapter, ChapterFile::of(ctx, chapter))).collect();
    let rewritten: Vec<_> =
        chapters.par_iter().map(|(chapter, file)| (chapter.path.clone(), rewrite(chapter, file))).collect();
    let mut problems = Diagnostics::default();
    let mut contents = HashMap::new();
    for (path, result) in rewritten {
        match result {
            Ok(content) => drop(contents.insert(path, content)),
            Err(found) => problems.extend(found),
        }
    }
    book.for_each_chapter_mut(|chapter| {
        if let Some(content) = contents.get(&chapter.path) {
            chapter.content.clone_from(content);
        }
    });
    problems.into_result(book)
}
