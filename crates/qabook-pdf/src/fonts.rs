//! The fonts linked into the program; none is read from the system, so that a PDF is the same wherever it is made.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The family of the text face.
pub const TEXT_FACE: &str = "Noto Sans SC";

/// Its files, of `pdf/fonts/`.
const TEXT: [&[u8]; 2] =
    [include_bytes!("../fonts/NotoSansSC-Regular.ttf"), include_bytes!("../fonts/NotoSansSC-Bold.ttf")];
/// The face of code, exactly half as wide as a 汉字.
const CODE: [&[u8]; 2] =
    [include_bytes!("../fonts/Inconsolata-Regular.ttf"), include_bytes!("../fonts/Inconsolata-Bold.ttf")];
/// What formulas are set in: of the fonts that come with Typst only this one.
const MATHS: &str = "New Computer Modern Math";

/// The fonts and their index, made once.
#[derive(Debug)]
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    faces: Vec<Font>,
}

impl Fonts {
    /// The linked fonts.
    pub(crate) fn linked() -> Arc<Self> {
        static LINKED: OnceLock<Arc<Fonts>> = OnceLock::new();
        LINKED.get_or_init(|| Arc::new(Self::read())).clone()
    }

    fn read() -> Self {
        let ours = TEXT.into_iter().chain(CODE).flat_map(|data| Font::iter(Bytes::new(data)));
        let maths = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
        let faces: Vec<Font> = ours.chain(maths.filter(|font| font.info().family == MATHS)).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    }

    /// The face of `index` in the book.
    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// Whether the text face can show `c`.
    fn shows(&self, c: char) -> bool {
        // Line ends and the like have no glyph and need none.
        c.is_control() || self.faces.iter().take(TEXT.len()).all(|face| face.info().coverage.contains(u32::from(c)))
    }
}

/// The characters of `text` that the text face hasn't got, each with how often it occurs.
///
/// The face of code needs no check of its own: what it lacks, such as 汉字, is set in the text face.
#[must_use]
pub fn missing_characters(text: &str) -> BTreeMap<char, usize> {
    let fonts = Fonts::linked();
    let mut missing = BTreeMap::new();
    for c in text.chars().filter(|&c| !fonts.shows(c)) {
        *missing.entry(c).or_default() += 1;
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_list_is_in_both_weights() {
        let listed = include_str!("../fonts/characters.txt");
        assert!(listed.chars().count() > 8000);
        assert_eq!(missing_characters(listed), BTreeMap::new());
    }

    #[test]
    fn a_character_that_no_font_has_is_named() {
        assert_eq!(missing_characters("好🦀好🦀龘"), BTreeMap::from([('🦀', 2), ('龘', 1)]));
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
