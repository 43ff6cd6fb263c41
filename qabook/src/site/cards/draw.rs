//! Cards as PNG: a Tera template of SVG, drawn by resvg with the fonts that the template names and no others.

use anyhow::{Context, Result};
use regex::Regex;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use support::{Diagnostic, Diagnostics, Templates};
use ttf_parser::Face;

use super::lines::{self, Fitted, Room};
use super::{HEIGHT, WIDTH, file_of};
use crate::site::model::{Kind, Model, Page};

const TEMPLATE: &str = "card.svg";
const DEFAULT: &str = include_str!("../templates/card.svg");

/// Where the template puts the page's title: it must agree with it.
const TITLE: Room = Room { width: 1040.0, height: 330.0, sizes: (88.0, 44.0), leading: 1.36 };

/// `@font-face { src: url(FILE) }`, the file relative to book.toml.
static FONT_FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"src:\s*url\(\s*["']?([^"')]+?)["']?\s*\)"#).expect("a valid pattern"));

/// What the template sees.
#[derive(Serialize)]
struct Card<'a> {
    width: u32,
    height: u32,
    /// Above the title: the question's number and part; empty on other pages.
    label: String,
    /// The title's lines with the baseline of each.
    lines: Vec<Line>,
    /// The title's font size.
    size: f64,
    site: &'a str,
    /// What the book is, where it fits beside its title.
    description: &'a str,
}

#[derive(Serialize)]
struct Line {
    text: String,
    y: f64,
}

/// Whether the book has a template of its own, or the fonts of the built-in one.
pub(super) fn has_fonts(root: &Path, theme: &Path) -> bool {
    theme.join("templates").join(TEMPLATE).exists() || font_files(DEFAULT).all(|file| root.join(file).is_file())
}

/// The font files that a template names.
fn font_files(template: &str) -> impl Iterator<Item = String> {
    FONT_FILE.captures_iter(template).map(|captures| captures[1].to_string())
}

/// Draws the card of every page into `site`.
///
/// # Errors
/// What is wrong with the template or its fonts, a character that they lack, or a file that can't be written.
pub(in crate::site) fn write(root: &Path, theme: &Path, model: &Model<'_>, site: &Path) -> Result<()> {
    use rayon::prelude::*;
    let templates = Templates::load(&theme.join("templates"), &[(TEMPLATE, DEFAULT)])?;
    let fonts = Fonts::load(root, &theme.join("templates").join(TEMPLATE))?;
    let problems: Vec<Option<Diagnostic>> = model
        .pages
        .par_iter()
        .map(|page| {
            let file = site.join(file_of(page));
            let svg = templates.render(TEMPLATE, &card(model, page, &fonts))?;
            if let Some(problem) = fonts.missing(&svg, page) {
                return Ok(Some(problem));
            }
            let png = draw(&svg, &fonts).with_context(|| format!("the card of {}", page.file))?;
            fs::create_dir_all(file.parent().unwrap_or(site))?;
            fs::write(&file, png).with_context(|| file.display().to_string())?;
            Ok(None)
        })
        .collect::<Result<_>>()?;
    let mut found = Diagnostics::default();
    found.extend(problems.into_iter().flatten());
    Ok(found.into_result(())?)
}

fn card<'a>(model: &'a Model<'_>, page: &Page<'_>, fonts: &Fonts) -> Card<'a> {
    let advance = fonts.advances();
    let width = |text: &str| text.chars().map(&advance).sum::<f64>();
    let part = page.part.as_ref().map(|part| part.title.as_str());
    let (label, asked) = match page.kind {
        Kind::Question(entry) => {
            let number = format!("第 {} 题", entry.question.label());
            (part.map_or(number.clone(), |part| format!("{number} · {part}")), entry.question.question.as_str())
        }
        // Its title stands below, as on every card.
        Kind::Home => (String::new(), model.description.as_str()),
        Kind::Part | Kind::Other | Kind::Collected => (String::new(), page.name.as_str()),
    };
    // A question may be a whole exercise; its title is short.
    let fitted = lines::fit(asked, TITLE, &advance)
        .or_else(|| lines::fit(&page.name, TITLE, &advance))
        .unwrap_or_else(|| Fitted { size: TITLE.sizes.1, lines: vec![model.title.clone()] });
    let step = fitted.size * TITLE.leading;
    let baseline = |index: u32| (f64::from(index) * step + fitted.size * 0.88).round();
    Card {
        width: WIDTH,
        height: HEIGHT,
        label,
        lines: (0..).zip(fitted.lines).map(|(index, text)| Line { text, y: baseline(index) }).collect(),
        size: fitted.size,
        site: &model.title,
        description: if !matches!(page.kind, Kind::Home)
            && width(&model.description) * 27.0 + width(&model.title) * 38.0 < 1000.0
        {
            &model.description
        } else {
            ""
        },
    }
}

fn draw(svg: &str, fonts: &Fonts) -> Result<Vec<u8>> {
    let options = Options { fontdb: Arc::clone(&fonts.database), ..Options::default() };
    let tree = Tree::from_str(svg, &options).context(TEMPLATE)?;
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).context("no memory for a picture")?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap.encode_png()?)
}

/// The fonts that the template names.
struct Fonts {
    database: Arc<Database>,
    /// In the order of the template; the first is the one that titles are measured with.
    files: Vec<Vec<u8>>,
    template: PathBuf,
}

impl Fonts {
    fn load(root: &Path, template: &Path) -> Result<Self, Diagnostics> {
        let text = fs::read_to_string(template).unwrap_or_else(|_| DEFAULT.to_string());
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
                    or build without the feature og-images";
        Diagnostic::new(self.template.clone(), None, message, hint)
    }

    fn faces(&self) -> impl Iterator<Item = Face<'_>> {
        self.files.iter().filter_map(|bytes| Face::parse(bytes, 0).ok())
    }

    /// The width of a character by font size, in the first font.
    fn advances(&self) -> impl Fn(char) -> f64 {
        let face = self.faces().next();
        move |c| {
            let Some(face) = &face else { return 1.0 };
            let width = face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
            width.map_or(1.0, |width| f64::from(width) / f64::from(face.units_per_em()))
        }
    }

    /// The characters between tags of `svg` that a font lacks.
    fn missing(&self, svg: &str, page: &Page<'_>) -> Option<Diagnostic> {
        let texts = svg.split('>').filter_map(|piece| piece.split('<').next());
        let faces: Vec<_> = self.faces().collect();
        let lacks = |c: &char| !c.is_control() && faces.iter().any(|face| face.glyph_index(*c).is_none());
        let missing: BTreeSet<char> = texts.flat_map(str::chars).filter(lacks).collect();
        let list = missing.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect::<Vec<_>>().join(", ");
        (!missing.is_empty()).then(|| self.problem(format!("for {}, its fonts lack {list}", page.file)))
    }
}
