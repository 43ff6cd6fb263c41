//! The web app manifest, by which a browser installs the book (<https://www.w3.org/TR/appmanifest/>).
//!
//! Its icons are the PNG files in `theme/icons/`: one whose name holds `maskable` may be cut to any shape, one whose name
//! holds `apple-touch` is for iOS, which doesn't read the manifest. A book without any gets drawings: its `favicon.svg`, or
//! the first letter of its title.

use anyhow::{Context, Result};
use mdbook_driver::config::{Config, TextDirection};
use qabook_support::{Diagnostics, Rule};
use serde::Serialize;
use std::fs;
use std::path::Path;

use super::files::files_below;
use super::icons::{self, Shape};

/// The manifest's file.
pub(super) const FILE: &str = "manifest.webmanifest";

/// The icons' folder, in the theme and in the site.
const ICONS: &str = "icons";

/// The icons that are drawn for a book without any.
const DRAWN: [&str; 2] = ["icon.svg", "icon-maskable.svg"];

/// An icon that can't be read or isn't a square PNG image.
const ICON: Rule = Rule::error("icon");

#[derive(Debug, Serialize)]
struct Manifest<'a> {
    name: &'a str,
    description: &'a str,
    lang: &'a str,
    dir: &'static str,
    /// Relative to the manifest, so that a sub-path needs no setting.
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    /// Behind the icon while the book starts: the background of mdBook's light theme.
    background_color: &'static str,
    icons: Vec<Icon>,
}

#[derive(Debug, Serialize)]
struct Icon {
    src: String,
    sizes: String,
    r#type: &'static str,
    purpose: &'static str,
}

/// Writes the manifest and its icons into `site`, and returns the file of the icon for iOS.
/// Errors: Every icon that can't be read or isn't a square PNG image; a file that can't be written.
pub(super) fn write(root: &Path, config: &Config, site: &Path) -> Result<Option<String>> {
    let html = config.html_config().unwrap_or_default();
    let theme = html.theme_dir(root);
    let (mut icons, apple) = copy_icons(&theme.join(ICONS), site)?;
    if icons.is_empty() {
        icons = draw_icons(root, config, &theme, site)?;
    }
    let manifest = Manifest {
        name: config.book.title.as_deref().unwrap_or_default(),
        description: config.book.description.as_deref().unwrap_or_default(),
        lang: config.book.language.as_deref().unwrap_or_default(),
        dir: match config.book.realized_text_direction() {
            TextDirection::RightToLeft => "rtl",
            _ => "ltr",
        },
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: "#ffffff",
        icons,
    };
    let json = serde_json::to_string_pretty(&manifest)? + "\n";
    fs::write(site.join(FILE), json).context(FILE)?;
    Ok(apple)
}

/// Whether the file `name` of the site is one of the icons of a book whose theme is in the folder `theme`.
pub(super) fn makes_icon(theme: &Path, name: &str) -> bool {
    let icon = name.strip_prefix(ICONS).and_then(|name| name.strip_prefix('/'));
    icon.is_some_and(|icon| DRAWN.contains(&icon) || theme.join(ICONS).join(icon).is_file())
}

/// The icons for the manifest, and the file of the one for iOS.
fn copy_icons(from: &Path, site: &Path) -> Result<(Vec<Icon>, Option<String>)> {
    let (mut icons, mut apple) = (Vec::new(), None);
    if !from.is_dir() {
        return Ok((icons, apple));
    }
    let files = files_below(from, "png")?;
    let to = site.join(ICONS);
    fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
    let mut problems = Diagnostics::default();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match read(&file) {
            Err(message) => {
                let hint = "make it again from its SVG (theme/icons/README.md says how), or delete it";
                problems.push(ICON.broken(message, hint).in_file(file));
            }
            Ok((bytes, width)) => {
                fs::write(to.join(&name), bytes).with_context(|| format!("{ICONS}/{name}"))?;
                let src = format!("{ICONS}/{name}");
                if name.contains("apple-touch") {
                    apple = Some(src);
                } else {
                    let purpose = if name.contains("maskable") { "maskable" } else { "any" };
                    icons.push(Icon { src, sizes: format!("{width}x{width}"), r#type: "image/png", purpose });
                }
            }
        }
    }
    Ok(problems.into_result((icons, apple))?)
}

/// Drawings in the place of icons.
fn draw_icons(root: &Path, config: &Config, theme: &Path, site: &Path) -> Result<Vec<Icon>> {
    let own = theme.join("favicon.svg");
    let drawn = if own.is_file() {
        vec![("any", DRAWN[0], fs::read_to_string(&own).with_context(|| own.display().to_string())?)]
    } else {
        vec![
            ("any", DRAWN[0], icons::from_title(root, config, Shape::Round)?),
            ("maskable", DRAWN[1], icons::from_title(root, config, Shape::Full)?),
        ]
    };
    let to = site.join(ICONS);
    fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
    let put = |(purpose, name, svg): (_, &str, String)| {
        let src = format!("{ICONS}/{name}");
        fs::write(site.join(&src), svg).with_context(|| src.clone())?;
        Ok(Icon { src, sizes: "any".into(), r#type: "image/svg+xml", purpose })
    };
    drawn.into_iter().map(put).collect()
}

/// An icon's bytes and its width in pixels.
fn read(file: &Path) -> Result<(Vec<u8>, u32), String> {
    let bytes = fs::read(file).map_err(|error| format!("the icon can't be read: {error}"))?;
    let width = width_of(&bytes)?;
    Ok((bytes, width))
}

/// The width of a square PNG image, in pixels; what it is instead otherwise.
fn width_of(bytes: &[u8]) -> Result<u32, String> {
    // <https://www.w3.org/TR/png-3/#5PNG-file-signature>; IHDR is always the first chunk, IEND the last.
    const START: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    const END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    match (bytes.starts_with(START), number(16), number(20)) {
        (true, Some(width), Some(height)) if bytes.ends_with(END) => {
            let square = width == height && width > 0;
            if square { Ok(width) } else { Err(format!("the icon is {width} × {height} pixels, not a square")) }
        }
        (true, ..) => Err("the icon is cut off".into()),
        _ => Err("the icon is not a PNG image".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &sizes[..], b"\x08\x06\0\0\0....", b"\0\0\0\0IEND\xaeB`\x82"].concat()
    }

    #[test]
    fn the_size_is_read_from_the_image() {
        assert_eq!(width_of(&png(192, 192)), Ok(192));
    }

    #[test]
    fn what_is_no_icon_is_told_apart() {
        assert_eq!(width_of(b"<svg/>").unwrap_err(), "the icon is not a PNG image");
        assert_eq!(width_of(b"").unwrap_err(), "the icon is not a PNG image");
        assert_eq!(width_of(&png(2, 3)).unwrap_err(), "the icon is 2 × 3 pixels, not a square");
        assert_eq!(width_of(&png(8, 8)[..40]).unwrap_err(), "the icon is cut off");
    }
}
