//! Pictures: SVG drawn by resvg as PNG, with the fonts that a template names and no others.

use anyhow::{Context, Result};
use qabook_support::{Diagnostic, Diagnostics, Rule};
use regex::Regex;
use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use ttf_parser::Face;

/// `@font-face { src: url(FILE) }`, the file relative to book.toml.
static FONT_FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"src:\s*url\(\s*["']?([^"')]+?)["']?\s*\)"#).expect("a valid pattern"));

/// The fonts that a template names can't be used, or lack a character.
const FONTS: Rule = Rule::error("fonts");

/// The font files that a template names.
pub fn font_files(template: &str) -> impl Iterator<Item = String> {
    FONT_FILE.captures_iter(template).map(|captures| captures[1].to_string())
}

/// `svg` as a PNG of `width` × `height` pixels.
///
/// # Errors
/// No SVG, or no memory for the picture.
pub fn png(svg: &str, fonts: &Fonts, (width, height): (u32, u32)) -> Result<Vec<u8>> {
    let options = Options { fontdb: Arc::clone(&fonts.database), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let mut pixmap = Pixmap::new(width, height).context("no memory for a picture")?;
    let wanted = IntSize::from_wh(width, height).context("a picture of no size")?.to_size();
    let transform = Transform::from_scale(wanted.width() / tree.size().width(), wanted.height() / tree.size().height());
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap.encode_png()?)
}

/// The fonts that a template names.
pub struct Fonts {
    database: Arc<Database>,
    /// In the order of the template; the first is the one that titles are measured with.
    files: Vec<Vec<u8>>,
    template: PathBuf,
}

impl Fonts {
    /// The fonts that `template` names, or `default` where there is no such file; `root` is the folder of book.toml.
    ///
    /// # Errors
    /// A file that can't be read or is no font; a template that names none.
    pub fn load(root: &Path, template: &Path, default: &str) -> Result<Self, Diagnostics> {
        let text = fs::read_to_string(template).unwrap_or_else(|_| default.to_string());
        let mut fonts = Self { database: Arc::default(), files: Vec::new(), template: template.to_path_buf() };
        let mut problems = Diagnostics::default();
        let mut database = Database::new();
        for file in font_files(&text) {
            match fs::read(root.join(&file)) {
                Ok(bytes) if Face::parse(&bytes, 0).is_ok() => {
                    database.load_font_data(bytes.clone());
                    fonts.files.push(bytes);
                }
                Ok(_) => problems.push(fonts.problem(format!("{file} is not a font"))),
                Err(error) => problems.push(fonts.problem(format!("the font {file} can't be read: {error}"))),
            }
        }
        if fonts.files.is_empty() {
            problems.push(fonts.problem("it names no font that can be used".into()));
        }
        // usvg knows a font by the name in its file and draws nothing in one that it doesn't know: then it is the first.
        let first = database.faces().next().and_then(|face| face.families.first().cloned());
        if let Some((family, _)) = first {
            database.set_serif_family(family);
        }
        fonts.database = Arc::new(database);
        problems.into_result(fonts)
    }

    fn problem(&self, message: String) -> Diagnostic {
        let hint = "name a TrueType file, relative to book.toml, in an @font-face rule of the template, \
                    or build without the feature share-images";
        FONTS.broken(message, hint).in_file(&self.template)
    }

    fn faces(&self) -> impl Iterator<Item = Face<'_>> {
        self.files.iter().filter_map(|bytes| Face::parse(bytes, 0).ok())
    }

    /// The width of a character by font size, in the first font.
    pub fn advances(&self) -> impl Fn(char) -> f64 {
        let face = self.faces().next();
        move |c| {
            let Some(face) = &face else { return 1.0 };
            let width = face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
            width.map_or(1.0, |width| f64::from(width) / f64::from(face.units_per_em()))
        }
    }

    /// The characters between tags of `svg` that a font lacks; `of` is what the picture is for.
    #[must_use]
    pub fn missing(&self, svg: &str, of: &str) -> Option<Diagnostic> {
        let texts = svg.split('>').filter_map(|piece| piece.split('<').next());
        let faces: Vec<_> = self.faces().collect();
        let lacks = |c: &char| !c.is_control() && faces.iter().any(|face| face.glyph_index(*c).is_none());
        let missing: BTreeSet<char> = texts.flat_map(str::chars).filter(lacks).collect();
        let list = missing.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect::<Vec<_>>().join(", ");
        (!missing.is_empty()).then(|| self.problem(format!("for {of}, its fonts lack {list}")))
    }
}
