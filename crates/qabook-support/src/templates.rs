//! Tera templates with embedded defaults.

use mdbook_preprocessor::config::Config;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tera::{Context, ErrorKind, Tera};

use crate::{Diagnostic, Diagnostics, Rule};

/// A template that can't be read or rendered.
pub const TEMPLATE: Rule = Rule::error("template");

/// A set of templates: embedded defaults, each replaced by the file of the same name under `theme/templates/`.
///
/// Every value is escaped by [`escape_html`] unless the template says `| safe`.
#[derive(Clone)]
pub struct Templates {
    tera: Tera,
    folder: PathBuf,
    /// By their names.
    texts: BTreeMap<String, String>,
}

/// Shows all that rendering depends on besides the model and the program: kept pages go by it.
impl Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("folder", &self.folder).field("texts", &self.texts).finish_non_exhaustive()
    }
}

impl Templates {
    /// Loads `defaults` (file name, text), preferring the files in `folder` (which need not exist).
    ///
    /// # Errors
    /// A file that can't be read or isn't a valid template, with its line.
    pub fn load(folder: &Path, defaults: &[(&str, &str)]) -> Result<Self, Diagnostics> {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xhtml", ".xml", ".opf", ".ncx", ".svg"]);
        tera.set_escape_fn(escape_html);
        let mut templates = Self { tera, folder: folder.to_path_buf(), texts: BTreeMap::new() };
        let mut problems = Diagnostics::default();
        for (name, default) in defaults {
            if let Err(problem) = templates.add(name, default) {
                problems.push(problem);
            }
        }
        problems.into_result(templates)
    }

    /// Loads `defaults`, preferring the files in the theme of the book in `root`; see [`Templates::load`].
    ///
    /// # Errors
    /// Those of [`Templates::load`].
    pub fn of_book(root: &Path, config: &Config, defaults: &[(&str, &str)]) -> Result<Self, Diagnostics> {
        let theme = config.html_config().unwrap_or_default().theme_dir(root);
        Self::load(&theme.join("templates"), defaults)
    }

    fn add(&mut self, name: &str, default: &str) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            // Where the theme itself is no folder, the build says so.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                default.to_string()
            }
            Err(error) => {
                let hint = "save it as UTF-8 text, or delete it: the built-in template is used then";
                return Err(TEMPLATE.broken(format!("the template can't be read: {error}"), hint).in_file(path));
            }
        };
        self.tera.add_raw_template(name, &text).map_err(|error| self.problem(name, &error))?;
        self.texts.insert(name.to_string(), text);
        Ok(())
    }

    /// Renders template `name` with the fields of `model`.
    ///
    /// # Errors
    /// What Tera reports, such as a variable that doesn't exist, with the template's line.
    pub fn render(&self, name: &str, model: &impl Serialize) -> Result<String, Diagnostics> {
        let fail = |error: &tera::Error| Diagnostics::from(self.problem(name, error));
        let context = Context::from_serialize(model).map_err(|error| fail(&error))?;
        self.tera.render(name, &context).map_err(|error| fail(&error))
    }

    fn problem(&self, name: &str, error: &tera::Error) -> Diagnostic {
        let (line, message) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (Some(report.span().start_line), report.message().to_string())
            }
            other => (None, other.to_string()),
        };
        let hint = "fix the template, or delete it: the built-in one is used then";
        TEMPLATE.broken(format!("template error: {message}"), hint).in_file(self.folder.join(name)).on_line(line)
    }
}

/// Escapes text for HTML that will pass through other preprocessors.
///
/// Beyond HTML's own five characters, everything that Markdown, mdbook-katex (`$`), mdBook's links (`{{`) or another
/// preprocessor would act upon becomes a character reference, and a line break becomes `&#10;`, so that the HTML can be
/// written on one line.
///
/// # Errors
/// Only what `out` returns.
pub fn escape_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut written = 0;
    for (index, byte) in text.bytes().enumerate() {
        let entity: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            b'\n' => b"&#10;",
            b'\r' => b"&#13;",
            b'$' => b"&#36;",
            b'`' => b"&#96;",
            b'\\' => b"&#92;",
            b'{' => b"&#123;",
            b'}' => b"&#125;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[written..index])?;
        out.write_all(entity)?;
        written = index + 1;
    }
    out.write_all(&text.as_bytes()[written..])
}

/// `value` for an HTML attribute between double quotes; see [`escape_html`].
#[must_use]
pub fn escape_attribute(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    // Writing to a Vec can't fail, and the escapes are ASCII between characters of `value`.
    let _ = escape_html(value, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Model {
        name: &'static str,
    }

    fn shown(result: Result<impl Sized, Diagnostics>) -> String {
        result.err().expect("an error").to_string()
    }

    #[test]
    fn values_are_escaped_for_every_later_step() {
        let templates = Templates::load(Path::new("none"), &[("a.html", "<b>{{ name }}</b>")]).unwrap();
        let html = templates.render("a.html", &Model { name: "<a $x$ `\\{{#include}}\n>" }).unwrap();
        assert_eq!(html, "<b>&lt;a &#36;x&#36; &#96;&#92;&#123;&#123;#include&#125;&#125;&#10;&gt;</b>");
    }

    #[test]
    fn a_file_in_the_theme_wins() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.html"), "mine: {{ name }}").unwrap();
        let templates = Templates::load(folder.path(), &[("a.html", "default")]).unwrap();
        assert_eq!(templates.render("a.html", &Model { name: "x" }).unwrap(), "mine: x");
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.html"), "one\n{% if %}\n").unwrap();
        let message = shown(Templates::load(folder.path(), &[("a.html", "")]));
        assert!(message.contains("a.html:2: template error"), "{message}");
    }

    #[test]
    fn an_unknown_variable_is_named_with_its_line() {
        let templates = Templates::load(Path::new("theme"), &[("a.html", "\n\n{{ nobody.knows }}")]).unwrap();
        let message = shown(templates.render("a.html", &Model { name: "" }));
        assert!(message.starts_with("theme/a.html:3: template error"), "{message}");
    }

    #[test]
    fn a_template_that_is_not_utf8_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.html"), b"\xff\xfe").unwrap();
        let message = shown(Templates::load(folder.path(), &[("a.html", "")]));
        assert!(message.contains("a.html: the template can't be read"), "{message}");
        assert!(message.contains("hint: save it as UTF-8"), "{message}");
    }
}
