//! Every file that a book's theme may have in the place of an embedded one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::epub::templates as epub;
use crate::site;

/// The folder of templates, below the theme's.
const TEMPLATES: &str = "templates";

/// What each file holds, by its path below the theme's folder.
pub(crate) type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// All of them: those of the theme, the templates of everything that has some, and the
/// style sheet of the EPUB.
pub(crate) fn all() -> Files {
    let embedded = qabook_theme::files().filter_map(|path| Some((path.to_string(), qabook_theme::file(path)?)));
    let preprocessors = [
        mdbook_snippets::TEMPLATES,
        mdbook_mermaid_svg::TEMPLATES,
        mdbook_questions::TEMPLATES,
        mdbook_chinese::TEMPLATES,
        &epub::TEMPLATES,
    ];
    let templates = preprocessors.into_iter().chain(site::TEMPLATES).flatten();
    let templates = templates.map(|(name, text)| (format!("{TEMPLATES}/{name}"), Cow::Borrowed(text.as_bytes())));
    let style = (epub::STYLE.0.to_string(), Cow::Borrowed(epub::STYLE.1.as_bytes()));
    embedded.chain(templates).chain([style]).collect()
}
