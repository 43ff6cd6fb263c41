//! One H1 per page, and no level skipped below it.

use pulldown_cmark::{Event, HeadingLevel, Tag};
use qabook_support::{Diagnostic, markdown};

use super::chapter::Chapter;
use crate::check::rules;

/// The headings of `chapter` that are out of order.
pub(super) fn check(chapter: &Chapter, prose: &str) -> Vec<Diagnostic> {
    let headings: Vec<(HeadingLevel, usize)> = markdown::parse(prose)
        .filter_map(|(event, span)| match event {
            Event::Start(Tag::Heading { level, .. }) => Some((level, span.start)),
            _ => None,
        })
        .collect();
    let mut findings = Vec::new();
    let mut h1 = headings.iter().filter(|(level, _)| *level == HeadingLevel::H1);
    if h1.next().is_none() {
        let hint = "begin the page with `# title`";
        findings.push(rules::ONE_H1.broken("the page has no H1", hint).in_file(&chapter.file));
    }
    for (_, offset) in h1 {
        let message = "a second H1 on the page";
        findings.push(chapter.finding(rules::ONE_H1, *offset, message, "make it a section: `## title`"));
    }
    for pair in headings.windows(2) {
        let [(before, _), (level, offset)] = pair else { continue };
        if *level as usize > *before as usize + 1 {
            let message = format!("{level} follows {before}: a level is skipped");
            let hint = format!("write it with {} `#`", *before as usize + 1);
            findings.push(chapter.finding(rules::HEADING_ORDER, *offset, message, hint));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::chapter::tests::{chapter, shown};
    use super::*;

    fn found(text: &str) -> Vec<String> {
        shown(check(&chapter(text), text))
    }

    #[test]
    fn levels_follow_one_another() {
        assert_eq!(found("# 一\n\n## 二\n\n### 三\n\n## 四\n\n```\n# 注释\n```\n"), [""; 0]);
        assert_eq!(found("# 一\n\n### 二\n"), ["3:1 heading-order h3 follows h1: a level is skipped"]);
    }

    #[test]
    fn a_page_has_one_h1() {
        assert_eq!(found("## 二\n"), ["-:- one-h1 the page has no H1"]);
        assert_eq!(found("# 一\n\n另一\n===\n"), ["3:1 one-h1 a second H1 on the page"]);
    }
}
