//! Diagrams, images, figures.

use qabook_document::{Diagram, Figure, Image};

use super::writer::Writer;
use crate::literal::literal;
use crate::svg;

/// Formats that Typst can embed.
const FORMATS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "svg", "webp"];

impl Writer<'_> {
    /// The drawing of the page, as large as its letters need to be.
    pub(super) fn diagram(&mut self, diagram: &Diagram) {
        let title = self.text(&diagram.title);
        let width = match svg::width(&diagram.svg) {
            // The letters of a drawing have 16 px; in print they are as large as a caption.
            Some(pixels) => format!("{:.2}em", pixels / 16.0 * 0.8),
            None => "auto".into(),
        };
        self.check_svg(&diagram.svg);
        let path = self.add_file("svg", diagram.svg.clone().into_bytes());
        self.out.push_str(&format!("#picture(image({path}, alt: {title}), caption: {title}, width: {width})"));
    }

    /// An image on a line of its own.
    pub(super) fn image(&mut self, image: &Image) {
        let Some(path) = self.image_file(image) else { return };
        let alt = self.text(&image.alt);
        let caption = if image.title.is_empty() { "none".to_string() } else { self.text(&image.title) };
        if image.alt.is_empty() {
            // Without words it is an ornament, which a screen reader passes over.
            self.out.push_str(&format!("#pdf.artifact(align(center, image({path})))"));
        } else {
            self.out.push_str(&format!("#picture(image({path}, alt: {alt}), caption: {caption})"));
        }
    }

    pub(super) fn inline_image(&mut self, image: &Image) -> String {
        let Some(path) = self.image_file(image) else { return String::new() };
        let alt = self.text(&image.alt);
        if image.alt.is_empty() {
            format!("#pdf.artifact(box(image({path}, height: 1em)));")
        } else {
            format!("#box(image({path}, alt: {alt}, height: 1em));")
        }
    }

    pub(super) fn figure(&mut self, figure: &Figure) {
        if let Some(id) = &figure.id {
            self.out.push_str(&format!("#anchor({})\n", self.label(id)));
        }
        self.blocks(&figure.blocks);
        if !figure.caption.is_empty() {
            let caption = self.inlines_code(&figure.caption);
            self.out.push_str(&format!("#caption[{caption}]"));
        }
    }

    /// Reads the file of `image`; what can't be read is noted.
    fn image_file(&mut self, image: &Image) -> Option<String> {
        self.mark(image.line);
        let extension = image.file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let Some(format) = extension.filter(|extension| FORMATS.contains(&extension.as_str())) else {
            self.problem(
                format!("{} is in a format that a PDF can't hold", image.path),
                format!("save it as one of: {}", FORMATS.join(", ")),
            );
            return None;
        };
        match std::fs::read(&image.file) {
            Ok(data) => {
                if format == "svg" {
                    self.check_svg(&String::from_utf8_lossy(&data));
                }
                Some(self.add_file(&format, data))
            }
            Err(error) => {
                self.problem(format!("{} can't be read: {error}", image.path), "check the file's name and permissions");
                None
            }
        }
    }

    /// Notes letters of a drawing that no font has.
    fn check_svg(&mut self, svg: &str) {
        for text in svg::texts(svg) {
            let _ = self.text(&text);
        }
    }

    /// Adds a file of the chapter to Typst's world; its path as a literal.
    fn add_file(&mut self, extension: &str, data: Vec<u8>) -> String {
        let path = format!("/images/{}-{}.{extension}", self.index, self.files.len());
        self.files.push((path.clone(), data));
        literal(&path)
    }
}
