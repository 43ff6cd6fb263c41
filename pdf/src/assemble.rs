//! A document to Typst's world: template, settings, chapters in order, cover, contents and index.

use document::{Chapter, Document, Part};
use support::Diagnostics;

use crate::emit::{ChapterCode, Emitter};
use crate::index;
use crate::literal::literal;
use crate::settings::Settings;
use crate::world::BookWorld;

/// The template's files.
const TEMPLATE: [(&str, &str); 4] = [
    ("/look.typ", include_str!("template/look.typ")),
    ("/blocks.typ", include_str!("template/blocks.typ")),
    ("/matter.typ", include_str!("template/matter.typ")),
    ("/code.tmTheme", include_str!("template/code.tmTheme")),
];

/// The whole book, ready to be set.
pub(crate) struct Assembled {
    pub(crate) world: BookWorld,
    /// For messages: what came of which line.
    pub(crate) chapters: Vec<ChapterCode>,
}

/// Writes the Typst code of `document`.
///
/// # Errors
/// What is wrong in the chapters, of all of them together.
pub(crate) fn assemble(document: &Document, settings: &Settings) -> Result<Assembled, Diagnostics> {
    let emitter = Emitter::new(document, settings.site.clone());
    let mut main =
        Main { emitter: &emitter, code: String::new(), chapters: Vec::new(), problems: Diagnostics::default() };
    main.code.push_str("#import \"/look.typ\": *\n#import \"/matter.typ\": *\n#show: book\n#cover()\n#contents()\n");
    for part in &document.parts {
        main.part(part);
    }
    main.code.push_str(&index::code(document));
    let Main { code, chapters, problems, .. } = main;

    let mut world = BookWorld::new(code);
    world.add_source("/settings.typ", settings.typst(document));
    for (path, text) in TEMPLATE {
        if path.ends_with(".typ") {
            world.add_source(path, text.to_string());
        } else {
            world.add_file(path, text.as_bytes().to_vec());
        }
    }
    for chapter in &chapters {
        world.add_source(&chapter.path, chapter.code.clone());
        for (path, data) in &chapter.files {
            world.add_file(path, data.clone());
        }
    }
    problems.into_result(Assembled { world, chapters })
}

/// The main file while it is written.
struct Main<'a> {
    emitter: &'a Emitter<'a>,
    code: String,
    chapters: Vec<ChapterCode>,
    problems: Diagnostics,
}

impl<'a> Main<'a> {
    fn part(&mut self, part: &'a Part) {
        let level = match &part.title {
            Some(title) => {
                self.code.push_str(&format!("#part({})\n", literal(title)));
                2
            }
            None => {
                self.code.push_str("#no-part()\n");
                1
            }
        };
        for chapter in &part.chapters {
            self.chapter(chapter, level);
        }
    }

    fn chapter(&mut self, chapter: &'a Chapter, level: usize) {
        if index::replaces(chapter) {
            return;
        }
        match self.emitter.chapter(chapter, self.chapters.len(), level) {
            Ok(code) => {
                self.code.push_str(&format!("#include {}\n", literal(&code.path)));
                self.chapters.push(code);
            }
            Err(problems) => self.problems.extend(problems),
        }
        for child in &chapter.children {
            self.chapter(child, level + 1);
        }
    }
}
