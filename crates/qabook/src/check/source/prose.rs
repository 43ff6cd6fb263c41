//! What a chapter's text must not hold: images without a text, bare URLs, notes to oneself.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::{Diagnostic, Rule, markdown};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

use super::chapter::Chapter;
use crate::check::rules;

/// Up to what can't belong to a URL in Chinese text.
static URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i-u:\b)(?i)(?:https?://|www\.)[!-;=?-Z\[\]_a-z~]+").expect("a valid pattern"));
static NOTE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:TODO|FIXME)\b").expect("a valid pattern"));
static IMG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?is)<img\b[^>]*>").expect("a valid pattern"));
static ALT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\salt\s*=").expect("a valid pattern"));

/// The findings in `prose`, the text of `chapter` with what is no prose blotted out.
pub(super) fn check(chapter: &Chapter, prose: &str) -> Vec<Diagnostic> {
    let mut scan = Scan { chapter, prose, findings: Vec::new() };
    let mut in_code = false;
    let mut links = 0_usize;
    // Where an image began that has no text yet.
    let mut nameless_image: Option<usize> = None;
    for (event, span) in markdown::parse(prose) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links = links.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => nameless_image = Some(span.start),
            Event::End(TagEnd::Image) => scan.image(nameless_image.take()),
            Event::Text(_) | Event::Code(_) if nameless_image.is_some() => {
                nameless_image = nameless_image.filter(|_| prose[span].trim().is_empty());
            }
            Event::Text(_) if !in_code => {
                scan.notes(span.clone());
                if links == 0 {
                    scan.urls(span);
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                scan.notes(span.clone());
                scan.html_images(span);
            }
            _ => {}
        }
    }
    scan.findings
}

struct Scan<'a> {
    chapter: &'a Chapter,
    prose: &'a str,
    findings: Vec<Diagnostic>,
}

impl Scan<'_> {
    fn report(&mut self, rule: Rule, offset: usize, message: impl Into<String>, hint: &str) {
        self.findings.push(self.chapter.finding(rule, offset, message, hint));
    }

    fn image(&mut self, nameless: Option<usize>) {
        if let Some(start) = nameless {
            let hint = "say what it shows: ![text](file); screen readers read it aloud";
            self.report(rules::IMAGE_ALT, start, "an image without alternative text", hint);
        }
    }

    fn html_images(&mut self, span: Range<usize>) {
        for image in IMG.find_iter(&self.prose[span.clone()]) {
            if !ALT.is_match(image.as_str()) {
                let hint = "say what it shows in `alt`; an image that says nothing gets alt=\"\"";
                self.report(rules::IMAGE_ALT, span.start + image.start(), "an <img> without `alt`", hint);
            }
        }
    }

    fn urls(&mut self, span: Range<usize>) {
        for url in URL.find_iter(&self.prose[span.clone()]) {
            let address = url.as_str().trim_end_matches(['.', ',', ':', ';', '!', '?', ')', ']']);
            let hint = "make it a link that says where it leads: [text](URL); a sample address is inline code";
            self.report(rules::BARE_URL, span.start + url.start(), format!("the URL {address} is not a link"), hint);
        }
    }

    fn notes(&mut self, span: Range<usize>) {
        for note in NOTE.find_iter(&self.prose[span.clone()]) {
            let hint = "do what it says, or delete it; a program's word is inline code";
            self.report(rules::TODO, span.start + note.start(), format!("a `{}` is left", note.as_str()), hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chapter::tests::{chapter, shown};
    use super::*;

    fn found(text: &str) -> Vec<String> {
        shown(check(&chapter(text), text))
    }

    #[test]
    fn images_have_a_text() {
        assert_eq!(found("![图](a.png) ![`x`](b.png) <img alt=\"\" src=\"c.png\">\n\n`<img>`\n"), [""; 0]);
        assert_eq!(
            found("汉 ![](a.png)\n\n<p><img src=\"c.png\"></p>\n"),
            ["1:3 image-alt an image without alternative text", "3:4 image-alt an <img> without `alt`"]
        );
    }

    #[test]
    fn urls_are_links_or_code() {
        for text in ["[甲](https://a.cn)", "<https://a.cn>", "`https://a.cn`", "```\nhttp://a\n```", "[https://a](x)"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(
            found("见 https://a.cn/b_c?d=1#e。\n另见（www.a.cn）"),
            [
                "1:3 bare-url the URL https://a.cn/b_c?d=1#e is not a link",
                "2:4 bare-url the URL www.a.cn is not a link"
            ]
        );
    }

    #[test]
    fn nothing_is_left_to_do() {
        assert_eq!(found("`TODO`、TODOS\n\n```\n// TODO\n```\n"), [""; 0]);
        assert_eq!(
            found("TODO：补一段\n\n<!-- FIXME -->\n"),
            ["1:1 todo a `TODO` is left", "3:6 todo a `FIXME` is left"]
        );
    }
}
