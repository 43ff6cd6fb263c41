//! The fonts: those linked into the program, and those of the book. None is read from the system, so that a PDF is the same
//! wherever it is made.

use qabook_document::DOCUMENT;
use qabook_support::{Diagnostics, shown};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The family of the text face.
pub const TEXT_FACE: &str = "Noto Sans SC";
/// Where a book keeps fonts of its own, for characters that [`TEXT_FACE`] lacks.
pub const FOLDER: &str = "theme/pdf-fonts";

/// Its files.
const TEXT: [&[u8]; 2] =
    [include_bytes!("../fonts/NotoSansSC-Regular.ttf"), include_bytes!("../fonts/NotoSansSC-Bold.ttf")];
/// The face of code, exactly half as wide as a 汉字.
const CODE: [&[u8]; 2] =
    [include_bytes!("../fonts/Inconsolata-Regular.ttf"), include_bytes!("../fonts/Inconsolata-Bold.ttf")];
/// What formulas are set in: of the fonts that come with Typst only this one.
const MATHS: &str = "New Computer Modern Math";

/// Fonts and their index.
#[derive(Debug)]
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    faces: Vec<Font>,
    /// What both weights of the text face can show, or a font of the book can. A font's own list takes long to look into.
    shown: HashSet<u32>,
}

impl Fonts {
    /// The linked fonts alone.
    #[must_use]
    pub fn linked() -> Arc<Self> {
        static LINKED: OnceLock<Arc<Fonts>> = OnceLock::new();
        LINKED.get_or_init(|| Arc::new(Self::with(Vec::new()))).clone()
    }

    /// The linked fonts, and behind them those in [`FOLDER`] of the book in `root`, by name: Typst takes a character from the
    /// first that has it.
    ///
    /// # Errors
    /// A file there that can't be read or is no font.
    pub fn of_book(root: &Path) -> Result<Arc<Self>, Diagnostics> {
        let mut own = Vec::new();
        let mut problems = Diagnostics::default();
        for file in files(&root.join(FOLDER))? {
            let wrong = |message: String, hint| DOCUMENT.broken(message, hint).in_file(shown(&file));
            match fs::read(&file) {
                Ok(data) => {
                    let before = own.len();
                    own.extend(Font::iter(Bytes::new(data)));
                    if own.len() == before {
                        problems.push(wrong("this is no font".into(), "fonts end in .ttf, .otf or .ttc; take it away"));
                    }
                }
                Err(error) => problems.push(wrong(format!("it can't be read: {error}"), "see that it can be read")),
            }
        }
        problems.into_result(())?;
        Ok(if own.is_empty() { Self::linked() } else { Arc::new(Self::with(own)) })
    }

    fn with(own: Vec<Font>) -> Self {
        let linked = TEXT.into_iter().chain(CODE).flat_map(|data| Font::iter(Bytes::new(data)));
        let maths = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
        let mut faces: Vec<Font> = linked.chain(maths.filter(|font| font.info().family == MATHS)).collect();
        let of = |face: &Font| face.info().coverage.iter().collect::<HashSet<u32>>();
        let weights = faces[..TEXT.len()].iter().map(of);
        let mut shown = weights.reduce(|one, other| &one & &other).unwrap_or_default();
        shown.extend(own.iter().flat_map(of));
        faces.extend(own);
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces, shown }
    }

    /// The face of `index` in the book.
    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    fn shows(&self, c: char) -> bool {
        // Line ends and the like have no glyph and need none.
        c.is_control() || self.shown.contains(&u32::from(c))
    }

    /// The characters of `text` that no font for text has, each with how often it occurs.
    ///
    /// The face of code needs no check of its own: what it lacks, such as 汉字, is set in the text face.
    #[must_use]
    pub fn missing(&self, text: &str) -> BTreeMap<char, usize> {
        let mut missing = BTreeMap::new();
        for c in text.chars().filter(|&c| !self.shows(c)) {
            *missing.entry(c).or_default() += 1;
        }
        missing
    }
}

/// The files of `folder`, which need not exist, by name; those that systems hide are no fonts.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    let list = || -> std::io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                files.push(entry.path());
            }
        }
        files.sort();
        Ok(files)
    };
    match list() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed.map_err(|error| {
            let problem = DOCUMENT.broken(format!("it can't be listed: {error}"), "see that it can be read");
            problem.in_file(shown(folder)).into()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_list_is_in_both_weights() {
        let listed = include_str!("../fonts/characters.txt");
        assert!(listed.chars().count() > 8000);
        assert_eq!(Fonts::linked().missing(listed), BTreeMap::new());
    }

    #[test]
    fn a_character_that_no_font_has_is_named() {
        assert_eq!(Fonts::linked().missing("好🦀好🦀龘"), BTreeMap::from([('🦀', 2), ('龘', 1)]));
    }

    #[test]
    fn a_font_of_the_book_has_what_the_others_lack() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(FOLDER);
        let ours = |root: &Path| Fonts::of_book(root).map_err(|problems| problems.to_string());
        assert_eq!(ours(root.path()).unwrap().faces.len(), Fonts::linked().faces.len());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(".DS_Store"), "").unwrap();
        // Of the fonts at hand the one for formulas has the most.
        let maths = typst_assets::fonts()
            .find(|data| Font::iter(Bytes::new(data.to_vec())).any(|font| font.info().family == MATHS));
        fs::write(folder.join("maths.otf"), maths.unwrap()).unwrap();
        let fonts = ours(root.path()).unwrap();
        assert_eq!(Fonts::linked().missing("⌊x⌋"), BTreeMap::from([('⌊', 1), ('⌋', 1)]));
        assert_eq!(fonts.missing("⌊x⌋🦀"), BTreeMap::from([('🦀', 1)]));
        fs::write(folder.join("note.txt"), "no font").unwrap();
        let said = ours(root.path()).unwrap_err();
        assert!(said.contains("note.txt: this is no font"), "{said}");
    }

    /// Columns of code and 汉字 stay aligned only then.
    #[test]
    fn code_is_half_as_wide_as_hanzi() {
        let fonts = Fonts::linked();
        let width = |family: &str, c: char| {
            let font = fonts.faces.iter().find(|face| face.info().family == family).expect("a linked face");
            let face = ttf_parser::Face::parse(font.data(), font.index()).expect("a font file");
            let advance = face.glyph_hor_advance(face.glyph_index(c).expect("a glyph")).expect("an advance");
            f64::from(advance) / f64::from(face.units_per_em())
        };
        for c in ['i', 'M', '0', '→', '─'] {
            assert!((width("Inconsolata", c) * 2.0 - width("Noto Sans SC", '汉')).abs() < 1e-9, "{c}");
        }
    }

    #[test]
    fn the_fonts_are_those_of_the_checksums() {
        let families: Vec<_> = Fonts::linked().faces.iter().map(|face| face.info().family.clone()).collect();
        for family in ["Noto Sans SC", "Inconsolata", MATHS] {
            assert!(families.iter().any(|found| found == family), "{family} in {families:?}");
        }
    }
}
