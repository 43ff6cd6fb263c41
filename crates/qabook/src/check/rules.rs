//! What is checked: a [`Rule`] each, with one line that says what it finds.

use qabook_document::Failures;
use qabook_support::{Diagnostic, Rule, SettingsText, nearest, shown};
use std::fs;
use std::path::Path;

use crate::exemptions::{self, Settings};

/// Declares the rules and lists them, with the first line of their documentation, in [`ALL`].
macro_rules! rules {
    ($(#[doc = $doc:literal] $name:ident = $severity:ident($id:literal);)+) => {
        $(#[doc = $doc] pub const $name: Rule = Rule::$severity($id);)+

        /// All rules with what they find. Where two break at one place, reports show them in this order.
        pub const ALL: &[(Rule, &str)] = &[$(($name, $doc)),+];
    };
}

rules! {
    /// A file that can't be read, a chapter that doesn't exist, a broken include.
    SOURCE = error("source");
    /// Front matter that is missing, malformed, incomplete or out of range.
    FRONT_MATTER = error("front-matter");
    /// `verified` lies in the future.
    VERIFIED_IN_FUTURE = error("verified-in-future");
    /// A Python example without a replacement, an unknown snippet or attribute, a program without caption or output.
    SNIPPET = error("snippet");
    /// A program that no chapter shows; a warning where Python may stay.
    UNUSED_SNIPPET = error("unused-snippet");
    /// A program whose recording is not in `recorded.toml`.
    UNRECORDED_SNIPPET = error("unrecorded-snippet");
    /// Chinese text whose meaning is open, such as emphasis that never ends.
    CHINESE = error("chinese");
    /// mdBook's smart punctuation is on, which turns Chinese quotes around.
    SMART_PUNCTUATION = error("smart-punctuation");
    /// A mermaid diagram without a title, or one that can't be drawn.
    DIAGRAM = error("diagram");
    /// A `{{#questions}}` directive or one of its kin that is misspelt, has arguments or is inside other text.
    DIRECTIVE = error("directive");
    /// A question whose chapter has no title.
    QUESTION_TITLE = error("question-title");
    /// A formula that KaTeX refuses.
    FORMULA = error("formula");
    /// A template that can't be read or rendered.
    TEMPLATE = error("template");
    /// A file of the theme, or one that pages are to load, that can't be used.
    THEME = error("theme");
    /// Fonts of a picture's template that can't be used, or that lack a character.
    FONTS = error("fonts");
    /// A file of words that can't be read, or that doesn't fit the English one.
    WORDS = error("words");
    /// Words of the tool that the book's language lacks: they are said in English.
    MISSING_WORDS = warning("missing-words");
    /// `output.html.site-url` is no address.
    SITE_URL = error("site-url");
    /// An icon of the web app that can't be read or isn't a square PNG image.
    ICON = error("icon");
    /// A Python example that is kept until its program is written.
    WAITS_FOR_PROGRAM = note("waits-for-program");
    /// A page or file that is made in the place of one of the sources.
    MADE_PAGE = error("made-page");
    /// Front matter, a directive, a diagram or a formula that no preprocessor took.
    LEFTOVER = error("leftover");
    /// Text of a chapter that its page lacks.
    LOST_TEXT = error("lost-text");
    /// What else stops the build.
    BUILD = error("build");
    /// A page without H1, or with a second one.
    ONE_H1 = error("one-h1");
    /// A heading more than one level below the one before.
    HEADING_ORDER = error("heading-order");
    /// An image without alternative text.
    IMAGE_ALT = error("image-alt");
    /// A URL in the text that is not a link.
    BARE_URL = error("bare-url");
    /// `TODO` or `FIXME` outside code.
    TODO = error("todo");
    /// Spacing or punctuation against the rules of `autocorrect`.
    SPACING = error("spacing");
    /// A link to a file that the site doesn't have.
    BROKEN_LINK = error("broken-link");
    /// A link to an id that its page doesn't have.
    BROKEN_FRAGMENT = error("broken-fragment");
    /// An id that is twice on a page.
    DUPLICATE_ID = error("duplicate-id");
    /// An empty id.
    EMPTY_ID = error("empty-id");
    /// `**`, `~~`, `$$` or `{{` in the text of a page.
    LITERAL_MARK = error("literal-mark");
    /// A line break between 汉字, which browsers draw as a space.
    LINE_BREAK_SPACE = error("line-break-space");
    /// Chinese quotes that open twice or close unopened.
    QUOTES = error("quotes");
    /// An English alert title on a Chinese page.
    ALERT_TITLE = error("alert-title");
    /// A page without title.
    PAGE_TITLE = error("page-title");
    /// A page without description.
    PAGE_DESCRIPTION = error("page-description");
    /// A page without language.
    PAGE_LANG = error("page-lang");
    /// Something that the browser fetches from another host by itself.
    OTHER_HOST = error("other-host");
    /// A file over 300 KB.
    LARGE_FILE = error("large-file");
    /// A published page or id that is gone without a redirect.
    GONE_PUBLISHED = error("gone-published");
    /// A list of published pages with no chapter of this site.
    OTHER_PUBLISHED = warning("other-published");
    /// Pages or ids that are not in the list of published ones yet.
    UNPUBLISHED = warning("unpublished");
    /// An exemption in `check.toml` that matches nothing.
    UNUSED_EXEMPTION = warning("unused-exemption");
    /// An external link that leads nowhere.
    DEAD_LINK = error("dead-link");
    /// An external link whose page has moved for good.
    MOVED_LINK = warning("moved-link");
    /// An external link whose host refuses programs.
    REFUSED_LINK = warning("refused-link");
}

/// House rules: how a page is best written, which books may see otherwise. `[rules]` in check.toml sets them, see [`super::levels`].
const HOUSE: [Rule; 13] = [
    ONE_H1,
    HEADING_ORDER,
    IMAGE_ALT,
    BARE_URL,
    TODO,
    SPACING,
    LITERAL_MARK,
    LINE_BREAK_SPACE,
    QUOTES,
    ALERT_TITLE,
    PAGE_DESCRIPTION,
    LARGE_FILE,
    UNPUBLISHED,
];

/// Whether `id` is that of a house rule.
pub(super) fn is_house_rule(id: &str) -> bool {
    HOUSE.iter().any(|rule| rule.id == id)
}

/// The setting of check.toml that is for no house rule, as a problem.
pub(super) fn no_house_rule(settings: &Settings, root: &Path) -> Vec<Diagnostic> {
    let unknown = settings.rules.keys().filter(|id| !is_house_rule(id));
    let file = root.join(exemptions::FILE);
    let text = fs::read_to_string(&file).unwrap_or_default();
    let text = SettingsText::new(&text);
    let ids = HOUSE.map(|rule| rule.id);
    let finding = |id: &String| {
        let message = format!("[rules]: `{id}` is no rule that can be set");
        let meant = nearest(id, ids).map(|meant| format!("write `{meant}`; ")).unwrap_or_default();
        let hint = format!("{meant}the rules are {}", ids.join(", "));
        SOURCE.broken(message, hint).in_file(&file).on_line(text.line(&["rules", id]))
    };
    unknown.map(finding).collect()
}

/// What stops the book in `root` as a whole.
pub(super) fn stopped(root: &Path, error: &anyhow::Error) -> Diagnostic {
    let message = format!("{error:#}");
    // An error that has no place says what to do below what is wrong.
    let (message, hint) = message.split_once("\n    hint: ").unwrap_or((&message, "fix what the message names"));
    let message = message.strip_prefix("book.toml: ").unwrap_or(message);
    BUILD.broken(message, hint).in_file(shown(&root.join("book.toml")))
}

/// What keeps the book in `root` from being built.
pub(super) fn findings(root: &Path, failures: Failures) -> Vec<Diagnostic> {
    let errors = failures.errors.iter().map(|error| stopped(root, error));
    failures.problems.into_iter().chain(errors).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn rules_have_names_of_their_own() {
        let names: HashSet<_> = ALL.iter().map(|(rule, _)| rule.id).collect();
        assert_eq!(names.len(), ALL.len());
    }
}
