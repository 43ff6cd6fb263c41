//! The fonts: those linked into the program, and those of the book. None is read from the system, so that a PDF is the same
//! wherever it is made.

use qabook_document::DOCUMENT;
use qabook_support::{Diagnostics, shown};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use ttf_parser::name::Name;
use ttf_parser::{Face, name_id};

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
/// What formulas are set in: of the fonts that come with Typst only those whose PostScript names begin so. Typst calls them New
/// Computer Modern Math.
const MATHS: &str = "NewCMMath-";

/// The content of a font's file.
pub(crate) type FontFile = Cow<'static, [u8]>;

/// The fonts that a book is set in.
#[derive(Debug)]
pub struct Fonts {
    /// Their files: those of [`TEXT_FACE`], of code, of formulas, of the book.
    pub(crate) files: Vec<FontFile>,
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

    /// The linked fonts, and behind them those in [`FOLDER`] of the book in `root`, by name. Of several
    /// that have a character Typst takes the one most like the text's.
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
                    if faces(&data).next().is_none() {
                        problems.push(wrong("this is no font".into(), "fonts end in .ttf, .otf or .ttc; take it away"));
                    }
                    own.push(data);
                }
                Err(error) => problems.push(wrong(format!("it can't be read: {error}"), "see that it can be read")),
            }
        }
        problems.into_result(())?;
        Ok(if own.is_empty() { Self::linked() } else { Arc::new(Self::with(own)) })
    }

    fn with(own: Vec<Vec<u8>>) -> Self {
        let weights = TEXT.iter().map(|data| characters(data));
        let mut shown = weights.reduce(|one, other| &one & &other).unwrap_or_default();
        shown.extend(own.iter().flat_map(|data| characters(data)));
        let is_maths = |face: Face<'_>| names(&face, name_id::POST_SCRIPT_NAME).any(|name| name.starts_with(MATHS));
        let maths = typst_assets::fonts().filter(|data| faces(data).any(is_maths));
        let linked = TEXT.into_iter().chain(CODE).chain(maths).map(Cow::Borrowed);
        Self { files: linked.chain(own.into_iter().map(Cow::Owned)).collect(), shown }
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

/// The faces in the file of a font; none if it is no font. Typst takes none without the name of its family.
fn faces(data: &[u8]) -> impl Iterator<Item = Face<'_>> {
    let all = (0..ttf_parser::fonts_in_collection(data).unwrap_or(1)).filter_map(|index| Face::parse(data, index).ok());
    all.filter(|face| names(face, name_id::FAMILY).next().is_some())
}

/// The names of this kind that a face has.
fn names(face: &Face<'_>, kind: u16) -> impl Iterator<Item = String> {
    let names = face.names().into_iter().filter(|name| name.name_id == kind);
    // Old ones of the Mac aren't Unicode.
    let text = |name: Name<'_>| name.to_string().unwrap_or_else(|| String::from_utf8_lossy(name.name).into_owned());
    names.map(text).collect::<Vec<_>>().into_iter()
}

/// The code points for which the file of a font has glyphs.
fn characters(data: &[u8]) -> HashSet<u32> {
    let mut found = HashSet::new();
    for table in faces(data).filter_map(|face| face.tables().cmap).flat_map(|table| table.subtables) {
        if table.is_unicode() {
            table.codepoints(|c| {
                found.insert(c);
            });
        }
    }
    found
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
        assert_eq!(ours(root.path()).unwrap().files.len(), Fonts::linked().files.len());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(".DS_Store"), "").unwrap();
        let maths = typst_assets::fonts().find(|data| characters(data).contains(&u32::from('⌊')));
        fs::write(folder.join("maths.otf"), maths.unwrap()).unwrap();
        let fonts = ours(root.path()).unwrap();
        assert_eq!(Fonts::linked().missing("⌊x⌋"), BTreeMap::from([('⌊', 1), ('⌋', 1)]));
        assert_eq!(fonts.missing("⌊x⌋🦀"), BTreeMap::from([('🦀', 1)]));
        // Typst passes over a font without the name of its family.
        let nameless: Vec<u8> = {
            let mut data = TEXT[0].to_vec();
            let at = data.windows(4).position(|tag| tag == b"name").unwrap();
            data[at..at + 4].copy_from_slice(b"nome");
            data
        };
        assert_eq!(faces(&nameless).count(), 0);
        fs::write(folder.join("note.txt"), "no font").unwrap();
        let said = ours(root.path()).unwrap_err();
        assert!(said.contains("note.txt: this is no font"), "{said}");
    }

    /// Columns of code and 汉字 stay aligned only then.
    #[test]
    fn code_is_half_as_wide_as_hanzi() {
        let fonts = Fonts::linked();
        let width = |file: usize, c: char| {
            let face = faces(&fonts.files[file]).next().expect("a font file");
            let advance = face.glyph_hor_advance(face.glyph_index(c).expect("a glyph")).expect("an advance");
            f64::from(advance) / f64::from(face.units_per_em())
        };
        for c in ['i', 'M', '0', '→', '─'] {
            assert!((width(TEXT.len(), c) * 2.0 - width(0, '汉')).abs() < 1e-9, "{c}");
        }
    }
}
