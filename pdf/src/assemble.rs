//! A document to Typst's world: template, settings, chapters in order, cover, contents and index.

use document::{Chapter, Document, Part};
use support::Diagnostics;

use crate::emit::{ChapterCode, Emitter, Place};
use crate::index;
use crate::literal::literal;
use crate::settings::Settings;
use crate::world::BookWorld;

/// The template's code.
const TEMPLATE: [(&str, &str); 3] = [
    ("/look.typ", include_str!("template/look.typ")),
    ("/blocks.typ", include_str!("template/blocks.typ")),
    ("/matter.typ", include_str!("template/matter.typ")),
];
/// The colours of code, which the template names.
const CODE_COLOURS: (&str, &str) = ("/code.tmTheme", include_str!("template/code.tmTheme"));

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
    let emitter = Emitter::new(document, settings);
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
    for (path, code) in TEMPLATE {
        world.add_source(path, code.to_string());
    }
    let (path, colours) = CODE_COLOURS;
    world.add_file(path, colours.as_bytes().to_vec());
    for chapter in &chapters {
        world.add_source(&chapter.path, chapter.code.clone());
        for (path, data) in &chapter.files {
            world.add_file(path, data.clone());
        }
    }
    problems.into_result(Assembled { world, chapters })
}

/// The page that the preprocessor `questions` puts at the head of a part: it stands below the part's title.
fn is_overview(chapter: &Chapter) -> bool {
    chapter.number.is_none() && chapter.path.ends_with("/index.md")
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
        let continued = part.title.is_some() && part.chapters.first().is_some_and(is_overview);
        let level = if let Some(title) = &part.title {
            self.code.push_str(&format!("#part({}, continued: {continued})\n", literal(title)));
            2
        } else {
            self.code.push_str("#no-part()\n");
            1
        };
        for (index, chapter) in part.chapters.iter().enumerate() {
            self.chapter(chapter, Place { level, continued: continued && index == 0 });
        }
    }

    fn chapter(&mut self, chapter: &'a Chapter, place: Place) {
        if index::replaces(chapter) {
            return;
        }
        match self.emitter.chapter(chapter, self.chapters.len(), place) {
            Ok(code) => {
                self.code.push_str(&format!("#include {}\n", literal(&code.path)));
                self.chapters.push(code);
            }
            Err(problems) => self.problems.extend(problems),
        }
        for child in &chapter.children {
            self.chapter(child, Place { level: place.level + 1, continued: false });
        }
    }
}
