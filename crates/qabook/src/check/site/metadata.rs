//! Title, description, language, and ids.

use qabook_support::Rule;

use super::origin::{Flaw, Needle};
use super::page::Page;
use crate::check::rules;

/// What `page` lacks, and the ids that no link reaches.
pub(super) fn check(page: &Page) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut report = |rule: Rule, line, needles, message: String, hint: &str| {
        flaws.push(Flaw::new(rule.broken(message, hint), line, needles));
    };
    if page.has_main {
        let filled = |value: &Option<String>| value.as_deref().is_some_and(|value| !value.trim().is_empty());
        // Search engines are asked to leave these pages out, so nobody reads what they are about.
        let is_unlisted = page.is_print() || page.path == "404.html";
        for (there, rule, message, hint) in [
            (filled(&page.title), rules::PAGE_TITLE, "the page has no title", "give the chapter a title in SUMMARY.md"),
            (
                filled(&page.description) || is_unlisted,
                rules::PAGE_DESCRIPTION,
                "the page has no description",
                "write `description` under [book] in book.toml, or the question's summary",
            ),
            (
                filled(&page.lang),
                rules::PAGE_LANG,
                "the page has no language",
                "write `language` under [book] in book.toml",
            ),
        ] {
            if !there {
                report(rule, 1, Vec::new(), message.into(), hint);
            }
        }
    }
    // The print page repeats what is wrong with the chapters' ids.
    if !page.is_print() {
        for (line, text) in &page.empty_ids {
            let needles = vec![Needle { text: format!("# {text}"), at: 2 }, text.clone().into()];
            let hint = "give the heading an id: `## title {#id}`";
            report(rules::EMPTY_ID, *line, needles, format!("the id of “{text}” is empty"), hint);
        }
        for (id, line) in &page.duplicate_ids {
            let needles =
                vec![Needle { text: format!("{{#{id}}}"), at: 2 }, Needle { text: format!("id=\"{id}\""), at: 4 }];
            let first = page.ids.get(id).copied().unwrap_or_default();
            let message = format!("the id `{id}` is on this page already (line {first} of the built file)");
            report(rules::DUPLICATE_ID, *line, needles, message, "rename one: a link reaches only the first");
        }
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    fn rules(html: &str) -> Vec<&'static str> {
        check(&read("a.html", html)).into_iter().map(|flaw| flaw.problem.rule.id).collect()
    }

    #[test]
    fn a_page_has_title_description_and_language() {
        let whole = "<html lang=zh><title>甲</title><meta name=description content=乙><main>";
        assert_eq!(rules(whole), [""; 0]);
        assert_eq!(rules(&whole.replace("<title>甲</title>", "<title> </title>")), ["page-title"]);
        assert_eq!(rules(&whole.replace("乙", "\"\"")), ["page-description"]);
        assert_eq!(rules(&whole.replace(" lang=zh", "")), ["page-lang"]);
        assert_eq!(rules("<title></title>"), [""; 0], "redirects and frames aren't pages for readers");
    }

    #[test]
    fn ids_are_not_empty_and_unique() {
        assert_eq!(rules("<p id=a></p><p id=b></p><h2 id=\"\"></h2>"), [""; 0]);
        let page = "<html lang=zh><title>甲</title><meta name=description content=乙><main>";
        assert_eq!(rules(&format!("{page}<h2 id=\"\">？！</h2><p id=a>x</p><p id=a>")), ["empty-id", "duplicate-id"]);
    }
}
